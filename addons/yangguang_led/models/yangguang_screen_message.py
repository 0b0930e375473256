from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.yangguang_cunwu.lib import clock, privacy
from odoo.addons.yangguang_cunwu.lib.roles import TOWN
from odoo.addons.yangguang_cunwu.models.append_only import protect

# who may put something on screens besides publications: two of these, and nobody of a village
SENDERS = frozenset({"town_officer", "district_officer"})
# an urgent message that needs longer than this (days) is asked for again
LONGEST = 7

_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_screen_decision() RETURNS trigger AS $$
BEGIN
    IF NEW.kind = 'approved' AND EXISTS (
        SELECT 1 FROM yangguang_screen_message
        WHERE id = NEW.message_id AND person_id = NEW.person_id
    ) THEN
        RAISE EXCEPTION 'a second person approves an urgent message'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


class ScreenMessage(models.Model):
    """An urgent message of town or district: takes over the screens below a division for a time
    and leaves by itself. One officer asks, another one approves; neither can be changed after."""

    _name = "yangguang.screen.message"
    _description = "Urgent message on screens"
    _order = "id desc"
    _log_access = False
    _rec_name = "title"

    title = fields.Char(required=True)
    text = fields.Text(required=True)
    division_id = fields.Many2one(
        "yangguang.division",
        string="Where",
        required=True,
        index=True,
        ondelete="restrict",
        help="On all screens of this division and below it.",
    )
    group_id = fields.Many2one(
        "yangguang.screen.group", string="Only this group", ondelete="restrict"
    )
    begins = fields.Datetime(required=True, default=lambda self: clock.now())
    ends = fields.Datetime(required=True)
    person_id = fields.Many2one(
        "res.partner", string="Asked by", required=True, readonly=True, ondelete="restrict"
    )
    time = fields.Datetime(required=True, readonly=True)
    decision_ids = fields.One2many("yangguang.screen.decision", "message_id", readonly=True)
    state = fields.Selection(
        [
            ("asked", "Waits for a second person"),
            ("approved", "Approved"),
            ("refused", "Refused"),
            ("stopped", "Stopped"),
        ],
        compute="_compute_state",
    )

    _lasts = models.Constraint(
        f"CHECK (begins < ends AND ends <= begins + interval '{LONGEST} days')",
        "An urgent message ends after it begins, and within a week.",
    )

    def init(self):
        protect(self.env.cr, self._table)

    @api.depends("decision_ids.kind")
    def _compute_state(self):
        for message in self:
            message.state = message.decision_ids[-1:].kind or "asked"

    @api.model_create_multi
    def create(self, vals_list):
        """An officer asks for the message; who asks and when is not for him to say."""
        person = self.env.user.partner_id
        for vals in vals_list:
            vals |= {"person_id": person.id, "time": clock.now(), "decision_ids": False}
        messages = super().create(vals_list)
        for message in messages:
            message._check_sender()
            message._check_text()
        return messages

    def _check_sender(self):
        """Raises unless the current user is an officer of the division or of one above it."""
        place = self.division_id
        while place:
            if place.level <= TOWN and self.env["yangguang.appointment"].sudo()._of_person(
                self.env.user.partner_id, place, SENDERS
            ):
                return
            place = place.parent_id
        raise AccessError(
            self.env._("Urgent messages come from officers of the town or the district.")
        )

    def _check_text(self):
        """Raises for personal data, and for a message that is over already."""
        hits = privacy.scan(f"{self.title}\n{self.text}", clock.today())
        if hits:
            raise UserError(
                self.env._(
                    "There is personal data in the message: %(shown)s.",
                    shown="、".join(hit.shown for hit in hits),
                )
            )
        if self.ends <= clock.now():
            raise UserError(self.env._("The message would be over already."))

    def action_approve(self):
        """A second officer approves: the message goes to the screens."""
        self._decide("approved", "asked")

    def action_refuse(self):
        """A second officer refuses."""
        self._decide("refused", "asked")

    def action_stop(self):
        """Ends the message before its time; any officer of the place may."""
        self._decide("stopped", "approved")

    def _decide(self, kind, state):
        self.ensure_one()
        self.check_access("read")
        self._check_sender()
        if self.state != state:
            raise UserError(self.env._("This has been decided already."))
        if kind == "approved" and self.person_id == self.env.user.partner_id:
            raise AccessError(self.env._("A second person approves an urgent message."))
        self.env["yangguang.screen.decision"].sudo().create(
            {
                "message_id": self.id,
                "kind": kind,
                "person_id": self.env.user.partner_id.id,
                "time": clock.now(),
            }
        )
        self.env["yangguang.screen"]._arrange_soon()

    @api.model
    def _in_force_at(self, screen):
        """The approved messages that `screen` shows now or later."""
        above = [int(number) for number in screen.division_id.parent_path.split("/") if number]
        messages = self.search(
            Domain("division_id", "in", above)
            & Domain("ends", ">", clock.now())
            & (Domain("group_id", "=", False) | Domain("group_id", "in", screen.group_ids.ids))
        )
        return messages.filtered(lambda message: message.state == "approved")


class ScreenDecision(models.Model):
    """What was decided about an urgent message. Only grows."""

    _name = "yangguang.screen.decision"
    _description = "Decision about an urgent message"
    _order = "id"
    _log_access = False

    message_id = fields.Many2one(
        "yangguang.screen.message", required=True, readonly=True, index=True, ondelete="restrict"
    )
    kind = fields.Selection(
        [("approved", "Approved"), ("refused", "Refused"), ("stopped", "Stopped")],
        required=True,
        readonly=True,
    )
    person_id = fields.Many2one("res.partner", required=True, readonly=True, ondelete="restrict")
    time = fields.Datetime(required=True, readonly=True)

    _once = models.Constraint("UNIQUE (message_id, kind)", "This has been decided already.")

    def init(self):
        protect(self.env.cr, self._table)
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_screen_decision_guard BEFORE INSERT"
                " ON yangguang_screen_decision"
                " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_screen_decision()"
            )
        )
