from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.models.append_only import protect

from .yangguang_register import money

LEAVING = ("sold", "scrap", "loss", "gift")
KINDS = [
    ("buy", "Bought"),
    ("built", "Completed"),
    ("donated", "Received as gift"),
    ("sold", "Sold"),
    ("scrap", "Scrapped"),
    ("loss", "Lost or damaged"),
    ("gift", "Given away"),
]
METHODS = [
    ("bid", "Open bidding"),
    ("talk", "Agreement"),
    ("inquiry", "Quotation"),
    ("tender", "Tender"),
    ("other", "Other"),
]


class AssetEvent(models.Model):
    """How an asset came or left, with its value on that day. Only the steps of the asset write
    here; what is written stays."""

    _name = "yangguang.asset.event"
    _description = "Event of an asset"
    _order = "day desc, id desc"

    asset_id = fields.Many2one(
        "yangguang.asset", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    day = fields.Date("Date", required=True, readonly=True)
    kind = fields.Selection(KINDS, required=True, readonly=True)
    original = fields.Float("Original value", digits=(16, 2), readonly=True)
    accumulated = fields.Float("Accumulated depreciation", digits=(16, 2), readonly=True)
    appraisal = fields.Float("Appraised value", digits=(16, 2), readonly=True)
    price = fields.Float(digits=(16, 2), readonly=True)
    method = fields.Selection(METHODS, required=True, readonly=True)
    party = fields.Char("Other party", readonly=True)
    resolution = fields.Char(readonly=True)
    leaves = fields.Boolean(compute="_compute_leaves")

    _division_idx = models.Index("(division_id, day)")
    _leaves_once = models.UniqueIndex(
        "(asset_id) WHERE kind IN ('sold', 'scrap', 'loss', 'gift')", "This asset has left already."
    )
    _leaves_by_resolution = models.Constraint(
        "CHECK (kind IN ('buy', 'built', 'donated') OR resolution IS NOT NULL)",
        "An asset leaves by resolution.",
    )

    def init(self):
        protect(self.env.cr, self._table)

    @api.depends("kind")
    def _compute_leaves(self):
        for event in self:
            event.leaves = event.kind in LEAVING

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            asset = self.env["yangguang.asset"].sudo().browse(values["asset_id"])
            values["division_id"] = asset.division_id.id
            values["original"] = asset.original
            leaves = values["kind"] in LEAVING
            day = fields.Date.to_date(values["day"])
            values["accumulated"] = asset._accumulated(day) if leaves else money(0)
        return super().create(vals_list)
