from odoo import fields, models

from .append_only import protect
from .demo_stamp import guard_time


class Signature(models.Model):
    """The Party secretary signed exactly these bytes: person, method, digest, time.

    The digest covers the unmasked content and stays in the private zone. A signature binds one
    round; content that changes goes back to draft, starts a new round and needs a new one.
    """

    _name = "yangguang.signature"
    _description = "Signature"
    _order = "id desc"
    _log_access = False

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    round = fields.Integer(required=True, readonly=True)
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    person_name = fields.Char(required=True, readonly=True)
    method = fields.Selection([("password", "Password entered anew")], required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    time = fields.Datetime(required=True, readonly=True)

    _round_unique = models.Constraint(
        "UNIQUE (disclosure_id, round)", "This sheet is signed already."
    )

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)
