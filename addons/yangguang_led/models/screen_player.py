from odoo import api, fields, models
from odoo.exceptions import UserError

from ..lib import connections


class Screen(models.Model):
    """The web player of a screen, and the pictures it sends."""

    _inherit = "yangguang.screen"

    has_player = fields.Boolean(
        compute="_compute_has_player", help="A browser shows the pages, not the control card."
    )
    player_ids = fields.One2many("yangguang.player", "screen_id")
    player_id = fields.Many2one(
        "yangguang.player", compute="_compute_player_id", string="Paired player"
    )
    alarm_ids = fields.One2many("yangguang.player.alarm", "screen_id")
    shot_ids = fields.One2many("yangguang.screen.shot", "screen_id")
    serial = fields.Integer(related="contact_ids.serial")
    waiting = fields.Integer(related="contact_ids.waiting")
    disk_full = fields.Boolean(related="contact_ids.disk_full")
    clock_offset = fields.Float(related="contact_ids.clock_offset")

    @api.depends("driver")
    def _compute_has_player(self):
        for screen in self:
            screen.has_player = not connections.shows_by_itself(screen.driver)

    @api.depends("player_ids.revoked_on")
    def _compute_player_id(self):
        for screen in self:
            screen.player_id = screen.player_ids.filtered(lambda player: not player.revoked_on)[:1]

    def action_open_pairing(self):
        """Asks for the code that a box shows."""
        self.ensure_one()
        self.check_access("write")
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Pair a player"),
            "res_model": "yangguang.player.pair",
            "view_mode": "form",
            "target": "new",
            "context": {"default_screen_id": self.id},
        }

    def action_ask_shot(self):
        """Lets the player send a picture of what is on, within a minute."""
        self.check_access("read")
        if not self.player_id:
            raise UserError(self.env._("No player is paired with this screen."))
        self.player_id.sudo().shot_wanted = True
