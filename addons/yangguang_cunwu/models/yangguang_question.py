from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock, echo_wall
from .demo_stamp import guard_time

CHECK_STATES = [
    ("none", "Not asked for"),
    ("waiting", "Waiting"),
    ("passed", "Passed"),
    ("held", "Somebody has to look"),
    ("refused", "Not passed"),
]
REVIEW_STATES = [("waiting", "To be looked at"), ("shown", "Shown"), ("hidden", "Not shown")]
LEVELS = [("3", "Village"), ("2", "Town"), ("1", "District")]

# how a question begins, whatever a user's own defaults or his context say
_BEGINNING = {
    "state": "received",
    "review_state": "waiting",
    "reopen_review_state": False,
    "check_state": "none",
    "level": "3",
    "channel": "web",
    "is_anonymous": False,
    "is_accusation": False,
    "is_complex": False,
    "delayed": False,
    "reopened": 0,
}

_GUARD = """
CREATE OR REPLACE FUNCTION yangguang_guard_question() RETURNS trigger AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'a question stays' USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF TG_OP = 'INSERT' THEN
        IF NEW.state != 'received' OR NEW.review_state != 'waiting' OR NEW.reopened != 0
            OR NEW.answer IS NOT NULL OR NEW.last_event_id IS NOT NULL
        THEN
            RAISE EXCEPTION 'a question begins unanswered'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END IF;
    IF (NEW.text, NEW.division_id, NEW.code, NEW.number, NEW.channel, NEW.time, NEW.is_anonymous)
            IS DISTINCT FROM
        (OLD.text, OLD.division_id, OLD.code, OLD.number, OLD.channel, OLD.time, OLD.is_anonymous)
        OR (OLD.reopen_text IS NOT NULL AND NEW.reopen_text IS DISTINCT FROM OLD.reopen_text)
    THEN
        RAISE EXCEPTION 'nobody edits what a villager asked'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF OLD.is_accusation AND NOT NEW.is_accusation THEN
        RAISE EXCEPTION 'an accusation never becomes the village''s'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (NEW.state != OLD.state OR NEW.answer IS DISTINCT FROM OLD.answer
            OR NEW.review_state != OLD.review_state
            OR NEW.reopen_review_state IS DISTINCT FROM OLD.reopen_review_state)
        AND NOT EXISTS (
            SELECT 1 FROM yangguang_question_event
            WHERE id = NEW.last_event_id AND question_id = NEW.id
                AND id > COALESCE(OLD.last_event_id, 0)
                AND state_before = OLD.state AND state_after = NEW.state
                AND (NEW.answer IS NOT DISTINCT FROM OLD.answer OR kind = 'answer')
        )
    THEN
        RAISE EXCEPTION 'a question changes with its event only'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    RETURN NEW;
END
$$ LANGUAGE plpgsql
"""


