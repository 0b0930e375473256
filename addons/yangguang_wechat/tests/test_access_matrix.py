"""Role × model × operation for WeChat; whatever is not in the table is refused."""

from odoo.tests import new_test_user, tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.matrix_common import DRAFTERS, AccessMatrix

NOBODY = ""

OWN = {
    "yangguang.wechat.account": {"read": NOBODY},
    "yangguang.wechat.token": {"read": NOBODY},
    "yangguang.wechat.binding": {"read": NOBODY},
    "yangguang.wechat.upload": {"read": NOBODY},
    "yangguang.wechat.check": {"read": NOBODY},
    "yangguang.wechat.residence": {
        "read": f"{DRAFTERS} town_officer",
        "write": DRAFTERS,
    },
    "yangguang.wechat.setting": {
        "read": "administrator",
        "write": "administrator",
        "create": "administrator",
    },
    "yangguang.wechat.finding": {"read": "administrator"},
    "yangguang.wechat.template": {"read": "administrator", "write": "administrator"},
    "yangguang.wechat.template.line": {"read": "administrator", "write": "administrator"},
    "yangguang.wechat.consent": {"read": NOBODY},
    "yangguang.wechat.message": {"read": NOBODY},
    "yangguang.wechat.callback": {"read": NOBODY},
    "yangguang.wechat.code": {"read": NOBODY},
    "yangguang.wechat.announcement": {"read": NOBODY},
}
FAR_READERS = {}


@tagged("post_install", "-at_install")
class TestWechatAccess(AccessMatrix):
    OWN = OWN
    FAR_READERS = FAR_READERS

    def _records(self):
        """A record of each model that belongs to 东岸村."""
        accounts = self.env["yangguang.wechat.account"]
        account = accounts._opened("wx0000000000000000", "openid-of-a-villager")
        account.division_id = self.village
        question = self.env["yangguang.question"]._ask(
            {"division": self.village, "text": "路灯什么时候修好？", "channel": "phone"}
        )
        setting = self.env["yangguang.wechat.setting"].create({"appid": "wx0000000000000000"})
        template = self.env["yangguang.wechat.template"].create(
            {"setting_id": setting.id, "template_id": "0", "title": "答复", "kind": "answered"}
        )
        now = clock.now()
        told = {"kind": "answered", "content": "{}", "due": now}
        values = {
            "yangguang.wechat.token": {
                "account_id": account.id,
                "digest": "0",
                "kind": "villager",
                "expires": now,
            },
            "yangguang.wechat.binding": {
                "user_id": self.clerk.id,
                "code_hash": "0",
                "expires": now,
            },
            "yangguang.wechat.upload": {
                "account_id": account.id,
                "content": "eA==",
                "time": now,
            },
            "yangguang.wechat.check": {"question_id": question.id, "time": now},
            "yangguang.wechat.residence": {
                "account_id": account.id,
                "division_id": self.village.id,
                "name": "赵大明",
                "time": now,
            },
            "yangguang.wechat.finding": {
                "setting_id": setting.id,
                "topic": "x",
                "state": "good",
                "sentence": "x",
                "time": now,
            },
            "yangguang.wechat.template.line": {
                "template_id": template.id,
                "keyword": "thing1",
                "value": "title",
            },
            "yangguang.wechat.consent": {"account_id": account.id, "template_id": template.id},
            "yangguang.wechat.message": {"account_id": account.id, "key": "0", **told},
            "yangguang.wechat.callback": {
                "setting_id": setting.id,
                "identity": "0",
                "time": now,
                "state": "done",
            },
            "yangguang.wechat.code": {
                "setting_id": setting.id,
                "page": "pages/a",
                "scene": "v=1",
                "picture": "eA==",
            },
        }
        return {
            "yangguang.wechat.account": account,
            "yangguang.wechat.announcement": self._announced(),
            "yangguang.wechat.setting": setting,
            "yangguang.wechat.template": template,
            **{model: self.env[model].create(row) for model, row in values.items()},
        }

    def _announced(self):
        publication = self._published().publication_id
        announcements = self.env["yangguang.wechat.announcement"]
        return announcements.search([("publication_id", "=", publication.id)])

    def test_every_model_is_in_the_table(self):
        self.assertEqual(self._models_of("yangguang_wechat"), set(OWN))

    def test_not_even_the_server_s_administrator(self):
        """Accounts, what they were told and what they have sent: no screen shows them."""
        keeper = new_test_user(self.env, "keeper", groups="base.group_system")
        for name in ("account", "token", "binding", "upload", "check", "consent", "message"):
            rows = self.env[f"yangguang.wechat.{name}"].with_user(keeper)
            self.assertFalse(rows.has_access("read"), name)

    def test_own_village(self):
        self._check_own_village(self._records())

    def test_village_of_another_town(self):
        self._check_another_town(self._records())
