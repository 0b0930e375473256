from odoo import fields, models
from odoo.exceptions import AccessError

from ..lib import codes
from ..lib.roles import DRAFTERS


class QuestionEntry(models.TransientModel):
    """A question that a villager brings to the counter or says on the telephone."""

    _name = "yangguang.question.entry"
    _description = "Question from the counter"

    division_id = fields.Many2one(
        "yangguang.division",
        string="Village",
        required=True,
        domain=[("level", "=", 3)],
        default=lambda self: self.env.user.draft_division_ids[:1],
    )
    item_id = fields.Many2one(
        "yangguang.item", string="About", domain="[('edition_id.state', '=', 'effective')]"
    )
    channel = fields.Selection(
        [("counter", "Counter"), ("call", "Telephone")], required=True, default="counter"
    )
    text = fields.Text("In the villager's own words", required=True)
    asker_name = fields.Char("Name", required=True)
    asker_phone = fields.Char("Telephone")
    is_anonymous = fields.Boolean("Show no name to the public")
    # shown once, in no database
    number = fields.Char("Question number", readonly=True, store=False)
    printed_code = fields.Char(readonly=True, store=False)

    def action_confirm(self):
        """Takes the question in and shows the code for the villager to take home."""
        self.ensure_one()
        held = (
            self.env["yangguang.appointment"]
            .sudo()
            ._of_person(self.env.user.partner_id, self.division_id, DRAFTERS)
        )
        if not held:
            raise AccessError(self.env._("The clerk of the village takes questions down."))
        question = self.env["yangguang.question"]._ask(
            {
                "division": self.division_id,
                "item": self.item_id,
                "channel": self.channel,
                "text": self.text,
                "asker_name": self.asker_name,
                "asker_phone": self.asker_phone,
                "is_anonymous": self.is_anonymous,
            }
        )
        # who asked is kept in one place, and the code in none: the form shows it unsaved
        self.unlink()
        return {
            "type": "ir.actions.act_window",
            "name": self.env["ir.model"]._get(self._name).name,
            "res_model": self._name,
            "views": [(False, "form")],
            "target": "new",
            "context": {
                "default_number": question.number,
                "default_printed_code": codes.grouped(question._issue_secret()),
            },
        }
