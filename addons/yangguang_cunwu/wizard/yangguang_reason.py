from odoo import api, fields, models
from odoo.exceptions import UserError

_STEPS = {
    "decline": ("yangguang.disclosure", "action_decline"),
    "reopen": ("yangguang.disclosure", "action_reopen"),
    "query": ("yangguang.filing", "action_query"),
    "complex": ("yangguang.question", "action_complex"),
    "hide": ("yangguang.question", "action_hide"),
}


class Reason(models.TransientModel):
    """Asks for the reason of a step that needs one."""

    _name = "yangguang.reason"
    _description = "Reason of a step"

    step = fields.Selection(
        [
            ("decline", "Return to the clerk"),
            ("reopen", "Take back"),
            ("query", "Ask for an explanation"),
            ("withdraw", "Take down"),
            ("complex", "Take the longer term"),
            ("hide", "Do not show the words"),
            ("refuse", "Do not take the question up"),
        ],
        required=True,
        readonly=True,
    )
    record_id = fields.Integer(required=True, readonly=True)
    reason = fields.Text(required=True)
    ground = fields.Selection(
        [
            ("privacy", "Privacy"),
            ("lifted", "Emergency lifted"),
            ("court", "Decision of a court or authority"),
        ]
    )

    refusal = fields.Selection(
        selection=lambda self: (
            self.env["yangguang.question"]._fields["refusal"]._description_selection(self.env)
        ),
        help="That it criticises somebody is no reason.",
    )

    def action_confirm(self):
        """Takes the step, as the user, with the reason given."""
        self.ensure_one()
        if self.step == "withdraw":
            publication = self.env["yangguang.publication"].browse(self.record_id)
            publication.action_withdraw(self.ground, self.reason)
        elif self.step == "refuse":
            question = self.env["yangguang.question"].browse(self.record_id)
            question.action_refuse(self.refusal, self.reason)
        elif self.step in self._steps():
            model, method = self._steps()[self.step]
            getattr(self.env[model].browse(self.record_id), method)(self.reason)
        else:
            raise UserError(self.env._("Choose what to do."))
        return {"type": "ir.actions.act_window_close"}

    @api.model
    def _ask(self, step, record):
        """Opens this wizard for a step of `record`."""
        record.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "view_mode": "form",
            "target": "new",
            "context": {"default_step": step, "default_record_id": record.id},
        }

    def _steps(self):
        """What is asked for: `{step: (model, method that takes the reason)}`."""
        return _STEPS
