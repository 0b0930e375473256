from odoo import api, fields, models

from .yangguang_register import money


class Donation(models.Model):
    """Money or goods given to the village, and what became of them (T_GY04)."""

    _name = "yangguang.donation"
    _description = "Donation"
    _inherit = ["yangguang.register"]
    _order = "day desc, id desc"
    _rec_name = "receipt"

    day = fields.Date("Received on", required=True)
    donor = fields.Char(required=True)
    is_named = fields.Boolean("Agrees to be named")
    kind = fields.Selection([("cash", "Money"), ("goods", "Goods")], default="cash", required=True)
    goods = fields.Char()
    quantity = fields.Integer()
    quantity_unit = fields.Char()
    value = fields.Float(digits=(16, 2), required=True)
    purpose = fields.Char()
    receipt = fields.Char("Receipt number", required=True)
    use_ids = fields.One2many("yangguang.donation.use", "donation_id")
    used = fields.Float(digits=(16, 2), compute="_compute_used")
    left = fields.Float(digits=(16, 2), compute="_compute_used")

    _value_sound = models.Constraint(
        "CHECK (value > 0 AND value = round(value, 2))", "The value is above nil, with two places."
    )
    _goods_counted = models.Constraint(
        "CHECK (kind = 'cash' OR (goods IS NOT NULL AND quantity > 0))",
        "Goods have a name and a number.",
    )

    @api.depends("value", "use_ids.amount")
    def _compute_used(self):
        for one in self:
            one.used = sum(money(use.amount) for use in one.use_ids._counted())
            one.left = one.value - one.used


class DonationUse(models.Model):
    """What a donation was used for."""

    _name = "yangguang.donation.use"
    _description = "Use of a donation"
    _inherit = ["yangguang.register.movement"]

    _above = "donation_id"

    donation_id = fields.Many2one(
        "yangguang.donation", required=True, index=True, ondelete="cascade"
    )

    _use_is_said = models.Constraint("CHECK (note IS NOT NULL)", "Say what it was used for.")


class Levy(models.Model):
    """Money and labour that villagers have agreed to give for one matter (T_GY03), by group."""

    _name = "yangguang.levy"
    _description = "Levy for one matter"
    _inherit = ["yangguang.register"]
    _order = "resolution desc, id"
    _rec_name = "matter"

    matter = fields.Char(required=True)
    resolution = fields.Char(required=True)
    group = fields.Char("Villagers' group", required=True)
    households = fields.Integer(required=True)
    persons = fields.Integer("Persons liable", required=True)
    exempt = fields.Integer("Persons exempt")
    per_head = fields.Float(digits=(16, 2), required=True)
    due = fields.Float("Money due", digits=(16, 2), compute="_compute_figures")
    labour_due = fields.Integer("Labour days due")
    labour_done = fields.Integer("Labour days done")
    movement_ids = fields.One2many("yangguang.levy.movement", "levy_id")
    received = fields.Float("Came in", digits=(16, 2), compute="_compute_figures")
    award = fields.Float("Fiscal award", digits=(16, 2), compute="_compute_figures")
    used = fields.Float(digits=(16, 2), compute="_compute_figures")
    left = fields.Float(digits=(16, 2), compute="_compute_figures")

    _group_once = models.Constraint(
        'UNIQUE (collective_id, resolution, "group")', "This group's levy is entered already."
    )
    _counted = models.Constraint(
        "CHECK (households > 0 AND persons >= COALESCE(exempt, 0) AND COALESCE(exempt, 0) >= 0"
        " AND per_head >= 0 AND COALESCE(labour_due, 0) >= 0 AND COALESCE(labour_done, 0) >= 0)",
        "Households, persons and days are counted from nil up.",
    )

    @api.depends("persons", "exempt", "per_head", "movement_ids.amount", "movement_ids.kind")
    def _compute_figures(self):
        for levy in self:
            levy.due = (levy.persons - levy.exempt) * money(levy.per_head)
            sums = {"received": 0, "award": 0, "used": 0}
            for one in levy.movement_ids._counted():
                sums[one.kind] += money(one.amount)
            levy.update(sums)
            levy.left = levy.received + levy.award - levy.used


class LevyMovement(models.Model):
    """Money of a levy."""

    _name = "yangguang.levy.movement"
    _description = "Money of a levy"
    _inherit = ["yangguang.register.movement"]

    _above = "levy_id"

    levy_id = fields.Many2one("yangguang.levy", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("received", "Came in"), ("award", "Fiscal award"), ("used", "Spent")],
        default="received",
        required=True,
    )
