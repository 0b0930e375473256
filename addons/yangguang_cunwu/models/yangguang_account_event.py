from odoo import api, fields, models

from ..lib import clock
from .append_only import protect
from .demo_stamp import guard_time


class AccountEvent(models.Model):
    """Who issued, reset or closed whose account, and when. Only grows."""

    _name = "yangguang.account.event"
    _description = "Account event"
    _order = "id desc"
    _log_access = False

    kind = fields.Selection(
        [
            ("issued", "Account issued"),
            ("reset", "Code issued anew"),
            ("changed", "Password chosen"),
            ("closed", "Account closed"),
        ],
        required=True,
        readonly=True,
    )
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    actor_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    time = fields.Datetime(required=True, readonly=True)

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)

    @api.model
    def _record(self, kind, person):
        """Writes down that the current user did `kind` to the account of `person`."""
        return self.sudo().create(
            {
                "kind": kind,
                "person_id": person.id,
                "division_id": person.division_id.id,
                "actor_id": self.env.user.partner_id.id,
                "time": clock.now(),
            }
        )
