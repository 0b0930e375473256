import base64

from odoo import api, fields, models

from ..lib import clock, echo_wall


class PublicQuestion(models.Model):
    """A question and its answer as everybody reads them. A copy that the steps of the question
    keep; it goes when the question is hidden or withdrawn."""

    _name = "yangguang.public.question"
    _description = "Public question"
    _order = "id desc"
    _log_access = False
    _rec_name = "number"

    code = fields.Char(required=True, readonly=True)
    number = fields.Char("Question number", required=True, readonly=True)
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    item_code = fields.Char(readonly=True)
    item_name = fields.Char(readonly=True)
    publication_code = fields.Char(readonly=True)
    publication_title = fields.Char(readonly=True)
    asker = fields.Char(required=True, readonly=True, help="The masked name.")
    text = fields.Text(required=True, readonly=True)
    asked_on = fields.Date(required=True, readonly=True)
    reopen_text = fields.Text(readonly=True)
    state = fields.Selection(
        selection=lambda self: (
            self.env["yangguang.question"]._fields["state"]._description_selection(self.env)
        ),
        required=True,
        readonly=True,
    )
    level = fields.Char(required=True, readonly=True)
    clock_from = fields.Date(required=True, readonly=True)
    answer_due = fields.Date(required=True, readonly=True)
    answer = fields.Text(readonly=True)
    answered_on = fields.Date(readonly=True)
    picture_1 = fields.Binary(attachment=True, readonly=True)
    picture_2 = fields.Binary(attachment=True, readonly=True)
    picture_3 = fields.Binary(attachment=True, readonly=True)
    picture_count = fields.Integer(readonly=True)

    _code_unique = models.Constraint("UNIQUE (code)", "This public code is taken.")
    _division_idx = models.Index("(division_id, id DESC)")
    _item_idx = models.Index("(division_id, item_code, id DESC)")

    def _days_waiting(self):
        """Days from the question, or from asking again, to the answer."""
        self.ensure_one()
        answered = None if self.state in echo_wall.OPEN else self.answered_on
        return echo_wall.days_waiting(self.clock_from, answered, clock.today())

    def _is_overdue(self):
        self.ensure_one()
        return echo_wall.lamp(self.state, self.answer_due, clock.today()) == "red"

    def _picture(self, number):
        """The bytes of a picture; None when there is none of this number."""
        self.ensure_one()
        if not 1 <= number <= self.picture_count:
            return None
        return base64.b64decode(self.with_context(bin_size=False)[f"picture_{number}"])


class Question(models.Model):
    _inherit = "yangguang.question"

    public_id = fields.Many2one(
        "yangguang.public.question", compute="_compute_public_id", string="On the wall"
    )

    @api.depends("state", "review_state", "check_state")
    def _compute_public_id(self):
        """What everybody reads of it; empty while it is not shown."""
        shown = {
            one.code: one
            for one in self.env["yangguang.public.question"].search(
                [("code", "in", self.mapped("code"))]
            )
        }
        for question in self:
            question.public_id = shown.get(question.code, False)

    def _shown_pictures(self):
        return self.picture_ids.filtered(lambda picture: not picture.left_out)

    def _is_public(self):
        """Whether everybody may read it: a person has shown it, and no machine objects."""
        self.ensure_one()
        checks = {self.check_state, *self._shown_pictures().mapped("check_state")}
        return (
            self.review_state == "shown"
            and not self.is_accusation
            and self.state not in echo_wall.GONE
            and checks <= {"none", "passed"}
        )

    def _refresh_public(self):
        """Makes, changes or removes what everybody reads."""
        for question in self.sudo():
            shown = self.env["yangguang.public.question"].sudo()
            shown = shown.search([("code", "=", question.code)])
            if not question._is_public():
                shown.unlink()
                continue
            values = question._public_values()
            if shown.picture_count != values["picture_count"]:
                # their bytes never change, only which of them are shown
                values |= question._public_pictures()
            if shown:
                shown.write(values)
            else:
                shown.create({"code": question.code, **values})

    def _public_values(self):
        today = clock.today()
        again = self.reopen_review_state == "shown" and self.reopen_text
        return {
            "number": self.number,
            "division_id": self.division_id.id,
            "item_code": self.item_id.code,
            "item_name": self.item_id.name,
            "publication_code": self.publication_id.code,
            "publication_title": self.publication_id.title,
            "asker": echo_wall.asker(self.asker_ids.name, self.is_anonymous),
            "text": echo_wall.shown(self.text, today),
            "asked_on": self.asked_on,
            "reopen_text": again and echo_wall.shown(again, today),
            "state": self.state,
            "level": self.level,
            "clock_from": self.clock_from,
            "answer_due": self.answer_due,
            "answer": self.answer,
            "answered_on": self.answered_on,
            "picture_count": len(self._shown_pictures()),
        }

    def _public_pictures(self):
        pictures = self._shown_pictures().with_context(bin_size=False)
        contents = pictures.mapped("content")
        contents += [False] * (echo_wall.MOST_PICTURES - len(contents))
        return {f"picture_{number}": one for number, one in enumerate(contents, start=1)}
