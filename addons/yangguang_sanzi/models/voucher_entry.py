from odoo import api, fields, models
from odoo.fields import Command


class Voucher(models.Model):
    """What makes entering vouchers quick: what is left for a line, usual vouchers, copies."""

    _inherit = "yangguang.voucher"

    book_id = fields.Many2one(default=lambda self: self._last_book())
    template_id = fields.Many2one(
        "yangguang.voucher.template", string="Usual voucher", store=False, copy=False
    )
    summary = fields.Char(compute="_compute_summary")
    last_summary = fields.Char(compute="_compute_summary")

    @api.model
    def _last_book(self):
        """The books in which the user has entered last."""
        own = [("maker_id", "=", self.env.user.partner_id.id)]
        return self.search(own, order="id desc", limit=1).book_id

    @api.depends("line_ids.summary")
    def _compute_summary(self):
        for voucher in self:
            voucher.summary = voucher.line_ids[:1].summary
            voucher.last_summary = voucher.line_ids[-1:].summary

    @api.onchange("template_id")
    def _onchange_template_id(self):
        if self.template_id and self.book_id:
            self.proof = self.template_id.proof
            self.line_ids = [Command.clear(), *self.template_id._lines_for(self.book_id)]

    @api.onchange("paper_ids")
    def _onchange_paper_ids(self):
        self.attachments = max(self.attachments, len(self.paper_ids))

    @api.onchange("line_ids")
    def _onchange_line_ids(self):
        """The only line without an amount gets what is left, on its side."""
        empty = self.line_ids.filtered(lambda line: not line.debit and not line.credit)
        left = round(sum(self.line_ids.mapped("debit")) - sum(self.line_ids.mapped("credit")), 2)
        if len(empty) == 1 and left:
            empty.credit = max(left, 0)
            empty.debit = max(-left, 0)

    def action_copy(self):
        """Opens a copy as a draft of today."""
        self.ensure_one()
        return self.copy()._open()

    def action_keep_as_template(self):
        """Keeps the lines of this voucher, without amounts, as a usual voucher; opens it."""
        self.ensure_one()
        self._check_bookkeeper()
        template = self.env["yangguang.voucher.template"].create(
            {
                "name": self.line_ids[:1].summary or self.display_name,
                "chart_id": self.chart_id.id,
                "proof": self.proof,
                "line_ids": [
                    Command.create(
                        {
                            "sequence": line.sequence,
                            "summary": line.summary,
                            "account_id": line.account_id._of_the_chart().id,
                            "disclosure_line_id": line.disclosure_line_id.id,
                            "counterparty": line.counterparty,
                        }
                    )
                    for line in self.line_ids
                ],
            }
        )
        return {
            "type": "ir.actions.act_window",
            "res_model": template._name,
            "res_id": template.id,
            "view_mode": "form",
        }
