from odoo import fields, models

# what is known of a display, the best first; the last one proves nothing and never counts
GRADES = [
    ("screenshot", "A: picture of the screen"),
    ("player", "B: counted by the player"),
    ("device", "C: confirmed by the control card"),
    ("sent", "D: sent, not confirmed"),
]


class DisplayDay(models.Model):
    """A publication on the screens of its village on one day: by these rows the days of display
    that the law asks for are counted. Jobs write them, from proofs that screens give; a village
    without a screen has none."""

    _name = "yangguang.display.day"
    _description = "Day of display"
    _order = "day desc, publication_id desc"
    _log_access = False
    _rec_name = "day"

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    day = fields.Date(required=True, readonly=True)
    screens = fields.Integer(readonly=True, help="Screens that showed it.")
    seconds = fields.Integer(readonly=True, help="On all screens together.")
    grade = fields.Selection(
        GRADES, readonly=True, help="The best proof of the day; empty when it was not shown."
    )
    counts = fields.Boolean(readonly=True, help="Shown long enough, and proven.")
    owed = fields.Boolean(
        readonly=True,
        help="Protected, but not shown as it should have been: the display became a day longer.",
    )

    _day_unique = models.Constraint(
        "UNIQUE (publication_id, day)", "A publication has each day once."
    )
    _division_idx = models.Index("(division_id, day DESC)")
