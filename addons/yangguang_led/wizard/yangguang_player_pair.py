import re

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import connections
from ..models.yangguang_player_pairing import TooManyError


class PlayerPair(models.TransientModel):
    """Takes the code that a box shows and pairs it with a screen."""

    _name = "yangguang.player.pair"
    _description = "Pair a web player"

    screen_id = fields.Many2one("yangguang.screen", required=True, ondelete="cascade")
    code = fields.Char(required=True, string="Code on the screen")
    is_wrong = fields.Boolean(readonly=True)

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and field.name == "is_wrong" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    def action_confirm(self):
        """Pairs, or asks again: a wrong code is no error, as its try has to be counted."""
        self.ensure_one()
        screen = self.screen_id
        if connections.shows_by_itself(screen.driver):
            raise UserError(self.env._("This screen is driven by a control card, not by a player."))
        code = re.sub(r"\D", "", self.code)
        try:
            player = self.env["yangguang.player.pairing"]._enter(code, screen)
        except TooManyError as error:
            raise UserError(
                self.env._("Too many wrong codes. Please wait ten minutes and try again.")
            ) from error
        if player:
            return {"type": "ir.actions.act_window_close"}
        self.sudo().is_wrong = True
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pair a player"),
            "res_model": self._name,
            "res_id": self.id,
            "view_mode": "form",
            "target": "new",
        }
