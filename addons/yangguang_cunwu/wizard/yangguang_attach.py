import base64

from odoo import fields, models
from odoo.exceptions import UserError


class Attach(models.TransientModel):
    """Attaches a file to a draft."""

    _name = "yangguang.attach"
    _description = "Attach a file"

    disclosure_id = fields.Many2one("yangguang.disclosure", required=True, ondelete="cascade")
    revision = fields.Integer(required=True)
    file = fields.Binary(attachment=False)
    file_name = fields.Char()

    def action_attach(self):
        """Hands the file over; the wizard keeps nothing of it."""
        self.ensure_one()
        if not self.file:
            raise UserError(self.env._("Choose a file."))
        self.disclosure_id.attach(self.revision, self.file_name, base64.b64decode(self.file))
        self.file = False
        return {"type": "ir.actions.act_window_close"}
