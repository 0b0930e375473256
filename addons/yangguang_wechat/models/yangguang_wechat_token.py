import hashlib
import secrets
from datetime import datetime, timedelta
from typing import NamedTuple

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

# kind -> how long a token is good for after it was last renewed
LIFE = {"villager": timedelta(days=30), "official": timedelta(hours=12)}
# it is renewed when it has become older than this, and not with every call
_SLACK = {"villager": timedelta(days=1), "official": timedelta(minutes=10)}
# telephones that one account is signed in on; the oldest tokens end first
_MOST = 5


class Caller(NamedTuple):
    """Whose token it is: what one look at it tells. `user_id` is that of an official who is one
    today, else None."""

    token_id: int
    kind: str
    expires: datetime
    account_id: int
    user_id: int | None


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
        """A new token of `account`: the text, which is shown this once, and when it expires."""
        token = secrets.token_urlsafe(32)
        row = self.sudo().create(
            {
                "account_id": account.id,
                "digest": digest(token),
                "kind": kind,
                "expires": clock.now() + LIFE[kind],
            }
        )
        self.sudo().search([("account_id", "=", account.id)], offset=_MOST)._revoke()
        return token, row.expires

    @api.model
    def _identify(self, token):
        """Whose token it is (a `Caller`), or None. One statement, which writes nothing."""
        self.env.cr.execute(
            """
            SELECT token.id, token.kind, token.expires, account.id, official.id
              FROM yangguang_wechat_token token
              JOIN yangguang_wechat_account account ON account.id = token.account_id
              LEFT JOIN res_users official
                ON official.id = account.user_id
               AND official.active
               AND official.must_choose_password IS NOT TRUE
             WHERE token.digest = %s
               AND token.revoked IS NOT TRUE
               AND token.expires > %s
               AND account.is_closed IS NOT TRUE
            """,
            (digest(token), clock.now()),
        )
        row = self.env.cr.fetchone()
        return row and Caller(*row)

    @api.model
    def _renew(self, caller):
        """Lets the token of `caller` live on, unless that was done a short while ago."""
        expires = clock.now() + LIFE[caller.kind]
        if expires - caller.expires > _SLACK[caller.kind]:
            self.sudo().browse(caller.token_id).exists().expires = expires

    @api.model
    def _end(self, caller):
        """Ends the token of `caller`."""
        self.sudo().browse(caller.token_id)._revoke()

    def _revoke(self):
        """These tokens open nothing any more."""
        self.write({"revoked": True})

    @api.autovacuum
    def _drop_ended(self):
        """What opens nothing any more needs no row."""
        self.search(["|", ("revoked", "=", True), ("expires", "<=", clock.now())]).unlink()
