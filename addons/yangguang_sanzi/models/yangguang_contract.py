from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import rent, terms
from .yangguang_register import money

# contracts that bring the collective rent
LETTING = ("family", "land", "asset", "water", "construction")
KINDS = [
    ("family", "Household land contract"),
    ("land", "Other land contract"),
    ("asset", "Asset lease"),
    ("water", "Water or forest"),
    ("construction", "Commercial construction land"),
    ("works", "Works"),
    ("loan", "Loan"),
    ("service", "Services"),
]


class Contract(models.Model):
    """A contract of the collective. What was agreed is fixed when it begins; the instalments then
    follow from it (`lib/rent.py`). Beyond its end it stays as it was."""

    _name = "yangguang.contract"
    _description = "Contract"
    _inherit = ["yangguang.register", "yangguang.public.card.owner"]
    _order = "division_id, start desc, id desc"
    _rec_names_search = ["code", "name", "party"]

    _fixed_fields = (
        "code",
        "kind",
        "asset_id",
        "party",
        "is_member",
        "signed",
        "start",
        "end",
        "annual",
        "cycle",
        "due_days",
        "step_kind",
        "step_years",
        "step_value",
        "deposit",
        "resolution",
        "renews_id",
    )
    _step_fields = ("state", "ended_on", "end_reason", "renews_id", "public_code")
    _closed_states = ("ended",)
    _card_kind = "contract"
    _card_states = ("running",)
    # what is owed may still be paid when it has ended
    _open_fields = ("receipt_ids", "reminder_ids")

    state = fields.Selection(
        [("draft", "Draft"), ("running", "Running"), ("ended", "Ended")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    standing = fields.Selection(
        [
            ("draft", "Draft"),
            ("run", "Running"),
            ("expire", "Expired"),
            ("ended", "Terminated"),
            ("dispute", "Dispute"),
        ],
        compute="_compute_standing",
        search="_search_standing",
    )
    code = fields.Char("Number", required=True, copy=False)
    name = fields.Char(required=True)
    kind = fields.Selection(KINDS, required=True)
    asset_id = fields.Many2one(
        "yangguang.asset",
        "Asset or resource",
        index="btree_not_null",
        ondelete="restrict",
        domain="[('collective_id', '=', collective_id), ('state', '=', 'kept')]",
    )
    subject = fields.Char(required=True)
    area = fields.Float(
        "Area (mu)",
        digits=(16, 4),
        compute="_compute_area",
        store=True,
        precompute=True,
        readonly=False,
    )
    party = fields.Char("Other party", required=True)
    is_member = fields.Boolean("Member of the collective")
    signed = fields.Date(required=True)
    start = fields.Date(required=True)
    end = fields.Date(required=True, help="Its last day.")
    term = fields.Integer("Term (years)", compute="_compute_term")
    term_problem = fields.Text("Please check", compute="_compute_term_problem")
    annual = fields.Float("Yearly rent", digits=(16, 2))
    cycle = fields.Selection(
        [
            ("once", "Once"),
            ("year", "Yearly"),
            ("half", "Half-yearly"),
            ("quarter", "Quarterly"),
            ("month", "Monthly"),
        ],
        "Pay cycle",
        default="year",
        required=True,
    )
    due_days = fields.Integer(
        "Days until due", help="Counted from the beginning of the time an instalment is for."
    )
    step_kind = fields.Selection(
        [("none", "Unchanged"), ("percent", "By per cent"), ("amount", "By an amount")],
        "Rent changes",
        default="none",
        required=True,
    )
    step_years = fields.Integer("Every … years")
    step_value = fields.Float("Change of the rent", digits=(16, 2))
    total = fields.Float("Rent of the whole term", digits=(16, 2), compute="_compute_total")
    deposit = fields.Float(digits=(16, 2))
    method = fields.Selection(
        [
            ("bid", "Open bidding"),
            ("tender", "Tender"),
            ("talk", "Open negotiation"),
            ("renew", "Renewal"),
        ],
        "Awarded by",
        default="bid",
        required=True,
    )
    votes_for = fields.Integer("Votes for it")
    votes_all = fields.Integer("Entitled to vote")
    resolution = fields.Char(copy=False)
    town = fields.Selection(
        [("filed", "Filed"), ("approved", "Approved"), ("none", "Not filed")],
        "Filed with the town",
        default="none",
        required=True,
        copy=False,
    )
    trade_number = fields.Char("Number of the trading platform", copy=False)
    is_disputed = fields.Boolean("In dispute", copy=False)
    renews_id = fields.Many2one(
        "yangguang.contract", readonly=True, copy=False, ondelete="restrict"
    )
    renewal_ids = fields.One2many("yangguang.contract", "renews_id", readonly=True)
    ended_on = fields.Date(readonly=True, copy=False)
    end_reason = fields.Char(readonly=True, copy=False)
    instalment_ids = fields.One2many("yangguang.contract.instalment", "contract_id", readonly=True)
    receipt_ids = fields.One2many("yangguang.contract.receipt", "contract_id")
    reminder_ids = fields.One2many("yangguang.contract.reminder", "contract_id")

    _code_unique = models.Constraint(
        "UNIQUE (collective_id, code)", "This collective has a contract of that number already."
    )
    _renewed_once = models.UniqueIndex(
        "(renews_id) WHERE renews_id IS NOT NULL", "This contract is renewed already."
    )
    _ends_later = models.Constraint('CHECK ("end" >= start)', "It ends before it starts.")
    _amounts = models.Constraint(
        "CHECK (COALESCE(annual, 0) >= 0 AND annual = round(annual, 2)"
        " AND COALESCE(deposit, 0) >= 0 AND deposit = round(deposit, 2)"
        " AND COALESCE(area, 0) >= 0)",
        "Amounts and areas are not below nil, and amounts have two places.",
    )
    _votes = models.Constraint(
        "CHECK (COALESCE(votes_for, 0) BETWEEN 0 AND COALESCE(votes_all, 0))",
        "There are not more votes for it than are entitled to vote.",
    )
    _steps = models.Constraint(
        "CHECK (step_kind = 'none' OR (step_years > 0 AND step_value != 0))",
        "Say every how many years the rent changes, and by how much.",
    )
    _running_is_complete = models.Constraint(
        "CHECK (state = 'draft' OR resolution IS NOT NULL)", "A contract begins by resolution."
    )
    _ended_on_a_day = models.Constraint(
        "CHECK ((state = 'ended') = (ended_on IS NOT NULL))", "An ended contract has its last day."
    )

    @api.depends("state", "end", "is_disputed")
    def _compute_standing(self):
        today = clock.today()
        for contract in self:
            if contract.state != "running":
                contract.standing = contract.state
            elif contract.is_disputed:
                contract.standing = "dispute"
            else:
                contract.standing = "expire" if contract.end < today else "run"

    @api.model
    def _search_standing(self, operator, value):
        if operator != "in":
            return NotImplemented
        today = clock.today()
        domains = {
            "draft": [("state", "=", "draft")],
            "ended": [("state", "=", "ended")],
            "dispute": [("state", "=", "running"), ("is_disputed", "=", True)],
            "expire": [
                ("state", "=", "running"),
                ("is_disputed", "=", False),
                ("end", "<", today),
            ],
            "run": [("state", "=", "running"), ("is_disputed", "=", False), ("end", ">=", today)],
        }
        return fields.Domain.OR(domains[one] for one in value if one in domains)

    @api.depends("asset_id")
    def _compute_area(self):
        for contract in self:
            contract.area = contract.area or contract.asset_id.area

    @api.depends("start", "end")
    def _compute_term(self):
        for contract in self:
            known = contract.start and contract.end and contract.start <= contract.end
            contract.term = terms.years(contract.start, contract.end) if known else 0

    @api.depends(
        "start",
        "end",
        "kind",
        "asset_id",
        "renews_id",
        "signed",
        "is_member",
        "votes_for",
        "votes_all",
        "town",
    )
    def _compute_term_problem(self):
        for contract in self:
            found = []
            if contract.term and contract.kind:
                asset = contract.asset_id
                found = terms.problems(
                    contract.kind,
                    contract.start,
                    contract.end,
                    asset.category_id.code if asset.kind == "resource" else None,
                    contract.signed if contract.renews_id else None,
                )
                found += terms.outsider_problems(
                    contract.kind,
                    contract.is_member,
                    contract.votes_for,
                    contract.votes_all,
                    contract.town == "approved",
                )
            contract.term_problem = "\n".join(found)

    @api.depends("start", "end", "annual", "cycle", "step_kind", "step_years", "step_value")
    def _compute_total(self):
        for contract in self:
            known = contract.term and (contract.step_kind == "none" or contract.step_years > 0)
            known = known and (contract.step_kind == "none" or contract.step_value)
            try:
                contract.total = rent.total(contract._terms()) if known else 0
            except ValueError:
                # said when it is saved
                contract.total = 0

    @api.depends("code", "name")
    def _compute_display_name(self):
        for contract in self:
            contract.display_name = (
                f"{contract.code} {contract.name}" if contract.code else contract.name
            )

    @api.constrains("start", "end", "annual", "cycle", "step_kind", "step_years", "step_value")
    def _check_rent(self):
        for contract in self:
            try:
                rent.total(contract._terms())
            except ValueError as error:
                raise ValidationError(str(error)) from error

    @api.constrains("asset_id", "collective_id")
    def _check_asset(self):
        for contract in self:
            asset = contract.asset_id
            if asset and (asset.collective_id != contract.collective_id or asset.state != "kept"):
                raise ValidationError(
                    self.env._("Choose what is in the register of this collective.")
                )

    @api.onchange("asset_id")
    def _onchange_asset_id(self):
        self.subject = self.subject or self.asset_id.name

    def _terms(self):
        """What the instalments follow from, as `lib.rent.Terms`."""
        self.ensure_one()
        step = rent.Step()
        if self.step_kind != "none":
            value = Decimal(f"{self.step_value:.2f}")
            step = rent.Step(self.step_kind, self.step_years, value)
        return rent.Terms(self.start, self.end, money(self.annual), self.cycle, step, self.due_days)
