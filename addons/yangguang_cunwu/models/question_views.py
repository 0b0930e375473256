from odoo import api, fields, models

from ..lib import echo_wall


class Question(models.Model):
    """What the backend shows of a question, and which buttons it offers."""

    _inherit = "yangguang.question"

    may_act = fields.Boolean(compute="_compute_may")
    may_review = fields.Boolean(compute="_compute_may")

    @api.depends("level", "is_accusation", "division_id", "state")
    @api.depends_context("uid")
    def _compute_may(self):
        for question in self:
            question.may_act = bool(question._office("answer"))
            question.may_review = question.state in echo_wall.STEPS["show"].sources and bool(
                question._office("show")
            )

    def action_ask_complex(self):
        return self.env["yangguang.reason"]._ask("complex", self)

    def action_ask_hide(self):
        return self.env["yangguang.reason"]._ask("hide", self)

    def action_ask_refuse(self):
        return self.env["yangguang.reason"]._ask("refuse", self)

    def action_open_public(self):
        """Opens what everybody reads of the question."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/v/{self.division_id.code}/wall/{self.code}",
            "target": "new",
        }
