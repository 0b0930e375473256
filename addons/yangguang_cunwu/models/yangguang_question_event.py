from odoo import api, fields, models

from ..lib import clock, echo_wall
from .append_only import protect
from .demo_stamp import guard_time

_KINDS = [
    ("ask", "Asked"),
    ("accept", "Received"),
    ("complex", "Found complex"),
    ("show", "Words shown"),
    ("hide", "Words not shown"),
    ("leave_out", "Picture not shown"),
    ("refuse", "Not taken up"),
    ("pass_on", "Passed on to the town"),
    ("answer", "Answered"),
    ("solve", "The asker says: solved"),
    ("dispute", "The asker says: not solved"),
    ("reopen", "Asked again"),
    ("withdraw", "Withdrawn by the asker"),
    ("erase", "Personal data of the asker erased"),
    ("delay", "Not received in time"),
    ("escalate", "Overdue: gone to the level above"),
    ("close", "Closed, as the asker said no more"),
    ("check", "Checked by machine"),
]

# the same table as in lib/echo_wall.py, for the database
_TRANSITIONS = ", ".join(f"{step!r}" for step in sorted(echo_wall.transitions()))


class QuestionEvent(models.Model):
    """One step of a question. Only grows. It holds nothing about who asked."""

    _name = "yangguang.question.event"
    _description = "Step of a question"
    _order = "id"
    _log_access = False

    question_id = fields.Many2one(
        "yangguang.question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(_KINDS, required=True, readonly=True)
    state_before = fields.Char(required=True, readonly=True)
    state_after = fields.Char(required=True, readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    person_name = fields.Char(readonly=True)
    role = fields.Char(readonly=True)
    time = fields.Datetime(required=True, readonly=True)
    note = fields.Text(readonly=True)

    _transition = models.Constraint(
        f"CHECK ((kind, state_before, state_after) IN ({_TRANSITIONS}))",
        "This step does not follow from that state.",
    )

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)

    @api.model
    def _append(self, question, kind, appointment=None, note=None):
        """Writes the event of `kind` and gives it; the caller moves the question to its state.

        `appointment` is the office of the person who takes the step, None for asker and system.
        """
        office = appointment and appointment.with_context(lang="zh_CN")
        roles = dict(office._fields["role"]._description_selection(office.env)) if office else {}
        return self.create(
            {
                "question_id": question.id,
                "kind": kind,
                "state_before": question.state,
                "state_after": echo_wall.STEPS[kind].target or question.state,
                "person_id": office.person_id.id if office else False,
                "person_name": office.person_id.name if office else False,
                "role": roles.get(office.role) if office else False,
                "time": clock.now(),
                "note": note or False,
            }
        )
