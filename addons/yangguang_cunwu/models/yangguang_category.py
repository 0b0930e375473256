from odoo import fields, models


class Category(models.Model):
    """One of the twelve sections of the list (notice: names and order are fixed)."""

    _name = "yangguang.category"
    _description = "Category of disclosure"
    _inherit = "yangguang.edition.part"
    _order = "edition_id, number"

    number = fields.Integer(required=True)
    name = fields.Char(required=True)
    name_en = fields.Char(string="English name")
    item_ids = fields.One2many("yangguang.item", "category_id")

    _number_unique = models.Constraint(
        "UNIQUE (edition_id, number)", "This edition has a category of that number already."
    )
