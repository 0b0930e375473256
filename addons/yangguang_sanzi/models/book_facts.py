from odoo import api, models, tools

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.money import exact
from ..lib.receipts import money_rows
from ..lib.sheets import Facts, Place


class Book(models.Model):
    """What the books say of a period, for the sheets that are filled from them."""

    _inherit = "yangguang.book"

    @api.model
    def _of_village(self, division):
        """The books of the village's own collective; none while it keeps none here."""
        return self.browse(self._id_of_village(division.id))

    @tools.ormcache("division_id")
    def _id_of_village(self, division_id):
        # asked at every step of every sheet
        return self.sudo().search([("division_id", "=", division_id)], order="id", limit=1).id

    def _open_in(self, period):
        """The name of the first month of `period` that is not closed; empty when all are."""
        closed = set(self.period_ids.filtered(lambda one: one.state == "closed").mapped("month"))
        for month in Period.between("month", period.start, period.end):
            if month.key not in closed:
                return month.label
        return ""

    def _facts(self, period):
        """What the books say of `period`, as `lib.sheets.Facts`."""
        self.ensure_one()
        chart, before = self._chart(), period.same_last_year()
        known_before = before.start >= self.begins
        return Facts(
            organisation=self.collective_id.name,
            chart=chart,
            start=period.start,
            rows=self._money_rows(chart, period.end),
            rows_before=self._money_rows(chart, before.end) if known_before else None,
            balances=self._balances(period.start, period.end),
            sheet=self._balance_sheet(period),
            income=self._income_statement(period),
            income_before=self._income_statement(before) if known_before else None,
            places=self._places(chart, period),
        )

    def _money_rows(self, chart, end):
        """The receipts and payments of a year up to `end`, in the order they are booked in."""
        vouchers = self.env["yangguang.voucher"].search(
            [
                ("book_id", "=", self.id),
                ("state", "=", "posted"),
                ("kind", "in", ["entry", "reversal"]),
                ("date", ">=", end.replace(month=1, day=1)),
                ("date", "<=", end),
            ],
            order="date, number",
        )
        posted = vouchers._as_vouchers()
        return tuple(money_rows(chart, ((one.number, posted[one]) for one in vouchers)))

    def _places(self, chart, period):
        """The accounts of cash and bank, with what was stated or counted in the last month."""
        last = self.period_ids.filtered(lambda one: one.month == Period.of("month", period.end).key)
        stated = {one.account_id.code: one for one in last.reconciliation_ids}
        places = []
        for account in self.env["yangguang.ledger.account"].search(
            [
                ("chart_id", "=", self.chart_id.id),
                ("collective_id", "in", [False, self.collective_id.id]),
                ("money", "!=", False),
            ]
        ):
            if chart.is_leaf(account.code):
                one = stated.get(account.code)
                places.append(
                    Place(
                        chart.by_code[account.code],
                        account.bank_name or account.name,
                        account.bank_number or None,
                        exact(f"{one.statement_balance:.2f}") if one else None,
                        one.explanation or None if one else None,
                    )
                )
        return tuple(places)
