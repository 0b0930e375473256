from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import clock
from ..lib.roles import DISTRICT, DIVISION_LEVELS, GROUP, TOWN, VILLAGE

# characters of a code that a child shares with its parent, by the level of the child
_SHARED_PREFIX = {TOWN: 6, VILLAGE: 9, GROUP: 12}


class Division(models.Model):
    """A place of the administrative tree: district, town, village, group.

    Its key is the 12-digit division code; a villagers' group has its village's code and two
    digits more ("-01"). Names repeat between towns. Divisions are public knowledge.
    """

    _name = "yangguang.division"
    _description = "Division"
    _parent_store = True
    _order = "code"
    _rec_names_search = ["name", "code"]

    name = fields.Char(required=True, index="trigram")
    code = fields.Char(required=True, copy=False)
    kind = fields.Selection(
        [
            ("district", "District"),
            ("town", "Town"),
            ("subdistrict", "Subdistrict"),
            ("zone", "Development zone"),
            ("farm", "Farm"),
            ("village", "Village"),
            ("community", "Community"),
            ("group", "Villagers' group"),
        ],
        required=True,
    )
    level = fields.Integer(compute="_compute_level", store=True)
    parent_id = fields.Many2one("yangguang.division", index=True, ondelete="restrict")
    parent_path = fields.Char(index=True)
    child_ids = fields.One2many("yangguang.division", "parent_id")
    active = fields.Boolean(default=True)
    discloses_from = fields.Date(
        default=lambda self: clock.today(),
        help="From this day on it owes disclosures here: earlier periods make no duties.",
    )
    seat = fields.Char(help="Where the office sits, printed on reports.")
    phone = fields.Char(string="Office phone")
    complaint_phone = fields.Char(string="Supervision phone")

    _code_unique = models.Constraint("UNIQUE (code)", "This division code is taken.")
    _code_shape = models.Constraint(
        r"CHECK (code ~ '^[0-9]{12}(-[0-9]{2})?$')",
        "A division code has 12 digits; a group's code is its village's code with -01, -02 …",
    )
    _root_is_district = models.Constraint(
        "CHECK ((parent_id IS NULL) = (kind = 'district'))",
        "A district stands at the top; every other division has a parent.",
    )

    @api.depends("kind")
    def _compute_level(self):
        for division in self:
            division.level = DIVISION_LEVELS.get(division.kind, 0)

    @api.depends("name", "level", "parent_id.name")
    def _compute_display_name(self):
        for division in self:
            division.display_name = division.name
            if division.level >= VILLAGE and division.parent_id:
                # names repeat between towns
                division.display_name += f" ({division.parent_id.name})"

    @api.constrains("code", "kind", "parent_id")
    def _check_place_in_tree(self):
        for division in self:
            if ("-" in division.code) != (division.level == GROUP):
                raise ValidationError(
                    self.env._(
                        "%(code)s: groups, and only groups, carry a number after the code.",
                        code=division.code,
                    )
                )
            if division.level == DISTRICT:
                continue
            if division.parent_id.level != division.level - 1:
                raise ValidationError(
                    self.env._(
                        "%(name)s cannot stand directly below %(parent)s.",
                        name=division.name,
                        parent=division.parent_id.name,
                    )
                )
            shared = _SHARED_PREFIX[division.level]
            if division.code[:shared] != division.parent_id.code[:shared]:
                raise ValidationError(
                    self.env._(
                        "The code %(code)s does not belong below %(parent)s (%(parent_code)s).",
                        code=division.code,
                        parent=division.parent_id.name,
                        parent_code=division.parent_id.code,
                    )
                )

    def _ancestor(self, level):
        """The division of `level` that holds this one (or is it); empty above it."""
        self.ensure_one()
        division = self
        while division and division.level > level:
            division = division.parent_id
        return division if division.level == level else self.browse()
