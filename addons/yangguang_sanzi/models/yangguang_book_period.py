from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib.periods import Period

from .ledger_guard import guard_periods


class BookPeriod(models.Model):
    """A month of the books. It gives out the numbers of its vouchers, one after the other: the
    row is changed by whoever posts, so that of two at once the second is run again."""

    _name = "yangguang.book.period"
    _description = "Month of the books"
    _order = "month desc, id"

    book_id = fields.Many2one("yangguang.book", required=True, readonly=True, ondelete="cascade")
    month = fields.Char(required=True, readonly=True, help="Such as 2026-03.")
    state = fields.Selection(
        [("open", "Open"), ("closed", "Closed")], default="open", required=True, readonly=True
    )
    last_number = fields.Integer(
        "Vouchers", default=0, required=True, readonly=True, help="The last number given out."
    )
    closed_by_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    closed_on = fields.Datetime(readonly=True)
    reconciliation_ids = fields.One2many("yangguang.reconciliation", "period_id")

    _month_unique = models.Constraint("UNIQUE (book_id, month)", "This month is there already.")
    _month_shape = models.Constraint(
        "CHECK (month ~ '^[0-9]{4}-(0[1-9]|1[0-2])$')", "A month is written 2026-03."
    )

    def init(self):
        guard_periods(self.env.cr)

    @api.depends("month", "book_id.collective_id.name")
    def _compute_display_name(self):
        for period in self:
            label = Period.parse(period.month).label if period.month else ""
            period.display_name = f"{period.book_id.display_name or ''} {label}".strip()

    def _give_numbers(self, count):
        """The first of `count` new numbers of this month, which must be open."""
        self.ensure_one()
        self.env.flush_all()
        self.env.cr.execute(
            """
            UPDATE yangguang_book_period SET last_number = last_number + %s
            WHERE id = %s RETURNING last_number
            """,
            [count, self.id],
        )
        [last] = self.env.cr.fetchone()
        self.invalidate_recordset(["last_number"])
        return last - count + 1
