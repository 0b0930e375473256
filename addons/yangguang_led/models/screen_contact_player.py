from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock


class ScreenContact(models.Model):
    """What a web player says of itself besides."""

    _inherit = "yangguang.screen.contact"

    serial = fields.Integer(string="Programme", help="Number of the programme it shows.")
    disk_full = fields.Boolean(help="It has no room for the newest programme and shows the last.")
    disk_used = fields.Float(help="MB")
    waiting = fields.Integer(string="Proofs waiting", help="Proofs that it still has to send.")

    @api.model
    def _heartbeat(self, screen_id, said):
        """Keeps the latest word of a screen's player. One statement, which does not wait for the
        disk unless an alarm comes with it: the next word comes within the minute."""
        self.env.cr.execute(
            """
            INSERT INTO yangguang_screen_contact AS kept
                   (screen_id, time, playing, serial, clock_offset, disk_full, disk_used, waiting)
            SELECT %(screen_id)s, %(time)s, %(playing)s, %(serial)s, %(ahead)s, %(full)s,
                   %(used)s, %(waiting)s
              FROM set_config('synchronous_commit', %(commit)s, TRUE)
                ON CONFLICT (screen_id) DO UPDATE
               SET (time, playing, serial, clock_offset, disk_full, disk_used, waiting)
                 = (EXCLUDED.time, EXCLUDED.playing, EXCLUDED.serial, EXCLUDED.clock_offset,
                    EXCLUDED.disk_full, EXCLUDED.disk_used, EXCLUDED.waiting)
            """,
            {
                "screen_id": screen_id,
                "time": clock.now(),
                "commit": "on" if said["alarms"] else "off",
                **said,
            },
        )
