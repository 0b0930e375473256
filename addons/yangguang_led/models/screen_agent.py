from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import connections


class Screen(models.Model):
    """A screen that only a computer in its village can reach."""

    _inherit = "yangguang.screen"

    agent_id = fields.Many2one(
        "yangguang.agent",
        string="Reached through",
        index="btree_not_null",
        ondelete="restrict",
        tracking=True,
        domain="[('division_id', 'parent_of', division_id)]",
        help="The agent beside the screen that drives it; empty where the server reaches it.",
    )

    @api.constrains("agent_id", "division_id", "driver")
    def _check_agent(self):
        for screen in self.filtered("agent_id"):
            if screen.driver == connections.WEB:
                raise ValidationError(
                    self.env._("A web player fetches its programme itself, without an agent.")
                )
            if screen.agent_id.division_id not in screen.division_id | screen.town_id:
                raise ValidationError(
                    self.env._(
                        "The agent %(agent)s belongs to another village or town.",
                        agent=screen.agent_id.name,
                    )
                )
