import logging
from datetime import timedelta

from markupsafe import Markup

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors

# how long the page says that WeChat pushes from other servers
_TOLD_FOR = timedelta(days=30)

_logger = logging.getLogger(__name__)


class WechatSetting(models.Model):
    """Looks daily from where WeChat pushes, and tells the administrators what must not wait until
    somebody opens the settings."""

    _inherit = "yangguang.wechat.setting"

    push_servers = fields.Text(
        "WeChat pushes from", readonly=True, copy=False, help="As WeChat said the last time."
    )
    servers_changed = fields.Datetime(readonly=True, copy=False)
    push_notice = fields.Text(compute="_compute_push_notice")

    @api.depends("push_servers", "servers_changed", "last_push", "has_callback_token")
    def _compute_push_notice(self):
        """What the page says about the push; empty when all is well."""
        for setting in self:
            told = []
            if setting.has_callback_token and not setting.last_push:
                told.append(setting._never_pushed())
            changed = setting.servers_changed
            if changed and changed > clock.now() - _TOLD_FOR:
                told.append(setting._servers_changed_words())
            setting.push_notice = "\n".join(told)

    def _never_pushed(self):
        return self.env._(
            "Nothing has come yet. Enter the address on this page in WeChat's console under"
            " message push."
        )

    def _servers_changed_words(self):
        return self.env._(
            "WeChat pushes from other servers since %(day)s. Where a firewall lets in these alone,"
            " it has to let in the new ones: %(servers)s.",
            day=f"{clock.to_local(self.servers_changed):%Y-%m-%d}",
            servers="、".join((self.push_servers or "").splitlines()),
        )

    @api.model
    def _cron_watch(self):
        """Once a day: has the list of WeChat's servers changed? Nobody is kept out by it; a
        firewall before this server may be."""
        setting = self._current()
        if not setting or not setting._channel():
            return
        try:
            servers = self.env["yangguang.wechat.client"]._client(setting).push_servers()
        except errors.WechatError as error:
            _logger.warning("WeChat's servers are not known: %s", error)
            return
        setting._pushes_from(servers)

    def _pushes_from(self, servers):
        """Keeps from where WeChat pushes, and tells the administrators when that has changed."""
        listed, known = "\n".join(servers), self.push_servers
        if listed == known:
            return
        self.push_servers = listed
        if known:
            self.servers_changed = clock.now()
            self._tell_administrators(
                lambda setting: (
                    setting.env._("WeChat pushes from other servers"),
                    setting._servers_changed_words(),
                )
            )

    def _punished(self, rule):
        """WeChat has punished the account for breaking `rule`."""
        self.problem = self.env._("WeChat has punished the account: %s", rule)
        self._tell_administrators(
            lambda setting: (
                setting.env._("WeChat has punished the account: %s", rule),
                setting.env._("Read in WeChat's console what has to be done until when."),
            )
        )

    def _tell_administrators(self, words):
        """An activity for each administrator; `words` gives summary and note in the language of the
        setting it is called with. What is still open is not told twice."""
        administrators = self.env.ref("yangguang_cunwu.group_administrator").all_user_ids
        activities = self.env["mail.activity"].sudo()
        for user in administrators.filtered("active"):
            summary, note = words(self.with_context(lang=user.lang))
            if activities.search_count([("user_id", "=", user.id), ("summary", "=", summary)]):
                continue
            activities.create(
                {
                    "activity_type_id": self.env.ref("mail.mail_activity_data_warning").id,
                    "user_id": user.id,
                    "summary": summary,
                    "note": Markup('<p>%s</p><p><a href="/odoo/wechat/%s">/odoo/wechat</a></p>')
                    % (note, self.id),
                    "date_deadline": clock.today(),
                }
            )
