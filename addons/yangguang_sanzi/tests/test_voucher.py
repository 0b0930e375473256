from datetime import date

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestVoucher(BooksCommon):
    def test_a_voucher_is_posted_with_the_next_number_of_its_month(self):
        bills = self._bill("2026-03-12") | self._bill("2026-03-05") | self._bill("2026-04-01")
        bills.action_post()
        self.assertEqual(bills.mapped("number"), [2, 1, 1])
        self.assertEqual(set(bills.mapped("state")), {"posted"})
        self.assertEqual(bills.period_id.mapped("month"), ["2026-03", "2026-04"])
        self.assertEqual(bills[0].display_name, "2026年3月记002")
        self.assertEqual(bills.poster_id, self.accountant.partner_id)
        self.assertEqual(set(bills[0].line_ids.mapped("date")), {date(2026, 3, 12)})
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")

    def test_all_reasons_are_given_at_once_and_nothing_is_posted(self):
        good = self._bill()
        bad = self._bill(
            proof=False,
            line_ids=[
                self._line("513", debit=100.0, public="in_sale"),
                self._line("102", credit=100.0),
            ],
        )
        with self.assertRaises(UserError) as refusal:
            (good | bad).action_post()
        self.assertIn("收付款凭证要选票据种类。", str(refusal.exception))
        self.assertIn("第1行：请选公开项目", str(refusal.exception))
        self.assertEqual(good.state, "draft")

    def test_whoever_handled_the_money_does_not_book_it(self):
        bill = self._bill(handler_id=self.accountant.partner_id.id)
        with self.assertRaises(UserError):
            bill.action_post()

    def test_a_posted_voucher_does_not_change(self):
        bill = self._bill()
        bill.action_post()
        with self.assertRaises(UserError):
            bill.date = "2026-03-13"
        with self.assertRaises(UserError):
            bill.line_ids[0].debit = 1.0
        with self.assertRaises(UserError):
            bill.line_ids[0].unlink()
        with self.assertRaises(UserError):
            bill.write({"line_ids": [self._line("513", debit=1.0)]})
        with self.assertRaises(UserError):
            bill.unlink()

    def test_an_import_changes_nothing_that_is_posted(self):
        bill = self._bill()
        bill.action_post()
        vouchers = self.env["yangguang.voucher"].with_user(self.accountant)
        lines = self.env["yangguang.voucher.line"].with_user(self.accountant)
        for model, names, row in (
            (vouchers, [".id", "date"], [str(bill.id), "2026-03-13"]),
            (
                vouchers,
                [".id", "line_ids/.id", "line_ids/debit"],
                [str(bill.id), str(bill.line_ids[0].id), "1"],
            ),
            (lines, [".id", "debit"], [str(bill.line_ids[0].id), "1"]),
            (
                vouchers,
                ["book_id/.id", "date", "state"],
                [str(self.book.id), "2026-03-13", "posted"],
            ),
        ):
            with self.subTest(names=names):
                result = model.with_context(import_file=True, skip_checks=True).load(names, [row])
                self.assertFalse(result["ids"])
                self.assertTrue(result["messages"])

    def test_a_reversal_undoes_it_once(self):
        bill = self._bill()
        bill.action_post()
        bill.action_reverse("2026-12-31")
        red = bill.reversal_ids
        self.assertEqual((red.state, red.kind, red.number), ("posted", "reversal", 1))
        self.assertEqual(red.line_ids.mapped("debit"), [-100.0, 0.0])
        self.assertEqual(red.line_ids[0].summary, "冲销2026年3月记001")
        self.assertEqual(self.book._closing(date(2026, 12, 31))["102", None], 0)
        with self.assertRaises(UserError):
            bill.action_reverse("2026-12-31")
        with self.assertRaises(UserError):
            red.action_reverse("2026-12-31")

    def test_steps_own_their_fields(self):
        steps = {
            "state": "posted",
            "kind": "carry_over",
            "number": 7,
            "period_id": self.book.period_ids[0].id,
            "poster_id": self.accountant.partner_id.id,
            "posted_on": "2026-03-12 00:00:00",
            "reverses_id": self._bill().id,
        }
        for name, value in steps.items():
            with self.subTest(field=name):
                with self.assertRaises(AccessError):
                    self._bill(**{name: value})
                with self.assertRaises(AccessError):
                    self._bill().with_context(skip_checks=True).write({name: value})
                self.env["ir.default"].set(
                    "yangguang.voucher", name, value, user_id=self.accountant.id
                )
        bill = self._bill()
        self.assertEqual((bill.state, bill.kind), ("draft", "entry"))
        self.assertFalse(bill.number or bill.period_id or bill.poster_id or bill.reverses_id)

    def test_books_of_others_are_not_kept(self):
        with self.assertRaises(AccessError):
            self._bill(book=self.far_book)
        with self.assertRaises(AccessError):
            self._bill(user=self.clerk)
        bill = self._bill()
        for user in (self.clerk, self.secretary, self.town_officer, self.district_officer):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                bill.with_user(user).action_post()
        with self.assertRaises(AccessError):
            self._line_of(
                self.env["yangguang.voucher"]
                .sudo()
                .create({"book_id": self.far_book.id, "date": "2026-03-01"})
            )

    def test_accounts_of_others_are_not_booked_in(self):
        account = self.env["yangguang.ledger.account"].create(
            {
                "chart_id": self.chart.id,
                "collective_id": self.far_collective.id,
                "code": "10201",
                "name": "某农商银行",
                "date_from": "2026-01-01",
            }
        )
        bill = self._bill()
        with self.assertRaises(ValidationError):
            bill.sudo().line_ids[1].account_id = account

    def _line_of(self, voucher):
        command = self._line("513", debit=1.0)
        return (
            self.env["yangguang.voucher.line"]
            .with_user(self.accountant)
            .create({**command[2], "voucher_id": voucher.id})
        )
