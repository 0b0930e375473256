from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.sheets import SHEETS


class Disclosure(models.Model):
    """Finance sheets are filled from the books of the village's collective once the months they are
    about are closed. Closed months do not change, so what is filled stays right."""

    _inherit = "yangguang.disclosure"

    from_books = fields.Boolean(compute="_compute_from_books")

    @api.depends("item_id", "division_id", "period_key", "carried_over")
    def _compute_from_books(self):
        for disclosure in self:
            disclosure.from_books = bool(disclosure._book_and_period())

    def _source(self):
        found = self._book_and_period()
        if not found:
            return super()._source()
        book, period = found
        if still_open := book._open_in(period):
            raise UserError(
                self.env._(
                    "The books of %(month)s are not closed yet: this sheet is filled from them.",
                    month=still_open,
                )
            )
        return SHEETS[self.item_id.code](book._facts(period))

    def _book_and_period(self):
        """The books and the period that this sheet is filled from; None when it is typed."""
        if self.item_id.code not in SHEETS or not self.period_key or self.carried_over:
            return None
        period = Period.parse(self.period_key)
        # of the sheet's own village, for whoever may read the sheet
        book = self.env["yangguang.book"].sudo()._of_village(self.division_id)
        known = book and period.kind != "once" and period.start >= book.begins
        return (book, period) if known else None

    def action_open_entries(self):
        """Opens the entries of the books that the figures of this sheet come from."""
        self.ensure_one()
        self.check_access("read")
        book, period = self._book_and_period()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "yangguang_sanzi.yangguang_voucher_line_action"
        )
        return {
            **action,
            "domain": [
                ("book_id", "=", book.id),
                ("state", "=", "posted"),
                ("date", ">=", period.start.isoformat()),
                ("date", "<=", period.end.isoformat()),
            ],
        }
