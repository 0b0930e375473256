from datetime import timedelta

from odoo import Command, api, fields, models
from odoo.exceptions import UserError

from ..lib import clock


class Handover(models.TransientModel):
    """After an election the offices of a village pass to others on one day (VCO art. 20, 2018
    numbering: within ten days). Open work belongs to the village and passes with the office;
    what was done stays with the person who did it."""

    _name = "yangguang.handover"
    _description = "Hand-over of offices"

    division_id = fields.Many2one("yangguang.division", required=True)
    date = fields.Date(required=True, default=lambda self: clock.today())
    paper = fields.Char(string="Appointment paper")
    line_ids = fields.One2many(
        "yangguang.handover.line",
        "handover_id",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )

    @api.depends("division_id")
    def _compute_line_ids(self):
        for handover in self:
            held = self.env["yangguang.appointment"].search(
                [("division_id", "=", handover.division_id.id), ("in_force", "=", True)]
            )
            handover.line_ids = [
                Command.clear(),
                *(Command.create({"appointment_id": appointment.id}) for appointment in held),
            ]

    def action_hand_over(self):
        """Ends the offices that pass on and begins those of the successors, all or nothing."""
        self.ensure_one()
        lines = self.line_ids.filtered(lambda line: line.leaves or line.successor_id)
        if not lines:
            raise UserError(self.env._("Name at least one office that passes on."))
        appointments = self.env["yangguang.appointment"]
        for line in lines:
            appointment = line.appointment_id
            if appointment.date_from >= self.date:
                raise UserError(
                    self.env._(
                        "%(office)s begins on the day of the hand-over or after it.",
                        office=appointment.display_name,
                    )
                )
            appointment.write({"date_to": self.date - timedelta(days=1)})
        for line in lines.filtered("successor_id"):
            appointments |= appointments.create(
                {
                    "person_id": line.successor_id.id,
                    "division_id": self.division_id.id,
                    "role": line.appointment_id.role,
                    "date_from": self.date,
                    "paper": self.paper,
                }
            )
        return {
            "type": "ir.actions.act_window",
            "name": self.division_id.name,
            "res_model": "yangguang.appointment",
            "view_mode": "list,form",
            "domain": [("division_id", "=", self.division_id.id)],
        }


class HandoverLine(models.TransientModel):
    _name = "yangguang.handover.line"
    _description = "Office that passes on"

    handover_id = fields.Many2one("yangguang.handover", required=True, ondelete="cascade")
    appointment_id = fields.Many2one("yangguang.appointment", required=True, ondelete="cascade")
    role = fields.Selection(related="appointment_id.role")
    person_id = fields.Many2one(related="appointment_id.person_id", string="Held by")
    leaves = fields.Boolean()
    successor_id = fields.Many2one("res.partner", domain=[("division_id", "!=", False)])
