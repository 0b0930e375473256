from types import SimpleNamespace

from odoo import api, fields, models

from ..lib import catalogue, clock
from ..lib.catalogue import yaml_text
from ..lib.tables import Template, validate


class TemplateImport(models.TransientModel):
    """Takes in one form from YAML as a design, and shows beforehand what it changes; nothing takes
    effect before the design is put in force."""

    _name = "yangguang.template.import"
    _description = "Import of a template"
    _inherit = "yangguang.import"

    division_kind = fields.Selection(
        lambda self: self.env["yangguang.edition"]._fields["division_kind"].selection,
        required=True,
        default="village",
    )

    def _read(self, content):
        try:
            template = Template.from_dict(yaml_text.load(content.decode()))
        except UnicodeDecodeError:
            problems = [self.env._("The file is no YAML in UTF-8.")]
            return SimpleNamespace(rows=[], skipped=[], problems=problems)
        except ValueError as error:
            return SimpleNamespace(rows=[], skipped=[], problems=[str(error)])
        edition = self._edition()._amended(clock.today())
        if template.item_code not in {item.code for item in edition.items}:
            problems = [self.env._("The list has no item %(code)s.", code=template.item_code)]
            return SimpleNamespace(rows=[], skipped=[], problems=problems)
        amended = catalogue.with_template(edition, template)
        problems = validate(template) or [
            *catalogue.sample_problems(template, clock.today()),
            *catalogue.validate(amended, samples=False),
        ]
        changes = catalogue.sentences(edition, amended)
        return SimpleNamespace(rows=[template], problems=problems, skipped=changes)

    def _edition(self):
        return self.env["yangguang.edition"]._in_force(self.division_kind, clock.today())

    @api.model
    def _summary(self, plan):
        return self.env._(
            "%(changes)s changes from the form in use, %(problems)s errors.",
            changes=len(plan.skipped),
            problems=len(plan.problems),
        )

    def _apply(self, plan):
        (template,) = plan.rows
        item = self._edition().item_ids.filtered(lambda item: item.code == template.item_code)
        self.env["yangguang.template.draft"]._begin(item, template)
        return 1, 0
