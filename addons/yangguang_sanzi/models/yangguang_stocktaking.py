from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import stocktaking
from ..lib.money import ZERO
from .yangguang_register import money

CATEGORIES = [
    ("cash", "Cash and bank"),
    ("short", "Short-term investments"),
    ("recv", "Receivables"),
    ("stock", "Inventory"),
    ("bio", "Biological assets"),
    ("long", "Long-term investments"),
    ("fixed", "Fixed assets"),
    ("cip", "Construction in progress"),
    ("intan", "Intangible assets"),
    ("defer", "Deferred expenses"),
    ("liab", "Liabilities"),
]
# what is checked against the books as a whole -> accounts of the first level (chart of 2023)
_BOOKED = {
    "cash": ("101", "102"),
    "short": ("111",),
    "recv": ("112", "113"),
    "stock": ("121",),
    "long": ("141",),
    "cip": ("153",),
    "defer": ("171",),
    "liab": ("201", "211", "212", "213", "214", "221", "231", "241"),
}


class Stocktaking(models.Model):
    """The yearly check of a collective: what there is on 31 December against the books."""

    _name = "yangguang.stocktaking"
    _description = "Yearly check of assets"
    _inherit = ["yangguang.register"]
    _order = "year desc, division_id"
    _rec_name = "year"

    _fixed_fields = ("year",)
    _closed_states = ("confirmed",)

    year = fields.Char(required=True, default=lambda self: str(clock.today().year - 1))
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    resolution = fields.Char(copy=False)
    line_ids = fields.One2many("yangguang.stocktaking.line", "stocktaking_id")
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")

    _year_once = models.Constraint(
        "UNIQUE (collective_id, year)", "The check of this year has begun already."
    )
    _year_written = models.Constraint(
        "CHECK (year ~ '^20[0-9]{2}$')", "A year is written with four digits."
    )
    _confirmed_by_resolution = models.Constraint(
        "CHECK (state = 'draft' OR resolution IS NOT NULL)", "A check is confirmed by resolution."
    )

    @property
    def _day(self):
        return date(int(self.year), 12, 31)

    @api.depends("line_ids.difference")
    def _compute_difference(self):
        for one in self:
            one.difference = sum(one.line_ids.mapped("difference"))

    def action_fill(self):
        """Puts in what the registers and the books have on 31 December; keeps what was checked."""
        self.ensure_one()
        self._check_draft()
        there = self.line_ids.asset_id
        assets = self.env["yangguang.asset"].search(
            [
                ("collective_id", "=", self.collective_id.id),
                ("kind", "!=", "resource"),
                ("state", "!=", "draft"),
                ("acquired", "<=", self._day),
            ]
        )
        kept = assets.filtered(
            lambda asset: (
                not any(event.leaves and event.day <= self._day for event in asset.event_ids)
            )
        )
        lines = [self._asset_values(asset) for asset in (kept - there).sorted(lambda one: one.code)]
        categories = set(self.line_ids.filtered(lambda line: not line.asset_id).mapped("category"))
        lines += [
            {"category": category, "name": self._label(category), "book": amount, "checked": amount}
            for category, amount in self._booked().items()
            if amount and category not in categories
        ]
        self.write({"line_ids": [Command.create(values) for values in lines]})

    def _asset_values(self, asset):
        net = asset._net(self._day)
        return {
            "category": asset.kind,
            "asset_id": asset.id,
            "name": asset.display_name,
            "book": net,
            "checked": net,
            "income_earning": asset.nature == "op",
        }

    def _label(self, category):
        selection = self.env["yangguang.stocktaking.line"]._fields["category"]
        return dict(selection._description_selection(self.env))[category]

    def _booked(self):
        """What the books have in each category, as amounts above nil; empty without books."""
        book = self.env["yangguang.book"].search([("collective_id", "=", self.collective_id.id)])
        if not book:
            return {}
        closing = {}
        for (code, _counterparty), amount in book._closing(self._day).items():
            closing[code[:3]] = closing.get(code[:3], ZERO) + amount
        return {
            category: abs(sum((closing.get(code, ZERO) for code in codes), ZERO))
            for category, codes in _BOOKED.items()
        }

    def action_confirm(self):
        """Closes the check for good; every difference needs a reason and what is done about it."""
        self.ensure_one()
        self._check_draft()
        self.lock_for_update(allow_referencing=True)
        if clock.today() <= self._day:
            raise UserError(self.env._("The day of this check has not come."))
        problems = stocktaking.problems([line._as_counted() for line in self.line_ids])
        if not self.line_ids:
            problems.append(self.env._("Nothing has been checked."))
        if problems:
            raise UserError("\n".join(problems))
        self.line_ids.asset_id.filtered(lambda asset: asset.state == "kept").sudo().write(
            {"checked_on": self._day}
        )
        self.sudo().write({"state": "confirmed"})

    def _results(self):
        """The rows of the result, as `lib.stocktaking.Result`."""
        self.ensure_one()
        return stocktaking.results([line._as_counted() for line in self.line_ids])


class StocktakingLine(models.Model):
    """One asset, or a category of the books, as it was found."""

    _name = "yangguang.stocktaking.line"
    _description = "Line of a yearly check"
    _inherit = ["yangguang.register.part"]
    _order = "category, id"

    _above = "stocktaking_id"

    stocktaking_id = fields.Many2one(
        "yangguang.stocktaking", required=True, index=True, ondelete="cascade"
    )
    category = fields.Selection(CATEGORIES, required=True)
    asset_id = fields.Many2one("yangguang.asset", index="btree_not_null", ondelete="restrict")
    name = fields.Char(required=True)
    book = fields.Float("Book value", digits=(16, 2), required=True)
    checked = fields.Float("Value found", digits=(16, 2), required=True)
    difference = fields.Float(digits=(16, 2), compute="_compute_difference")
    income_earning = fields.Boolean()
    reason = fields.Char("Reason of the difference")
    handling = fields.Char("What is done about it")

    _asset_once = models.UniqueIndex(
        "(stocktaking_id, asset_id) WHERE asset_id IS NOT NULL",
        "This asset is in the check already.",
    )
    _two_places = models.Constraint(
        "CHECK (book = round(book, 2) AND checked = round(checked, 2))", "Amounts have two places."
    )

    @api.depends("book", "checked")
    def _compute_difference(self):
        for line in self:
            line.difference = line._as_counted().difference

    @api.constrains("asset_id", "book")
    def _check_asset(self):
        for line in self:
            asset = line.asset_id
            if asset and asset.division_id != line.division_id:
                raise UserError(self.env._("This asset is another collective's."))
            if asset and money(line.book) != asset._net(line.stocktaking_id._day):
                raise UserError(
                    self.env._("%(asset)s: the book value is the register's.", asset=line.name)
                )

    def _as_counted(self):
        self.ensure_one()
        return stocktaking.Counted(
            self.category,
            self.name or "",
            money(self.book),
            money(self.checked),
            self.income_earning,
            self.reason or None,
            self.handling or None,
        )
