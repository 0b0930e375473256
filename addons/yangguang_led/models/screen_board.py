from datetime import timedelta

from odoo import fields, models

from odoo.addons.yangguang_cunwu.lib import clock

# a picture that a screen has sent tells for so long (minutes) what is on
RECENT = 15


class Screen(models.Model):
    """What the board of screens shows of each."""

    _inherit = "yangguang.screen"

    shot_time = fields.Datetime(
        compute="_compute_shot_time",
        string="Picture of",
        help="When the screen sent the picture of what is on; empty when it sent none lately.",
    )

    def _compute_shot_time(self):
        newest = dict(
            self.env["yangguang.screen.shot"]._read_group(
                [("screen_id", "in", self.ids), *_recent()], ["screen_id"], ["time:max"]
            )
        )
        for screen in self:
            screen.shot_time = newest.get(screen)

    def _recent_shot(self):
        """The picture that the screen has just sent; empty when it sent none lately."""
        self.ensure_one()
        return self.env["yangguang.screen.shot"].search(
            [("screen_id", "=", self.id), *_recent()], limit=1
        )


def _recent():
    return [("time", ">=", clock.now() - timedelta(minutes=RECENT))]
