import base64
from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError

from ..lib import catalogue, clock, excel
from ..lib.catalogue import yaml_text
from ..lib.tables import Template, validate

# lines of the draft -> what they are in a template, and what its sentences call one
_PARTS = {
    "column_ids": ("columns", "列"),
    "header_ids": ("header", "表头"),
    "rule_ids": ("rules", "规则"),
    "fixed_row_ids": ("fixed_rows", "固定行"),
}
_TEXTS = ("title", "title_en", "orientation", "paper", "note")
CONTENT = (*_TEXTS, *_PARTS, "sample")


class TemplateDraft(models.Model):
    """A form being designed: the next version of an item's table, or its first.

    Nothing of it takes effect before it is put in force; then it becomes a version of
    `yangguang.template`, which never changes, and the draft is gone.
    """

    _name = "yangguang.template.draft"
    _description = "Template being designed"
    _order = "id desc"
    _rec_name = "title"

    item_id = fields.Many2one(
        "yangguang.item",
        required=True,
        readonly=True,
        ondelete="cascade",
    )
    code = fields.Char(required=True, readonly=True)
    date_from = fields.Date(
        string="In use from",
        required=True,
        default=lambda self: (clock.today().replace(day=1) + timedelta(days=31)).replace(day=1),
        help="Sheets begun from this day on use the new form; those begun before keep theirs.",
    )
    title = fields.Char(required=True)
    title_en = fields.Char(string="English title")
    orientation = fields.Selection(
        [("portrait", "Portrait"), ("landscape", "Landscape")], default="portrait", required=True
    )
    paper = fields.Char(default="A4", required=True)
    note = fields.Text()
    column_ids = fields.One2many("yangguang.template.draft.column", "draft_id")
    header_ids = fields.One2many("yangguang.template.draft.header", "draft_id")
    rule_ids = fields.One2many("yangguang.template.draft.rule", "draft_id")
    fixed_row_ids = fields.One2many("yangguang.template.draft.row", "draft_id")
    sample = fields.Text(help="A filled example; every rule is tried on it.")
    sample_file = fields.Binary(
        string="Filled form",
        compute="_compute_sample_file",
        inverse="_inverse_sample_file",
        help="The Excel form of this design, filled in: its content becomes the sample.",
    )

    @api.constrains(*CONTENT)
    def _check_template(self):
        """What is saved can be read: each rule compiles, each part fits the others."""
        for draft in self:
            if problems := draft._template_problems():
                raise ValidationError("\n".join(problems))

    def _compute_sample_file(self):
        self.sample_file = False

    def _inverse_sample_file(self):
        for draft in self.filtered("sample_file"):
            reading = excel.read(draft._template(), base64.b64decode(draft.sample_file))
            if reading.problems:
                raise UserError("\n".join(map(str, reading.problems)))
            draft.sample = _sample_text(reading.document)

    @api.model
    def _begin(self, item, template=None):
        """A draft for `item` that begins as the layout `template`, else as the form in use."""
        self.check_access("create")
        edition = item.edition_id._amended(clock.today())
        plain = edition.item(item.code)
        if not template and plain.template_code:
            template = edition.template(plain.template_code)
        template = template or catalogue.blank_template(edition, plain)
        lines = {
            name: [
                (0, 0, {**self[name]._line_values(line), "sequence": place})
                for place, line in enumerate(getattr(template, part), 1)
            ]
            for name, (part, _label) in _PARTS.items()
        }
        return self.create(
            {
                "item_id": item.id,
                "code": template.code,
                **{name: getattr(template, name) for name in _TEXTS},
                **lines,
                "sample": _sample_text(template.sample),
            }
        )

    def _template(self):
        """The layout (`lib.tables.Template`) as designed; ValueError when it cannot be read."""
        self.ensure_one()
        sample = yaml_text.load(self.sample or "") or {}
        if not isinstance(sample, dict) or sample.keys() - {"header", "rows"}:
            raise ValueError(self.env._("The sample has two parts, header and rows."))
        lines = {
            part: [
                line._plain(f"{label}{number}")
                for number, line in enumerate(self[name].sorted("sequence"), 1)
            ]
            for name, (part, label) in _PARTS.items()
        }
        return Template.from_dict(
            {
                "code": self.code,
                "item_code": self.item_id.code,
                **{name: self[name] for name in _TEXTS if self[name]},
                **lines,
                "sample_header": sample.get("header") or {},
                "sample_rows": sample.get("rows") or [],
            }
        )

    def _template_problems(self):
        """What keeps the design from being a template, in sentences."""
        try:
            return validate(self._template())
        except ValueError as error:
            return [str(error)]

    def _problems(self):
        """Everything that keeps the form from being put in force, in sentences."""
        self.ensure_one()
        if problems := self._template_problems():
            return problems
        template = self._template()
        if not template.sample_rows:
            problems.append(self.env._("The rules are tried on the sample: it needs a row."))
        if self.date_from < clock.today():
            problems.append(self.env._("The day of use is before today."))
        listed = self.item_id.edition_id
        if listed._in_force(listed.division_kind, self.date_from) != listed:
            problems.append(
                self.env._(
                    "On that day another edition of the list is in force; design the form there."
                )
            )
        edition = catalogue.with_template(listed._amended(self.date_from), template)
        problems += catalogue.sample_problems(template, self.date_from)
        return problems + catalogue.validate(edition, samples=False)

    def _changes(self):
        """What the design changes in the list, in sentences."""
        present = self.item_id.edition_id._amended(self.date_from)
        return catalogue.sentences(present, catalogue.with_template(present, self._template()))

    def action_put_in_force(self):
        """Makes the next version of the form, which its item uses from the day on.

        Raises UserError with every sentence of what is wrong, the sample included.
        """
        self.ensure_one()
        self.check_access("unlink")
        self.item_id.edition_id.check_access("create")
        self.lock_for_update()
        if problems := self._problems():
            raise UserError("\n".join(problems))
        item, day = self.item_id, self.date_from
        template = self.env["yangguang.template"].sudo()._store(self._template())
        if template == item.sudo()._template_on(day):
            raise UserError(self.env._("Nothing differs from the form in use."))
        self.env["yangguang.template.use"].sudo().create(
            {"item_id": item.id, "template_id": template.id, "date_from": day}
        )
        self.unlink()
        return template._get_records_action()


def _sample_text(document):
    return yaml_text.dump({key: document.get(key) for key in ("header", "rows")})
