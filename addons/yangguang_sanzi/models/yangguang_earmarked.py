from datetime import date

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import earmarked
from .yangguang_register import money


class Earmarked(models.AbstractModel):
    """Money bound to a purpose: promised, received, spent, left. What is out of order is said, and
    refused by the sheet it is shown on, not here: money comes late."""

    _name = "yangguang.earmarked"
    _description = "Money bound to a purpose"
    _inherit = ["yangguang.register"]

    promised = fields.Float(digits=(16, 2), required=True)
    received = fields.Float("Came in", digits=(16, 2), compute="_compute_figures")
    spent = fields.Float(digits=(16, 2), compute="_compute_figures")
    left = fields.Float(digits=(16, 2), compute="_compute_figures")
    problem = fields.Text("Please check", compute="_compute_figures")

    _promised_sound = models.Constraint(
        "CHECK (promised >= 0 AND promised = round(promised, 2))",
        "Amounts are not below nil, and have two places.",
    )

    @api.depends("promised", "movement_ids.day", "movement_ids.amount", "movement_ids.kind")
    def _compute_figures(self):
        for one in self:
            movements = one._movements()
            figures = earmarked.figures(movements, date.min, date.max)
            one.received = figures.received_total
            one.spent = figures.spent_total
            one.left = figures.left
            one.problem = "\n".join(earmarked.problems(money(one.promised), movements))

    def _movements(self):
        """The money that came and went, as `lib.earmarked.Movement`."""
        self.ensure_one()
        return [
            earmarked.Movement(one.day, one.kind, money(one.amount), one.note or "")
            for one in self.movement_ids._counted()
            if one.day and one.amount > 0
        ]

    def action_close(self):
        """Closes what is settled; nothing changes then."""
        self.check_access("write")
        if any(one.state != "running" for one in self):
            raise UserError(self.env._("Enter it in the register first."))
        self.sudo().write({"state": "closed"})

    def action_enter(self):
        """Enters drafts in the register."""
        self._check_draft()
        self.sudo().write({"state": "running"})


STATES = [("draft", "Draft"), ("running", "Running"), ("closed", "Closed")]


class Grant(models.Model):
    """Money from above for a purpose, by the paper that grants it (T_BK02, T_BK03)."""

    _name = "yangguang.grant"
    _description = "Grant"
    _inherit = ["yangguang.earmarked"]
    _order = "granted_on desc, id desc"

    _fixed_fields = ("code", "source", "promised", "purpose")
    _closed_states = ("closed",)

    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    code = fields.Char("Document number", required=True, copy=False)
    name = fields.Char("Fund", required=True)
    source = fields.Selection(
        [
            ("central", "Central"),
            ("province", "Province"),
            ("city", "City"),
            ("district", "District"),
            ("town", "Town level"),
            ("helper", "Helping unit"),
        ],
        required=True,
    )
    purpose = fields.Char(required=True)
    project_id = fields.Many2one("yangguang.project", index="btree_not_null", ondelete="restrict")
    granted_on = fields.Date(required=True)
    running_item = fields.Selection(
        [
            ("pay", "Allowances of office holders"),
            ("office", "Office costs"),
            ("service", "Fund for services"),
            ("vsc", "Supervision committee"),
            ("clerk", "Allowance of the clerk"),
            ("other", "Other"),
        ],
        "For running costs",
        help="Shown among the running-cost grants, not among the special funds.",
    )
    persons = fields.Integer()
    rate = fields.Float("For each", digits=(16, 2))
    progress = fields.Selection(
        [
            ("plan", "Not started"),
            ("run", "Running"),
            ("done", "Completed"),
            ("accept", "Accepted"),
        ],
        default="plan",
        required=True,
    )
    movement_ids = fields.One2many("yangguang.grant.movement", "grant_id")

    _code_once = models.Constraint(
        "UNIQUE (collective_id, code, name)", "This grant is in the register already."
    )

    @api.depends("code", "name")
    def _compute_display_name(self):
        for grant in self:
            grant.display_name = " ".join(filter(None, (grant.code, grant.name)))


class GrantMovement(models.Model):
    """Money of a grant that came or was spent."""

    _name = "yangguang.grant.movement"
    _description = "Money of a grant"
    _inherit = ["yangguang.register.movement"]

    _above = "grant_id"

    grant_id = fields.Many2one("yangguang.grant", required=True, index=True, ondelete="cascade")
    kind = fields.Selection(
        [("received", "Came in"), ("used", "Spent")], default="received", required=True
    )


class LandCompensation(models.Model):
    """What a taking of land brings, item by item, and where it goes (Land Administration Law art.
    49; T_SZ09)."""

    _name = "yangguang.land.compensation"
    _description = "Land compensation"
    _inherit = ["yangguang.earmarked"]
    _order = "granted_on desc, id desc"

    _fixed_fields = ("name", "code", "item", "area", "promised", "resolution")
    _closed_states = ("closed",)

    state = fields.Selection(STATES, default="draft", required=True, readonly=True, copy=False)
    name = fields.Char("Batch", required=True)
    code = fields.Char("Approval", required=True)
    granted_on = fields.Date("Approved on", required=True)
    area = fields.Float("Area (mu)", digits=(16, 4), required=True)
    item = fields.Selection(
        [
            ("land", "Land compensation"),
            ("resettle", "Resettlement aid"),
            ("crop", "Crops"),
            ("attach", "Attachments and buildings"),
            ("social", "Social security"),
        ],
        required=True,
    )
    resolution = fields.Char("Resolution on its sharing and use")
    movement_ids = fields.One2many("yangguang.land.compensation.movement", "compensation_id")

    _item_once = models.Constraint(
        "UNIQUE (collective_id, code, name, item)", "This item is in the register already."
    )
    _by_resolution = models.Constraint(
        "CHECK (state = 'draft' OR (resolution IS NOT NULL AND area > 0))",
        "Compensation has its area, and is shared and used by resolution.",
    )


class LandCompensationMovement(models.Model):
    """Compensation that came, or where it went."""

    _name = "yangguang.land.compensation.movement"
    _description = "Money of a land compensation"
    _inherit = ["yangguang.register.movement"]

    _above = "compensation_id"

    compensation_id = fields.Many2one(
        "yangguang.land.compensation", required=True, index=True, ondelete="cascade"
    )
    kind = fields.Selection(
        [
            ("received", "Came in"),
            ("to_household", "Shared to households"),
            ("to_social", "Paid to social security"),
            ("used", "Used by the collective"),
        ],
        default="received",
        required=True,
    )

    _use_is_said = models.Constraint(
        "CHECK (kind != 'used' OR note IS NOT NULL)", "Say what the collective used it for."
    )
