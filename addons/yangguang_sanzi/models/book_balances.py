from decimal import Decimal

from odoo import models

from ..lib import ledger, statements
from ..lib.money import ZERO


class Book(models.Model):
    """What the posted lines of the books add up to, from the sums kept of each month. Amounts are
    Decimal from the database on."""

    _inherit = "yangguang.book"

    def _balances(self, start, end, *, with_carry_over=True):
        """The balances of posted lines as `{(code, counterparty): lib.ledger.Balance}`: opening
        before `start`, turnover from the month that begins on `start` to the one that ends on
        `end`, without carry-overs if so wanted."""
        self.ensure_one()
        self.check_access("read")
        self.env.flush_all()
        # as text: the framework reads numbers of the database as floats
        self.env.cr.execute(
            """
            SELECT account.code, NULLIF(total.counterparty, ''),
                COALESCE(sum(debit - credit) FILTER (WHERE before), 0)::text,
                COALESCE(sum(debit) FILTER (WHERE NOT before AND counts), 0)::text,
                COALESCE(sum(credit) FILTER (WHERE NOT before AND counts), 0)::text
            FROM yangguang_book_total total
                JOIN yangguang_ledger_account account ON account.id = total.account_id,
                LATERAL (
                    SELECT month < %(start)s OR total.kind = 'opening' AS before,
                        total.kind != 'carry_over' OR %(with_carry_over)s AS counts
                ) AS told
            WHERE total.book_id = %(book)s AND month <= %(end)s
            GROUP BY 1, 2
            """,
            {
                "book": self.id,
                "start": start,
                "end": end,
                "with_carry_over": with_carry_over,
            },
        )
        return {
            (code, counterparty): ledger.Balance(*map(Decimal, amounts))
            for code, counterparty, *amounts in self.env.cr.fetchall()
        }

    def _closing(self, end):
        """The balances at the end of a month, as `{(code, counterparty): Decimal}`."""
        return {key: row.closing for key, row in self._balances(end.replace(day=1), end).items()}

    def _account_ledger(self, code, period):
        """The ledger of the account `code` for `period`, as `lib.ledger.LedgerRow`: the cash and
        bank books are this."""
        found = self._balances(period.start, period.end)
        opening = sum((one.opening for key, one in found.items() if key[0] == code), ZERO)
        lines = self.env["yangguang.voucher.line"].search(
            [
                ("book_id", "=", self.id),
                ("account_id.code", "=", code),
                ("voucher_id.state", "=", "posted"),
                ("date", ">=", period.start),
                ("date", "<=", period.end),
            ]
        )
        in_order = lines.sorted(lambda one: (one.date, one.number, one.sequence, one.id))
        return ledger.account_ledger(opening, [one._as_entry() for one in in_order])

    def _trial_balance(self, period):
        """The trial balance of a `Period`: `{code: lib.ledger.Balance}`."""
        return ledger.trial_balance(self._chart(), self._balances(period.start, period.end))

    def _balance_sheet(self, period):
        """The balance sheet at the end of `period`: `{line: (start of the year, end)}`."""
        chart = self._chart()
        found = self._balances(period.end.replace(month=1, day=1), period.end)
        opening = statements.balance_sheet(chart, {key: one.opening for key, one in found.items()})
        closing = statements.balance_sheet(chart, {key: one.closing for key, one in found.items()})
        return {line: (opening[line], closing[line]) for line in closing}

    def _income_statement(self, period):
        """Income and distribution from the start of the year to the end of `period`."""
        found = self._balances(
            period.end.replace(month=1, day=1), period.end, with_carry_over=False
        )
        opening = {key: balance.opening for key, balance in found.items()}
        return statements.income_statement(self._chart(), opening, found)
