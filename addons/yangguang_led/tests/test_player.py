"""What a web player asks the server, who may pair it, and what the server believes of it."""

import base64
import io
import json
from datetime import UTC, timedelta
from unittest.mock import patch

from PIL import Image

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import canonical, clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..lib import manifest, programme
from ..models import yangguang_player_pairing as pairing
from .common import ScreenCommon


class PlayerCommon(ScreenCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self.publication = self._published().publication_id
        self.screen = self._screen(name="网页屏", driver="web", address=False)
        self.screen._arrange()
        self.headers = self._pair(self.screen)

    def _begin(self):
        answer = self.url_open("/led/v1/pairing", data="{}", method="POST")
        self.assertEqual(answer.status_code, 200)
        return answer.json()

    def _enter(self, code, screen, user=None):
        """What the wizard answers."""
        wizards = self.env["yangguang.player.pair"].with_user(user or self.town_officer)
        return wizards.create({"screen_id": screen.id, "code": code}).action_confirm()

    def _pair(self, screen):
        """Pairs a player; gives the headers it calls with."""
        begun = self._begin()
        self.assertEqual(self._enter(begun["code"], screen)["type"], "ir.actions.act_window_close")
        return {"Authorization": f"Bearer {begun['token']}"}

    def _post(self, path, body, status=200, headers=None):
        data = body if isinstance(body, bytes) else json.dumps(body)
        answer = self.url_open(
            f"/led/v1/{path}", data=data, headers=headers or self.headers, method="POST"
        )
        self.assertEqual(answer.status_code, status, answer.text)
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer.json()

    def _get(self, path, status=200, **headers):
        answer = self.url_open(f"/led/v1/{path}", headers={**self.headers, **headers})
        self.assertEqual(answer.status_code, status, answer.text[:300])
        return answer

    def _beat(self, status=200, **said):
        return self._post("heartbeat", {"waiting": 0, "alarms": [], **said}, status)

    def _player(self):
        return self.screen.player_id

    def _claim(self, sequence, hours_ago=1, seconds=600, plays=60, publication=None, **values):
        hour = clock.now().replace(minute=0, second=0) - timedelta(hours=hours_ago)
        return {
            "sequence": sequence,
            "serial": self.screen.programme_id.number,
            "publication": publication or self.publication.code,
            "hour": f"{hour:%Y-%m-%dT%H:00:00Z}",
            "seconds": seconds,
            "plays": plays,
            **values,
        }

    def _paired_long_ago(self):
        self._player().sudo().paired_on = clock.now() - timedelta(days=3)


@tagged("post_install", "-at_install")
class TestPlayer(PlayerCommon):
    def test_a_signed_manifest(self):
        tag = self._beat()["manifest"]
        answer = self._get("manifest")
        sent = answer.json()
        self.assertEqual(sent["tag"], tag)
        key = self._post("pairing", {})["key"]
        issue, content = manifest.accept(
            sent["manifest"].encode(),
            sent["signature"],
            key,
            self.screen.code,
            None,
            clock.to_local(clock.now()),
        )
        self.assertEqual(content, self.screen.programme_id._content())
        self.assertEqual(issue.serial, self.screen.programme_id.number)
        self._get("manifest", 304, **{"If-None-Match": answer.headers["ETag"]})
        with clock.travel(clock.now() + timedelta(days=1)):
            later = self._get("manifest", **{"If-None-Match": answer.headers["ETag"]}).json()
        self.assertNotEqual(later["tag"], tag)

    def test_files_of_its_own_programme_only(self):
        content = self.screen.programme_id._content()
        for digest in programme.pictures(content):
            answer = self._get(f"file/{digest}")
            picture = self.env["yangguang.picture"].search([("digest", "=", digest)])
            self.assertEqual(answer.content, picture._bytes())
            self.assertIn("immutable", answer.headers["Cache-Control"])
            part = self._get(f"file/{digest}", 206, Range="bytes=3-9")
            self.assertEqual(part.content, picture._bytes()[3:10])
        far = self._screen(name="远村屏", driver="web", width=96, division_id=self.far_village.id)
        far._arrange()
        others = programme.pictures(far.programme_id._content()).keys()
        foreign = others - programme.pictures(content).keys()
        self.assertTrue(foreign)
        for digest in foreign:
            self.assertEqual(self._get(f"file/{digest}", 404).json(), {"error": "not_found"})
        self._get("file/nothing", 404)
        self._get(f"file/{'0' * 64}", 404)

    def test_a_film_of_the_programme(self):
        film = self.env["yangguang.public.file"].create(
            {
                "publication_id": self.publication.id,
                "number": 1,
                "name": "录像.mp4",
                "mimetype": "video/mp4",
                "digest": "ab" * 32,
                "content": base64.b64encode(bytes(range(10))),
            }
        )
        content = self.screen.programme_id._content()
        page = programme.page_entry(film.digest, 10, 9, "", "video/mp4")
        content["entries"][self.publication.code]["pages"].append(page)
        self.env["yangguang.programme"].create(
            {
                "screen_id": self.screen.id,
                "number": 99,
                "time": clock.now(),
                "digest": programme.digest(content),
                "content": canonical.canonical(content).decode(),
            }
        )
        self.env.invalidate_all()
        self.assertEqual(self._get(f"file/{film.digest}").content, bytes(range(10)))

    def test_what_a_heartbeat_keeps(self):
        answer = self._beat(serial=1, playing="ab", ahead=-86400, full=True, used=5e6, waiting=3)
        self.assertFalse(answer["screenshot"])
        self.assertEqual(answer["serial"], self.screen.programme_id.number)
        now = clock.now().replace(tzinfo=UTC).timestamp() * 1000
        self.assertLess(abs(answer["time"] - now), 60_000)
        self.screen.invalidate_recordset()
        self.assertRecordValues(
            self.screen.contact_ids,
            [
                {
                    "serial": 1,
                    "playing": "ab",
                    "clock_offset": -86400,
                    "disk_full": True,
                    "disk_used": 5,
                    "waiting": 3,
                }
            ],
        )
        self.assertEqual(self.screen.health, "lit")

    def test_a_heartbeat_costs_two_statements(self):
        caller = self.env["yangguang.player"]._identify(self.headers["Authorization"][7:])
        said = {
            "serial": 1,
            "playing": None,
            "ahead": 0,
            "full": False,
            "used": 1,
            "waiting": 0,
            "alarms": [],
        }
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(2):
            self.env["yangguang.player"]._identify(self.headers["Authorization"][7:])
            self.env["yangguang.player"]._heartbeat(caller, said)

    def test_what_requests_cost(self):
        """With what the framework does; the second time, as a process keeps much."""
        for count in (1000, 2):
            self._fresh()
            with self.assertQueryCount(count):
                self._beat()
        for count in (1000, 5):
            self._fresh()
            with self.assertQueryCount(count):
                self._get("manifest")

    def _fresh(self):
        self.env.flush_all()
        self.env.invalidate_all()

    def test_planned_screens_show_tests_only(self):
        self.screen.state = "planned"
        self.assertIsNone(self._beat()["manifest"])
        self._get("manifest", 404)
        self.screen.test_page = "ruler"
        self.screen._arrange()
        self.assertTrue(self._beat()["manifest"])

    def test_paused_screens_are_dark(self):
        self.assertFalse(self._beat()["paused"])
        self.screen.with_user(self.town_officer).action_pause()
        self.assertTrue(self._beat()["paused"])

    def test_alarms_arrive_once(self):
        alarm = {"number": 1, "kind": "picture", "detail": "ab" * 32, "time": 1_700_000_000}
        for _time in range(2):
            self._beat(alarms=[alarm])
        self._beat(alarms=[alarm | {"number": 2, "kind": "replay"}])
        self.assertEqual(self.screen.alarm_ids.mapped("kind"), ["replay", "picture"])

    def test_what_is_no_message(self):
        for body in (
            b"",
            b"[]",
            b"{",
            b"\xff",
            {"waiting": -1},
            {"waiting": "1"},
            {"waiting": True},
            {"playing": "x" * 1000},
            {"playing": 5},
            {"alarms": {}},
            {"alarms": [1]},
            {"alarms": [{"kind": "proof", "number": 1}]},
            {"alarms": [{"kind": "page", "number": 1.5}]},
            {"alarms": [{"kind": "page", "number": 1}] * 21},
        ):
            with self.subTest(body=body):
                answer = self._post("heartbeat", body, 400)
                self.assertEqual(answer, {"error": "bad_request"})
        self.assertEqual(self._post("heartbeat", b"{" + b" " * 40_000, 413)["error"], "too_large")
        self._beat(playing="a\0b")

    def test_only_with_a_token(self):
        for headers in ({}, {"Authorization": "Bearer x"}, {"Authorization": "Basic eDp5"}):
            for path in ("heartbeat", "proofs", "screenshot"):
                answer = self._post(path, {}, 401, headers={"X": "y", **headers})
                self.assertEqual(answer, {"error": "revoked"})
        self.authenticate(self.town_officer.login, PASSWORD)
        answer = self.url_open("/led/v1/manifest")
        self.assertEqual(answer.status_code, 401)
        answer = self.url_open("/led/v1/heartbeat")
        self.assertEqual((answer.status_code, answer.json()), (405, {"error": "method"}))

    def test_errors_say_nothing(self):
        broken = patch.object(
            self.env.registry["yangguang.player"], "_heartbeat", side_effect=KeyError("secret")
        )
        with broken, mute_logger("odoo.addons.yangguang_led.controllers.player_common"):
            self.assertEqual(self._beat(500), {"error": "failed"})

    def test_the_end_of_a_pairing(self):
        self._player().with_user(self.town_officer).action_revoke()
        self.assertEqual(self._beat(401), {"error": "revoked"})
        self._get("manifest", 401)
        self.assertFalse(self.screen.player_id)

    def test_a_second_player_takes_the_place_of_the_first(self):
        first = dict(self.headers)
        self.headers = self._pair(self.screen)
        self._beat()
        self._post("heartbeat", {}, 401, headers=first)
        self.assertEqual(len(self.screen.player_ids), 2)


@tagged("post_install", "-at_install")
class TestPlayerProof(PlayerCommon):
    def setUp(self):
        super().setUp()
        self._paired_long_ago()

    def _prove(self, *claims):
        return self._post("proofs", {"rows": list(claims)})["acknowledged"]

    def _rows(self):
        proofs = self.env["yangguang.display.proof"].search([("screen_id", "=", self.screen.id)])
        proofs.invalidate_recordset()
        return proofs

    def test_every_number_counts_once(self):
        first = [self._claim(1, 2, 600, 60), self._claim(2, 1, 300, 30)]
        self.assertEqual(self._prove(*first), 2)
        self.assertEqual(self._prove(*first), 2)
        self.assertEqual(self._prove(*first, self._claim(3, 1, 30, 3)), 3)
        self.assertEqual(sum(self._rows().mapped("seconds")), 930)
        self.assertEqual(sum(self._rows().mapped("plays")), 93)
        self.assertEqual(sum(map(sum, self._rows().mapped("hours"))), 930)

    def test_one_row_a_day(self):
        hour = clock.to_local(clock.now()).replace(minute=0, second=0) - timedelta(days=1)
        morning = hour.replace(hour=9).astimezone(UTC).replace(tzinfo=None)
        claims = [
            self._claim(n, seconds=n * 100, hour=f"{moment:%Y-%m-%dT%H:00:00Z}")
            for n, moment in enumerate([morning, morning, morning + timedelta(hours=14)], 1)
        ]
        self._prove(*claims)
        self.assertRecordValues(
            self._rows(),
            [
                {
                    "day": hour.date(),
                    "grade": "player",
                    "publication_id": self.publication.id,
                    "seconds": 600,
                    "plays": 180,
                }
            ],
        )
        hours = self._rows().hours
        self.assertEqual((hours[9], hours[23], sum(hours)), (300, 300, 600))

    def test_what_cannot_be_true_is_an_alarm(self):
        other = self._published(self.notice_item).publication_id
        self.assertEqual(
            self._prove(
                self._claim(1, publication=other.code),
                self._claim(2, serial=77),
                self._claim(3, hours_ago=-1),
                self._claim(4, hours_ago=24 * 4),
                self._claim(5, seconds=3700),
                self._claim(6, plays=601),
            ),
            6,
        )
        self.assertFalse(self._rows())
        self.assertEqual(
            [alarm.detail.split()[0] for alarm in self.screen.alarm_ids.sorted("id")],
            ["unknown", "unknown", "future", "old", "overlap", "plays"],
        )
        # an hour has 3600 seconds over several messages, too
        self._prove(self._claim(7, seconds=3000))
        self._prove(self._claim(8, seconds=1000))
        self.assertEqual(sum(self._rows().mapped("seconds")), 3000)

    def test_a_message_costs_the_same_for_many_claims(self):
        claims = [self._claim(n, hours_ago=n % 20 + 1, seconds=10, plays=1) for n in range(1, 51)]
        self._prove(self._claim(1, seconds=10, plays=1))
        self._player().sudo().sequence = 0
        self.env.flush_all()
        self.env.invalidate_all()
        with self.assertQueryCount(12):
            self._prove(*claims)

    def test_grades_are_apart(self):
        now = clock.to_local(clock.now())
        showing = [(self.screen.id, self.publication.id, now, 5, 1)]
        for grade in ("device", "sent", "device"):
            self.env["yangguang.display.proof"]._count(grade, showing)
        self.assertEqual(
            self._rows().sorted("grade").mapped(lambda one: (one.grade, one.seconds)),
            [("device", 10), ("sent", 5)],
        )

    def test_a_picture_of_the_page_is_a_proof(self):
        content = self.screen.programme_id._content()
        page = content["entries"][self.publication.code]["pages"][0]["digest"]
        picture = self.env["yangguang.picture"].search([("digest", "=", page)])._bytes()
        self._post(f"screenshot?page={page}", picture, 429)
        self.screen.with_user(self.clerk).action_ask_shot()
        self.env.flush_all()
        self.assertTrue(self._beat()["screenshot"])
        self._post(f"screenshot?page={page}", b"no picture", 400)
        self._post(f"screenshot?page={page}", picture)
        self.assertFalse(self._beat()["screenshot"])
        shot = self.screen.shot_ids
        self.assertEqual(shot.publication_id, self.publication)
        self.assertEqual(self._rows().mapped("grade"), ["screenshot"])
        # another picture is kept, and proves nothing
        self.screen.action_ask_shot()
        self.env.flush_all()
        buffer = io.BytesIO()
        Image.new("RGB", (192, 64), "blue").save(buffer, "PNG")
        self._post(f"screenshot?page={page}", buffer.getvalue())
        self.assertEqual(self._rows().plays, 1)

    def test_the_last_pictures_are_kept(self):
        buffer = io.BytesIO()
        Image.new("RGB", (8, 8)).save(buffer, "PNG")
        for _number in range(25):
            self.env["yangguang.screen.shot"]._keep(self.screen.id, buffer.getvalue())
        self.assertEqual(len(self.screen.shot_ids), 20)


@tagged("post_install", "-at_install")
class TestPlayerPairing(PlayerCommon):
    def test_the_code_is_not_kept(self):
        begun = self._begin()
        waiting = self.env["yangguang.player.pairing"].sudo().search([])
        kept = json.dumps(waiting.read(), default=str)
        self.assertNotIn(begun["code"], kept)
        self.assertNotIn(begun["token"], kept)
        self.assertRegex(begun["code"], r"^\d{6}$")
        state = {"Authorization": f"Bearer {begun['token']}"}
        self.assertEqual(self._post("pairing", {}, headers=state), {"state": "waiting"})
        with clock.travel(clock.now() + timedelta(minutes=10)):
            self.assertEqual(self._post("pairing", {}, headers=state), {"state": "expired"})
            self._wrong(begun["code"])

    def _wrong(self, code, user=None):
        self.assertEqual(self._enter(code, self.screen, user)["res_model"], "yangguang.player.pair")

    def test_a_code_is_good_once(self):
        begun = self._begin()
        self._enter(begun["code"], self.screen)
        self._wrong(begun["code"])

    def test_codes_cannot_be_guessed(self):
        begun = self._begin()
        wrong = f"{(int(begun['code']) + 1) % 10**6:06}"
        for _try in range(pairing.MOST_WRONG_OF_USER):
            self._wrong(wrong)
        with self.assertRaisesRegex(UserError, "Too many"):
            self._enter(begun["code"], self.screen)
        # another person may, until everybody together has tried too often
        for _try in range(pairing.MOST_WRONG_OF_USER):
            self._wrong(wrong, self.district_officer)
        with (
            patch.object(pairing, "MOST_WRONG", 2 * pairing.MOST_WRONG_OF_USER),
            self.assertRaisesRegex(UserError, "Too many"),
        ):
            self._enter(begun["code"], self.screen, self.env.ref("base.user_admin"))
        with clock.travel(clock.now() + pairing.VALID + timedelta(seconds=1)):
            begun = self._begin()
            self._enter(begun["code"], self.screen)

    def test_not_too_many_codes(self):
        for _code in range(pairing.MOST_CODES_OF_ADDRESS):
            self._begin()
        self._post("pairing", {}, 429, headers={"X": "y"})
        waiting = self.env["yangguang.player.pairing"].sudo()
        waiting.search([]).write({"address_hash": "other"})
        self._begin()
        with patch.object(pairing, "MOST_CODES", pairing.MOST_CODES_OF_ADDRESS + 1):
            self._post("pairing", {}, 429, headers={"X": "y"})

    def test_who_may_pair(self):
        begun = self._begin()
        for user in (self.clerk, self.secretary, self.auditor, self.supervisor):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._enter(begun["code"], self.screen, user)
        stranger = self._user("town_officer", "孙远", self.other_town)
        with self.assertRaises(AccessError):
            self._enter(begun["code"], self.screen, stranger)
        with self.assertRaises(AccessError):
            self._player().with_user(stranger).action_revoke()
        with self.assertRaises(AccessError):
            self._player().with_user(self.clerk).action_revoke()
        with self.assertRaisesRegex(UserError, "control card"):
            self._enter(begun["code"], self._screen())
        self._enter(begun["code"], self.screen, self.env.ref("base.user_admin"))

    def test_tokens_and_keys_are_read_by_nobody(self):
        self.env["yangguang.manifest.key"]._pair()
        for user in (self.town_officer, self.env.ref("base.user_admin")):
            for model, field in (
                ("yangguang.player", "token_digest"),
                ("yangguang.manifest.key", "private"),
                ("yangguang.player.pairing", "code_hash"),
            ):
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([]).read([field])
                with self.subTest(model=model), self.assertRaises(AccessError):
                    self.env[model].with_user(user).search([(field, "=like", "a%")])

    def test_through_rpc(self):
        self.authenticate(self.town_officer.login, PASSWORD)
        player = self._player()
        with mute_logger("odoo.http"):
            for model, method, arguments in (
                ("yangguang.player", "write", [player.ids, {"sequence": 0}]),
                ("yangguang.player", "create", [{"screen_id": self.screen.id}]),
                ("yangguang.player", "unlink", [player.ids]),
                ("yangguang.player", "_identify", ["x"]),
                ("yangguang.manifest.key", "_pair", []),
                ("yangguang.display.proof", "_count", ["player", []]),
                ("yangguang.display.proof", "create", [{"screen_id": self.screen.id}]),
                ("yangguang.screen.shot", "create", [{"screen_id": self.screen.id}]),
                ("yangguang.player.alarm", "unlink", [[1]]),
            ):
                with self.subTest(model=model, method=method), self.assertRaises(JsonRpcException):
                    self.make_jsonrpc_request(
                        "/web/dataset/call_kw",
                        {"model": model, "method": method, "args": arguments, "kwargs": {}},
                    )

    def test_villages_see_their_own(self):
        self._beat(alarms=[{"number": 1, "kind": "page", "detail": "", "time": 1}])
        for model in ("yangguang.player", "yangguang.player.alarm"):
            domain = [("screen_id", "=", self.screen.id)]
            self.assertTrue(self.env[model].with_user(self.clerk).search(domain))
            self.assertFalse(self.env[model].with_user(self.far_clerk).search(domain))

    def test_the_page_and_its_worker(self):
        page = self.url_open("/led/player")
        self.assertEqual(page.status_code, 200)
        self.assertNotIn("Set-Cookie", page.headers)
        worker = self.url_open("/led/player/worker.js")
        self.assertEqual(worker.headers["Service-Worker-Allowed"], "/led/player")
        self.assertIn("const SHELL = ", worker.text)
        for path in json.loads(worker.text.split("=", 1)[1].split(";\n")[0])["files"]:
            self.assertEqual(self.url_open(path).status_code, 200, path)
        self.assertEqual(self.url_open("/led/player/nothing.js").status_code, 404)
