from odoo import fields, models


class ScreenContact(models.Model):
    """What was last heard of a screen. A slim row of its own: it is written every minute."""

    _name = "yangguang.screen.contact"
    _description = "Last contact with a screen"
    _log_access = False

    screen_id = fields.Many2one("yangguang.screen", required=True, ondelete="cascade")
    time = fields.Datetime(help="When it last answered, or reported by itself.")
    playing = fields.Char(help="What the device says it plays, in its own words.")
    powered = fields.Boolean()
    brightness = fields.Integer(help="%")
    arranged = fields.Char(help="What its programme was worked out from.")
    model = fields.Char()
    firmware = fields.Char()
    width = fields.Integer(help="px")
    height = fields.Integer(help="px")
    clock_offset = fields.Float(help="How far its clock is ahead of the server's, s.")

    _screen_unique = models.Constraint("UNIQUE (screen_id)", "A screen has one last contact.")

    def _heard(self, status, time):
        """Keeps what the device has said (a `lib.drivers.base.Status`)."""
        self.ensure_one()
        said = {
            name: value
            for name in (
                "playing",
                "powered",
                "brightness",
                "model",
                "firmware",
                "width",
                "height",
            )
            if (value := getattr(status, name)) is not None
        }
        self.write({"time": time, **said})
