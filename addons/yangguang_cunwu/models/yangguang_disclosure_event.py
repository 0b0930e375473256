from odoo import api, fields, models

from ..lib import canonical, chain, clock, procedure
from .append_only import protect
from .demo_stamp import guard_time

_KINDS = [
    ("submit", "Submitted for review"),
    ("agree", "Committee agreed"),
    ("return", "Committee returned"),
    ("sign", "Signed"),
    ("decline", "Secretary returned"),
    ("reopen", "Taken back"),
    ("publish", "Published"),
    ("sign_first", "Signed before review"),
    ("ratify", "Committee agreed afterwards"),
    ("object", "Committee objected afterwards"),
]

# the same table as in lib/procedure.py, for the database
_TRANSITIONS = ", ".join(f"{step!r}" for step in sorted(procedure.transitions()))
_COMMITTEE = ", ".join(f"{kind!r}" for kind in sorted(procedure.COMMITTEE_STEPS))


class DisclosureEvent(models.Model):
    """One step that a disclosure took. Only grows; each event seals the one before it.

    An event of the committee names its chair and the day alone: the village cannot learn from it
    who voted, or when.
    """

    _name = "yangguang.disclosure.event"
    _description = "Step of a disclosure"
    _order = "disclosure_id, position"
    _log_access = False

    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, ondelete="restrict"
    )
    position = fields.Integer(required=True, readonly=True)
    kind = fields.Selection(_KINDS, required=True, readonly=True)
    state_before = fields.Char(required=True, readonly=True)
    state_after = fields.Char(required=True, readonly=True)
    round = fields.Integer(required=True, readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    person_name = fields.Char(readonly=True)
    role = fields.Char(readonly=True)
    date = fields.Date(required=True, readonly=True)
    time = fields.Datetime(readonly=True)
    note = fields.Text(readonly=True)
    content_digest = fields.Char(readonly=True)
    sealed = fields.Text(required=True, readonly=True, prefetch=False)
    previous = fields.Char(required=True, readonly=True)
    link = fields.Char(required=True, readonly=True)

    _position_unique = models.Constraint(
        "UNIQUE (disclosure_id, position)", "Another step was taken at the same time."
    )
    _transition = models.Constraint(
        f"CHECK ((kind, state_before, state_after) IN ({_TRANSITIONS}))",
        "This step does not follow from that state.",
    )
    _committee_has_no_time = models.Constraint(
        f"CHECK ((time IS NULL) = (kind IN ({_COMMITTEE})))",
        "An event of the committee carries its day alone.",
    )

    def init(self):
        protect(self.env.cr, self._table)
        guard_time(self.env.cr, self._table)

    @api.model
    def _append(self, disclosure, kind, person, role, note=None):
        """Writes the event of `kind` and gives it; the caller moves the disclosure to its state."""
        before = disclosure.last_event_id
        now = clock.now()
        values = {
            "disclosure_id": disclosure.id,
            "position": before.position + 1,
            "kind": kind,
            "state_before": disclosure.state,
            "state_after": procedure.STEPS[kind].target,
            "round": disclosure.round,
            "person_id": person.id,
            "person_name": person.name,
            "role": role,
            "date": clock.to_local(now).date(),
            "time": False if kind in procedure.COMMITTEE_STEPS else now,
            "note": note or False,
            "content_digest": disclosure.content_digest,
            "previous": before.link or chain.GENESIS,
        }
        sealed = canonical.canonical(
            {key: str(value) if value else None for key, value in values.items()}
        )
        return self.create(
            {
                **values,
                "sealed": sealed.decode(),
                "link": chain.link(values["previous"], values["position"], sealed),
            }
        )
