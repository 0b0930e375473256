import json

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..lib.tables import Template


class TableTemplate(models.Model):
    """One version of a table form, as data. A change makes a new version; documents keep theirs."""

    _name = "yangguang.template"
    _description = "Table template"
    _order = "code, version desc"
    _rec_names_search = ["code", "title"]

    code = fields.Char(required=True, readonly=True)
    version = fields.Integer(required=True, readonly=True, default=1)
    title = fields.Char(required=True, readonly=True)
    title_en = fields.Char(string="English title", readonly=True)
    definition = fields.Text(required=True, readonly=True, prefetch=False)

    _version_unique = models.Constraint(
        "UNIQUE (code, version)", "This version of the template exists already."
    )

    @api.depends("code", "title", "version")
    def _compute_display_name(self):
        for template in self:
            template.display_name = f"{template.code} {template.title} v{template.version}"

    def write(self, vals):
        if "definition" in vals:
            raise UserError(self.env._("A template is not changed: make a new version of it."))
        return super().write(vals)

    @tools.ormcache("self.id")
    def _layout(self):
        """The layout (`lib.tables.Template`) of this version; it never changes, so it is kept."""
        return Template.from_dict(json.loads(self.sudo().definition))

    @api.model
    def _store(self, template):
        """The record of the layout `template`: the version that is the same, else a new one."""
        definition = json.dumps(template.to_dict(), ensure_ascii=False)
        versions = self.search([("code", "=", template.code)], order="version desc")
        if same := versions.filtered(lambda version: version.definition == definition):
            return same[:1]
        return self.create(
            {
                "code": template.code,
                "version": versions[:1].version + 1,
                "title": template.title,
                "title_en": template.title_en,
                "definition": definition,
            }
        )
