"""Who may pair a web player, and what of it is read by nobody."""

import json
from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..models import yangguang_player_pairing as pairing
from .player_common import PlayerCommon


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
