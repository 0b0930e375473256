from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.fields import Command

from .yangguang_voucher import PROOFS


class VoucherTemplate(models.Model):
    """A usual voucher: its lines, without the amounts or with those that are always the same.

    It serves all books of the office that keeps them; so its accounts are those of the chart.
    """

    _name = "yangguang.voucher.template"
    _description = "Usual voucher"
    _order = "name, id"

    name = fields.Char(required=True)
    division_id = fields.Many2one(
        "yangguang.division",
        string="For the books of",
        required=True,
        index=True,
        ondelete="restrict",
        default=lambda self: self.env.user._bookkeeping_office(),
    )
    chart_id = fields.Many2one("yangguang.chart", required=True, ondelete="restrict")
    proof = fields.Selection(PROOFS)
    line_ids = fields.One2many("yangguang.voucher.template.line", "template_id", copy=True)

    def _lines_for(self, book):
        """The commands that make the lines of a voucher in `book`.

        Where the collective has one detail of an account, it is that; of several the accountant
        chooses.
        """
        details = book._sole_details()
        return [
            Command.create(
                {
                    "sequence": line.sequence,
                    "summary": line.summary,
                    "account_id": details.get(line.account_id, line.account_id).id,
                    "disclosure_line_id": line.disclosure_line_id.id,
                    "counterparty": line.counterparty,
                    "debit": line.debit,
                    "credit": line.credit,
                }
            )
            for line in self.line_ids
        ]


class VoucherTemplateLine(models.Model):
    """A line of a usual voucher."""

    _name = "yangguang.voucher.template.line"
    _description = "Line of a usual voucher"
    _order = "sequence, id"

    template_id = fields.Many2one(
        "yangguang.voucher.template", required=True, index=True, ondelete="cascade"
    )
    sequence = fields.Integer(default=10)
    summary = fields.Char(required=True)
    account_id = fields.Many2one(
        "yangguang.ledger.account",
        required=True,
        ondelete="restrict",
        domain=[("collective_id", "=", False)],
    )
    disclosure_line_id = fields.Many2one(
        "yangguang.disclosure.line", "Public line", ondelete="restrict"
    )
    counterparty = fields.Char()
    debit = fields.Float(digits=(16, 2))
    credit = fields.Float(digits=(16, 2))

    @api.constrains("account_id")
    def _check_account(self):
        if self.account_id.collective_id or any(
            line.account_id.chart_id != line.template_id.chart_id for line in self
        ):
            raise ValidationError(
                self.env._("A usual voucher has accounts of the chart, not of one collective.")
            )
