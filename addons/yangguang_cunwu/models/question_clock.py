from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import split_every

from ..lib import clock, echo_wall
from ..lib.holidays import state_calendar

_BATCH = 100


class Question(models.Model):
    """What happens by the clock alone: late, overdue, at the level above, closed, forgotten."""

    _inherit = "yangguang.question"

    @api.model
    def _cron_clock(self):
        """Each hour: every question whose term has run out takes the step that follows."""
        for taken in self._by_the_clock():
            if not self.env["ir.cron"]._commit_progress(taken):
                return

    @api.model
    def _by_the_clock(self):
        """Takes all steps that are due now; after each batch gives the number of its questions."""
        today, terms = clock.today(), self._terms()
        running = Domain("state", "in", list(echo_wall.OPEN))
        answered_before = fields.Date.subtract(today, days=terms.verdict)
        ended_before = fields.Date.subtract(today, days=terms.personal)
        # who was not satisfied has as long to ask again as he had to judge
        lately = Domain("time", ">", fields.Datetime.subtract(clock.now(), days=terms.verdict))
        disputed_lately = Domain("event_ids", "any", Domain("kind", "=", "dispute") & lately)
        steps = (
            (
                Domain("state", "=", "received")
                & Domain("delayed", "=", False)
                & Domain("received_due", "<", today),
                "_delay",
            ),
            (
                running
                & Domain("level", "!=", "1")
                & (Domain("answer_due", "<", today) | Domain("is_accusation", "=", True)),
                "_escalate",
            ),
            (
                Domain("state", "in", ("answered", "unsolved"))
                & Domain("answered_on", "<", answered_before)
                & ~disputed_lately,
                "_close",
            ),
            (
                Domain("asker_ids", "!=", False) & Domain("ended_on", "<", ended_before),
                "_erase_asker",
            ),
        )
        questions = self.sudo()
        for domain, step in steps:
            for ids in split_every(_BATCH, questions.search(domain, order="id").ids):
                batch = questions.browse(ids).try_lock_for_update()
                getattr(batch.filtered_domain(domain), step)()
                yield len(batch)

    def _delay(self):
        for question in self:
            question._finish_step("delay", delayed=True)
            question._tell_office("delayed")
            question._asker_notice("delayed")

    def _escalate(self):
        """Overdue questions go to the town, and from there to the district; so does at once an
        accusation that nobody in the town may read any more."""
        terms, calendar, today = self._terms(), state_calendar(), clock.today()
        for question in self:
            accused, overdue = question.is_accusation, question.answer_due < today
            level = echo_wall.level_on(today, question.answer_due, terms, calendar, accused)
            level = min(level, question._first_level(question.division_id, accused))
            if level >= int(question.level):
                continue
            question._finish_step("escalate", level=str(level))
            # those below stay in charge: they are told as well
            for reached in echo_wall.levels(level, accused):
                question._tell_level(reached, "overdue" if overdue else "accused")
            if overdue:
                question._asker_notice("delayed")

    def _close(self):
        for question in self:
            question._finish_step("close", ended_on=clock.today())
