from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.vouchers import Voucher


class Book(models.Model):
    """The books of one collective, kept by one chart from a first of January on.

    They hold months; vouchers are posted into open ones. Whoever keeps books for the town sets
    them up, others read.
    """

    _name = "yangguang.book"
    _description = "Books of a collective"
    _order = "division_id, id"

    collective_id = fields.Many2one("yangguang.collective", required=True, ondelete="restrict")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    chart_id = fields.Many2one("yangguang.chart", required=True, ondelete="restrict")
    begins = fields.Date(required=True, help="The first of January the books begin with.")
    period_ids = fields.One2many("yangguang.book.period", "book_id", readonly=True)

    _collective_unique = models.Constraint(
        "UNIQUE (collective_id)", "This collective has its books already."
    )
    _begins_with_a_year = models.Constraint(
        "CHECK (extract(doy FROM begins) = 1)", "Books begin on the first of January."
    )

    @api.depends("collective_id.name")
    def _compute_display_name(self):
        for book in self:
            book.display_name = book.collective_id.name

    @api.constrains("begins", "chart_id")
    def _check_chart_in_force(self):
        for book in self:
            if book.begins < book.chart_id.date_from:
                raise ValidationError(
                    self.env._("This chart of accounts is not in force when the books begin.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            collective = self.env["yangguang.collective"].browse(values.get("collective_id"))
            values["division_id"] = collective.division_id.id
        books = super().create(vals_list)
        # see `_of_village`
        self.env.registry.clear_cache()
        for book in books:
            book._open_year(book.begins.year)
        return books

    def write(self, vals):
        if {"collective_id", "division_id", "chart_id", "begins"} & vals.keys():
            raise UserError(self.env._("What books are kept of is chosen when they begin."))
        return super().write(vals)

    def action_open_year(self):
        """Opens the twelve months after the last one, so that they can be booked in."""
        self.ensure_one()
        self.check_access("write")
        self._open_year(int(max(self.period_ids.mapped("month"))[:4]) + 1)

    def _open_year(self, year):
        whole = Period.parse(str(year))
        self.env["yangguang.book.period"].sudo().create(
            [
                {"book_id": self.id, "month": period.key}
                for period in Period.between("month", whole.start, whole.end)
            ]
        )

    def action_enter_opening(self):
        """Opens the voucher of the balances the books begin with; makes it when there is none."""
        self.ensure_one()
        self.check_access("write")
        vouchers = self.env["yangguang.voucher"]
        voucher = vouchers.search([("book_id", "=", self.id), ("kind", "=", "opening")])
        opening = Voucher(fields.Date.subtract(self.begins, days=1), (), "opening")
        return (voucher or vouchers._make(self, [opening]))._open()

    def _chart(self):
        """The chart with the collective's own details, as `lib.chart.Chart`."""
        self.ensure_one()
        return self.chart_id._as_chart(self.collective_id)

    def _sole_details(self):
        """The accounts of the chart of which the collective has one detail in use, with it."""
        self.ensure_one()
        chart = self._chart()
        details = self.env["yangguang.ledger.account"].search(
            [
                ("chart_id", "=", self.chart_id.id),
                ("collective_id", "=", self.collective_id.id),
                ("date_to", "=", False),
            ]
        )
        details = details.filtered(lambda detail: chart.is_leaf(detail.code))
        below = details.grouped(lambda detail: detail._of_the_chart())
        return {account: found for account, found in below.items() if len(found) == 1}

    def _open_months(self):
        """The months that can be booked in."""
        return frozenset(
            self.period_ids.filtered(lambda period: period.state == "open").mapped("month")
        )
