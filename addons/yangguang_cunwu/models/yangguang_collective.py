from odoo import api, fields, models
from odoo.exceptions import ValidationError

from ..lib import credit_code


class Collective(models.Model):
    """The legal person of a village or group that owns books, members and contracts
    (Rural Collective Economic Organisations Law)."""

    _name = "yangguang.collective"
    _description = "Collective economic organisation"
    _order = "division_id, name"

    name = fields.Char(required=True)
    division_id = fields.Many2one(
        "yangguang.division",
        required=True,
        index=True,
        ondelete="restrict",
        domain=[("level", ">=", 2)],
    )
    credit_code = fields.Char(string="Unified social credit code", copy=False)
    active = fields.Boolean(default=True)

    _credit_code_unique = models.Constraint(
        "UNIQUE (credit_code)", "This unified social credit code is taken."
    )
    _division_name_unique = models.Constraint(
        "UNIQUE (division_id, name)", "This division has a collective of that name already."
    )

    @api.constrains("credit_code")
    def _check_credit_code(self):
        for collective in self:
            if collective.credit_code and not credit_code.is_valid(collective.credit_code):
                raise ValidationError(
                    self.env._(
                        "%(code)s is not a valid unified social credit code.",
                        code=collective.credit_code,
                    )
                )
