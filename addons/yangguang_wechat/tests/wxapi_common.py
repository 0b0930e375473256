"""Telephones with the mini-program, and a fake WeChat that lets them in."""

import json
from unittest.mock import patch

from odoo.addons.yangguang_cunwu.tests.public_common import PublicCommon

from ..controllers import wxapi_common
from ..lib import limits
from ..simulators import wechat

API = "/wxapi/v1"


class WxCommon(PublicCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.env["ir.module.module"]._load_module_terms(["yangguang_wechat"], ["zh_CN"])
        cls.fake = cls.enterClassContext(wechat.running())
        cls.setting = cls.env["yangguang.wechat.setting"].create(
            {
                "appid": cls.fake.state.appid,
                "api_host": cls.fake.host,
                "new_secret": cls.fake.state.secret,
                "new_callback_token": cls.fake.state.token,
                "new_aes_key": cls.fake.state.aes_key,
            }
        )
        # each test counts its own calls
        cls.logins = 0

    @classmethod
    def _request_handler(cls, session, request, /, **options):
        # the framework compares the time-out with a number, and the client has two
        return super()._request_handler(session, request, **{**options, "timeout": 30})

    def setUp(self):
        super().setUp()
        self.counted = self.startPatcher(patch.object(wxapi_common, "counted", limits.Limits()))

    def _call(self, method, path, body=None, token=None, status=200, headers=None):
        """What a telephone is answered; it keeps no cookie."""
        self.opener.cookies.clear()
        data = body if isinstance(body, bytes) or body is None else json.dumps(body)
        answer = self.url_open(
            f"{API}{path}",
            data=data,
            method=method,
            allow_redirects=False,
            headers={
                **({"Authorization": f"Bearer {token}"} if token else {}),
                **(headers or {}),
            },
        )
        self.assertEqual(answer.status_code, status, f"{method} {path}: {answer.text[:500]}")
        self.assertNotIn("Set-Cookie", answer.headers)
        return answer

    def _get_json(self, path, token=None, status=200):
        return self._call("GET", path, None, token, status).json()

    def _post(self, path, body=None, token=None, status=200, **options):
        return self._call("POST", path, body or {}, token, status, **options).json()

    def _code(self, name):
        """A code as wx.login gives it to the telephone of `name`."""
        type(self).logins += 1
        return f"{name}.{self.logins}"

    def _login(self, name="villager"):
        """The token of the telephone of `name`."""
        return self._post("/login", {"code": self._code(name)})["token"]

    def _account(self, name="villager"):
        openid = wechat.api.openid_of(name)
        return self.env["yangguang.wechat.account"].search([("openid", "=", openid)])

    def _resident(self, name="赵大明", household="001", phone="13800000001", **values):
        return self.env["yangguang.resident"].create(
            {
                "division_id": self.village.id,
                "household": household,
                "name": name,
                "phone": phone,
                **values,
            }
        )

    def _login_resident(self, resident, name=None):
        """The token of a telephone whose owner is confirmed as `resident`."""
        name = name or f"r{resident.id}"
        token = self._login(name)
        self._account(name).write({"residence_state": "verified", "resident_id": resident.id})
        return token

    def _bind(self, user, name=None):
        """The token of a telephone that works for the office of `user`."""
        code = self.env["yangguang.wechat.binding"].with_user(user)._begin()
        token = self._login(name or f"official{user.id}")
        return self._post("/official/bind", {"code": code}, token)["token"]

    def _error(self, answer):
        return answer["error"]["code"]
