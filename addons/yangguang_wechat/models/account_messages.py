from collections import defaultdict

from odoo import api, fields, models


class WechatAccount(models.Model):
    """What somebody has allowed us to tell him, and what he was told."""

    _inherit = "yangguang.wechat.account"

    consent_ids = fields.One2many("yangguang.wechat.consent", "account_id", readonly=True)
    message_ids = fields.One2many("yangguang.wechat.message", "account_id", readonly=True)

    @api.model
    def _of_persons(self, persons):
        """The accounts that officials among `persons` have bound: {person: accounts}."""
        found = defaultdict(self.browse)
        for account in self.search([("user_id.partner_id", "in", persons.ids)]):
            found[account.user_id.partner_id] |= account
        return found

    def _erase(self):
        """Whoever is forgotten is told nothing more, and nothing of what he was told is kept."""
        accounts = self.sudo()
        accounts.consent_ids.unlink()
        accounts.message_ids.unlink()
        return super()._erase()
