from odoo import fields, models
from odoo.exceptions import UserError


class ScreenCommissioning(models.TransientModel):
    """What somebody has to see with his own eyes before a screen goes into operation."""

    _name = "yangguang.screen.commissioning"
    _description = "Taking a screen into operation"

    screen_id = fields.Many2one("yangguang.screen", required=True, ondelete="cascade")
    edges = fields.Boolean("The ruler's frame is whole on all four sides")
    dots = fields.Boolean("No dots are dead, and the colours are right")
    legible = fields.Boolean("The test text can be read from the viewing distance")
    dark_at_night = fields.Boolean("Brightness and opening hours are agreed with the neighbours")

    def action_confirm(self):
        """Takes the screen into operation once everything has been seen."""
        self.ensure_one()
        if not (self.edges and self.dots and self.legible and self.dark_at_night):
            raise UserError(self.env._("Look at all four points at the screen first."))
        self.screen_id._commission()
        return {"type": "ir.actions.act_window_close"}
