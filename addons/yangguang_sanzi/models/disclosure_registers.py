from odoo import models

from odoo.addons.yangguang_cunwu.lib.periods import Period

from ..lib.register_sheets import SHEETS


class Disclosure(models.Model):
    """Sheets are filled from the registers of the village's collective as soon as it keeps them.

    A register goes on changing: a draft that it has left behind is filled again before it is
    submitted. What was submitted stays as it was.
    """

    _inherit = "yangguang.disclosure"

    def _source(self):
        sheet = SHEETS.get(self.item_id.code)
        if not sheet or not self.period_key or self.carried_over:
            return super()._source()
        # of the sheet's own village, for whoever may read the sheet
        entries = self.env[sheet.model].sudo()
        place = [("division_id", "child_of" if sheet.groups else "=", self.division_id.id)]
        entries = entries.search([*place, *entries._sheet_domain(self.item_id.code)])
        if not entries:
            return super()._source()
        own = entries.filtered(lambda one: one.division_id == self.division_id) or entries
        rows = entries._sheet_rows(self.item_id.code, Period.parse(self.period_key))
        return sheet.source(own[:1]._owner_name(), rows)
