from odoo import api, fields, models


class QuestionReply(models.TransientModel):
    """Where a question is answered, for everybody to read."""

    _name = "yangguang.question.reply"
    _description = "Answer to a question"

    record_id = fields.Integer(required=True, readonly=True)
    seen = fields.Integer(readonly=True, help="The last step when the answer was begun.")
    text = fields.Text("What was asked", compute="_compute_question")
    reopen_text = fields.Text("Asked again", compute="_compute_question")
    is_accusation = fields.Boolean(compute="_compute_question")
    answer = fields.Text()

    @api.depends("record_id")
    def _compute_question(self):
        """Read with the user's own rights: he could name any question here."""
        for reply in self:
            question = reply._question()
            reply.text = question.text
            reply.reopen_text = question.reopen_text
            reply.is_accusation = question.is_accusation

    def _question(self):
        return self.env["yangguang.question"].browse(self.record_id)

    @api.model
    def _begin(self, question):
        """Opens the wizard for `question`, with the answer given before."""
        question.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {
                "default_record_id": question.id,
                "default_seen": question.last_event_id.id,
                "default_answer": question.answer or False,
                "dialog_size": "large",
            },
        }

    def action_confirm(self):
        """Answers, as the user."""
        self.ensure_one()
        self._question().action_answer(self.answer, self.seen)
        return {"type": "ir.actions.act_window_close"}


class Question(models.Model):
    _inherit = "yangguang.question"

    def action_open_answer(self):
        """Opens the wizard in which the question is answered."""
        return self.env["yangguang.question.reply"]._begin(self)
