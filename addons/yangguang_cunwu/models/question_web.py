import math
import secrets

from odoo import api, models
from odoo.exceptions import UserError

from ..lib import addresses, clock, echo_wall


class Question(models.Model):
    """What the public pages do with questions: nobody who calls it is known, so each method
    checks all that has to be checked and gives plain values."""

    _inherit = "yangguang.question"

    @api.model
    def _form_key(self):
        """What a form carries so that it comes in once, and only while it is fresh."""
        made = f"{secrets.token_hex(16)}.{int(clock.now().timestamp()):x}"
        return f"{made}.{self._hash('form', made)}"

    @api.model
    def _ask_on_web(self, values, key, address):
        """Takes a question from the web in; gives the code by which its asker follows it up.

        `values` as for `_ask`; name and telephone are needed. `key` is that of the form, `address`
        the asker's network address. Raises UserError with a sentence.
        """
        self._check_form_key(key)
        if not (values.get("asker_name") or "").strip():
            raise UserError(
                self.env._("Write your name. Others read it masked, or not at all if you like.")
            )
        if not (values.get("asker_phone") or "").strip():
            raise UserError(
                self.env._("Write your telephone, so that you can be called back. It is not shown.")
            )
        known = self.sudo().search([("key_hash", "=", self._hash("key", key))])
        counted = () if known else self._counted(values["division"], address)
        quota = self.env["yangguang.question.quota"]
        for subject, limits, sentence in counted:
            quota._check(subject, limits, sentence)
        question = self._ask({**values, "key": key, "channel": "web"})
        for subject, limits, _sentence in counted:
            quota._take(subject, limits)
        return question._issue_secret(key)

    @api.model
    def _counted(self, division, address):
        """What a question from `address` to the village `division` counts for: (subject, limits,
        sentence for who has reached them). Of the address nothing is kept but keyed digests."""
        caller = f"{addresses.neighbourhood(address)} {clock.today()}"
        here = self._hash("address", f"{caller} {division.id}")
        village, day = f"village {division.id}", echo_wall.DAY_SECONDS
        asked_today = self.env["yangguang.question.quota"]._taken(village, day)
        share = echo_wall.share(asked_today)
        return (
            (
                f"address {self._hash('address', caller)}",
                echo_wall.ADDRESS_LIMITS,
                self.env._("Too many questions have come from here. Try again later, please."),
            ),
            (
                f"share {here}",
                ((day, share),),
                self.env._(
                    "Enough questions have come from your connection to this village today. Ask"
                    " again tomorrow, or call the village."
                ),
            ),
            # counted, but no village is closed
            (village, ((day, math.inf),), None),
        )

    @api.model
    def _check_form_key(self, key):
        made, _dot, seal = (key or "").rpartition(".")
        if not made or not secrets.compare_digest(self._hash("form", made).encode(), seal.encode()):
            raise UserError(self.env._("Open the form again and send it from there, please."))
        begun = int(made.rpartition(".")[2], 16)
        if clock.now().timestamp() - begun > echo_wall.FORM_SECONDS:
            raise UserError(self.env._("This form has lain open too long: send it once more."))

    @api.model
    def _follow_up(self, secret):
        """What the asker reads of his question, as plain values; None for a wrong code."""
        question = self._with_secret(secret)
        return question._told() if question else None

    @api.model
    def _follow_up_step(self, secret, step, words=None):
        """The asker takes a step: solve, dispute, reopen, withdraw or erase. Gives whether there
        is such a question; raises UserError with a sentence."""
        question = self._with_secret(secret)
        if not question:
            return False
        if step in ("solve", "dispute"):
            question._solved(step == "solve", words)
        elif step == "reopen":
            question._reopen(words)
        elif step == "withdraw":
            question._withdraw()
        elif step == "erase":
            question._erase_asker()
        else:
            raise UserError(self.env._("Choose what to do."))
        return True

    def _told(self):
        self.ensure_one()
        labels = {
            name: dict(self._fields[name]._description_selection(self.env))
            for name in ("state", "refusal")
        }
        state = self.state
        return {
            "number": self.number,
            "division_code": self.division_id.code,
            "public_code": self.public_id.code or None,
            "publication_code": self.publication_id.code or None,
            "publication_title": self.publication_id.title or None,
            "item_name": self.item_id.name or None,
            "text": self.text,
            "pictures": len(self.picture_ids),
            "asked_on": self.asked_on,
            "is_accusation": self.is_accusation,
            "state": state,
            "state_label": labels["state"][state],
            "lamp": echo_wall.lamp(state, self.answer_due, clock.today()),
            "level": self.level,
            "review_state": self.review_state,
            "review_reason": self.review_reason or None,
            "refusal": labels["refusal"].get(self.refusal),
            "refusal_reason": self.refusal_reason or None,
            "complex_reason": self.complex_reason or None,
            "days_waiting": self.days_waiting,
            "answer_due": self.answer_due,
            "answer": self.answer or None,
            "answered_on": self.answered_on or None,
            "reopen_text": self.reopen_text or None,
            "may": {
                "judge": self._may("solve"),
                "reopen": self._may("reopen") and self.reopened < echo_wall.MOST_REOPENED,
                "withdraw": self._may("withdraw"),
                "erase": bool(self.asker_ids),
            },
        }

    def _may(self, step):
        return self.state in echo_wall.STEPS[step].sources
