"""Role × model × operation for the books; whatever is not in the table is refused."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.tests.matrix_common import (
    DISTRICT,
    DRAFTERS,
    EVERYBODY,
    STAFF,
    AccessMatrix,
)

from .common import PIXEL
from .register_common import RegisterCommon

INSIDE = f"{STAFF} department_officer administrator"
ACCOUNTANT = "town_accountant"
KEPT = {"read": STAFF, "*": ACCOUNTANT}
REGISTER = {"read": STAFF, "*": f"{DRAFTERS} {ACCOUNTANT}"}
SHARED = ("yangguang.chart", "yangguang.disclosure.line", "yangguang.asset.category")
REGISTERS = (
    "asset",
    "register.photo",
    "stocktaking",
    "stocktaking.line",
    "contract",
    "contract.receipt",
    "contract.reminder",
    "tender",
    "grant",
    "grant.movement",
    "land.compensation",
    "land.compensation.movement",
    "member",
    "member.share",
    "dividend",
    "dividend.line",
    "project",
    "project.payment",
    "donation",
    "donation.use",
    "levy",
    "levy.movement",
)

OWN = {
    "yangguang.chart": {
        "read": INSIDE,
        "write": "administrator",
        "create": "administrator",
    },
    "yangguang.disclosure.line": {
        "read": INSIDE,
        "write": "administrator",
        "create": "administrator",
    },
    "yangguang.ledger.account": KEPT,
    "yangguang.book": {"read": STAFF, "write": ACCOUNTANT, "create": ACCOUNTANT},
    "yangguang.book.period": {"read": STAFF},
    "yangguang.book.total": {"read": STAFF},
    "yangguang.voucher": KEPT,
    "yangguang.voucher.line": KEPT,
    "yangguang.voucher.paper": KEPT,
    "yangguang.voucher.template": {"*": ACCOUNTANT},
    "yangguang.voucher.template.line": {"*": ACCOUNTANT},
    "yangguang.reconciliation": KEPT,
    "yangguang.reconciliation.item": KEPT,
    "yangguang.import.batch": KEPT,
    "yangguang.import.column": KEPT,
    "yangguang.import.account": KEPT,
    "yangguang.import.mapping": {"*": f"{DRAFTERS} {ACCOUNTANT}"},
    "yangguang.asset.category": {
        "read": INSIDE,
        "write": "administrator",
        "create": "administrator",
    },
    "yangguang.asset.event": {"read": STAFF},
    "yangguang.contract.instalment": {"read": STAFF},
    "yangguang.public.card": {"read": EVERYBODY},
    **{f"yangguang.{name}": REGISTER for name in REGISTERS},
}
FAR_READERS = {
    **{
        model: INSIDE if model in SHARED else DISTRICT
        for model in OWN
        if not model.startswith("yangguang.voucher.template")
    },
    "yangguang.import.mapping": "",
    "yangguang.public.card": EVERYBODY,
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessMatrix, RegisterCommon):
    OWN = OWN
    FAR_READERS = FAR_READERS

    def _records(self):
        posted = self._bill()
        posted.action_post()
        voucher = self._bill()
        detail = self.env["yangguang.ledger.account"].create(
            {
                "chart_id": self.chart.id,
                "collective_id": self.collective.id,
                "code": "10101",
                "name": "村委会保险柜",
                "date_from": "2026-01-01",
            }
        )
        reconciliation = self.env["yangguang.reconciliation"].create(
            {
                "period_id": self.book.period_ids[0].id,
                "account_id": detail.id,
                "statement_balance": 10.0,
                "item_ids": [Command.create({"kind": "bank_paid", "amount": 1.0})],
            }
        )
        template = self.env["yangguang.voucher.template"].browse(
            voucher.action_keep_as_template()["res_id"]
        )
        return {
            "yangguang.chart": self.chart,
            "yangguang.disclosure.line": self.env["yangguang.disclosure.line"].search([], limit=1),
            "yangguang.ledger.account": detail,
            "yangguang.book": self.book,
            "yangguang.book.period": self.book.period_ids[0],
            "yangguang.book.total": self.env["yangguang.book.total"].search(
                [("book_id", "=", posted.book_id.id)], limit=1
            ),
            "yangguang.voucher": voucher.sudo(),
            "yangguang.voucher.line": voucher.sudo().line_ids[0],
            "yangguang.voucher.paper": self.env["yangguang.voucher.paper"].create(
                {"voucher_id": voucher.id, "image": PIXEL}
            ),
            "yangguang.voucher.template": template,
            "yangguang.voucher.template.line": template.line_ids[0],
            "yangguang.reconciliation": reconciliation,
            "yangguang.reconciliation.item": reconciliation.item_ids,
            **self._register_records(),
            **self._import_records(),
        }

    def _import_records(self):
        batch = self.env["yangguang.import.batch"].create(
            {
                "collective_id": self.collective.id,
                "program": "用友T3",
                "file": "MQ==",
                "column_ids": [Command.create({"place": 1, "head": "摘要"})],
            }
        )
        account = self.env["yangguang.import.account"].create(
            {"book_id": self.book.id, "code": "1001"}
        )
        mapping = self.env["yangguang.import.mapping"].create(
            {
                "division_id": self.village.id,
                "program": "用友T3",
                "kind": "voucher",
                "columns": {"摘要": "summary"},
            }
        )
        return {one._name: one.sudo() for one in (batch, batch.column_ids, account, mapping)}

    def _register_records(self):
        shop, contract = self._shop(), self._contract()
        shop.action_show_card()
        photo = self.env["yangguang.register.photo"].create({"asset_id": shop.id, "image": PIXEL})
        receipt = self._receipt(contract, "2024-01-08", 30000.0)
        reminder = self.env["yangguang.contract.reminder"].create({"contract_id": contract.id})
        check = self._entry("yangguang.stocktaking")
        check.action_fill()
        member = self._member("张小一")
        dividend = self._entry("yangguang.dividend", total=1000.0)
        dividend.action_share_out()
        grant = self._grant()
        money = [Command.create({"day": "2026-01-05", "amount": 1.0, "note": "奖学"})]
        taken = self._entry(
            "yangguang.land.compensation",
            name="批次一",
            code="字1号",
            granted_on="2025-11-01",
            area=1.0,
            item="land",
            promised=1.0,
            movement_ids=money,
        )
        project = self._entry(
            "yangguang.project", code="项1", name="村道", kind="road", payment_ids=money
        )
        gift = self._entry(
            "yangguang.donation",
            day="2026-01-01",
            donor="某乡贤",
            value=1.0,
            receipt="1",
            use_ids=money,
        )
        levy = self._entry(
            "yangguang.levy",
            matter="清淤",
            resolution="1",
            group="一组",
            households=1,
            persons=1,
            per_head=1.0,
            movement_ids=money,
        )
        tender = self._entry(
            "yangguang.tender",
            code="交1",
            name="商铺",
            notice_start="2026-01-01",
            notice_end="2026-01-11",
            base_price=1.0,
        )
        records = (
            *(shop, shop.category_id, shop.event_ids, photo, check, check.line_ids[0]),
            *(contract, contract.instalment_ids[0], receipt, reminder, tender),
            *(grant, grant.movement_ids[0], taken, taken.movement_ids, member, member.share_ids),
            *(dividend, dividend.line_ids, project, project.payment_ids, gift, gift.use_ids),
            *(levy, levy.movement_ids, shop._card()),
        )
        return {record._name: record.sudo() for record in records}

    def test_every_model_is_in_the_table(self):
        self.assertEqual(self._models_of("yangguang_sanzi"), set(OWN))

    def test_own_village(self):
        self._check_own_village(self._records())

    def test_village_of_another_town(self):
        self._check_another_town(self._records())

    def test_the_chart_is_not_the_accountants(self):
        shared = self.env["yangguang.ledger.account"].search([("code", "=", "101")])
        for operation in ("write", "unlink"):
            self.assertFalse(shared.with_user(self.accountant).has_access(operation))
