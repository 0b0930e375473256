from odoo import fields, models

from ..models.yangguang_asset_event import KINDS, LEAVING, METHODS


class AssetDisposal(models.TransientModel):
    """How an asset leaves the register."""

    _name = "yangguang.asset.disposal"
    _description = "Asset leaves the register"

    asset_id = fields.Many2one("yangguang.asset", required=True, readonly=True)
    day = fields.Date("Date", required=True)
    kind = fields.Selection([one for one in KINDS if one[0] in LEAVING], required=True)
    appraisal = fields.Float("Appraised value", digits=(16, 2))
    price = fields.Float(digits=(16, 2))
    method = fields.Selection(METHODS, required=True, default="bid")
    party = fields.Char("Other party")
    resolution = fields.Char(required=True)

    def action_dispose(self):
        """Takes the asset out of the register."""
        self.ensure_one()
        names = ("day", "kind", "appraisal", "price", "method", "party", "resolution")
        self.asset_id._dispose({name: self[name] for name in names})
        return {"type": "ir.actions.act_window_close"}
