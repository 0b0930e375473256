"""A district with a mini-program at a fake WeChat."""

from datetime import datetime, timedelta
from unittest.mock import patch

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.disclosure_common import DisclosureCommon

from ..lib import client
from ..simulators import state, wechat

SEND = client.SEND
STABLE = "/cgi-bin/stable_token"
# ten in the morning in Shanghai
DAY = datetime(2026, 4, 1, 2, 0)


class WechatCommon(DisclosureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.setting = cls.env["yangguang.wechat.setting"].create(
            {
                "appid": state.APPID,
                "new_secret": state.SECRET,
                "new_callback_token": state.TOKEN,
                "new_aes_key": state.AES_KEY,
            }
        )

    def setUp(self):
        super().setUp()
        self.fake = self.enterContext(wechat.running())
        self.setting.api_host = self.fake.host
        # the test framework compares time-outs with a number
        self.enterContext(patch.object(client, "_TIMEOUT", 10))

    def _take_over_templates(self):
        self.env["yangguang.wechat.template"]._take_over(self.setting, self.fake.state.templates)
        return {template.kind: template for template in self.setting.template_ids}

    def _account(self, name="zhangsan", **values):
        """The account of somebody who has just opened the mini-program."""
        account = self.env["yangguang.wechat.account"]._opened(
            self.setting.appid, self.fake.openid(name)
        )
        account.write({"division_id": self.village.id, **values})
        return account

    def _subscribe(self, account, template, count=1):
        for _turn in range(count):
            self.env["yangguang.wechat.consent"]._given(account, template)
        self.fake.state.subscribe(account.openid, template.template_id, count)

    def _queue(self, account, key="1", kind="answered", **values):
        values = {
            "number": "HY-2026-0007",
            "text": "路灯已经修好",
            "time": "2026-04-01 09:30",
            **values,
        }
        return self.env["yangguang.wechat.message"]._queue(
            account, kind, values, "pages/question/question?code=A", key
        )

    def _run(self, job, at=None):
        """Runs a scheduled action, at a time of the product's clock."""
        with clock.travel(at or clock.now()), self.enter_registry_test_mode():
            self.env.ref(f"yangguang_wechat.ir_cron_{job}").method_direct_trigger()

    def _later(self, **units):
        return DAY + timedelta(**units)
