import base64
import secrets

from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools.misc import hmac

from ..lib import canonical, clock, codes, echo_wall, files
from ..lib.holidays import state_calendar
from ..lib.roles import VILLAGE


class Question(models.Model):
    """How a question comes in, from the web, a phone or the counter."""

    _inherit = "yangguang.question"

    @api.model
    def _ask(self, values):
        """Takes a question in; gives it with all rights.

        `values`: `division` (a village), `text`, `channel`; besides, where there are any:
        `publication`, `item` (records), `is_anonymous`, `is_accusation`, `asker_name`,
        `asker_phone`, `resident` (a record), `pictures` (bytes, three at most), `key` (a text that
        the asker's device made up: what is sent twice comes in once).

        The caller has made sure that this person may ask. Raises UserError with a sentence for
        whoever asks.
        """
        division, accused = values["division"], bool(values.get("is_accusation"))
        subject = self._subject(values)
        words = self._asker_words(values)
        pictures = self._drawn_anew(values.get("pictures") or ())
        questions = self.sudo()
        key_hash = bool(values.get("key")) and self._hash("key", values["key"])
        if key_hash and (known := questions.search([("key_hash", "=", key_hash)])):
            return known
        question = questions.create(
            {
                **subject,
                **self._term(clock.today(), accused),
                "number": self._next_number(division, accused),
                "code": codes.public_code(secrets.token_bytes(8)),
                "key_hash": key_hash,
                "division_id": division.id,
                "text": words["text"],
                "channel": values["channel"],
                "is_anonymous": bool(values.get("is_anonymous")),
                "is_accusation": accused,
                "level": str(self._first_level(division, accused)),
                "time": clock.now(),
                "asked_on": clock.today(),
            }
        )
        resident = values.get("resident")
        if words["name"] or words["phone"] or resident:
            self.env["yangguang.question.asker"].sudo().create(
                {
                    "question_id": question.id,
                    "name": words["name"],
                    "phone": words["phone"],
                    "resident_id": resident and resident.id,
                }
            )
        self.env["yangguang.question.picture"].sudo().create(
            [
                {
                    "question_id": question.id,
                    "number": number,
                    "mimetype": mimetype,
                    "digest": canonical.digest(content),
                    "content": base64.b64encode(content),
                }
                for number, (mimetype, content) in enumerate(pictures, start=1)
            ]
        )
        question._finish_step("ask")
        question._tell_office("accused" if accused else "asked")
        return question

    def _machine_checked(self, target, verdict, detail=None):
        """Stores the `verdict` (a key of CHECK_STATES) of a machine on `target`: this question,
        which stands for its words, or one of its pictures. A person decides all the same."""
        self.ensure_one()
        target.sudo().write({"check_state": verdict, "check_detail": detail or False})
        self.sudo()._finish_step("check", note=f"{verdict} {detail or ''}".strip())

    def _issue_secret(self, seed=None):
        """The code by which its asker follows up this question; only its hash is kept. The same
        `seed` (a text that nobody else has) gives the same code."""
        self.ensure_one()
        made = bytes.fromhex(self._hash("seed", seed)) if seed else secrets.token_bytes(8)
        secret = codes.public_code(made)
        self.sudo().secret_hash = self._hash("secret", secret)
        return secret

    @api.model
    def _with_secret(self, secret):
        """The question that is followed up with `secret`, however it is typed; with all rights,
        empty when there is none."""
        known = codes.normalise(secret)
        hashed = known and self._hash("secret", known)
        return self.sudo().search([("secret_hash", "=", hashed)]) if hashed else self.sudo()

    @api.model
    def _hash(self, kind, text):
        return hmac(self.env(su=True), f"yangguang.question.{kind}", text)

    @api.model
    def _terms(self):
        """How long each stage may take; a system parameter changes a term."""
        parameters = self.env["ir.config_parameter"].sudo()
        default = echo_wall.Terms()
        return echo_wall.Terms(
            **{
                name: int(
                    parameters.get_param(f"yangguang_cunwu.question_{name}", getattr(default, name))
                )
                for name in default.__slots__
            }
        )

    @api.model
    def _term(self, day, is_complex):
        """The days by which a question of `day` is to be received and answered."""
        terms, calendar = self._terms(), state_calendar()
        answer = terms.complex_answer if is_complex else terms.answer
        return {
            "clock_from": day,
            "received_due": echo_wall.due(day, terms.receive, calendar),
            "answer_due": echo_wall.due(day, answer, calendar),
        }

    @api.model
    def _next_number(self, division, accused):
        """HY-2026-0007 in a village. Accusations are numbered by the town, so that a gap does not
        tell the village of them."""
        place, series = (division.parent_id, "JB") if accused else (division, "HY")
        series = f"{series}-{clock.today().year}"
        number = self.env["yangguang.question.counter"].sudo()._next(place, series)
        return f"{series}-{number:04}"

    @api.model
    def _subject(self, values):
        """What the question is about; raises UserError when it is not of this village."""
        division, item = values["division"], values.get("item")
        publication = values.get("publication")
        if division.level != VILLAGE or not division.active:
            raise UserError(self.env._("Choose a village."))
        if not publication:
            return {"item_id": item and item.id}
        if publication.division_id != division or publication.open_web == "nothing":
            raise UserError(self.env._("This sheet belongs to another village."))
        return {"publication_id": publication.id, "item_id": publication.item_id.id}

    @api.model
    def _asker_words(self, values):
        try:
            return {
                "text": echo_wall.words(values.get("text")),
                "name": echo_wall.name(values.get("asker_name")),
                "phone": echo_wall.phone(values.get("asker_phone")),
            }
        except echo_wall.WordingError as error:
            raise UserError(str(error)) from error

    @api.model
    def _drawn_anew(self, pictures):
        """Pairs of media type and bytes, without place and camera; raises UserError."""
        if len(pictures) > echo_wall.MOST_PICTURES:
            raise UserError(
                self.env._("At most %(count)s pictures.", count=echo_wall.MOST_PICTURES)
            )
        try:
            return [files.clean_picture(one, echo_wall.PICTURE_BYTES) for one in pictures]
        except files.RefusedError as error:
            raise UserError(str(error)) from error
