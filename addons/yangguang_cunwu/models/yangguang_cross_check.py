from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import catalogue, clock
from ..lib.tables import crosscheck

_SIDES = ("left", "right")
_CONTENT = (
    "edition_id",
    "code",
    "date_from",
    "date_to",
    "relation",
    "match",
    "absent_is_empty",
    "right_all_periods",
    *(f"{side}_{name}" for side in _SIDES for name in ("item_id", "key", "where", "group")),
)


class CrossCheck(models.Model):
    """A check between two tables that staff have added to a list, from a day on.

    It is compiled like those that came with the list, and checked with them when a sheet is
    submitted and again when it is published.
    """

    _name = "yangguang.cross.check"
    _description = "Cross-check between tables"
    _order = "edition_id desc, code"
    _rec_name = "code"

    edition_id = fields.Many2one(
        "yangguang.edition",
        required=True,
        index=True,
        ondelete="cascade",
        domain=[("state", "=", "effective")],
        default=lambda self: self.env["yangguang.edition"]._in_force("village", clock.today()),
    )
    code = fields.Char(required=True, help="Capital letters and digits, such as ZJ01.")
    message = fields.Char(required=True, help="What should be so, in one sentence.")
    date_from = fields.Date(string="In use from", required=True, default=lambda self: clock.today())
    date_to = fields.Date(string="Until", help="Empty: it is checked until further notice.")
    relation = fields.Selection(
        [
            ("==", "equals"),
            ("<=", "is at most"),
            (">=", "is at least"),
            ("exists", "has its record in"),
        ],
        required=True,
        default="==",
    )
    left_item_id = fields.Many2one("yangguang.item", required=True, ondelete="cascade")
    left_key = fields.Char(string="Left column or header field")
    left_where = fields.Char(string="Left condition", help="Only rows that fulfil it count.")
    left_group = fields.Char(string="Left groups", help="The column by which it is added up.")
    left_keys = fields.Text(compute="_compute_keys", string="Left names")
    right_item_id = fields.Many2one("yangguang.item", required=True, ondelete="cascade")
    right_key = fields.Char(string="Right column or header field")
    right_where = fields.Char(string="Right condition", help="Only rows that fulfil it count.")
    right_group = fields.Char(string="Right groups", help="The column by which it is added up.")
    right_all_periods = fields.Boolean(
        string="Of all periods", help="The sheets of all periods, not of the same one alone."
    )
    right_keys = fields.Text(compute="_compute_keys", string="Right names")
    match = fields.Text(help="For a record: one pair of columns a line, such as no == contract_no.")
    absent_is_empty = fields.Boolean(
        string="Missing table counts as empty",
        help="Otherwise the check waits until both tables are there.",
    )

    _code_unique = models.Constraint(
        "UNIQUE (edition_id, code)", "This edition has a check of that code already."
    )

    @api.depends("left_item_id", "right_item_id")
    def _compute_keys(self):
        for check in self:
            for side in _SIDES:
                layout = check._layout(side, clock.today())
                named = (*layout.columns, *layout.header) if layout else ()
                check[f"{side}_keys"] = "、".join(f"{each.label} {each.key}" for each in named)

    @api.constrains(*_CONTENT)
    def _check_compiles(self):
        """The check fits the forms of its list on the day from which it holds."""
        for check in self:
            edition = check.edition_id._amended(check.date_from)
            if problems := catalogue.validate(edition, samples=False):
                raise ValidationError("\n".join(problems))

    @api.model
    def _in_force(self, edition, day):
        """The checks that staff have added to `edition`, as of `day` (`CrossCheck` of the lib)."""
        found = self.sudo().search(
            [
                ("edition_id", "=", edition.id),
                ("date_from", "<=", day),
                "|",
                ("date_to", "=", False),
                ("date_to", ">=", day),
            ],
            order="code",
        )
        return [check._check(day) for check in found]

    def _check(self, day):
        lines = (self.match or "").splitlines()
        return crosscheck.CrossCheck(
            self.code,
            self.message,
            self._figure("left", day),
            self._figure("right", day),
            self.relation,
            tuple(line.strip() for line in lines if line.strip()),
            self.absent_is_empty,
        )

    def _layout(self, side, day):
        """The form that the item of `side` uses on `day`, None when it has none."""
        item = self[f"{side}_item_id"]
        template = item and item._template_on(day)
        return template._layout() if template else None

    def _figure(self, side, day):
        item, key = self[f"{side}_item_id"], self[f"{side}_key"] or ""
        layout = self._layout(side, day)
        in_header = layout and key in {field.key for field in layout.header}
        return crosscheck.Figure(
            item.code,
            column="" if in_header else key,
            header=key if in_header else "",
            where=self[f"{side}_where"] or "",
            group_by=self[f"{side}_group"] or "",
            all_periods=side == "right" and self.right_all_periods,
        )
