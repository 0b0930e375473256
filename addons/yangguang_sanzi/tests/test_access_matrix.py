"""Role × model × operation for the books; whatever is not in the table is refused."""

from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.tests.matrix_common import DISTRICT, STAFF, AccessMatrix

from .common import BooksCommon

INSIDE = f"{STAFF} department_officer administrator"
ACCOUNTANT = "town_accountant"
KEPT = {"read": STAFF, "*": ACCOUNTANT}

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
    "yangguang.reconciliation": KEPT,
    "yangguang.reconciliation.item": KEPT,
}
FAR_READERS = {
    "yangguang.chart": INSIDE,
    "yangguang.disclosure.line": INSIDE,
    **{
        model: DISTRICT
        for model in OWN
        if model not in ("yangguang.chart", "yangguang.disclosure.line")
    },
}


@tagged("post_install", "-at_install")
class TestAccessMatrix(AccessMatrix, BooksCommon):
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
            "yangguang.reconciliation": reconciliation,
            "yangguang.reconciliation.item": reconciliation.item_ids,
        }

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
