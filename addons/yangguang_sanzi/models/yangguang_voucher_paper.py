from odoo import api, fields, models
from odoo.exceptions import UserError

from .ledger_guard import guard_parts

# set when it is made
_FIXED = frozenset({"voucher_id", "division_id"})


class VoucherPaper(models.Model):
    """A photo of a paper behind a voucher: invoice, receipt, list of names. It is posted with the
    voucher and stays as it is from then on; so it lies in the table, under the same guards."""

    _name = "yangguang.voucher.paper"
    _description = "Paper of a voucher"
    _order = "voucher_id desc, id"

    voucher_id = fields.Many2one("yangguang.voucher", required=True, index=True, ondelete="cascade")
    division_id = fields.Many2one(
        "yangguang.division", required=True, readonly=True, ondelete="restrict"
    )
    name = fields.Char("What it is")
    image = fields.Image("Photo", required=True, max_width=1920, max_height=1920, attachment=False)

    def init(self):
        guard_parts(self.env.cr, self._table)

    @api.model_create_multi
    def create(self, vals_list):
        for values in vals_list:
            # a many2one takes any id; the rules then refuse the division of others' books
            voucher = self.env["yangguang.voucher"].sudo().browse(values.get("voucher_id"))
            voucher._check_draft()
            values["division_id"] = voucher.division_id.id
        return super().create(vals_list)

    def write(self, vals):
        self.voucher_id._check_draft()
        if _FIXED & vals.keys():
            raise UserError(self.env._("A paper stays with its voucher: delete it there."))
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_posted(self):
        self.voucher_id._check_draft()
