from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.exceptions import UserError, ValidationError
from odoo.fields import Command
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib import ledger
from ..lib.vouchers import Line, Voucher
from .common import BooksCommon
from .lib import books_sets


@tagged("post_install", "-at_install")
class TestBook(BooksCommon):
    def _own(self):
        return self.book.with_user(self.accountant)

    def _month(self, month):
        return self._own().period_ids.filtered(lambda period: period.month == month)

    def _reconcile(self, month, balance, code="102", items=()):
        account = self.env["yangguang.ledger.account"].search([("code", "=", code)])
        reconciliations = self.env["yangguang.reconciliation"].with_user(self.accountant)
        return reconciliations.create(
            {
                "period_id": self._month(month).id,
                "account_id": account.id,
                "statement_balance": balance,
                "item_ids": [
                    Command.create({"kind": kind, "amount": amount}) for kind, amount in items
                ],
            }
        )

    def _close_until(self, last):
        for month in range(1, last + 1):
            key = f"2026-{month:02d}"
            if month >= 3:
                self._reconcile(key, 900.0)
            self._month(key).action_close()

    def test_books_begin_with_a_year_of_open_months(self):
        self.assertEqual(len(self.book.period_ids), 12)
        self.assertEqual(set(self.book.period_ids.mapped("state")), {"open"})
        with self.assertRaises(ValidationError):
            self.env["yangguang.book"].create(
                {
                    "collective_id": self.env["yangguang.collective"]
                    .create({"name": "西岸村经济联合社", "division_id": self.sister_village.id})
                    .id,
                    "chart_id": self.chart.id,
                    "begins": "2023-01-01",
                }
            )

    def test_opening_balances_come_before_the_first_day(self):
        action = self._own().action_enter_opening()
        opening = self.env["yangguang.voucher"].browse(action["res_id"]).with_user(self.accountant)
        self.assertEqual((opening.kind, opening.date), ("opening", date(2025, 12, 31)))
        opening.line_ids = [
            self._line("102", debit=500.0),
            self._line("113", debit=80.0, counterparty="第一村民小组"),
            self._line("113", credit=30.0, counterparty="第二村民小组"),
            self._line("32201", credit=550.0),
        ]
        opening.action_post()
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self.assertEqual(self._own().action_enter_opening()["res_id"], opening.id)
        sheet = self.book._balance_sheet(Period.parse("2026-01"))
        self.assertEqual(sheet["cash"], (500, 500))
        self.assertEqual(sheet["receivables"], (80, 80))
        self.assertEqual(sheet["payables"], (30, 30))
        self.assertEqual(sheet["asset_total"][1], sheet["liab_total"][1] + sheet["equity_total"][1])

    def test_statements_come_from_posted_lines_alone(self):
        (self._rent() | self._bill()).action_post()
        self._bill("2026-03-20", amount=7.77)
        march = Period.parse("2026-03")
        rows = self.book._trial_balance(march)
        self.assertEqual(rows["102"].closing, Decimal("900.00"))
        self.assertEqual((rows["513"].debit, rows["501"].credit), (100, 1000))
        income = self.book._income_statement(march)
        self.assertEqual((income["net_profit"], income["closing_undist"]), (900, 900))
        statement = self.env["yangguang.statement"].with_user(self.accountant)
        for kind, label, closing in (
            ("trial_balance", "102 银行存款", 900.0),
            ("balance_sheet", "资产总计", 900.0),
            ("income_statement", "四、净收益", 900.0),
        ):
            shown = statement.create({"period_id": self._month("2026-03").id, "kind": kind})
            row = shown.line_ids.filtered(lambda one, label=label: one.label == label)
            self.assertEqual(row.closing, closing, kind)

    def test_a_place_s_trial_balance_has_all_its_books(self):
        self._rent().action_post()
        other = self.env["yangguang.collective"].create(
            {"name": "东岸村第一经济合作社", "division_id": self.sister_village.id}
        )
        detail = self.env["yangguang.ledger.account"].create(
            {
                "chart_id": self.chart.id,
                "collective_id": other.id,
                "code": "10201",
                "name": "某农商银行",
                "date_from": "2026-01-01",
            }
        )
        lines = [
            Command.create({"account_id": detail.id, "summary": "收租金", "debit": 50.0}),
            self._line("501", credit=50.0, public="in_lease"),
        ]
        self._bill("2026-03-05", book=self._book(other), line_ids=lines).action_post()
        for user, division, closing in (
            (self.town_officer, self.village.parent_id, 1050.0),
            (self.town_officer, self.sister_village, 50.0),
            (self.clerk, self.village.parent_id, 1000.0),
        ):
            shown = (
                self.env["yangguang.statement"]
                .with_user(user)
                .create(
                    {
                        "period_id": self._month("2026-03").id,
                        "kind": "place_balance",
                        "division_id": division.id,
                    }
                )
            )
            bank = shown.line_ids.filtered(lambda row: row.label == "102 银行存款")
            self.assertEqual(bank.closing, closing)

    @settings(max_examples=8, deadline=None)
    @given(books_sets.openings(), st.lists(books_sets.VOUCHERS, min_size=1, max_size=8))
    def test_whatever_is_posted_adds_up(self, opening, posted):
        """Random books: what the database has kept is what the library makes of the vouchers."""
        with self.env.cr.savepoint() as savepoint:
            first = Voucher(
                date(2025, 12, 31),
                tuple(
                    Line(code, max(amount, 0), max(-amount, 0), "期初", None, counterparty)
                    for (code, counterparty), amount in opening.items()
                    if amount
                ),
                "opening",
            )
            vouchers = self.env["yangguang.voucher"].with_user(self.accountant)
            made = vouchers._make(self.book, posted, handler_id=self.handler.id)
            if len(first.lines) > 1:
                made |= vouchers._make(self.book, [first])
            made.action_post()
            made[0].action_reverse("2026-12-31")
            self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
            self._check_sums(opening if len(first.lines) > 1 else {}, posted)
            savepoint.rollback()
            self.env.invalidate_all()

    def _check_sums(self, opening, posted):
        lines = [line for voucher in posted[1:] for line in voucher.lines]
        # the first one and its reversal, each in its month
        for line in posted[0].lines:
            lines += [line, Line(line.account, -line.debit, -line.credit)]
        year, chart = Period.parse("2026"), books_sets.CHART
        expected = ledger.trial_balance(chart, ledger.balances(opening, lines))
        shown = self.book._trial_balance(year)
        self.assertEqual(shown, {code: expected[code] for code in shown})
        self.assertFalse(
            any(expected[code] != ledger.Balance() for code in expected.keys() - shown.keys())
        )
        for month in ("2026-01", "2026-06", "2026-12"):
            sheet = self.book._balance_sheet(Period.parse(month))
            self.assertEqual(
                sheet["asset_total"][1], sheet["liab_total"][1] + sheet["equity_total"][1]
            )
        sheet, income = self.book._balance_sheet(year), self.book._income_statement(year)
        self.assertEqual(sheet["undistributed"][1], income["closing_undist"])
        whole = self.env["yangguang.book.total"]._trial_balance(
            self.chart, self.village.parent_id, year.start, year.end
        )
        self.assertEqual(whole, shown)

    def test_the_bank_book_runs_on(self):
        (self._rent("2026-02-27") | self._bill() | self._bill("2026-03-20", 5.55)).action_post()
        bank = self.env["yangguang.ledger.account"].search([("code", "=", "102")])
        shown = self.env["yangguang.statement"].with_user(self.accountant)
        shown = shown.create(
            {
                "period_id": self._month("2026-03").id,
                "kind": "account_ledger",
                "account_id": bank.id,
            }
        )
        self.assertEqual(
            shown.line_ids.mapped(lambda row: (row.label, row.closing)),
            [("记001 付村委会电费", 900.0), ("记002 付村委会电费", 894.45)],
        )

    def test_a_month_closes_in_its_order_when_all_is_done(self):
        self._rent().action_post()
        draft = self._bill()
        with self.assertRaises(UserError) as refusal:
            self._month("2026-03").action_close()
        for sentence in (
            "2026年1月还没有结账",
            "还有1张凭证没有记账。",
            "「银行存款」与对账单（盘点数）没有核对一致。",
        ):
            self.assertIn(sentence, str(refusal.exception))
        draft.action_post()
        self._close_until(3)
        self.assertEqual(self._month("2026-03").state, "closed")
        with self.assertRaises(UserError):
            self._bill("2026-03-31").action_post()
        with self.assertRaises(UserError):
            self._month("2026-03").reconciliation_ids.statement_balance = 1.0

    def test_a_reconciliation_knows_what_the_bank_does_not(self):
        (self._rent() | self._bill()).action_post()
        one = self._reconcile("2026-03", 1000.0, items=[("book_paid", 100.0)])
        self.assertEqual((one.book_balance, one.difference), (900.0, 0.0))
        one.statement_balance = 990.0
        self.assertEqual(one.difference, 10.0)

    def test_the_year_ends_by_itself_in_december(self):
        (self._rent() | self._bill()).action_post()
        before = self.book._income_statement(Period.parse("2026"))
        self._close_until(12)
        closing = self.book._closing(date(2026, 12, 31))
        self.assertEqual(closing["32201", None], Decimal("-900.00"))
        self.assertEqual({closing[code, None] for code in ("501", "513", "321")}, {0})
        self.assertEqual(self.book._income_statement(Period.parse("2026")), before)
        carried = self.env["yangguang.voucher"].search(
            [("book_id", "=", self.book.id), ("kind", "=", "carry_over")]
        )
        self.assertEqual(sorted(carried.mapped("number")), [1, 2])
        self.env.cr.execute("SET CONSTRAINTS ALL IMMEDIATE")
        self._own().action_open_year()
        self.assertEqual(len(self.book.period_ids), 24)
        opening = self.book._income_statement(Period.parse("2027-01"))["opening_undist"]
        self.assertEqual(opening, 900)

    def test_a_bank_account_is_a_detail_of_the_collective(self):
        accounts = self.env["yangguang.ledger.account"].with_user(self.accountant)
        values = {
            "chart_id": self.chart.id,
            "collective_id": self.collective.id,
            "code": "10201",
            "name": "某农商银行",
            "date_from": "2026-01-01",
        }
        bank = accounts.create(values)
        self.assertEqual((bank.money, bank.balance, bank.side), ("bank", "cash", "debit"))
        with self.assertRaises(UserError):
            self._bill().action_post()
        with self.assertRaises(ValidationError):
            accounts.create({**values, "code": "90101"})
        with self.assertRaises(ValidationError):
            accounts.create({**values, "code": "101"})

    def test_an_account_with_entries_gets_no_detail(self):
        self._rent().action_post()
        with self.assertRaises(ValidationError):
            self.env["yangguang.ledger.account"].create(
                {
                    "chart_id": self.chart.id,
                    "collective_id": self.collective.id,
                    "code": "10201",
                    "name": "某农商银行",
                    "date_from": "2026-01-01",
                }
            )
