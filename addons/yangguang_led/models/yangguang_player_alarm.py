from datetime import UTC, datetime

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

KINDS = [
    ("picture", "A file was altered on its way or on the disk"),
    ("signature", "A manifest was not signed by this server"),
    ("format", "A manifest had an unknown form"),
    ("screen", "A manifest was for another screen"),
    ("replay", "An old manifest was played back"),
    ("expired", "A manifest has run out"),
    ("page", "A page could not be shown"),
    ("proof", "A proof of display cannot be true"),
]


class PlayerAlarm(models.Model):
    """Something that a web player refused to show, or the server to believe."""

    _name = "yangguang.player.alarm"
    _description = "Alarm of a web player"
    _order = "id desc"
    _log_access = False
    _rec_name = "kind"

    player_id = fields.Many2one(
        "yangguang.player", required=True, readonly=True, index=True, ondelete="cascade"
    )
    screen_id = fields.Many2one(
        "yangguang.screen", required=True, readonly=True, index=True, ondelete="cascade"
    )
    number = fields.Integer(readonly=True, help="The player's own; none for what the server saw.")
    kind = fields.Selection(KINDS, required=True, readonly=True)
    detail = fields.Char(readonly=True)
    time = fields.Datetime(required=True, readonly=True, string="Received")
    noticed = fields.Datetime(readonly=True, help="When, by the clock of the player.")

    _number_unique = models.UniqueIndex(
        "(player_id, number) WHERE number > 0", "The alarms of a player are numbered."
    )

    @api.model
    def _note(self, caller, alarms):
        """Keeps alarms of a `Caller`: dictionaries of kind and detail, from the player itself also
        number and time (seconds since 1970). One that is kept already stays as it is."""
        now = clock.now()
        for alarm in alarms:
            noticed = alarm.get("time")
            self.env.cr.execute(
                "INSERT INTO yangguang_player_alarm"
                " (player_id, screen_id, number, kind, detail, time, noticed)"
                " VALUES (%s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
                (
                    caller.player_id,
                    caller.screen_id,
                    alarm.get("number"),
                    alarm["kind"],
                    alarm["detail"],
                    now,
                    noticed and datetime.fromtimestamp(noticed, UTC).replace(tzinfo=None),
                ),
            )
