import ipaddress
import re
from urllib.parse import urlsplit

from odoo import api, fields, models
from odoo.exceptions import ValidationError

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import crypto
from ..lib.callback_message import COMPATIBLE, PLAIN, SECURE, Channel
from ..lib.client import HOST

_APPID = re.compile(r"wx[0-9a-f]{16}")
_TOKEN = re.compile(r"[A-Za-z0-9]{3,32}")
_SECRET = re.compile(r"[0-9a-zA-Z]{32}")
# what is entered -> where it is kept, and how it must look
_ENTERED = {
    "new_secret": ("secret", _SECRET),
    "new_callback_token": ("callback_token", _TOKEN),
    "new_aes_key": ("aes_key", None),
}
# kept by the methods below and by the sending alone
_CLOSED = {
    "access_token",
    "token_expires",
    "token_claimed",
    "pause_until",
    "stopped",
    "problem",
    "push_servers",
    "servers_changed",
}


class WechatSetting(models.Model):
    """The district's mini-program as WeChat knows it, one row an appid.

    Secrets are entered and never shown: they are closed fields, written through fields that are
    always empty when they are read.
    """

    _name = "yangguang.wechat.setting"
    _description = "Mini-program"
    _rec_name = "appid"
    _order = "id"

    appid = fields.Char(
        required=True, copy=False, string="AppID", help="In WeChat's console under Development."
    )
    active = fields.Boolean(default=True)
    secret = fields.Char(copy=False, groups=fields.NO_ACCESS)
    callback_token = fields.Char(copy=False, groups=fields.NO_ACCESS)
    aes_key = fields.Char(copy=False, groups=fields.NO_ACCESS)
    previous_aes_key = fields.Char(copy=False, groups=fields.NO_ACCESS)
    access_token = fields.Char(copy=False, groups=fields.NO_ACCESS)
    token_expires = fields.Datetime(copy=False, groups=fields.NO_ACCESS)
    token_claimed = fields.Datetime(copy=False, groups=fields.NO_ACCESS)
    new_secret = fields.Char(
        string="AppSecret", compute="_compute_entered", inverse="_inverse_new_secret"
    )
    new_callback_token = fields.Char(
        string="Token", compute="_compute_entered", inverse="_inverse_new_callback_token"
    )
    new_aes_key = fields.Char(
        string="EncodingAESKey", compute="_compute_entered", inverse="_inverse_new_aes_key"
    )
    has_secret = fields.Boolean(compute="_compute_kept", compute_sudo=True)
    has_callback_token = fields.Boolean(compute="_compute_kept", compute_sudo=True)
    has_aes_key = fields.Boolean(compute="_compute_kept", compute_sudo=True)
    mode = fields.Selection(
        [(SECURE, "Secure"), (COMPATIBLE, "Compatible"), (PLAIN, "Plain")],
        required=True,
        default=SECURE,
        help="As it is set in WeChat's console; secure is right.",
    )
    api_host = fields.Char(
        required=True, default=HOST, help="WeChat's API; another one only to try things out."
    )
    program_state = fields.Selection(
        [("formal", "Released"), ("trial", "Trial"), ("developer", "Development")],
        required=True,
        default="formal",
        string="Version",
        help="Which version of the mini-program messages and codes open.",
    )
    shows_household = fields.Boolean(
        string="My household",
        help="Verified residents see their own rows of published lists.",
    )
    callback_address = fields.Char(compute="_compute_callback_address")
    last_push = fields.Datetime(compute="_compute_last_push", string="Last heard from WeChat")
    template_ids = fields.One2many("yangguang.wechat.template", "setting_id")
    finding_ids = fields.One2many("yangguang.wechat.finding", "setting_id", readonly=True)
    pause_until = fields.Datetime(readonly=True, copy=False, string="Messages wait until")
    stopped = fields.Boolean(readonly=True, copy=False, string="Messages stopped")
    problem = fields.Char(readonly=True, copy=False)

    _appid_unique = models.Constraint("UNIQUE (appid)", "This mini-program is set up already.")
    _only_one_active = models.UniqueIndex(
        "((true)) WHERE active", "The district has one mini-program; archive the other one first."
    )

    def _has_field_access(self, field, operation):
        if operation == "write" and field.name in _CLOSED and not self.env.su:
            return False
        return super()._has_field_access(field, operation)

    @api.model
    def default_get(self, fields_list):
        # not even a default that somebody has stored sets what is closed
        values = super().default_get(fields_list)
        return {name: value for name, value in values.items() if name not in _CLOSED}

    def _compute_entered(self):
        for setting in self:
            for name in _ENTERED:
                setting[name] = False

    def _inverse_new_secret(self):
        self._keep("new_secret")

    def _inverse_new_callback_token(self):
        self._keep("new_callback_token")

    def _inverse_new_aes_key(self):
        self._keep("new_aes_key")

    def _keep(self, name):
        """Keeps what was entered and forgets it in the field that everybody may read."""
        kept_in, pattern = _ENTERED[name]
        for setting in self:
            value = (setting[name] or "").strip()
            if not value:
                continue
            setting._check_entered(name, value, pattern)
            values = {kept_in: value}
            closed = setting.sudo()
            if name == "new_aes_key" and closed.aes_key and closed.aes_key != value:
                # WeChat may still push with the key from before
                values["previous_aes_key"] = closed.aes_key
            if name == "new_secret":
                values |= {"access_token": False, "token_expires": False}
            closed.write(values)
            setting.invalidate_recordset([name], flush=False)

    def _check_entered(self, name, value, pattern):
        try:
            fits = bool(pattern.fullmatch(value)) if pattern else bool(crypto.key(value))
        except ValueError:
            fits = False
        if not fits:
            raise ValidationError(
                self.env._(
                    "%(field)s does not look as WeChat gives it. Copy it again.",
                    field=self._fields[name]._description_string(self.env),
                )
            )

    @api.depends("secret", "callback_token", "aes_key")
    def _compute_kept(self):
        for setting in self:
            setting.has_secret = bool(setting.secret)
            setting.has_callback_token = bool(setting.callback_token)
            setting.has_aes_key = bool(setting.aes_key)

    def _compute_callback_address(self):
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        self.callback_address = f"{base}/wxapi/callback"

    def _compute_last_push(self):
        last = dict(
            self.env["yangguang.wechat.callback"]
            .sudo()
            ._read_group([("setting_id", "in", self.ids)], ["setting_id"], ["time:max"])
        )
        for setting in self:
            setting.last_push = last.get(setting)

    @api.constrains("appid")
    def _check_appid(self):
        if not all(_APPID.fullmatch(setting.appid) for setting in self):
            raise ValidationError(
                self.env._("An AppID is wx and 16 digits or letters from a to f. Copy it again.")
            )

    @api.constrains("api_host")
    def _check_api_host(self):
        """Secrets go to WeChat alone, or to a server on this machine."""
        for setting in self:
            try:
                address = urlsplit(setting.api_host)
                port_is_right = address.port is None or address.hostname != "api.weixin.qq.com"
            except ValueError:
                address = port_is_right = None
            if not (port_is_right and _is_allowed(address)):
                raise ValidationError(
                    self.env._("WeChat's API is at %(host)s, or at a test server here.", host=HOST)
                )

    @api.model
    def _current(self):
        """The mini-program that is in use, with everything that it needs; empty when none is."""
        return self.sudo().search([], limit=1)

    def _channel(self):
        """How WeChat pushes to us (`lib.callback_message.Channel`); None when it is not set up."""
        setting = self.sudo()
        if not setting.callback_token or (setting.mode != PLAIN and not setting.aes_key):
            return None
        keys = filter(None, (setting.aes_key, setting.previous_aes_key))
        return Channel(
            setting.appid, setting.callback_token, setting.mode, tuple(map(crypto.key, keys))
        )

    # the sending of messages waits or stands still for the whole account

    def _pauses_until(self, moment, problem=False):
        self.sudo().write({"pause_until": moment, "problem": problem})

    def _stops(self, problem):
        self.sudo().write({"stopped": True, "problem": problem})

    def _goes_on(self):
        """A message has gone out: nothing is wrong any more."""
        if self.pause_until or self.problem:
            self.sudo().write({"pause_until": False, "problem": False})

    def action_resume(self):
        """Sends messages again, after whatever stopped them is put right."""
        self.check_access("write")
        self.sudo().write({"stopped": False, "pause_until": False, "problem": False})
        self.env["yangguang.wechat.message"]._send_soon(clock.now())


def _is_allowed(address):
    if address.path.strip("/") or address.query or address.fragment or "@" in address.netloc:
        return False
    if address.hostname == "api.weixin.qq.com":
        return address.scheme == "https"
    try:
        is_here = ipaddress.ip_address(address.hostname).is_loopback
    except ValueError:
        is_here = address.hostname == "localhost"
    return is_here and address.scheme in ("http", "https")
