from odoo import fields, models


class ScreenGroup(models.Model):
    """Screens that are handled together: those at markets, those of one supplier."""

    _name = "yangguang.screen.group"
    _description = "Group of screens"
    _order = "name"

    name = fields.Char(required=True)
    division_id = fields.Many2one(
        "yangguang.division", required=True, index=True, ondelete="restrict"
    )
    screen_ids = fields.Many2many("yangguang.screen", string="Screens")

    _name_unique = models.Constraint(
        "UNIQUE (division_id, name)", "There is a group of this name already."
    )
