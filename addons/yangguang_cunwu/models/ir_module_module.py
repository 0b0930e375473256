from odoo import models
from odoo.exceptions import UserError


class IrModuleModule(models.Model):
    _inherit = "ir.module.module"

    def button_uninstall(self):
        self._refuse_while_published()
        return super().button_uninstall()

    def module_uninstall(self):
        self._refuse_while_published()
        return super().module_uninstall()

    def _refuse_while_published(self):
        # triggers stop UPDATE, DELETE and TRUNCATE; only this stops the DROP of an uninstall
        if "yangguang_cunwu" in self.mapped("name") and self.env[
            "yangguang.publication"
        ].sudo().search_count([], limit=1):
            raise UserError(self.env._("Publications exist: what is published cannot be removed."))