class Question(models.Model):
    """What a villager asks, with the clock of its answer.

    Nobody has the right to write: everything changes by the steps of `lib/echo_wall.py`
    (`question_asking.py`, `question_steps.py`, `question_verdict.py`, `question_clock.py`), and
    nobody changes the asker's words. Who asked is in `yangguang.question.asker`. An accusation is
    the town's from the beginning; no rule lets the village read it.
    """

    _name = "yangguang.question"
    _description = "Question of a villager"
    _order = "id desc"
    _rec_name = "number"

    number = fields.Char("Question number", required=True, readonly=True)
    code = fields.Char(required=True, readonly=True, help="Public code.")
    secret_hash = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    key_hash = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    division_id = fields.Many2one(
        "yangguang.division", string="Village", required=True, readonly=True, ondelete="restrict"
    )
    item_id = fields.Many2one("yangguang.item", readonly=True, ondelete="restrict")
    publication_id = fields.Many2one(
        "yangguang.publication", string="About the sheet", readonly=True, ondelete="restrict"
    )
    text = fields.Text("What was asked", required=True, readonly=True)
    channel = fields.Selection(
        [("web", "Web"), ("phone", "Mini-program"), ("call", "Telephone"), ("counter", "Counter")],
        required=True,
        readonly=True,
    )
    is_anonymous = fields.Boolean("Anonymous", readonly=True)
    is_accusation = fields.Boolean("Accusation", readonly=True)
    asker_ids = fields.One2many("yangguang.question.asker", "question_id", readonly=True)
    asker_name = fields.Char(compute="_compute_asker", string="Asked by")
    asker_phone = fields.Char(compute="_compute_asker", string="Telephone")
    resident_id = fields.Many2one("yangguang.resident", compute="_compute_asker")
    picture_ids = fields.One2many("yangguang.question.picture", "question_id", readonly=True)
    event_ids = fields.One2many("yangguang.question.event", "question_id", readonly=True)
    last_event_id = fields.Many2one("yangguang.question.event", readonly=True, ondelete="restrict")

    state = fields.Selection(
        [
            ("received", "Has come in"),
            ("accepted", "Received"),
            ("answered", "Answered"),
            ("solved", "Solved"),
            ("unsolved", "Not solved"),
            ("reopened", "Asked again"),
            ("closed", "Closed"),
            ("refused", "Not taken up"),
            ("withdrawn", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        index=True,
    )
    review_state = fields.Selection(
        REVIEW_STATES, string="Review of the words", required=True, readonly=True, index=True
    )
    reopen_review_state = fields.Selection(
        REVIEW_STATES, string="Review of asking again", readonly=True
    )
    review_reason = fields.Char("Why it is not shown", readonly=True)
    check_state = fields.Selection(
        CHECK_STATES, string="Machine check", required=True, readonly=True
    )
    check_detail = fields.Char(readonly=True)
    refusal = fields.Selection(
        [
            ("elsewhere", "No business of the village: another office is in charge"),
            ("twice", "Asked already"),
            ("unlawful", "Unlawful, or insults somebody"),
            ("empty", "Nobody can tell what is asked"),
        ],
        string="Why it is not taken up",
        readonly=True,
    )
    refusal_reason = fields.Char("Words to the asker", readonly=True)

    time = fields.Datetime("Asked", required=True, readonly=True)
    asked_on = fields.Date(required=True, readonly=True)
    clock_from = fields.Date(required=True, readonly=True, help="When the term began to run.")
    received_due = fields.Date("To be received by", required=True, readonly=True)
    answer_due = fields.Date("To be answered by", required=True, readonly=True)
    is_complex = fields.Boolean("Complex", readonly=True)
    complex_reason = fields.Char(readonly=True)
    delayed = fields.Boolean(readonly=True, help="It was not received in time.")
    level = fields.Selection(LEVELS, required=True, readonly=True, index=True)
    answer = fields.Text(readonly=True)
    answered_on = fields.Date(readonly=True)
    reopened = fields.Integer(readonly=True)
    reopen_text = fields.Text("Asked again", readonly=True)
    ended_on = fields.Date(readonly=True)
    days_waiting = fields.Integer(compute="_compute_days_waiting", string="Days waiting")
    lamp = fields.Selection(
        [
            ("red", "Answer overdue"),
            ("yellow", "Due by tomorrow"),
            ("green", "In time"),
            ("blue", "Waits for the asker"),
            ("grey", "Over"),
        ],
        compute="_compute_lamp",
        search="_search_lamp",
    )

    _code_unique = models.Constraint("UNIQUE (code)", "This public code is taken.")
    _secret_unique = models.Constraint("UNIQUE (secret_hash)", "This code is taken.")
    _key_unique = models.Constraint("UNIQUE (key_hash)", "This question has come in already.")
    _number_unique = models.Constraint("UNIQUE (division_id, number)", "This number is taken.")
    _division_idx = models.Index("(division_id, id DESC)")
    _open_idx = models.Index("(answer_due) WHERE state IN ('received', 'accepted', 'reopened')")

    def init(self):
        guard_time(self.env.cr, self._table)
        self.env.cr.execute(_GUARD)
        self.env.cr.execute(
            SQL(
                "CREATE OR REPLACE TRIGGER yangguang_question_guard"
                " BEFORE INSERT OR UPDATE OR DELETE ON yangguang_question"
                " FOR EACH ROW EXECUTE FUNCTION yangguang_guard_question()"
            )
        )

    @api.model
    def default_get(self, fields_list):
        # nobody's stored default says anything of a question
        wanted = {*super().default_get(fields_list), *fields_list}
        return {name: _BEGINNING[name] for name in wanted & _BEGINNING.keys()}

    @api.depends("number", "division_id.name")
    def _compute_display_name(self):
        for question in self:
            question.display_name = " ".join(
                filter(None, (question.division_id.name, question.number))
            )

    @api.depends("asker_ids.name", "asker_ids.phone", "asker_ids.resident_id")
    @api.depends_context("uid")
    def _compute_asker(self):
        """What the reader may know of who asked: by the rules of `yangguang.question.asker`."""
        askers = self.env["yangguang.question.asker"]
        known = {}
        if askers.has_access("read"):
            found = askers.search([("question_id", "in", self.ids)])
            known = {one.question_id.id: one for one in found}
        for question in self:
            asker = known.get(question.id, askers)
            question.asker_name = asker.name
            question.asker_phone = asker.phone
            question.resident_id = asker.resident_id

    @api.depends("asked_on", "answered_on", "state")
    def _compute_days_waiting(self):
        today = clock.today()
        for question in self:
            answered = question.answered_on if question.state not in echo_wall.OPEN else None
            question.days_waiting = question.asked_on and echo_wall.days_waiting(
                question.clock_from, answered or question.ended_on or None, today
            )

    @api.depends("state", "answer_due")
    def _compute_lamp(self):
        today = clock.today()
        for question in self:
            question.lamp = question.answer_due and echo_wall.lamp(
                question.state, question.answer_due, today
            )

    def _search_lamp(self, operator, value):
        if operator != "in":
            return NotImplemented
        today, running = clock.today(), Domain("state", "in", list(echo_wall.OPEN))
        tomorrow = fields.Date.add(today, days=1)
        over = Domain("state", "in", list(echo_wall.ENDED))
        lamps = {
            "red": running & Domain("answer_due", "<", today),
            "yellow": running
            & Domain("answer_due", ">=", today)
            & Domain("answer_due", "<=", tomorrow),
            "green": running & Domain("answer_due", ">", tomorrow),
            "blue": ~running & ~over,
            "grey": over,
        }
        return Domain.OR(lamps[lamp] for lamp in value if lamp in lamps)

    @api.model
    def _has_field_access(self, field, operation):
        if operation == "write" and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def _check_field_access(self, field, operation):
        """As everywhere; in the words of those who try it."""
        if operation == "write" and not self.env.su:
            raise AccessError(
                self.env._(
                    "A question changes by the steps of the echo wall alone, and nobody edits what"
                    " a villager asked."
                )
            )
        return super()._check_field_access(field, operation)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_never(self):
        raise UserError(self.env._("What a villager asked stays."))
