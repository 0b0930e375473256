import json
import logging
from datetime import timedelta

from odoo import api, fields, models

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import callback_message, errors
from ..lib.verdict import verdict

# WeChat sends a message again within seconds; after this it is forgotten
KEPT = timedelta(days=7)
# minutes until the next try of what is not ready yet, or has failed
_PAUSES = (1, 2, 5, 15, 60)
_PHONE = "8"

_logger = logging.getLogger(__name__)


class WechatCallback(models.Model):
    """What WeChat pushed: stored at once, each message once, and handled later by a job."""

    _name = "yangguang.wechat.callback"
    _description = "Message from WeChat"
    _order = "id desc"
    _log_access = False
    _rec_name = "event"

    setting_id = fields.Many2one(
        "yangguang.wechat.setting", required=True, readonly=True, ondelete="cascade"
    )
    identity = fields.Char(required=True, readonly=True)
    event = fields.Char(readonly=True)
    content = fields.Text(readonly=True, help="As JSON; forgotten when it is handled.")
    time = fields.Datetime(required=True, readonly=True)
    due = fields.Datetime(readonly=True)
    tries = fields.Integer(readonly=True)
    state = fields.Selection(
        [("waiting", "To be handled"), ("done", "Handled"), ("failed", "Failed")],
        required=True,
        readonly=True,
    )

    _identity_unique = models.Constraint(
        "UNIQUE (setting_id, identity)", "A message that comes again is the same one."
    )
    _due_idx = models.Index("(due) WHERE state = 'waiting'")
    _time_idx = models.Index("(setting_id, time)")

    @api.model
    def _address_checked(self, query):
        """What WeChat wants to hear from the address. Raises CallbackRefusedError."""
        _setting, channel = self._channel()
        return callback_message.check_address(channel, query)

    @api.model
    def _receive(self, query, body):
        """Stores what WeChat pushed. Raises CallbackRefusedError for everything else."""
        setting, channel = self._channel()
        message = callback_message.receive(channel, query, body)
        now = clock.now()
        self.env.cr.execute(
            """
            INSERT INTO yangguang_wechat_callback
                   (setting_id, identity, event, content, time, due, tries, state)
            VALUES (%(setting)s, %(identity)s, %(event)s, %(content)s, %(now)s, %(now)s, 0,
                    'waiting')
                ON CONFLICT (setting_id, identity) DO NOTHING
            """,
            {
                "setting": setting.id,
                "identity": callback_message.identity(message),
                "event": _text(message, "Event") or _text(message, "MsgType"),
                "content": json.dumps(message, ensure_ascii=False),
                "now": now,
            },
        )
        if self.env.cr.rowcount:
            self.env.ref("yangguang_wechat.ir_cron_callback").sudo()._trigger(now)

    @api.model
    def _channel(self):
        setting = self.env["yangguang.wechat.setting"]._current()
        channel = setting and setting._channel()
        if not channel:
            raise callback_message.CallbackRefusedError("not set up")
        return setting, channel

    @api.model
    def _cron_handle(self):
        """Handles what has come, one after the other."""
        jobs = self.env["ir.cron"]
        while waiting := self._next():
            waiting._handle_or_wait()
            left = self.search_count(self._domain_of_due(), limit=1)
            if not jobs._commit_progress(1, remaining=left):
                return

    @api.model
    def _domain_of_due(self):
        return [("state", "=", "waiting"), ("due", "<=", clock.now())]

    @api.model
    def _next(self):
        return self.search(self._domain_of_due(), order="id", limit=1)

    def _handle_or_wait(self):
        """Handles it; what fails, or is not ready, is tried again a few times."""
        try:
            with self.env.cr.savepoint():
                done = self._handle(json.loads(self.content))
        except Exception:
            _logger.exception("message %s from WeChat was not handled", self.id)
            done = False
        if done:
            self.write({"state": "done", "content": False, "due": False})
        elif self.tries < len(_PAUSES):
            pause = timedelta(minutes=_PAUSES[self.tries])
            self.write({"tries": self.tries + 1, "due": clock.now() + pause})
        else:
            self.write({"state": "failed", "content": False, "due": False})

    def _handle(self, message):
        """Does what an event asks for; gives whether it is done with. What nobody needs is."""
        handler = {
            "subscribe_msg_popup_event": self._subscribed,
            "subscribe_msg_change_event": self._unsubscribed,
            "subscribe_msg_sent_event": self._delivered,
            "wxa_media_check": self._media_result,
            "user_authorization_revoke": self._revoked,
            "user_authorization_cancellation": self._cancelled,
            "wxa_punish_event": self._punished,
        }.get(_text(message, "Event"))
        return handler(message) if handler else True

    def _account(self, message):
        """Whose event it is; empty when he has not opened the mini-program, or is forgotten."""
        openid = _text(message, "OpenID") or _text(message, "FromUserName")
        if not openid:
            # closed accounts have none either
            return self.env["yangguang.wechat.account"]
        return self.env["yangguang.wechat.account"].search(
            [("appid", "=", self.setting_id.appid), ("openid", "=", openid)]
        )

    def _entries(self, message):
        """The entries of a subscribe event with the account's templates that they are about."""
        templates = self.setting_id.template_ids
        for entry in callback_message.entries(message):
            number = _text(entry, "TemplateId")
            yield entry, templates.filtered(lambda one, number=number: one.template_id == number)

    def _subscribed(self, message):
        account, consents = self._account(message), self.env["yangguang.wechat.consent"]
        for entry, template in self._entries(message):
            if account and template and _text(entry, "SubscribeStatusString") == "accept":
                consents._given(account, template)
        return True

    def _unsubscribed(self, message):
        account, consents = self._account(message), self.env["yangguang.wechat.consent"]
        for entry, template in self._entries(message):
            if account and template and _text(entry, "SubscribeStatusString") == "reject":
                consents._of(account, template).unlink()
        return True

    def _delivered(self, message):
        account = self._account(message)
        for entry, _template in self._entries(message):
            code = _text(entry, "ErrorCode")
            number = _text(entry, "MsgID") or _text(entry, "MsgId")
            sent = self.env["yangguang.wechat.message"].search(
                [("account_id", "=", account.id), ("number", "=", number or "none")]
            )
            if code not in ("", "0"):
                sent._ended("failed", f"{errors.WechatError.sentence}{code}")
            else:
                sent._ended("sent")
        return True

    def _media_result(self, message):
        found = verdict(message.get("result"), _text(message, "trace_id"))
        if _text(message, "errcode") not in ("", "0"):
            # it could not be fetched: a person looks at it
            found = verdict(None, found.trace)
        return self._media_checked(found)

    @api.model
    def _media_checked(self, found):
        """For what sends pictures to be checked: takes the verdict (`lib.verdict.Verdict`, with the
        trace); gives whether the trace is known. An unknown one is told again a little later,
        since the verdict may be faster than the transaction that waits for it."""
        return True

    def _revoked(self, message):
        kinds = _text(message, "RevokeInfo").replace("，", ",").split(",")
        if _PHONE in {kind.strip() for kind in kinds}:
            self._account(message)._forget_phone()
        return True

    def _cancelled(self, message):
        self._account(message)._erase()
        return True

    def _punished(self, message):
        rule = _text(message, "rule_name") or _text(message, "illegal_reason")
        self.setting_id.sudo()._punished(rule)
        return True

    @api.autovacuum
    def _drop_old(self):
        """What WeChat will not send again need not be known again."""
        self.sudo().search([("time", "<", clock.now() - KEPT)]).unlink()


def _text(message, name):
    value = message.get(name)
    return value if isinstance(value, str) else ""
