from odoo import fields, models


class ScreenBrightness(models.Model):
    """How bright a screen is from an hour on, until the next line."""

    _name = "yangguang.screen.brightness"
    _description = "Brightness of a screen"
    _order = "screen_id, hour"

    screen_id = fields.Many2one("yangguang.screen", required=True, index=True, ondelete="cascade")
    hour = fields.Float(string="From", required=True)
    percent = fields.Integer(required=True)

    _ranges = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24 AND percent BETWEEN 0 AND 100)",
        "Brightness is 0 to 100 %, from an hour between 0:00 and 23:59.",
    )
    _hour_unique = models.Constraint(
        "UNIQUE (screen_id, hour)", "The table has a line for this hour already."
    )


class ScreenDaypart(models.Model):
    """From an hour on only these categories are in turn, until the next line or midnight; without
    categories, and before the first line, all are. What is urgent always comes."""

    _name = "yangguang.screen.daypart"
    _description = "Part of a screen's day"
    _order = "screen_id, hour"

    screen_id = fields.Many2one("yangguang.screen", required=True, index=True, ondelete="cascade")
    hour = fields.Float(string="From", required=True)
    category_numbers = fields.Char(
        string="Categories",
        help="Numbers of the categories that are in turn, such as “1, 4, 5”; empty for all.",
    )

    _hour_range = models.Constraint(
        "CHECK (hour >= 0 AND hour < 24)", "A part of the day begins between 0:00 and 23:59."
    )
    _numbers_shape = models.Constraint(
        r"CHECK (category_numbers ~ '^\s*\d{1,2}(\s*[,，、]\s*\d{1,2})*\s*$')",
        "Categories are written as their numbers with commas between them.",
    )
    _hour_unique = models.Constraint(
        "UNIQUE (screen_id, hour)", "The day has a part that begins at this hour already."
    )
