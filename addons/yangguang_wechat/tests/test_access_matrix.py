"""Role × model × operation for WeChat; whatever is not in the table is refused."""

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.matrix_common import AccessMatrix

NOBODY = ""

OWN = {
    "yangguang.wechat.account": {"read": NOBODY},
    "yangguang.wechat.token": {"read": NOBODY},
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
        values = {
            "yangguang.wechat.token": {
                "account_id": account.id,
                "digest": "0",
                "kind": "villager",
                "expires": clock.now(),
            },
        }
        return {
            "yangguang.wechat.account": account,
            **{model: self.env[model].create(row) for model, row in values.items()},
        }

    def test_every_model_is_in_the_table(self):
        self.assertEqual(self._models_of("yangguang_wechat"), set(OWN))

    def test_own_village(self):
        self._check_own_village(self._records())

    def test_village_of_another_town(self):
        self._check_another_town(self._records())
