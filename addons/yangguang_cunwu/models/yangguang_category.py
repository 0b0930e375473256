from odoo import api, fields, models


class Category(models.Model):
    """One of the twelve sections of the list (notice: names and order are fixed)."""

    _name = "yangguang.category"
    _description = "Category of disclosure"
    _order = "edition_id, number"

    edition_id = fields.Many2one("yangguang.edition", required=True, index=True, ondelete="cascade")
    number = fields.Integer(required=True)
    name = fields.Char(required=True)
    name_en = fields.Char(string="English name")
    item_ids = fields.One2many("yangguang.item", "category_id")

    _number_unique = models.Constraint(
        "UNIQUE (edition_id, number)", "This edition has a category of that number already."
    )

    @api.model_create_multi
    def create(self, vals_list):
        records = super().create(vals_list)
        records.edition_id._check_draft()
        return records

    def write(self, vals):
        self.edition_id._check_draft()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_in_force(self):
        self.edition_id._check_draft()
