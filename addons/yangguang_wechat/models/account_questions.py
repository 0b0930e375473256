from odoo import models
from odoo.tools import SQL

from odoo.addons.yangguang_cunwu.lib import clock, codes, echo_wall

# (seconds, questions) that one person may ask
_LIMITS = ((86400, 10),)
_PAGE = 20


class WechatAccount(models.Model):
    """The questions of an account: asking them, and how they are told to their asker."""

    _inherit = "yangguang.wechat.account"

    def _sent_before(self, key):
        """The question that this account has sent with `key` already; empty for none."""
        questions = self.env["yangguang.question"].sudo()
        return questions.search([("key_hash", "=", questions._phone_key_hash(self, key))])

    def _check_may_ask(self):
        """Raises TooManyQuestionsError when its owner has asked too often today."""
        self.env["yangguang.question.quota"]._check(
            f"asks {self._whose()}",
            _LIMITS,
            self.env._("That is enough questions for today. Try again tomorrow."),
        )

    def _has_asked(self):
        """Counts a question of its owner."""
        self.env["yangguang.question.quota"]._take(f"asks {self._whose()}", _LIMITS)

    def _is_known(self):
        """Whether somebody can be found behind this account: who is shown to others is known to
        us, as the rules on comments want it."""
        return bool(self.phone or self._resident())

    def _question(self, code):
        """The own question with this code, with all rights; empty for any other."""
        self.ensure_one()
        return (
            self.env["yangguang.question"]
            .sudo()
            .search(
                [("wechat_account_id", "=", self.id), ("code", "=", codes.normalise(code) or "")]
            )
        )

    def _questions_told(self, after=None, code=None):
        """What is told of a page of the own questions, the newest first, or of the one with
        `code`; and the id to go on after, None at the end. One statement."""
        self.ensure_one()
        rows = self.env.execute_query_dict(
            SQL(
                """
                SELECT question.id, question.code, question.number, division.name AS village,
                       publication.code AS publication, question.text, question.reopen_text,
                       question.time, question.state, question.review_state,
                       question.reopen_review_state, question.review_reason,
                       question.refusal_reason, question.is_accusation, question.clock_from,
                       question.answer_due, question.answer, question.answered_on,
                       question.ended_on, question.reopened,
                       (SELECT count(*)
                          FROM yangguang_question_picture picture
                         WHERE picture.question_id = question.id) AS pictures
                  FROM yangguang_question question
                  JOIN yangguang_division division ON division.id = question.division_id
                  LEFT JOIN yangguang_publication publication
                    ON publication.id = question.publication_id
                 WHERE question.wechat_account_id = %(account)s
                   AND question.id < %(after)s
                   AND (%(code)s IS NULL OR question.code = %(code)s)
                 ORDER BY question.id DESC
                 LIMIT %(limit)s
                """,
                account=self.id,
                after=after or 2**31 - 1,
                code=code,
                limit=_PAGE + 1,
            )
        )
        questions = self.env["yangguang.question"]
        states = dict(questions._fields["state"]._description_selection(self.env))
        told = [self._question_told(row, states) for row in rows[:_PAGE]]
        return told, rows[_PAGE - 1]["id"] if len(rows) > _PAGE else None

    def _question_told(self, row, states):
        state, is_open = row["state"], row["state"] in echo_wall.OPEN
        ended = None if is_open else row["answered_on"] or row["ended_on"]
        return {
            "code": row["code"],
            "number": row["number"],
            "village": row["village"],
            "publication": row["publication"],
            "text": row["text"],
            "reopen_text": row["reopen_text"],
            "pictures": row["pictures"],
            "asked": clock.to_local(row["time"]).isoformat(),
            "state": state,
            "state_label": self._with_reason(states[state], row["refusal_reason"]),
            "review_label": self._review_label(row),
            "due": row["answer_due"].isoformat() if is_open else None,
            "days_waiting": echo_wall.days_waiting(row["clock_from"], ended, clock.today()),
            "answer": row["answer"],
            "answered": row["answered_on"] and row["answered_on"].isoformat(),
            "can": {
                "verdict": state == "answered",
                "reopen": state in echo_wall.STEPS["reopen"].sources
                and row["reopened"] < echo_wall.MOST_REOPENED,
            },
        }

    def _review_label(self, row):
        """Who reads the words, for the one who wrote them."""
        if row["is_accusation"]:
            return self.env._("Only the town reads it")
        again = row["reopen_review_state"]
        state = again if again and row["review_state"] != "waiting" else row["review_state"]
        if state == "hidden":
            return self._with_reason(self.env._("Not shown to others"), row["review_reason"])
        if state == "shown":
            return self.env._("Shown to everybody")
        return self.env._("Is looked through before others see it")

    def _with_reason(self, label, reason):
        if not reason:
            return label
        return self.env._("%(what)s: %(why)s", what=label, why=reason)
