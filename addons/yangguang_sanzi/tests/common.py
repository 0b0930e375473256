"""The books of 东岸村's collective for 2026, with a bank account and a few usual vouchers."""

from datetime import datetime

from odoo.fields import Command

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.disclosure_common import DisclosureCommon

# after the end of the year
NOW = datetime(2027, 1, 5, 2)
# one white dot
PIXEL = (
    b"iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTn9VQAAAABJRU5ErkJggg=="
)


class BooksCommon(DisclosureCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.enterClassContext(clock.travel(NOW))
        cls.chart = cls.env["yangguang.chart"].search([("code", "=", "2023")])
        cls.collective = cls.env["yangguang.collective"].create(
            {"name": "东岸村经济联合社", "division_id": cls.village.id}
        )
        cls.far_collective = cls.env["yangguang.collective"].create(
            {"name": "望山镇东岸村经济联合社", "division_id": cls.far_village.id}
        )
        cls.book = cls._book(cls.collective)
        cls.far_book = cls._book(cls.far_collective)
        cls.handler = cls._person("王五", cls.village)

    @classmethod
    def _book(cls, collective):
        return cls.env["yangguang.book"].create(
            {"collective_id": collective.id, "chart_id": cls.chart.id, "begins": "2026-01-01"}
        )

    @classmethod
    def _line(cls, code, debit=0.0, credit=0.0, public=None, counterparty=False):
        account = cls.env["yangguang.ledger.account"].search(
            [("chart_id", "=", cls.chart.id), ("code", "=", code)]
        )
        line = cls.env["yangguang.disclosure.line"].search([("code", "=", public)])
        return Command.create(
            {
                "account_id": account.id,
                "summary": "付村委会电费",
                "debit": debit,
                "credit": credit,
                "disclosure_line_id": line.id,
                "counterparty": counterparty,
            }
        )

    def _bill(self, day="2026-03-12", amount=100.0, book=None, user=None, **values):
        """A draft that pays a bill through the bank, made by the town's accountant."""
        return (
            self.env["yangguang.voucher"]
            .with_user(user or self.accountant)
            .create(
                {
                    "book_id": (book or self.book).id,
                    "date": day,
                    "proof": "vat",
                    "handler_id": self.handler.id,
                    "line_ids": [
                        self._line("513", debit=amount, public="out_office"),
                        self._line("102", credit=amount),
                    ],
                    **values,
                }
            )
        )

    def _rent(self, day="2026-03-02", amount=1000.0):
        """A draft that receives rent in the bank."""
        return self._bill(
            day,
            proof="fin_receipt",
            line_ids=[
                self._line("102", debit=amount),
                self._line("501", credit=amount, public="in_lease"),
            ],
        )
