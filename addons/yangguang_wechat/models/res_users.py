from odoo import models


class ResUsers(models.Model):
    """An official's telephone works for his office, and no longer than he holds one."""

    _inherit = "res.users"

    def write(self, vals):
        result = super().write(vals)
        if "active" in vals and not vals["active"]:
            self._wechat_accounts()._unbind()
        return result

    def _apply_appointments(self):
        result = super()._apply_appointments()
        bound = self._wechat_accounts()
        bound.filtered(lambda account: not account.user_id._holds_office())._unbind()
        return result

    def _wechat_accounts(self):
        return self.env["yangguang.wechat.account"].sudo().search([("user_id", "in", self.ids)])

    def _holds_office(self):
        """Whether the person of this user holds any office today."""
        return bool(self._offices())

    def _offices(self):
        """The appointments of this user's person that are in force today."""
        appointments = self.env["yangguang.appointment"].sudo()
        return self and appointments._of_person(self.sudo().partner_id)

    def _office_names(self):
        """The offices of today in words, in the reader's language: (place, office)."""
        offices = self._offices()
        roles = dict(offices._fields["role"]._description_selection(self.env)) if offices else {}
        return [f"{office.division_id.name} {roles[office.role]}" for office in offices]
