from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.misc import hmac

from odoo.addons.yangguang_cunwu.lib import clock

# forgotten by `_erase`, whatever else is kept of the row
_PERSONAL = ("openid", "division_id", "phone", "resident_id", "user_id", "last_opened")


class TooOftenError(UserError):
    """Somebody has done something as often as anybody needs to in a day."""

    http_status = 429


class WechatAccount(models.Model):
    """Somebody who has opened the mini-program. No user: a villager has no login, and what he may
    see follows from the village's register. An official's requests run as his own user.

    Nobody but the service itself reads these rows: who had the mini-program open, and when, is
    nobody's business, and of a supervisor it could tell the village how he voted.
    """

    _name = "yangguang.wechat.account"
    _description = "Account of the mini-program"
    _order = "id desc"
    _log_access = False
    _rec_name = "appid"

    appid = fields.Char(required=True, readonly=True)
    openid = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    division_id = fields.Many2one(
        "yangguang.division",
        string="Village",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="The village chosen for reading.",
    )
    phone = fields.Char(readonly=True, groups=fields.NO_ACCESS)
    resident_id = fields.Many2one(
        "yangguang.resident",
        readonly=True,
        index="btree_not_null",
        ondelete="set null",
        help="Who this is by the register of a village, once that was confirmed.",
    )
    residence_state = fields.Selection(
        [
            ("none", "Not asked for"),
            ("waiting", "Waits for the village"),
            ("verified", "Confirmed"),
            ("refused", "Not confirmed"),
        ],
        default="none",
        required=True,
        readonly=True,
    )
    user_id = fields.Many2one(
        "res.users",
        string="Official",
        readonly=True,
        ondelete="set null",
        help="Whose office this account works for, once it was bound with a code.",
    )
    last_opened = fields.Datetime(readonly=True)
    is_closed = fields.Boolean(readonly=True)
    token_ids = fields.One2many("yangguang.wechat.token", "account_id", readonly=True)

    _openid_unique = models.Constraint(
        "UNIQUE (appid, openid)", "Somebody has one account of a mini-program."
    )
    _user_unique = models.Constraint("UNIQUE (user_id)", "An official binds one telephone.")
    _closed_is_nobody = models.Constraint(
        "CHECK (COALESCE(is_closed, FALSE) = (openid IS NULL))",
        "A closed account is nobody's.",
    )

    @api.model
    def _of(self, caller):
        """The account of a caller (`yangguang.wechat.token.Caller`): for the calls that are about
        himself, as nobody has the right to read it."""
        return self.sudo().browse(caller.account_id)

    @api.model
    def _opened(self, appid, openid):
        """The account of `openid`, which has just opened the mini-program; made if it is new.

        One statement, so that of two logins at once none makes a second account.
        """
        self.env.cr.execute(
            """
            INSERT INTO yangguang_wechat_account (appid, openid, residence_state, last_opened)
            VALUES (%(appid)s, %(openid)s, 'none', %(now)s)
                ON CONFLICT (appid, openid) DO UPDATE SET last_opened = EXCLUDED.last_opened
            RETURNING id
            """,
            {"appid": appid, "openid": openid, "now": clock.now()},
        )
        account = self.sudo().browse(self.env.cr.fetchone()[0])
        account.invalidate_recordset(["last_opened"])
        return account

    def _whose(self):
        """A keyed digest of whose account this is, by which is counted what he does: the same
        after he has closed it and begun anew."""
        self.ensure_one()
        return hmac(self.env(su=True), self._name, f"{self.appid} {self.openid}")

    def _choose(self, division):
        """Keeps which village this account reads."""
        self.division_id = division

    def _keep_phone(self, phone):
        """Keeps the telephone number that WeChat gave with its owner's consent."""
        self.phone = phone

    def _forget_phone(self):
        """Forgets the telephone number of these accounts."""
        self.sudo().write({"phone": False})

    def _official(self):
        """The user whose office this account works for; empty unless he is an official today."""
        self.ensure_one()
        user = self.user_id
        bound = user.active and not user.must_choose_password and user._holds_office()
        return user if bound else user.browse()

    def _bind(self, user):
        """Lets this account work for the office of `user`, in place of the one that did so."""
        self.ensure_one()
        self.search([("user_id", "=", user.id)])._unbind()
        self.flush_model()
        self.user_id = user

    def _unbind(self):
        """These accounts work for nobody's office any more."""
        self.token_ids.filtered(lambda token: token.kind == "official")._revoke()
        self.user_id = False

    def _erase(self):
        """Forgets everything personal of these accounts and ends their tokens.

        Who opens the mini-program again afterwards begins anew.
        """
        accounts = self.sudo()
        self.env["yangguang.question"].sudo().search(
            [("wechat_account_id", "in", accounts.ids)]
        )._erase_asker()
        for model in self._owned():
            self.env[model].sudo().search([("account_id", "in", accounts.ids)]).unlink()
        accounts.write({"is_closed": True, "residence_state": "none"} | dict.fromkeys(_PERSONAL))

    @api.model
    def _owned(self):
        """The models whose rows are about an account (`account_id`) and nothing without it."""
        return [
            "yangguang.wechat.token",
            "yangguang.wechat.residence",
            "yangguang.wechat.upload",
        ]
