"""Who is let in by the mini-program's interface, how, and what he is told when he is not."""

from datetime import timedelta
from unittest.mock import patch

from odoo.exceptions import AccessError
from odoo.tests import tagged
from odoo.tests.common import JsonRpcException
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..controllers import wxapi_account, wxapi_common
from ..models.yangguang_wechat_token import digest
from .wxapi_common import API, WxCommon


@tagged("post_install", "-at_install")
class TestWxapi(WxCommon):
    def test_login_makes_an_account_and_no_user(self):
        users = self.env["res.users"].with_context(active_test=False).search_count([])
        session = self._post("/login", {"code": self._code("villager")})
        self.assertEqual(session["me"]["village"], None)
        self.assertEqual(session["me"]["residence"], {"state": "none"})
        self.assertEqual(session["me"]["official"], None)
        account = self._account()
        self.assertEqual(len(account), 1)
        self._login()
        self.assertEqual(self._account(), account)
        self.assertEqual(
            self.env["res.users"].with_context(active_test=False).search_count([]), users
        )
        token = self.env["yangguang.wechat.token"].search([("account_id", "=", account.id)])[-1]
        # what is kept opens nothing
        self.assertEqual(token.digest, digest(session["token"]))
        self.assertNotIn(session["token"], str(token.read()))

    def test_wrong_codes(self):
        code = self._code("villager")
        self._post("/login", {"code": code})
        for wrong in (code, "no such code!"):
            self.assertEqual(
                self._error(self._post("/login", {"code": wrong}, status=422)), "code_invalid"
            )
        answer = self._post("/login", {}, status=422)
        self.assertEqual(list(answer["error"]["fields"]), ["code"])
        self.fake.state.fail("/sns/jscode2session", 40226, 1)
        self.assertEqual(
            self._error(self._post("/login", {"code": self._code("x")}, status=403)), "risk"
        )
        self.fake.state.is_down = True
        self.addCleanup(setattr, self.fake.state, "is_down", False)
        self.assertEqual(
            self._error(self._post("/login", {"code": self._code("x")}, status=503)), "wechat"
        )

    def test_without_a_mini_program_nobody_signs_in(self):
        self.setting.active = False
        answer = self._post("/login", {"code": "x"}, status=503)
        self.assertEqual(self._error(answer), "wechat")

    def test_tokens_that_open_nothing(self):
        token = self._login()
        self._get_json("/me", token)
        for forged in (
            None,
            "",
            "x",
            token[:-1],
            token + "x",
            token.swapcase(),
            digest(token),
            "' OR TRUE --",
            "\u00e4" * 43,
        ):
            self.assertEqual(self._error(self._get_json("/me", forged, 401)), "login", forged)
        rows = self.env["yangguang.wechat.token"].search([])
        rows.expires = clock.now() - timedelta(seconds=1)
        self._get_json("/me", token, 401)
        rows.expires = clock.now() + timedelta(days=1)
        self._get_json("/me", token)
        self._post("/logout", {}, token)
        self._get_json("/me", token, 401)
        self._post("/village", {"village": self.village.code}, token, 401)

    def test_sessions_do_not_count(self):
        self.authenticate(self.clerk.login, PASSWORD)
        cookies = dict(self.opener.cookies)
        answer = self.url_open(f"{API}/me", cookies=cookies)
        self.assertEqual(answer.status_code, 401)
        token = self._login()
        answer = self.url_open(
            f"{API}/me", cookies=cookies, headers={"Authorization": f"Bearer {token}"}
        )
        self.assertEqual(answer.json()["official"], None)

    def test_a_token_lives_on_with_what_is_done(self):
        token = self._login()
        row = self.env["yangguang.wechat.token"].search([])
        first = row.expires
        self._get_json("/me", token)
        self._post("/phone/forget", {}, token)
        self.assertEqual(row.expires, first, "no write for every call")
        row.expires = first - timedelta(days=3)
        self._get_json("/me", token)
        self.assertEqual(row.expires, first - timedelta(days=3), "reading writes nothing")
        self._post("/phone/forget", {}, token)
        self.assertGreaterEqual(row.expires, first)

    def test_the_oldest_telephone_is_signed_out(self):
        tokens = [self._login() for _telephone in range(6)]
        self._get_json("/me", tokens[0], 401)
        for token in tokens[1:]:
            self._get_json("/me", token)

    def test_every_error_is_json(self):
        token = self._login()
        for method, path, status in (
            ("GET", "", 404),
            ("GET", "/nothing", 404),
            ("POST", "/nothing", 404),
            ("GET", "/login", 405),
            ("POST", "/me", 405),
            ("PUT", "/me", 405),
            ("DELETE", "/questions", 405),
            ("OPTIONS", "/logout", 405),
            ("GET", "/official/disclosures/x", 404),
            ("GET", "/official/disclosures/-1", 403),
            ("GET", "/questions?after=x", 400),
            ("GET", "/me?self=1&cls=2", 200),
        ):
            answer = self._call(method, path, None, token, status)
            self.assertEqual(answer.headers["Content-Type"], "application/json; charset=utf-8")
            if status != 200:
                error = answer.json()["error"]
                self.assertTrue(error["code"] and error["message"])
        for body in (b"{", b"[]", b"\xff\xfe", b'"x"', b"[" * 60000, b'{"village": 7}'):
            self._call("POST", "/village", body, token, 400)
        for name in ("\0", "\ud800"):
            self._post("/residence", {"village": self.village.code, "name": name}, token, 400)
        self._call("POST", "/village", b" " * 70000, token, 413)
        answer = self._call("OPTIONS", "/logout", None, token, 405)
        self._get_json("/me", token)

    @mute_logger("odoo.addons.yangguang_wechat.controllers.wxapi_common")
    def test_a_failure_of_ours_tells_nothing(self):
        token = self._login()
        with patch.object(wxapi_account, "own_account", side_effect=RuntimeError("secret")):
            answer = self._call("GET", "/me", None, token, 500)
        self.assertEqual(answer.json()["error"]["code"], "failed")
        self.assertNotIn("secret", answer.text)
        self.assertNotIn("Traceback", answer.text)

    def test_limits_of_an_account_and_of_an_address(self):
        token, other = self._login(), self._login("other")
        with patch.object(wxapi_common, "MOST_OF_ACCOUNT", 3):
            for _call in range(2):
                self._get_json("/me", token)
            self._get_json("/me", token)
            answer = self._call("GET", "/me", None, token, 429)
            self.assertEqual(answer.json()["error"]["code"], "too_many")
            self.assertLessEqual(int(answer.headers["Retry-After"]), 60)
            self._get_json("/me", other)
        with patch.object(wxapi_common, "MOST_OF_ADDRESS", 3):
            self._get_json("/me", "wrong", 429)
            self._post("/login", {"code": self._code("x")}, status=429)

    def test_what_a_telephone_knows_of_itself(self):
        token = self._login()
        me = self._post("/village", {"village": self.village.code}, token)
        self.assertEqual(me["village"], {"code": self.village.code, "name": "东岸村"})
        for wrong in (self.town.code, "000000000000", "x"):
            answer = self._post("/village", {"village": wrong}, token, 422)
            self.assertEqual(list(answer["error"]["fields"]), ["village"])
        me = self._post("/phone", {"code": "13800000001.a"}, token)
        self.assertEqual(me["phone"], "138****0001")
        self.assertEqual(self._get_json("/me", token), me)
        me = self._post("/phone/forget", {}, token)
        self.assertEqual(me["phone"], None)
        self.assertFalse(self._account().phone)

    def test_closing_forgets_everything(self):
        resident = self._resident()
        token = self._login_resident(resident, "villager")
        self._post("/phone", {"code": "13800000001.b"}, token)
        account = self._account()
        self._post("/account/close", {}, token)
        self._get_json("/me", token, 401)
        row = account.read()[0]
        self.assertTrue(row["is_closed"])
        for name in ("openid", "phone", "resident_id", "division_id", "user_id", "last_opened"):
            self.assertFalse(row[name], name)
        self.assertFalse(account.token_ids)
        # who comes back is somebody new
        self._login()
        self.assertNotEqual(self._account(), account)

    def test_no_remote_call_reaches_accounts(self):
        self._login()
        account = self._account()
        self.authenticate(self.clerk.login, PASSWORD)
        for model, method, arguments in (
            ("yangguang.wechat.account", "read", [account.ids, ["phone"]]),
            ("yangguang.wechat.account", "search_read", [[], ["openid"]]),
            ("yangguang.wechat.account", "write", [account.ids, {"user_id": 2}]),
            ("yangguang.wechat.account", "_bind", [account.ids, 2]),
            ("yangguang.wechat.token", "search_read", [[]]),
            ("yangguang.wechat.token", "create", [{"account_id": account.id, "digest": "0"}]),
            ("yangguang.wechat.token", "_issue", [account.id, "official"]),
            ("yangguang.wechat.binding", "search_read", [[]]),
            ("yangguang.wechat.binding", "_begin", []),
            ("yangguang.wechat.desk", "_todo", []),
            ("yangguang.wechat.client", "appid", []),
            ("yangguang.wechat.residence", "create", [{"name": "x"}]),
            ("yangguang.question", "_ask_by_phone", []),
            ("yangguang.question", "search_read", [[], ["wechat_account_id"]]),
        ):
            with (
                self.subTest(model=model, method=method),
                self.assertRaises(JsonRpcException),
                mute_logger("odoo.http", "odoo.models", "odoo.addons.base.models.ir_rule"),
            ):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {
                        "model": model,
                        "method": method,
                        "args": arguments,
                        "kwargs": {"context": {"uid": 1, "su": True, "sudo": True}},
                    },
                )
        with self.assertRaises(AccessError):
            account.with_user(self.clerk).phone  # noqa: B018
