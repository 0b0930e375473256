from odoo import fields, models

from . import append_only


class TemplateUse(models.Model):
    """From which day on an item uses which version of its form; drafts begun before keep theirs.

    The later entry holds. What an edition began with is not in here: `yangguang.item`.
    """

    _name = "yangguang.template.use"
    _description = "Use of a template"
    _order = "date_from desc, id desc"

    item_id = fields.Many2one("yangguang.item", required=True, index=True, ondelete="restrict")
    template_id = fields.Many2one(
        "yangguang.template", required=True, index=True, ondelete="restrict"
    )
    date_from = fields.Date(required=True)

    def init(self):
        append_only.protect(self.env.cr, self._table)
