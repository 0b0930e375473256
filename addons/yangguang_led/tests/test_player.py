"""What a web player asks the server, and what it is told."""

import base64
from datetime import UTC, timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import canonical, clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..lib import manifest, programme
from .player_common import PlayerCommon


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
