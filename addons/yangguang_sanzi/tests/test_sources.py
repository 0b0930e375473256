from datetime import UTC, datetime
from decimal import Decimal

from odoo.exceptions import UserError
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.periods import Period
from odoo.addons.yangguang_cunwu.tests.disclosure_common import POINTS

from .common import BooksCommon


@tagged("post_install", "-at_install")
class TestSources(BooksCommon):
    def _close(self, *months):
        for month in months:
            period = self.book.period_ids.filtered(lambda one, month=month: one.month == month)
            period = period.with_user(self.accountant)
            rows = self.book._trial_balance(Period.parse(month))
            if "102" in rows:
                self.env["yangguang.reconciliation"].with_user(self.accountant).create(
                    {
                        "period_id": period.id,
                        "account_id": self.env["yangguang.ledger.account"]
                        .search([("code", "=", "102"), ("collective_id", "=", False)])
                        .id,
                        "statement_balance": float(rows["102"].closing),
                    }
                )
            period.action_close()

    def _posted(self):
        (self._rent("2026-01-10") | self._bill("2026-01-20")).action_post()

    def _sheet(self, code, period_key="2026-01"):
        return (
            self.env["yangguang.disclosure"]
            .with_user(self.clerk)
            .create(
                {
                    "division_id": self.village.id,
                    "item_id": self._item(code).id,
                    "period_key": period_key,
                }
            )
        )

    def test_a_sheet_begins_filled_from_closed_books(self):
        self._posted()
        self._close("2026-01")
        document = self._sheet("CW02")._document()
        self.assertEqual(
            [(row["voucher_no"], row["receipt"], row["payment"]) for row in document["rows"]],
            [("记001", "1000.00", "0.00"), ("记002", "0.00", "100.00")],
        )
        self.assertEqual(document["header"]["closing_balance"], "900.00")
        self.assertEqual(document["rows"][1]["balance"], "900.00")
        cash = self._sheet("CW03")._document()["rows"]
        self.assertEqual(sum(Decimal(row["statement"]) for row in cash), 900)
        sums = [row["current"] for row in self._sheet("CW05")._document()["rows"]]
        self.assertEqual(sums, ["100.00"])

    def test_what_the_books_say_is_not_typed(self):
        self._posted()
        self._close("2026-01")
        sheet = self._sheet("CW05")
        document = sheet._document()
        document["rows"][0]["plan"] = "5000.00"
        sheet.save_content(sheet.revision, document)
        self.assertEqual(sheet._document()["rows"][0]["plan"], "5000.00")
        for change in (
            {"current": "99.00"},
            {"ytd": "101.00"},
            {"account": "514"},
        ):
            changed = {**document, "rows": [document["rows"][0] | change]}
            with self.subTest(change=change), self.assertRaisesRegex(UserError, "第1行"):
                sheet.save_content(sheet.revision, changed)
        for rows in ([], [*document["rows"], document["rows"][0]]):
            with self.assertRaises(UserError):
                sheet.save_content(sheet.revision, {**document, "rows": rows})
        opened = sheet.grid_open()
        self.assertIn("current", opened["layout"]["locked"][0])
        self.assertNotIn("plan", opened["layout"]["locked"][0])
        texts = opened["grid"]
        place = [column["key"] for column in opened["layout"]["columns"]].index("current")
        texts["rows"][0][place] = "99.00"
        with self.assertRaises(UserError):
            sheet.grid_save(sheet.revision, texts)

    def test_a_sheet_waits_for_the_books(self):
        """What was typed while the month was open gives way to the books."""
        self._posted()
        sheet = self._sheet("CW05")
        typed = {"rows": [{"line2011": "out_office", "account": "513", "plan": "5000.00"}]}
        typed["rows"][0] |= {"current": "99.00", "ytd": "99.00"}
        sheet.save_content(sheet.revision, typed)
        self.assertTrue(any("2026年1月" in one for one in sheet._problems()))
        with self.assertRaises(UserError):
            sheet.action_fill_from_source()
        self._close("2026-01")
        self.assertTrue(any("「本期金额」应为「100.00」" in one for one in sheet._problems()))
        sheet.action_fill_from_source()
        row = sheet._document()["rows"][0]
        self.assertEqual((row["current"], row["plan"]), ("100.00", "5000.00"))
        self.assertFalse(list(sheet._problems()))

    def test_a_submitted_sheet_stays_as_it_agreed(self):
        self._posted()
        self._close("2026-01")
        # steps are taken at their real time
        with clock.travel(datetime.now(UTC).replace(tzinfo=None)):
            sheet = self._sheet("CW02")
            sheet.action_submit(POINTS)
            self.handler.name = "王小五"
            self.assertFalse(list(sheet._problems()))
            for user in (self.chair, self.supervisor):
                sheet.with_user(user).action_vote(True)
            self._sign(sheet)
            sheet.action_publish()
        self.assertEqual(sheet.state, "published")

    def test_statements_are_filled_row_by_row(self):
        self._posted()
        self._close("2026-01", "2026-02", "2026-03")
        item = self._item("CW11")
        period_key = {"quarterly": "2026Q1", "monthly": "2026-03", "yearly": "2026"}
        sheet = self._sheet("CW11", period_key[item.frequency])
        rows = {row["key"]: row["closing"] for row in sheet._document()["rows"]}
        self.assertEqual((rows["cash"], rows["asset_total"]), ("900.00", "900.00"))
        self.assertFalse(list(sheet._problems()))

    def test_a_village_without_books_types(self):
        other = self.sister_village
        self.assertFalse(self.env["yangguang.book"]._of_village(other))
        before = self._sheet("CW02", "2025-12")
        self.assertEqual(before.revision, 0)
        self.assertFalse(before.from_source)

    def test_who_reads_the_sheet_opens_its_entries(self):
        self._posted()
        self._close("2026-01")
        action = self._sheet("CW02").action_open_entries()
        lines = self.env["yangguang.voucher.line"].with_user(self.clerk).search(action["domain"])
        self.assertEqual(len(lines), 4)
