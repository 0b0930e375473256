from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import shares
from .yangguang_register import money


class Dividend(models.Model):
    """What the members get of a year's result, by household. What cannot be divided by the shares
    stays with the collective, and is named."""

    _name = "yangguang.dividend"
    _description = "Dividend"
    _inherit = ["yangguang.register"]
    _order = "year desc, division_id"
    _rec_name = "year"

    _fixed_fields = ("year", "total")
    _closed_states = ("fixed",)
    _step_fields = ("state", "per_share", "rest")

    state = fields.Selection(
        [("draft", "Draft"), ("fixed", "Fixed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    year = fields.Char(required=True, default=lambda self: str(clock.today().year - 1))
    total = fields.Float("To be shared out", digits=(16, 2), required=True)
    per_share = fields.Float(digits=(16, 2), readonly=True, copy=False)
    rest = fields.Float("Left with the collective", digits=(16, 2), readonly=True, copy=False)
    resolution = fields.Char(copy=False)
    line_ids = fields.One2many("yangguang.dividend.line", "dividend_id")

    _year_written = models.Constraint(
        "CHECK (year ~ '^20[0-9]{2}$')", "A year is written with four digits."
    )
    _total_sound = models.Constraint(
        "CHECK (total > 0 AND total = round(total, 2))", "The amount is above nil, with two places."
    )
    _fixed_by_resolution = models.Constraint(
        "CHECK (state = 'draft' OR resolution IS NOT NULL)", "Dividends are fixed by resolution."
    )

    def action_share_out(self):
        """Puts in what each household gets by the members' register of today."""
        self.ensure_one()
        self._check_draft()
        members = self.env["yangguang.member"].search(
            [("collective_id", "=", self.collective_id.id), ("state", "=", "member")]
        )
        owed = {line.household: line.deducted for line in self.line_ids}
        try:
            rate, rest = shares.per_share(money(self.total), sum(members.mapped("shares")))
        except ValueError as error:
            raise UserError(str(error)) from error
        lines = [
            {
                "household": household,
                "head": people[:1].head,
                "group": people[:1].group,
                "members": len(people),
                "shares": count,
                "amount": rate * count,
                "deducted": shares.set_off(rate * count, money(owed.get(household)))[0],
            }
            for household, people in members.grouped("household").items()
            if (count := sum(people.mapped("shares")))
        ]
        self.line_ids.unlink()
        self.sudo().write({"per_share": rate, "rest": rest})
        self.write({"line_ids": [Command.create(values) for values in lines]})

    def action_fix(self):
        """Fixes what was shared out, for good."""
        self.ensure_one()
        self._check_draft()
        given = sum(money(line.amount) for line in self.line_ids)
        if not self.line_ids or given + money(self.rest) != money(self.total):
            raise UserError(self.env._("Share out first: the parts are not the whole."))
        self.sudo().write({"state": "fixed"})


class DividendLine(models.Model):
    """The dividend of a household."""

    _name = "yangguang.dividend.line"
    _description = "Dividend of a household"
    _inherit = ["yangguang.register.part"]
    _order = "dividend_id, household"
    _rec_name = "household"

    _above = "dividend_id"

    dividend_id = fields.Many2one(
        "yangguang.dividend", required=True, index=True, ondelete="cascade"
    )
    household = fields.Char("Household number", required=True)
    head = fields.Char("Head of the household", required=True)
    group = fields.Char("Villagers' group", required=True)
    members = fields.Integer(required=True)
    shares = fields.Integer("Number of shares", required=True)
    amount = fields.Float(digits=(16, 2), required=True)
    deducted = fields.Float("Set off against debts", digits=(16, 2))
    paid = fields.Float(digits=(16, 2), compute="_compute_paid")
    method = fields.Selection(
        [("transfer", "Transfer"), ("cash", "Cash")], "Paid by", default="transfer", required=True
    )

    _household_once = models.Constraint(
        "UNIQUE (dividend_id, household)", "This household has its line already."
    )
    _deducted_of_it = models.Constraint(
        "CHECK (COALESCE(deducted, 0) BETWEEN 0 AND amount AND deducted = round(deducted, 2))",
        "No more is set off than the household gets.",
    )

    @api.depends("amount", "deducted")
    def _compute_paid(self):
        for line in self:
            line.paid = line.amount - line.deducted
