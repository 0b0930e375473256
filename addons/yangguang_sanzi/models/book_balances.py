from decimal import Decimal

from odoo import models
from odoo.tools import SQL

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib import ledger, statements
from ..lib.money import ZERO


class Book(models.Model):
    """What the posted lines of the books add up to. Amounts are Decimal from the database on.

    Claims and debts are told apart by counterparty; elsewhere the counterparty is a payee's name.
    """

    _inherit = "yangguang.book"

    def _balances(self, start, end, *, with_carry_over=True):
        """The balances of posted lines as `{(code, counterparty): lib.ledger.Balance}`: opening
        before `start`, turnover from `start` to `end`, without carry-overs if so wanted."""
        self.ensure_one()
        self.check_access("read")
        self.env.flush_all()
        counts = SQL("TRUE") if with_carry_over else SQL("voucher.kind != 'carry_over'")
        # as text: the framework reads numbers of the database as floats
        self.env.cr.execute(
            SQL(
                """
                SELECT account.code,
                    CASE WHEN account.settles THEN NULLIF(line.counterparty, '') END,
                    COALESCE(sum(line.debit - line.credit)
                        FILTER (WHERE line.date < %(start)s), 0)::text,
                    COALESCE(sum(line.debit)
                        FILTER (WHERE line.date >= %(start)s AND %(counts)s), 0)::text,
                    COALESCE(sum(line.credit)
                        FILTER (WHERE line.date >= %(start)s AND %(counts)s), 0)::text
                FROM yangguang_voucher_line line
                JOIN yangguang_voucher voucher ON voucher.id = line.voucher_id
                JOIN yangguang_ledger_account account ON account.id = line.account_id
                WHERE line.book_id = %(book)s AND line.date <= %(end)s
                    AND voucher.state = 'posted'
                GROUP BY 1, 2
                """,
                book=self.id,
                start=start,
                end=end,
                counts=counts,
            )
        )
        return {
            (code, counterparty): ledger.Balance(*map(Decimal, amounts))
            for code, counterparty, *amounts in self.env.cr.fetchall()
        }

    def _closing(self, end):
        """The balances at the end of the day `end`, as `{(code, counterparty): Decimal}`."""
        return {key: balance.closing for key, balance in self._balances(end, end).items()}

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
        year = Period.of("year", period.end)
        found = self._balances(year.start, period.end)
        opening = statements.balance_sheet(chart, {key: one.opening for key, one in found.items()})
        closing = statements.balance_sheet(chart, {key: one.closing for key, one in found.items()})
        return {line: (opening[line], closing[line]) for line in closing}

    def _income_statement(self, period):
        """Income and distribution from the start of the year to the end of `period`."""
        year = Period.of("year", period.end)
        found = self._balances(year.start, period.end, with_carry_over=False)
        opening = {key: balance.opening for key, balance in found.items()}
        return statements.income_statement(self._chart(), opening, found)
