from odoo import fields, models


class ExemptionRequest(models.TransientModel):
    """The clerk asks a second person to permit that personal data is shown."""

    _name = "yangguang.exemption.request"
    _description = "Ask to show personal data"

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, ondelete="cascade"
    )
    line_ids = fields.One2many("yangguang.exemption.request.line", "request_id")
    legal_basis = fields.Char()

    def action_ask(self):
        """Asks for what was ticked."""
        self.ensure_one()
        keys = set(self.line_ids.filtered("chosen").mapped("key"))
        self.disclosure_id.action_ask_exemption(keys, self.legal_basis)
        return {"type": "ir.actions.act_window_close"}


class ExemptionRequestLine(models.TransientModel):
    _name = "yangguang.exemption.request.line"
    _description = "Personal data found in a sheet"

    request_id = fields.Many2one("yangguang.exemption.request", required=True, ondelete="cascade")
    key = fields.Char(required=True, readonly=True)
    finding = fields.Char(required=True, readonly=True)
    chosen = fields.Boolean("Show it")
