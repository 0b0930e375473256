from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import echo_wall


class Resident(models.Model):
    """The register of a village's residents: who may be told what the law gives to residents and
    to members of the collective. Kept by the village's clerk; nothing of it is ever published."""

    _name = "yangguang.resident"
    _description = "Resident"
    _order = "division_id, household, id"
    _rec_names_search = ["name", "household"]

    division_id = fields.Many2one(
        "yangguang.division",
        string="Village",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("level", "=", 3)],
        default=lambda self: self.env.user.draft_division_ids[:1],
    )
    household = fields.Char(
        required=True, help="The village's own number of the household, or the name of its head."
    )
    name = fields.Char(required=True)
    phone = fields.Char()
    is_collective_member = fields.Boolean(
        "Member of the collective", help="Gets what is meant for members alone."
    )
    partner_id = fields.Many2one("res.partner", string="Person", ondelete="set null")
    active = fields.Boolean(default=True)

    _household_idx = models.Index("(division_id, household)")
    _name_idx = models.Index("(division_id, name)")

    @api.constrains("division_id")
    def _check_village(self):
        for resident in self:
            if resident.division_id.level != 3:
                raise ValidationError(self.env._("Residents belong to a village or community."))

    @api.model_create_multi
    def create(self, vals_list):
        return super().create([self._normalised(vals) for vals in vals_list])

    def write(self, vals):
        if "division_id" in vals and any(
            resident.division_id.id != vals["division_id"] for resident in self
        ):
            # the rights are looked at before writing alone: a clerk could enter people elsewhere
            raise ValidationError(
                self.env._(
                    "A resident stays in the register of his village. Strike him off here; the"
                    " clerk of the other village enters him there."
                )
            )
        return super().write(self._normalised(vals))

    @api.model
    def _normalised(self, vals):
        """`vals` with name and telephone as they are looked for."""
        try:
            written = {
                key: getattr(echo_wall, key)(vals[key]) for key in ("name", "phone") if key in vals
            }
        except echo_wall.WordingError as error:
            raise ValidationError(str(error)) from error
        return {**vals, **written}

    @api.model
    def _find(self, division, name, phone):
        """The resident of `division` with exactly this name and telephone; empty when none is, or
        when several are. Never tells which of the two was wrong."""
        try:
            name, phone = echo_wall.name(name), echo_wall.phone(phone)
        except echo_wall.WordingError:
            return self.browse()
        if not name or not phone:
            return self.browse()
        found = self.sudo().search(
            [("division_id", "=", division.id), ("name", "=", name), ("phone", "=", phone)],
            limit=2,
        )
        return found if len(found) == 1 else found.browse()
