from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib.money import ZERO
from .yangguang_register import money

KINDS = [
    ("road", "Road or bridge"),
    ("water", "Water works"),
    ("clean", "Sanitation"),
    ("light", "Lighting"),
    ("culture", "Culture and sport"),
    ("edu", "Education"),
    ("health", "Health and elderly"),
    ("other", "Other"),
]
METHODS = [
    ("open", "Open tender"),
    ("invite", "Invited tender"),
    ("trade", "Town platform"),
    ("negotiate", "Competitive negotiation"),
    ("quote", "Quotation"),
    ("relief", "Work relief"),
    ("direct", "Small direct award"),
]


class Project(models.Model):
    """A public project: shown before, during and after (rule of three stages, GVD art. 3). It
    begins by resolution and ends with its acceptance and settlement."""

    _name = "yangguang.project"
    _description = "Public project"
    _inherit = ["yangguang.register"]
    _order = "division_id, code desc"
    _rec_names_search = ["code", "name"]

    _fixed_fields = ("code", "resolution")
    _closed_states = ("done",)
    # a retention is paid when the rest is long settled
    _open_fields = ("payment_ids",)

    state = fields.Selection(
        [("draft", "Before"), ("running", "During"), ("done", "After")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
        string="Stage",
    )
    code = fields.Char("Number", required=True, copy=False)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True)
    resolution = fields.Char(copy=False)
    fund_above = fields.Float("From above", digits=(16, 2))
    fund_own = fields.Float("Of the collective", digits=(16, 2))
    fund_donated = fields.Float("Donations", digits=(16, 2))
    fund_raised = fields.Float("Raised from villagers", digits=(16, 2))
    fund_total = fields.Float("Funds", digits=(16, 2), compute="_compute_fund_total")
    method = fields.Selection(METHODS, "Awarded by")
    control_price = fields.Float(digits=(16, 2))
    notice_start = fields.Date("Notice from")
    notice_end = fields.Date("Notice until")
    bidders = fields.Integer()
    contractor = fields.Char()
    bid_price = fields.Float(digits=(16, 2))
    contract_amount = fields.Float(digits=(16, 2))
    change_amount = fields.Float("Amount of changes", digits=(16, 2))
    change_resolution = fields.Char("Resolution on changes")
    settlement = fields.Float("Settlement submitted", digits=(16, 2))
    reduction = fields.Float("Reduced by the audit", digits=(16, 2))
    final = fields.Float("Final price", digits=(16, 2), compute="_compute_final")
    retention = fields.Float(digits=(16, 2))
    start = fields.Date("Started")
    planned_finish = fields.Date()
    finish = fields.Date("Finished")
    progress = fields.Integer("Progress (%)", aggregator=None)
    accepted = fields.Selection(
        [("yes", "Passed"), ("no", "Not passed"), ("wait", "Pending")],
        "Acceptance",
        default="wait",
        required=True,
    )
    accepted_on = fields.Date()
    payment_ids = fields.One2many("yangguang.project.payment", "project_id")
    grant_ids = fields.One2many("yangguang.grant", "project_id", readonly=True)
    photo_ids = fields.One2many("yangguang.register.photo", "project_id")
    paid = fields.Float(digits=(16, 2), compute="_compute_paid")
    unpaid = fields.Float(digits=(16, 2), compute="_compute_paid")
    missing = fields.Text("Still missing", compute="_compute_missing")

    _code_unique = models.Constraint(
        "UNIQUE (collective_id, code)", "This collective has a project of that number already."
    )
    _amounts = models.Constraint(
        "CHECK (LEAST(fund_above, fund_own, fund_donated, fund_raised, control_price, bid_price,"
        " contract_amount, settlement, reduction, retention, bidders) >= 0"
        " AND COALESCE(reduction, 0) <= COALESCE(settlement, 0))",
        "Amounts are not below nil, and no more is reduced than was submitted.",
    )
    _progress = models.Constraint(
        "CHECK (COALESCE(progress, 0) BETWEEN 0 AND 100)", "Progress is nil to a hundred per cent."
    )
    _begun_by_resolution = models.Constraint(
        "CHECK (state = 'draft' OR (resolution IS NOT NULL AND contractor IS NOT NULL"
        " AND method IS NOT NULL AND start IS NOT NULL))",
        "A project begins by resolution, with a contractor and a day.",
    )
    _done_is_accepted = models.Constraint(
        "CHECK (state != 'done' OR (accepted = 'yes' AND accepted_on IS NOT NULL"
        " AND finish IS NOT NULL AND settlement > 0))",
        "A project is done when it has been accepted and settled.",
    )

    @api.depends("fund_above", "fund_own", "fund_donated", "fund_raised")
    def _compute_fund_total(self):
        for one in self:
            one.fund_total = one.fund_above + one.fund_own + one.fund_donated + one.fund_raised

    @api.depends("settlement", "reduction")
    def _compute_final(self):
        for project in self:
            project.final = project.settlement - project.reduction

    @api.depends("payment_ids.amount", "final", "contract_amount")
    def _compute_paid(self):
        for project in self:
            project.paid = project._paid(clock.today())
            project.unpaid = max((project.final or project.contract_amount) - project.paid, 0)

    @api.depends("state", "resolution", "control_price", "contract_amount", "photo_ids", "finish")
    def _compute_missing(self):
        for project in self:
            project.missing = "\n".join(project._missing())

    @api.depends("code", "name")
    def _compute_display_name(self):
        for project in self:
            project.display_name = " ".join(filter(None, (project.code, project.name)))

    def _missing(self):
        """What the stages passed so far should have and have not."""
        wanted = [
            ("draft", self.resolution, self.env._("the resolution")),
            ("draft", self.fund_total, self.env._("the funds")),
            ("running", self.control_price, self.env._("the control price")),
            ("running", self.contract_amount, self.env._("the amount of the contract")),
            ("running", self.photo_ids, self.env._("a photo")),
            ("done", self.settlement, self.env._("the settlement")),
            ("done", self.accepted_on, self.env._("the acceptance")),
        ]
        stages = ("draft", "running", "done")
        passed = stages[: stages.index(self.state) + 1]
        return [label for stage, value, label in wanted if stage in passed and not value]

    def _paid(self, day):
        self.ensure_one()
        payments = self.payment_ids._counted().filtered(lambda one: one.day and one.day <= day)
        return sum((money(one.amount) for one in payments), ZERO)

    def action_begin(self):
        """The project is awarded and begins."""
        self._check_draft()
        self.sudo().write({"state": "running"})

    def action_finish(self):
        """The project is accepted and settled; nothing of it changes then but what is paid."""
        self.check_access("write")
        if any(project.state != "running" for project in self):
            raise UserError(self.env._("Only a running project is finished."))
        self.sudo().write({"state": "done", "progress": 100})


class ProjectPayment(models.Model):
    """Money paid for a project."""

    _name = "yangguang.project.payment"
    _description = "Payment of a project"
    _inherit = ["yangguang.register.movement"]

    _above = "project_id"
    _closes = False

    project_id = fields.Many2one(
        "yangguang.project", required=True, index=True, ondelete="restrict"
    )
