from markupsafe import Markup

from odoo import Command, api, fields, models
from odoo.exceptions import UserError


class Sign(models.TransientModel):
    """The secretary reads the sheets, enters his password anew and signs them all, or none."""

    _name = "yangguang.sign"
    _description = "Sign sheets"

    line_ids = fields.One2many("yangguang.sign.line", "sign_id", readonly=True)
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    # handed over in the button's context, as core's own check does; never stored
    password = fields.Char(store=False)

    @api.depends("line_ids.disclosure_id")
    def _compute_preview(self):
        for wizard in self:
            wizard.preview = Markup("<hr/>").join(wizard.line_ids.disclosure_id.mapped("preview"))

    @api.model
    def default_get(self, fields_list):
        values = super().default_get(fields_list)
        disclosures = self.env["yangguang.disclosure"].browse(
            self.env.context.get("active_ids", [])
        )
        disclosures.check_access("read")
        values["line_ids"] = [
            Command.create({"disclosure_id": one.id, "digest": one._digest()})
            for one in disclosures
        ]
        return values

    def action_sign(self):
        """Signs every sheet shown, or none."""
        self.ensure_one()
        if not self.line_ids:
            raise UserError(self.env._("There is nothing to sign."))
        self.line_ids.disclosure_id.action_sign(
            self.env.context.get("password") or "",
            {str(line.disclosure_id.id): line.digest for line in self.line_ids},
        )
        return {"type": "ir.actions.act_window_close"}


class SignLine(models.TransientModel):
    _name = "yangguang.sign.line"
    _description = "Sheet to sign"

    sign_id = fields.Many2one("yangguang.sign", required=True, ondelete="cascade")
    disclosure_id = fields.Many2one("yangguang.disclosure", required=True, ondelete="cascade")
    digest = fields.Char(required=True, readonly=True)
