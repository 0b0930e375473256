import ipaddress
from urllib.parse import urlsplit

from odoo import fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors
from .yangguang_wechat_template import KINDS

GOOD, WRONG, OPEN = "good", "wrong", "open"
_FORMAL_PORTS = {None, 443}


class WechatFinding(models.Model):
    """One line of what the self-check has found."""

    _name = "yangguang.wechat.finding"
    _description = "Finding of the self-check"
    _log_access = False
    _rec_name = "topic"
    _order = "id"

    setting_id = fields.Many2one(
        "yangguang.wechat.setting", required=True, readonly=True, index=True, ondelete="cascade"
    )
    topic = fields.Char(required=True, readonly=True)
    state = fields.Selection(
        [(GOOD, "In order"), (OPEN, "Look at it"), (WRONG, "To be put right")],
        required=True,
        readonly=True,
    )
    sentence = fields.Text(required=True, readonly=True, string="What to do")
    time = fields.Datetime(required=True, readonly=True)


class WechatSetting(models.Model):
    """Asks WeChat whether everything is set up, and says in plain words what is not."""

    _inherit = "yangguang.wechat.setting"

    def action_check(self):
        """Checks everything anew."""
        self.ensure_one()
        self.check_access("write")
        # the network first: nothing is locked while it is waited for
        answered, templates = self._ask_wechat()
        if templates is not None:
            self.env["yangguang.wechat.template"]._take_over(self, templates)
        found = [answered, self._check_templates(templates), self._check_callback()]
        found.append(self._check_domain())
        now = clock.now()
        self.sudo().finding_ids.unlink()
        self.env["yangguang.wechat.finding"].sudo().create(
            [
                {
                    "setting_id": self.id,
                    "topic": topic,
                    "state": state,
                    "sentence": sentence,
                    "time": now,
                }
                for topic, state, sentence in found
            ]
        )

    def _ask_wechat(self):
        """The finding on the credentials, and the templates; None where they are not to be had."""
        topic = self.env._("AppID, AppSecret and this server's address")
        try:
            client = self.env["yangguang.wechat.client"]._client(self.sudo())
            client.fetch_token()
            templates = client.templates()
        except errors.WechatError as error:
            told = f"{error.sentence}（{error.code}）" if error.code else error.sentence
            return (topic, WRONG, told), None
        return (topic, GOOD, self.env._("WeChat has answered.")), templates

    def _check_templates(self, templates):
        topic = self.env._("Templates for subscribe messages")
        if templates is None:
            return topic, OPEN, self.env._("Not known before WeChat answers.")
        used = self.template_ids.filtered(lambda template: not template.is_gone).mapped("kind")
        labels = dict(self.template_ids._fields["kind"]._description_selection(self.env))
        missing = "、".join(labels[kind] for kind, _label in KINDS if kind not in used)
        if missing:
            sentence = self.env._(
                "No template for: %(kinds)s. Apply for them in WeChat's console, then check again;"
                " or choose below what each template is used for.",
                kinds=missing,
            )
            return topic, OPEN, sentence
        return topic, GOOD, self.env._("Every kind of message has its template.")

    def _check_callback(self):
        topic = self.env._("Message push")
        if not self.sudo()._channel():
            sentence = self.env._(
                "Enter Token and EncodingAESKey here, and the address on this page in WeChat's"
                " console."
            )
            return topic, WRONG, sentence
        if not self.last_push:
            return topic, OPEN, self._never_pushed()
        return topic, GOOD, self.env._("WeChat pushes to us.")

    def _check_domain(self):
        topic = self.env._("Address for the mini-program")
        base = self.env["ir.config_parameter"].sudo().get_param("web.base.url", "")
        address = urlsplit(base)
        if address.scheme != "https" or _is_number(address.hostname) or not address.hostname:
            sentence = self.env._(
                "%(address)s does not do: WeChat wants https and a domain name that is filed with"
                " the authorities. Set the system parameter web.base.url.",
                address=base or "—",
            )
            return topic, WRONG, sentence
        if address.port not in _FORMAL_PORTS:
            sentence = self.env._(
                "WeChat pushes to port 443 alone; %(address)s has another one.", address=base
            )
            return topic, WRONG, sentence
        sentence = self.env._(
            "Enter %(address)s in WeChat's console as the domain for request, uploadFile and"
            " downloadFile.",
            address=f"https://{address.hostname}",
        )
        return topic, OPEN, sentence


def _is_number(host):
    try:
        return bool(ipaddress.ip_address(host or ""))
    except ValueError:
        return host == "localhost"
