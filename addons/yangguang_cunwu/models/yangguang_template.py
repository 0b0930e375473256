import json

from odoo import api, fields, models, tools
from odoo.exceptions import UserError

from ..lib import catalogue, clock, face, masking
from ..lib.tables import Template
from . import append_only


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
    use_ids = fields.One2many("yangguang.template.use", "template_id", string="In use")
    preview = fields.Html(compute="_compute_preview", sanitize=False)
    definition = fields.Text(required=True, readonly=True, prefetch=False)

    _version_unique = models.Constraint(
        "UNIQUE (code, version)", "This version of the template exists already."
    )

    def init(self):
        append_only.protect(self.env.cr, self._table)

    @api.depends("code", "title", "version")
    def _compute_display_name(self):
        for template in self:
            template.display_name = f"{template.code} {template.title} v{template.version}"

    @api.depends("definition")
    def _compute_preview(self):
        for template in self:
            faces = [face.specimen(template._layout(), face.INTERNAL, mask=masking.mask)]
            template.preview = self.env["ir.qweb"]._render(
                "yangguang_cunwu.template_preview",
                {"faces": faces, "heading": face.heading},
                minimal_qcontext=True,
            )

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

    def action_design(self):
        """Opens a design that begins as this version; of a form that several items use, the items
        to choose from."""
        self.ensure_one()
        today, editions = clock.today(), self.env["yangguang.edition"]
        for division_kind in catalogue.DIVISION_KINDS:
            editions |= editions._in_force(division_kind, today)
        items = editions.item_ids.filtered_domain(
            [
                "|",
                ("template_id.code", "=", self.code),
                ("use_ids.template_id.code", "=", self.code),
            ]
        )
        if len(items) == 1:
            design = self.env["yangguang.template.draft"]._begin(items, self._layout())
            return design._get_records_action()
        return {
            "type": "ir.actions.act_window",
            "name": self.display_name,
            "res_model": "yangguang.item",
            "domain": [("id", "in", items.ids)],
            "views": [(False, "list"), (False, "form")],
        }

    def action_export(self):
        """This version as YAML, as a download."""
        self.ensure_one()
        url = f"/yangguang/template/{self.id}.yaml"
        return {"type": "ir.actions.act_url", "url": url, "target": "self"}
