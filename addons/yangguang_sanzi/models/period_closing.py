from odoo import models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib import closing, vouchers
from ..lib.ledger import trial_balance


class BookPeriod(models.Model):
    """The end of a month: nothing is open, the money is counted; in December the year's result
    is carried over first. A closed month is never opened again: corrections come later."""

    _inherit = "yangguang.book.period"

    def action_close(self):
        """Closes the month. Refused with every reason at once."""
        for period in self:
            period.check_access("read")
            period.book_id.check_access("write")
            period.lock_for_update(allow_referencing=True)
            period._carry_over()
            if problems := period._close_problems():
                raise UserError("\n".join(problems))
            period.sudo().write(
                {
                    "state": "closed",
                    "closed_by_id": self.env.user.partner_id.id,
                    "closed_on": clock.now(),
                }
            )

    def _carry_over(self):
        """In December: posts the vouchers that end the year, for what is not carried over yet."""
        span = Period.parse(self.month)
        if span.end.month != closing.DECEMBER:
            return
        book = self.book_id
        ending = closing.carry_over(book._chart(), book._closing(span.end), span.end.year)
        self.env["yangguang.voucher"]._make(book, ending).action_post()

    def _close_problems(self):
        """What keeps the month from being closed, as sentences."""
        book, span = self.book_id, Period.parse(self.month)
        months = book.period_ids.filtered(lambda one: one.state == "open").mapped("month")
        in_month = [
            ("book_id", "=", book.id),
            ("date", "<=", span.end),
            ("state", "=", "draft"),
        ]
        posted = self.env["yangguang.voucher"].search(
            [("period_id", "=", self.id), ("number", ">", 0)]
        )
        negative, unexplained = self._money_problems(span)
        return closing.close_problems(
            self.month,
            [month for month in months if month < self.month],
            self.env["yangguang.voucher"].search_count(in_month),
            vouchers.gaps(posted.mapped("number")),
            negative,
            unexplained,
        )

    def _money_problems(self, span):
        """Names of the money accounts below nil, and of those that are not reconciled."""
        chart = self.book_id._chart()
        rows = trial_balance(chart, self.book_id._balances(span.start, span.end))
        agreed = self.reconciliation_ids.filtered(lambda one: not one._difference())
        money = [
            (chart.by_code[code], row)
            for code, row in rows.items()
            if chart.by_code[code].money and chart.is_leaf(code)
        ]
        return (
            [account.name for account, row in money if row.closing < 0],
            [
                account.name
                for account, row in money
                if (row.opening or row.debit or row.credit)
                and account.code not in agreed.account_id.mapped("code")
            ],
        )
