from odoo import fields, models
from odoo.exceptions import UserError

from ..lib import clock


class Filing(models.Model):
    """A publication filed with the town (备案): a record, not an approval. The town receives it or
    asks about it; it never blocks a village (VCO art. 5: no interference)."""

    _name = "yangguang.filing"
    _description = "Filing with the town"
    _order = "id desc"

    publication_id = fields.Many2one(
        "yangguang.publication", required=True, readonly=True, ondelete="restrict"
    )
    disclosure_id = fields.Many2one(
        "yangguang.disclosure", required=True, readonly=True, index=True, ondelete="restrict"
    )
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, index=True, ondelete="restrict"
    )
    state = fields.Selection(
        [("sent", "Sent"), ("received", "Received"), ("queried", "Asked about")],
        default="sent",
        required=True,
        readonly=True,
        index=True,
    )
    date_sent = fields.Datetime(required=True, readonly=True)
    date_answered = fields.Datetime(readonly=True)
    person_id = fields.Many2one("res.partner", readonly=True, ondelete="restrict")
    question = fields.Text(readonly=True)

    _publication_unique = models.Constraint(
        "UNIQUE (publication_id)", "This publication is filed already."
    )

    def action_receive(self):
        """The town confirms that it has the sheet."""
        self._answer("received")

    def action_query(self, question):
        """The town asks the village about the sheet; `question` is for the clerk to read."""
        if not (question or "").strip():
            raise UserError(self.env._("Write what the town asks."))
        self._answer("queried", question=question)
        for filing in self:
            clerks = (
                self.env["yangguang.appointment"]
                .sudo()
                ._holders(filing.division_id, {"clerk", "deputy_clerk"})
            )
            self.env["yangguang.notice"]._tell(clerks, filing.disclosure_id, "queried")

    def action_ask_query(self):
        """Opens the wizard that asks for the town's question."""
        return self.env["yangguang.reason"]._ask("query", self)

    def _answer(self, state, **values):
        self.check_access("read")
        for filing in self:
            town = filing.division_id.parent_id
            if (
                not self.env["yangguang.appointment"]
                .sudo()
                ._of_person(self.env.user.partner_id, town, {"town_officer"})
            ):
                raise UserError(self.env._("The town officer of this village's town answers."))
        self.sudo().write(
            {
                "state": state,
                "date_answered": clock.now(),
                "person_id": self.env.user.partner_id.id,
                **values,
            }
        )
