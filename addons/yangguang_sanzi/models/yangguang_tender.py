from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.yangguang_cunwu.lib import clock


class Tender(models.Model):
    """The letting of an asset or a resource: notice, bids, result, and the contract that came of
    it. Closed once its result is final."""

    _name = "yangguang.tender"
    _description = "Letting"
    _inherit = ["yangguang.register"]
    _order = "notice_start desc, id desc"
    _rec_names_search = ["code", "name", "winner"]

    _closed_states = ("closed",)

    state = fields.Selection(
        [("draft", "Running"), ("closed", "Closed")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    code = fields.Char("Number", required=True, copy=False)
    name = fields.Char("Subject", required=True)
    asset_id = fields.Many2one("yangguang.asset", "Asset or resource", ondelete="restrict")
    platform = fields.Selection(
        [
            ("county", "District platform"),
            ("town", "Platform of the town"),
            ("village", "Village platform"),
        ],
        default="town",
        required=True,
    )
    method = fields.Selection(
        [("bid", "Open bidding"), ("tender", "Tender"), ("talk", "Negotiation")],
        default="bid",
        required=True,
    )
    notice_start = fields.Date("Notice from", required=True)
    notice_end = fields.Date("Notice until", required=True)
    base_price = fields.Float("Base price a year", digits=(16, 2), required=True)
    bidders = fields.Integer()
    deal_price = fields.Float("Deal price a year", digits=(16, 2))
    winner = fields.Char()
    term = fields.Integer("Term (years)")
    result_start = fields.Date("Result shown from")
    result_end = fields.Date("Result shown until")
    contract_id = fields.Many2one("yangguang.contract", index="btree_not_null", ondelete="restrict")

    _code_unique = models.Constraint(
        "UNIQUE (collective_id, code)", "This collective has a letting of that number already."
    )
    _days = models.Constraint(
        "CHECK (notice_end >= notice_start AND result_end >= result_start)",
        "What is shown is shown until a later day.",
    )
    _prices = models.Constraint(
        "CHECK (base_price > 0 AND COALESCE(deal_price, 0) >= 0 AND COALESCE(bidders, 0) >= 0"
        " AND COALESCE(term, 0) >= 0)",
        "Prices, bidders and years are not below nil.",
    )
    _closed_is_complete = models.Constraint(
        "CHECK (state = 'draft' OR (winner IS NOT NULL AND bidders > 0 AND term > 0"
        " AND deal_price >= base_price AND result_end IS NOT NULL AND result_start IS NOT NULL))",
        "A result has its winner, a price not below the base price, a term, and the days on which"
        " it is shown.",
    )

    @api.constrains("asset_id", "contract_id")
    def _check_collective(self):
        for tender in self:
            for other in (tender.asset_id, tender.contract_id):
                if other and other.collective_id != tender.collective_id:
                    raise ValidationError(
                        self.env._("Choose from the registers of this collective.")
                    )

    def action_close(self):
        """Closes lettings whose results have been shown."""
        self._check_draft()
        for tender in self:
            if tender.result_end and tender.result_end >= clock.today():
                raise ValidationError(self.env._("The result is still being shown."))
        self.sudo().write({"state": "closed"})
