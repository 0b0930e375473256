import hashlib
import secrets
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

# kind -> how long a token is good for after it was last renewed
LIFE = {"villager": timedelta(days=30), "official": timedelta(hours=12)}


def digest(token):
    """What is kept of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


class WechatToken(models.Model):
    """What a phone shows instead of a password. Only its digest is kept."""

    _name = "yangguang.wechat.token"
    _description = "Token of the mini-program"
    _order = "id desc"
    _log_access = False
    _rec_name = "kind"

    account_id = fields.Many2one(
        "yangguang.wechat.account", required=True, readonly=True, index=True, ondelete="cascade"
    )
    digest = fields.Char(required=True, readonly=True, groups=fields.NO_ACCESS)
    kind = fields.Selection(
        [("villager", "Villager"), ("official", "Official")], required=True, readonly=True
    )
    expires = fields.Datetime(required=True, readonly=True, index=True)
    revoked = fields.Boolean(readonly=True)

    _digest_unique = models.Constraint("UNIQUE (digest)", "A token belongs to one account.")

    @api.model
    def _issue(self, account, kind):
        """A new token of `account`: the text that is shown this once, and the row."""
        token = secrets.token_urlsafe(32)
        row = self.create(
            {
                "account_id": account.id,
                "digest": digest(token),
                "kind": kind,
                "expires": clock.now() + LIFE[kind],
            }
        )
        return token, row

    def _revoke(self):
        """These tokens open nothing any more."""
        self.write({"revoked": True})

    @api.autovacuum
    def _drop_ended(self):
        """What opens nothing any more needs no row."""
        self.search(["|", ("revoked", "=", True), ("expires", "<=", clock.now())]).unlink()
