from odoo import models
from odoo.exceptions import UserError

from ..lib import clock, echo_wall


class Question(models.Model):
    """The steps of the asker. Whoever calls them has made sure that it is he: no office has them,
    and no remote call reaches them."""

    _inherit = "yangguang.question"

    def _solved(self, is_solved, words=None):
        """The asker says whether the answer was a solution; `words` are for the office alone."""
        name = "solve" if is_solved else "dispute"
        question = self.sudo()
        question._begin_step(name)
        note = words and question._taken(words)
        question._finish_step(name, note=note, **({"ended_on": clock.today()} if is_solved else {}))
        if not is_solved:
            question._tell_office("disputed")

    def _reopen(self, text):
        """The asker asks again, once; the clock begins anew, and somebody reads the new words
        before they are shown."""
        question = self.sudo()
        question._begin_step("reopen")
        if question.reopened >= echo_wall.MOST_REOPENED:
            raise UserError(
                self.env._("A question is taken up again once: ask a new question, please.")
            )
        text = question._taken(text)
        question._finish_step(
            "reopen",
            reopen_text=text,
            reopen_review_state="waiting",
            reopened=question.reopened + 1,
            delayed=False,
            **question._term(clock.today(), question.is_complex),
        )
        question._tell_office("reopened")

    def _withdraw(self):
        """The asker takes the question back; nobody but him and the office reads it any more."""
        question = self.sudo()
        question._begin_step("withdraw")
        question._finish_step("withdraw", ended_on=clock.today())

    def _erase_asker(self):
        """Who asked is forgotten; the words and the answer stay."""
        for question in self.sudo():
            if question.asker_ids:
                question.asker_ids.unlink()
                question._finish_step("erase")

    def _taken(self, text):
        try:
            return echo_wall.words(text)
        except echo_wall.WordingError as error:
            raise UserError(str(error)) from error
