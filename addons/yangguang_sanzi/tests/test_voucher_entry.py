from odoo.exceptions import AccessError, ValidationError
from odoo.fields import Command
from odoo.tests import Form, tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestVoucherEntry(BooksCommon):
    def _account(self, code):
        return self.env["yangguang.ledger.account"].search(
            [("code", "=", code), ("collective_id", "=", False)]
        )

    def _form(self):
        vouchers = self.env["yangguang.voucher"].with_user(self.accountant)
        return Form(vouchers, view="yangguang_sanzi.yangguang_voucher_view_form")

    def test_the_next_line_knows_what_is_left(self):
        self._bill()
        with self._form() as form:
            self.assertEqual(form.book_id, self.book)
            with form.line_ids.new() as line:
                line.summary = "付村委会电费"
                line.account_id = self._account("513")
                line.debit = 120.5
            with form.line_ids.new() as line:
                line.account_id = self._account("102")
                line.summary = "付村委会电费"
        self.assertEqual(form.record.line_ids.mapped("credit"), [0.0, 120.5])
        self.assertEqual(form.record.last_summary, "付村委会电费")

    def test_a_usual_voucher_needs_its_amounts_alone(self):
        template = self._template()
        with self._form() as form:
            form.book_id = self.book
            form.date = "2026-03-12"
            form.template_id = template
            with form.line_ids.edit(0) as line:
                line.debit = 66.0
            form.handler_id = self.handler
        voucher = form.record
        self.assertEqual(voucher.line_ids.account_id.mapped("code"), ["513", "102"])
        self.assertEqual(voucher.line_ids[1].credit, 66.0)
        voucher.action_post()

    def test_a_usual_voucher_takes_the_one_detail_of_an_account(self):
        template = self._template()
        self.env["yangguang.voucher"].search([("book_id", "=", self.book.id)]).unlink()
        bank = self.env["yangguang.ledger.account"].create(
            {
                "chart_id": self.chart.id,
                "collective_id": self.collective.id,
                "code": "10201",
                "name": "某农商银行",
                "date_from": "2026-01-01",
            }
        )
        lines = template._lines_for(self.book)
        self.assertEqual(lines[1][2]["account_id"], bank.id)
        self.assertEqual(
            template._lines_for(self.far_book)[1][2]["account_id"], self._account("102").id
        )
        # what is kept from a voucher with the detail serves other collectives too
        bill = self._bill(
            line_ids=[
                self._line("513", debit=1.0, public="out_office"),
                Command.create({"account_id": bank.id, "summary": "付电费", "credit": 1.0}),
            ]
        )
        kept = template.browse(bill.action_keep_as_template()["res_id"])
        self.assertEqual(kept.line_ids.account_id.mapped("code"), ["513", "102"])
        with self.assertRaises(ValidationError):
            kept.line_ids[1].account_id = bank

    def test_a_copy_is_a_draft_of_today(self):
        bill = self._bill()
        bill.action_post()
        copied = self.env["yangguang.voucher"].browse(bill.action_copy()["res_id"])
        self.assertEqual((copied.state, copied.kind, copied.number), ("draft", "entry", 0))
        self.assertEqual(str(copied.date), "2027-01-05")
        self.assertEqual(set(copied.line_ids.mapped("date")), {copied.date})
        self.assertEqual(copied.line_ids.mapped("debit"), bill.line_ids.mapped("debit"))

    def test_usual_vouchers_are_of_the_accountant_of_the_place(self):
        template = self._template()
        self.assertEqual(template.division_id, self.village.parent_id)
        with self.assertRaises(AccessError):
            template.with_user(self.clerk).read(["name"])
        with self.assertRaises(AccessError):
            self._bill().with_user(self.clerk).action_keep_as_template()

    def _template(self):
        template = self.env["yangguang.voucher.template"].with_user(self.accountant)
        return template.browse(self._bill().action_keep_as_template()["res_id"])
