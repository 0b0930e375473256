from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

from ..lib import clock


class TooManyQuestionsError(UserError):
    """More is asked than anybody needs; the sentence says when to come again."""

    http_status = 429


class QuestionQuota(models.Model):
    """How many questions came from an address, for a village or from somebody in a stretch of
    time; other addons count here what might be guessed as well. Of addresses and persons keyed
    digests are kept, and those for two days.

    Two that ask at the same moment meet in the row: the second is run again by the framework.
    """

    _name = "yangguang.question.quota"
    _description = "Questions in a stretch of time"
    _log_access = False
    _rec_name = "subject"

    subject = fields.Char(required=True, readonly=True)
    begins = fields.Datetime(required=True, readonly=True, index=True)
    taken = fields.Integer(required=True, readonly=True)

    _stretch_unique = models.Constraint("UNIQUE (subject, begins)", "One count a stretch.")

    @api.model
    def _check(self, subject, limits, sentence):
        """Raises TooManyQuestionsError with `sentence` when one of the `limits`, pairs of seconds
        and questions, is reached."""
        for seconds, most in limits:
            if self._taken(subject, seconds) >= most:
                raise TooManyQuestionsError(sentence)

    @api.model
    def _taken(self, subject, seconds):
        """How many questions of `subject` were counted in the present stretch of `seconds`."""
        row = self.sudo().search(
            [("subject", "=", _key(subject, seconds)), ("begins", "=", _begins(seconds))]
        )
        return row.taken

    @api.model
    def _take(self, subject, limits):
        """Counts one more question of `subject`."""
        for seconds, _most in limits:
            self.env.cr.execute(
                SQL(
                    "INSERT INTO yangguang_question_quota AS q (subject, begins, taken)"
                    " VALUES (%s, %s, 1) ON CONFLICT (subject, begins)"
                    " DO UPDATE SET taken = q.taken + 1",
                    _key(subject, seconds),
                    _begins(seconds),
                )
            )

    @api.autovacuum
    def _forget(self):
        self.search([("begins", "<", clock.now() - timedelta(days=2))]).unlink()


def _key(subject, seconds):
    return f"{subject} {seconds}"


def _begins(seconds):
    """The stretch of time that it is now, counted from midnight in Shanghai."""
    now = clock.now()
    midnight = clock.to_local(now).replace(hour=0, minute=0, second=0)
    passed = int((clock.to_local(now) - midnight).total_seconds())
    return now - timedelta(seconds=passed % seconds)
