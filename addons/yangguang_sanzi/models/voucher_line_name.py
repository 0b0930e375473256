from odoo import api, models

from ..lib.cells import money as written
from .yangguang_register import money


class VoucherLine(models.Model):
    """How a line is named where registers choose it."""

    _inherit = "yangguang.voucher.line"
    _rec_names_search = ["summary", "counterparty"]

    @api.depends("date", "summary", "debit", "credit")
    def _compute_display_name(self):
        for line in self:
            amount = written(money(line.debit or line.credit))
            line.display_name = " ".join(filter(None, (str(line.date or ""), line.summary, amount)))
