import json
from pathlib import Path

from odoo import api, fields, models, tools
from odoo.exceptions import UserError
from odoo.tools import file_path

from ..lib import catalogue

_ITEM_FIELDS = (
    "code",
    "name",
    "name_en",
    "content",
    "frequency",
    "deadline",
    "deadline_text",
    "min_display_days",
    "retention",
    "audience",
    "open_web",
    "needs_signature",
    "emergency",
    "secrecy_check",
    "source",
    "confidence",
)


class Edition(models.Model):
    """One issue of the list of disclosure items and its forms, for villages or for communities.

    The bureau issues a new list by document; old months keep the list that was in force then.
    The whole issue is kept as it came (`definition`); categories, items and templates are read
    out of it. Once in force it does not change.
    """

    _name = "yangguang.edition"
    _description = "Edition of the disclosure list"
    _order = "division_kind, date_from desc"

    name = fields.Char(required=True, readonly=True)
    division_kind = fields.Selection(
        [("village", "Villages"), ("community", "Communities")], required=True, readonly=True
    )
    date_from = fields.Date(required=True, readonly=True, help="In force from this day on.")
    paper = fields.Char(string="Document number", readonly=True)
    reconstruction = fields.Boolean(
        readonly=True,
        help="Put together from public sources until the bureau's own list replaces it.",
    )
    state = fields.Selection(
        [("draft", "Draft"), ("effective", "In force")],
        default="draft",
        required=True,
        readonly=True,
        copy=False,
    )
    definition = fields.Text(required=True, readonly=True, prefetch=False, groups="base.group_user")
    category_ids = fields.One2many("yangguang.category", "edition_id", readonly=True)
    item_ids = fields.One2many("yangguang.item", "edition_id", readonly=True)

    _kind_date_unique = models.Constraint(
        "UNIQUE (division_kind, date_from)", "An edition for this kind begins on that day already."
    )

    @api.ondelete(at_uninstall=False)
    def _unlink_except_effective(self):
        if any(edition.state == "effective" for edition in self):
            raise UserError(self.env._("An edition in force stays: issue a newer one."))

    def write(self, vals):
        self._check_draft()
        return super().write(vals)

    def action_make_effective(self):
        """Puts a draft into force from its day on; from then on it does not change."""
        self.check_access("write")
        self.state = "effective"

    def _check_draft(self):
        """Raises for an edition in force: sheets of its time refer to it as it was."""
        if not self.env.su and any(edition.state == "effective" for edition in self):
            raise UserError(self.env._("An edition in force does not change: issue a newer one."))

    def action_export_xlsx(self):
        return self._export("xlsx")

    def action_export_yaml(self):
        return self._export("yaml")

    def _export(self, kind):
        self.ensure_one()
        return {"type": "ir.actions.act_url", "url": f"/yangguang/edition/{self.id}.{kind}"}

    @api.model
    def _in_force(self, division_kind, day):
        """The edition for this kind of division on `day`; empty when there is none."""
        return self.search(
            [
                ("division_kind", "=", division_kind),
                ("state", "=", "effective"),
                ("date_from", "<=", day),
            ],
            order="date_from desc",
            limit=1,
        )

    @tools.ormcache("self.id")
    def _catalogue(self):
        """The edition as `lib.catalogue.Edition`; it never changes, so it is kept."""
        return catalogue.Edition.from_dict(json.loads(self.sudo().definition))

    def _amended(self, day):
        """The list as `lib.catalogue.Edition` with the forms and checks that staff have changed
        since, as of `day`."""
        edition = self._catalogue()
        uses = self.env["yangguang.template.use"].sudo()
        domain = [("item_id.edition_id", "=", self.id), ("date_from", "<=", day)]
        for later in uses.search(domain).grouped("item_id").values():
            edition = catalogue.with_template(edition, later[0].template_id._layout())
        checks = self.env["yangguang.cross.check"]._in_force(self, day)
        return catalogue.with_cross_checks(edition, checks)

    @api.model
    def _take_in(self, edition):
        """Makes the draft edition that `edition` (`lib.catalogue.Edition`) describes.

        Raises UserError with every sentence of what is wrong with it.
        """
        self.check_access("create")
        if problems := catalogue.validate(edition):
            raise UserError("\n".join(problems))
        record = self.create(
            {
                "name": edition.title,
                "division_kind": edition.division_kind,
                "date_from": edition.effective,
                "paper": edition.document_number,
                "reconstruction": edition.status == "reconstruction",
                "definition": json.dumps(edition.to_dict(), ensure_ascii=False),
            }
        )
        departments = self.env["yangguang.department"].sudo()._take_in(edition.departments)
        templates = {
            template.code: self.env["yangguang.template"].sudo()._store(template)
            for template in edition.templates
        }
        categories = self.env["yangguang.category"].create(
            [
                {
                    "edition_id": record.id,
                    "number": edition.category_number(category.code),
                    "name": category.name,
                    "name_en": category.name_en,
                }
                for category in edition.categories
            ]
        )
        by_code = dict(zip((one.code for one in edition.categories), categories, strict=True))
        self.env["yangguang.item"].create(
            [
                {
                    **{name: getattr(item, name) for name in _ITEM_FIELDS},
                    "edition_id": record.id,
                    "category_id": by_code[item.category_code].id,
                    "number": number,
                    "display_source": item.min_display_source,
                    "forms": "、".join(item.forms),
                    "legal_basis": ";".join(item.legal_basis),
                    "department_ids": [departments[code].id for code in item.department_codes],
                    "template_id": templates[item.template_code].id
                    if item.template_code
                    else False,
                }
                for number, item in enumerate(edition.items, start=1)
            ]
        )
        return record

    @api.model
    def _load_shipped(self):
        """Takes in the reconstruction that the addon ships, for kinds that have no edition yet."""
        directory = Path(file_path("yangguang_cunwu/data/catalogue"))
        for division_kind in catalogue.DIVISION_KINDS:
            if not self.search_count([("division_kind", "=", division_kind)], limit=1):
                shipped = catalogue.read_directory(directory, division_kind)
                self._take_in(shipped).state = "effective"
