from decimal import Decimal

from odoo import api, fields, models
from odoo.exceptions import UserError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import area, depreciation
from .yangguang_asset_category import KINDS
from .yangguang_register import money

AREA_UNITS = [("mu", "Mu"), ("square_metre", "Square metres"), ("hectare", "Hectares")]
# what an asset is entered with; changed by nothing afterwards
_FIXED = (
    "code",
    "category_id",
    "acquired",
    "source",
    "original",
    "years",
    "residual",
    "opening_day",
    "opening_depreciation",
)


class Asset(models.Model):
    """An asset, kept by value, or a resource, kept by area. Entered with its first event, it
    leaves with its last one (`yangguang.asset.event`), and then stays as it was."""

    _name = "yangguang.asset"
    _description = "Asset or resource"
    _inherit = ["yangguang.register", "yangguang.public.card.owner"]
    _order = "division_id, kind, code"
    _rec_names_search = ["code", "name"]

    _fixed_fields = _FIXED
    _step_fields = ("state", "checked_on", "public_code")
    _closed_states = ("gone",)
    _card_kind = "asset"
    _card_states = ("kept",)

    state = fields.Selection(
        [("draft", "Draft"), ("kept", "Entered"), ("gone", "Gone")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    code = fields.Char("Number", required=True, copy=False)
    name = fields.Char(required=True)
    category_id = fields.Many2one(
        "yangguang.asset.category", required=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(KINDS, compute="_compute_kind", store=True, precompute=True)
    location = fields.Char(required=True)
    condition = fields.Selection(
        [("good", "Good"), ("worn", "Worn"), ("damaged", "Damaged")], default="good", required=True
    )
    keeper = fields.Char(help="Who looks after it.")
    note = fields.Text()
    photo_ids = fields.One2many("yangguang.register.photo", "asset_id")
    event_ids = fields.One2many("yangguang.asset.event", "asset_id", readonly=True)
    contract_ids = fields.One2many("yangguang.contract", "asset_id", readonly=True)
    contract_id = fields.Many2one(
        "yangguang.contract", "Contract in force", compute="_compute_contract_id"
    )
    checked_on = fields.Date("Last check", readonly=True, copy=False)
    resolution = fields.Char(help="The resolution by which it was acquired.")

    # kept by value
    nature = fields.Selection(
        [("op", "Income-earning"), ("nonop", "Public use")], default="op", required=True
    )
    quantity = fields.Integer(default=1)
    quantity_unit = fields.Char()
    acquired = fields.Date()
    source = fields.Selection(
        [
            ("buy", "Bought"),
            ("build", "Built"),
            ("grant", "Public money"),
            ("donate", "Donated"),
            ("invest", "Invested"),
            ("other", "Other"),
        ]
    )
    original = fields.Float("Original value", digits=(16, 2))
    years = fields.Integer(
        "Useful life", compute="_compute_life", store=True, precompute=True, readonly=False
    )
    residual = fields.Integer(
        "Residual value (%)", compute="_compute_life", store=True, precompute=True, readonly=False
    )
    opening_day = fields.Date(
        help="The last day of older books, when depreciation goes on from there."
    )
    opening_depreciation = fields.Float("Depreciated by then", digits=(16, 2))
    monthly = fields.Float("Monthly depreciation", digits=(16, 2), compute="_compute_value")
    accumulated = fields.Float("Accumulated depreciation", digits=(16, 2), compute="_compute_value")
    net = fields.Float("Net value", digits=(16, 2), compute="_compute_value")
    use = fields.Selection(
        [("self", "Own use"), ("rent", "Let"), ("idle", "Idle"), ("scrap", "To be scrapped")],
        default="self",
        required=True,
    )

    # kept by area
    area_entered = fields.Float("Area as measured", digits=(16, 4))
    area_unit = fields.Selection(AREA_UNITS, default="mu", required=True)
    area = fields.Float("Area (mu)", digits=(16, 4), compute="_compute_area", store=True)
    owner_level = fields.Selection(
        [("village", "Village"), ("group", "Group")], "Owner", default="village", required=True
    )
    bounds = fields.Char(help="What borders on it in each direction.")
    mode = fields.Selection(
        [
            ("family", "Household contract"),
            ("other", "Other contract"),
            ("lease", "Lease"),
            ("self", "Run by the collective"),
            ("idle", "Idle"),
            ("share", "Share"),
        ],
        "How it is used",
        default="self",
        required=True,
    )
    certificate = fields.Char("Title number")
    dispute = fields.Boolean("Title in dispute")

    _code_unique = models.Constraint(
        "UNIQUE (collective_id, code)", "This collective has an asset of that number already."
    )
    _amounts = models.Constraint(
        "CHECK (COALESCE(original, 0) >= 0 AND original = round(original, 2)"
        " AND COALESCE(opening_depreciation, 0) BETWEEN 0 AND original"
        " AND COALESCE(area_entered, 0) >= 0 AND COALESCE(quantity, 0) >= 0)",
        "Values and areas are not below nil, and no more is depreciated than there was.",
    )
    _depreciated = models.Constraint(
        "CHECK (years >= 0 AND residual BETWEEN 0 AND 100)",
        "A life is nil years or more, a residual value nil to a hundred per cent.",
    )
    _kept_is_complete = models.Constraint(
        "CHECK (state = 'draft' OR (kind = 'resource' AND area > 0 AND bounds IS NOT NULL)"
        " OR (kind != 'resource' AND original > 0 AND acquired IS NOT NULL"
        " AND source IS NOT NULL AND quantity > 0 AND quantity_unit IS NOT NULL))",
        "An asset in the register has a value, a quantity and a day; a resource an area and its"
        " bounds.",
    )

    @api.depends("category_id")
    def _compute_kind(self):
        for asset in self:
            asset.kind = asset.category_id.kind

    @api.depends("category_id")
    def _compute_life(self):
        for asset in self:
            asset.years = asset.category_id.years
            asset.residual = asset.category_id.residual

    @api.depends("area_entered", "area_unit")
    def _compute_area(self):
        for asset in self:
            entered = Decimal(f"{max(asset.area_entered, 0):.4f}")
            asset.area = area.in_mu(entered, asset.area_unit or "mu")

    @api.depends(
        "original", "years", "residual", "acquired", "opening_day", "opening_depreciation", "state"
    )
    def _compute_value(self):
        today = clock.today()
        for asset in self:
            asset.monthly = depreciation.monthly(money(asset.original), asset.years, asset.residual)
            asset.accumulated = asset._accumulated(today)
            asset.net = asset._net(today)

    @api.depends("contract_ids.state")
    def _compute_contract_id(self):
        for asset in self:
            asset.contract_id = asset.contract_ids.filtered(lambda one: one.state == "running")[:1]

    @api.depends("code", "name")
    def _compute_display_name(self):
        for asset in self:
            asset.display_name = f"{asset.code} {asset.name}" if asset.code else asset.name

    def _accumulated(self, day):
        """What is depreciated when the month of `day` ends, or had been when it left."""
        self.ensure_one()
        if not self.acquired:
            return money(0)
        gone = self.event_ids.filtered("leaves")
        opening = None
        if self.opening_day:
            opening = (self.opening_day, money(self.opening_depreciation))
        return depreciation.accumulated(
            money(self.original),
            self.years,
            self.residual,
            self.acquired,
            min([day, *gone.mapped("day")]),
            opening,
        )

    def _net(self, day):
        """The value that is left when the month of `day` ends."""
        return money(self.original) - self._accumulated(day)

    def action_enter(self):
        """Enters drafts in the register, with the event by which the collective got them."""
        self._check_draft()
        self.lock_for_update(allow_referencing=True)
        if any(asset.kind == "fixed" and not asset.keeper for asset in self):
            raise UserError(self.env._("Say who looks after the asset."))
        if any(asset.acquired and asset.acquired > clock.today() for asset in self):
            raise UserError(self.env._("What is not acquired yet is not entered."))
        self.sudo().write({"state": "kept"})
        self.filtered(lambda asset: asset.kind != "resource")._record_acquisition()

    def _record_acquisition(self):
        self.env["yangguang.asset.event"].sudo().create(
            [
                {
                    "asset_id": asset.id,
                    "day": asset.acquired,
                    "kind": {"build": "built", "donate": "donated"}.get(asset.source, "buy"),
                    "method": "other",
                    "resolution": asset.resolution,
                }
                for asset in self
            ]
        )

    def _dispose(self, values):
        """Takes the asset out of the register for good, as `values` of the event say."""
        self.ensure_one()
        self.check_access("write")
        self.lock_for_update(allow_referencing=True)
        if self.state != "kept":
            raise UserError(self.env._("Only what is in the register leaves it."))
        if self.contract_id:
            raise UserError(
                self.env._(
                    "End the contract first: %(contract)s.", contract=self.contract_id.display_name
                )
            )
        day = fields.Date.to_date(values["day"])
        if day > clock.today() or (self.acquired and day < self.acquired):
            raise UserError(self.env._("It leaves after it came, and not in days to come."))
        self.env["yangguang.asset.event"].sudo().create({**values, "asset_id": self.id})
        self.action_withdraw_card()
        self.sudo().write({"state": "gone"})
