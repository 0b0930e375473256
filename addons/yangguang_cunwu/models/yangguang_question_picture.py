import base64

from odoo import fields, models

from .yangguang_question import CHECK_STATES


class QuestionPicture(models.Model):
    """A picture that belongs to a question, drawn anew: it tells neither place nor camera."""

    _name = "yangguang.question.picture"
    _description = "Picture of a question"
    _order = "question_id, number"
    _rec_name = "number"

    question_id = fields.Many2one(
        "yangguang.question", required=True, readonly=True, index=True, ondelete="restrict"
    )
    number = fields.Integer(required=True, readonly=True)
    mimetype = fields.Char(required=True, readonly=True)
    digest = fields.Char(required=True, readonly=True)
    content = fields.Binary(attachment=True, required=True, readonly=True)
    check_state = fields.Selection(
        CHECK_STATES, default="none", required=True, readonly=True, string="Machine check"
    )
    check_detail = fields.Char(readonly=True)
    left_out = fields.Boolean(readonly=True, string="Not shown")

    _number_unique = models.Constraint(
        "UNIQUE (question_id, number)", "The pictures of a question are numbered."
    )

    def _bytes(self):
        self.ensure_one()
        return base64.b64decode(self.with_context(bin_size=False).content)

    def action_leave_out(self):
        """The picture stays with the question, and is not shown to the public."""
        self.ensure_one()
        self.question_id._leave_out(self)
