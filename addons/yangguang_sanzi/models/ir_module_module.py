from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def _refuse_while_published(self):
        if "yangguang_sanzi" in self.mapped("name") and self.env[
            "yangguang.voucher"
        ].sudo().search_count([("state", "=", "posted")], limit=1):
            raise UserError(self.env._("Vouchers are posted: the books cannot be removed."))
        return super()._refuse_while_published()
