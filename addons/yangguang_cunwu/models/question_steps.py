from odoo import api, models
from odoo.exceptions import AccessError, UserError

from ..lib import clock, echo_wall
from ..lib.roles import DISTRICT, TOWN, VILLAGE

# what the town looks after in every question: that no criticism is kept from being read
_WATCHED = frozenset({"show", "hide", "leave_out"})


class Question(models.Model):
    """The steps of those who answer: the village's clerk, the town and the district once it has
    come so far."""

    _inherit = "yangguang.question"

    def action_accept(self):
        """Receives the question: somebody looks after it."""
        for question in self:
            question._begin_step("accept")
            question._finish_step("accept")
            question._asker_notice("accepted")

    def action_complex(self, reason):
        """The answer takes longer; `reason` is for the asker to read. Once for each question."""
        reason = self._begin_step("complex", reason)
        if self.is_complex:
            raise UserError(self.env._("This question has the longer term already."))
        term = self._term(self.clock_from, True)
        self._finish_step(
            "complex",
            note=reason,
            is_complex=True,
            complex_reason=reason,
            answer_due=term["answer_due"],
        )

    def action_show(self):
        """A person has read the words and shows them to everybody."""
        for question in self:
            question._begin_step("show")
            question._refuse_accusation()
            question._finish_step(
                "show", **{question._review_field(): "shown", "review_reason": False}
            )
            question._asker_notice("shown")

    def action_hide(self, reason):
        """A person has read the words and does not show them; the asker reads the `reason`."""
        reason = self._begin_step("hide", reason)
        self._finish_step(
            "hide", note=reason, **{self._review_field(): "hidden", "review_reason": reason}
        )

    def action_refuse(self, ground, reason):
        """Does not take the question up. `ground` is one of `echo_wall.REFUSALS`, among which is
        no criticism; `reason` is for the asker to read."""
        reason = self._begin_step("refuse", reason)
        if ground not in echo_wall.REFUSALS:
            raise UserError(
                self.env._(
                    "Choose why it is not taken up. That it criticises somebody is no reason."
                )
            )
        self._finish_step(
            "refuse",
            note=reason,
            refusal=ground,
            refusal_reason=reason,
            ended_on=clock.today(),
        )
        self._asker_notice("refused")

    def action_pass_on(self):
        """The question accuses somebody by name: it goes to the town, and the village no longer
        reads it. Gives the action that opens the list, as the form can no longer be shown."""
        for question in self:
            question._begin_step("pass_on")
            question._refuse_accusation()
            question._finish_step(
                "pass_on",
                is_accusation=True,
                level=str(min(int(question.level), self._first_level(question.division_id, True))),
                **question._term(clock.today(), True),
            )
            question._tell_office("accused")
        action = "yangguang_cunwu.yangguang_question_action"
        return {**self.env["ir.actions.act_window"]._for_xml_id(action), "target": "main"}

    def action_answer(self, text, seen):
        """Answers, for everybody to read once the words are shown.

        `seen` is the id of the last step that the answerer has seen: of two who answer at the same
        time the second is told so. Personal data in the answer is refused with its place.
        """
        self._begin_step("answer")
        later = self.event_ids.filtered(lambda event: event.id > seen)
        if not set(later.mapped("kind")) <= echo_wall.HARMLESS:
            raise UserError(
                self.env._("This question has gone on since you opened it: read it again.")
            )
        text = self._clean_answer(text)
        self._finish_step("answer", note=text, answer=text, answered_on=clock.today())
        self._asker_notice("answered")

    def _leave_out(self, picture):
        self._begin_step("leave_out")
        picture.sudo().left_out = True
        self._finish_step("leave_out", note=str(picture.number))

    def _asker_notice(self, kind):
        """For other addons: tell the asker. `kind` is accepted, answered, delayed, shown or
        refused."""

    def _clean_answer(self, text):
        """The answer as it is kept; raises UserError for what cannot be published."""
        try:
            kept = echo_wall.words(text, most=echo_wall.MOST_ANSWER)
        except echo_wall.WordingError as error:
            raise UserError(str(error)) from error
        offices = [self.division_id.phone, self.division_id.complaint_phone]
        found = echo_wall.personal(kept, clock.today(), list(filter(None, offices)))
        if found and not self.is_accusation:
            raise UserError(echo_wall.refusal(found))
        return kept

    def _review_field(self):
        """Which words wait for somebody to read them: those of asking again, or the first ones."""
        first_done = self.review_state != "waiting"
        if first_done and self.reopen_review_state == "waiting":
            return "reopen_review_state"
        return "review_state"

    def _refuse_accusation(self):
        if self.is_accusation:
            raise UserError(self.env._("An accusation is never shown."))

    # what every step does

    def _begin_step(self, name, reason=None):
        """Checks that the step may be taken now, by the current user where it is an office's, and
        locks the question. Gives the stripped `reason`, which steps that carry one need."""
        self.ensure_one()
        step = echo_wall.STEPS[name]
        if step.by == echo_wall.OFFICE:
            self.check_access("read")
            if not self._office(name):
                raise AccessError(
                    self.env._(
                        "This step in %(division)s is not yours to take.",
                        division=self.division_id.name,
                    )
                )
        self.lock_for_update(allow_referencing=True)
        if self.state not in step.sources:
            states = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(sheet)s is at “%(state)s”: this step does not follow from there.",
                    sheet=self.number,
                    state=states[self.state],
                )
            )
        if name in ("complex", "hide", "refuse") and not (reason or "").strip():
            raise UserError(self.env._("Write the reason."))
        return (reason or "").strip()

    def _finish_step(self, name, note=None, **values):
        """Writes the event, moves the question, and brings what the public reads up to date."""
        step = echo_wall.STEPS[name]
        question = self.sudo()
        office = self._office(name) if step.by == echo_wall.OFFICE else None
        event = question.env["yangguang.question.event"]._append(question, name, office, note)
        question.write(
            {"state": step.target or question.state, "last_event_id": event.id, **values}
        )
        # the database checks one step at a time
        question.flush_recordset()
        question._refresh_public()
        return event

    def _office(self, name):
        """The appointment by which the current user takes the step `name`; empty for none."""
        self.ensure_one()
        appointments = self.env["yangguang.appointment"].sudo()
        places = echo_wall.levels(int(self.level), self.is_accusation)
        if name == "pass_on":
            places = (VILLAGE,)
        elif name in _WATCHED:
            places = {*places, TOWN}
        for level in sorted(places, reverse=True):
            held = appointments._of_person(
                self.env.user.partner_id,
                self.sudo().division_id._ancestor(level),
                echo_wall.OFFICES[level],
            )
            if held:
                return held[:1]
        return appointments

    def _tell_office(self, kind):
        """Tells those who act at the level that the question has reached."""
        for question in self.sudo():
            question._tell_level(int(question.level), kind)

    def _tell_level(self, level, kind):
        """Tells who acts at `level`."""
        place = self.division_id._ancestor(level)
        persons = self._readers(place, level, self.division_id, self.is_accusation)
        self.env["yangguang.notice"]._tell(persons, self, kind)

    @api.model
    def _readers(self, place, level, village, accused):
        """Who acts in `place`, of `level`, for questions to `village`; for an accusation nobody who
        holds an office in the village as well, as nobody of these reads it."""
        appointments = self.env["yangguang.appointment"].sudo()
        persons = appointments._holders(place, echo_wall.OFFICES[level])
        if accused:
            persons -= persons.browse().union(*appointments._offices(village).values())
        return persons

    @api.model
    def _first_level(self, village, accused):
        """The level that a question to `village` begins at. An accusation that nobody in the town
        may read goes to the district at once, instead of lying until its term has run out."""
        if not accused:
            return VILLAGE
        return TOWN if self._readers(village.parent_id, TOWN, village, True) else DISTRICT
