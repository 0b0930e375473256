from odoo import fields, models

from ..lib import content_check


class ContentConfirm(models.TransientModel):
    """The content check, point by point; nothing is ticked beforehand. Opened by the clerk who
    hands a sheet in (`submits`), or by the person who checks it beside him."""

    _name = "yangguang.content.confirm"
    _description = "Content check before publication"

    disclosure_id = fields.Many2one("yangguang.disclosure", required=True, ondelete="cascade")
    submits = fields.Boolean()
    party = fields.Boolean(related="disclosure_id.item_id.secrecy_check")
    political = fields.Boolean("Politically sound")
    secret = fields.Boolean("No state or work secrets")
    personal = fields.Boolean("No personal data that must stay inside")
    advertising = fields.Boolean("No advertising")
    quality = fields.Boolean("Complete, correct and readable")
    party_secrecy = fields.Boolean("Party affairs: nothing secret")

    def action_confirm(self):
        """Records the check under the user's name; hands the sheet in when that was asked for."""
        self.ensure_one()
        points = [point for point in content_check.required(self.party) if self[point]]
        if self.submits:
            self.disclosure_id.action_submit(points)
        else:
            self.disclosure_id.action_check_content(points)
        return {"type": "ir.actions.act_window_close"}
