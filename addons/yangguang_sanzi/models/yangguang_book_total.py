from odoo import api, fields, models
from odoo.fields import Domain

from ..lib import ledger
from ..lib.money import exact
from .ledger_guard import guard_totals


class BookTotal(models.Model):
    """What the posted lines of a month add up to, by account, and by counterparty where the
    account is of claims and debts. Kept by the database when it posts (`ledger_guard.py`).

    Opening balances stand in the first month of the books, before its entries.
    """

    _name = "yangguang.book.total"
    _description = "Sums of a month of the books"
    _order = "month desc, book_id, account_id"
    _log_access = False

    book_id = fields.Many2one("yangguang.book", required=True, readonly=True, ondelete="restrict")
    month = fields.Date(required=True, readonly=True, help="Its first day.")
    kind = fields.Selection(
        [
            ("opening", "Opening balances"),
            ("entry", "Ordinary"),
            ("carry_over", "Carry-over of the year"),
        ],
        required=True,
        readonly=True,
    )
    account_id = fields.Many2one(
        "yangguang.ledger.account", required=True, readonly=True, index=True, ondelete="restrict"
    )
    counterparty = fields.Char(required=True, readonly=True)
    debit = fields.Float(digits=(16, 2), required=True, readonly=True)
    credit = fields.Float(digits=(16, 2), required=True, readonly=True)

    _total_unique = models.UniqueIndex("(book_id, month, account_id, kind, counterparty)")

    def init(self):
        guard_totals(self.env.cr)

    @api.model
    def _trial_balance(self, chart, division, start, end):
        """The trial balance of all books of `division` and below that are kept by `chart`, as far
        as the user may read them, for the months from `start` to `end`:
        `{code: lib.ledger.Balance}`. Details of collectives stand in their accounts of the chart.
        """
        within = (
            Domain("book_id.division_id", "child_of", division.id)
            & Domain("account_id.chart_id", "=", chart.id)
            & Domain("month", "<=", end)
        )
        before = Domain("month", "<", start) | Domain("kind", "=", "opening")
        plain = chart._as_chart(chart.env["yangguang.collective"])
        found = {}
        for code, debit, credit in self._sums(within & before):
            key = plain.account_of(code), None
            found[key] = found.get(key, ledger.Balance()) + ledger.Balance(debit - credit)
        for code, debit, credit in self._sums(within & ~before):
            key = plain.account_of(code), None
            turnover = ledger.Balance(debit=debit, credit=credit)
            found[key] = found.get(key, ledger.Balance()) + turnover
        return ledger.trial_balance(plain, found)

    def _sums(self, domain):
        """(account code, debit, credit) of the sums in `domain`. The database adds up exactly; a
        float holds what comes out to the cent."""
        for account, debit, credit in self._read_group(
            domain, ["account_id"], ["debit:sum", "credit:sum"]
        ):
            yield account.code, exact(f"{debit:.2f}"), exact(f"{credit:.2f}")
