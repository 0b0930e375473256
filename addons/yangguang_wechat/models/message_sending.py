import json
import logging
from datetime import timedelta
from typing import NamedTuple

import psycopg2

from odoo import api, models
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors, quiet
from .yangguang_wechat_message import TOO_OLD

# a worker that has not come back after so long has died; whether WeChat has the message, nobody
# knows
LEASE = timedelta(minutes=10)
# until everything is tried again: WeChat is away, something has to be put right in its console
_AWAY, _WRONG = timedelta(minutes=1), timedelta(minutes=10)
# what is wrong with one message, or with the messages of one template, and with no others
_OF_ONE = {40037, 41030}
_TIMES = 5
_LATEST = timedelta(hours=1)

_logger = logging.getLogger(__name__)


class Errand(NamedTuple):
    """What is to be sent, as plain values."""

    openid: str
    template: str
    page: str
    data: dict
    state: str


class WechatMessage(models.Model):
    """How messages go out: one after the other, each marked before and its outcome kept after."""

    _inherit = "yangguang.wechat.message"

    @api.model
    def _cron_send(self):
        """Sends what is due, by day, while nothing keeps the account from sending."""
        self._give_up()
        setting = self.env["yangguang.wechat.setting"]._current()
        jobs = self.env["ir.cron"]
        while self._may_send(setting) and (message := self._take()):
            try:
                errand = message._errand(setting)
                client = self.env["yangguang.wechat.client"]._client(setting)
            except errors.WechatError as error:
                message._keep(setting, error)
                jobs._commit_progress(1, remaining=0)
                return
            if errand:
                # from here on it counts as sent, whatever becomes of us; nothing is locked
                jobs._commit_progress(0, remaining=1)
                message._keep_surely(setting, _sent(client, errand))
            left = self.search_count(self._domain_of_due(), limit=1)
            if not jobs._commit_progress(1, remaining=left):
                return

    @api.model
    def _may_send(self, setting):
        now = clock.now()
        setting.invalidate_recordset(["stopped", "pause_until"], flush=False)
        if not setting or setting.stopped:
            return False
        begins = max(setting.pause_until or now, quiet.next_moment(now))
        if begins > now:
            self._send_soon(begins)
        return begins <= now

    @api.model
    def _domain_of_due(self):
        return [("state", "=", "waiting"), ("due", "<=", clock.now())]

    @api.model
    def _take(self):
        """One message that is due, marked as being sent; none to somebody who is being sent one."""
        self.flush_model()
        self.env.cr.execute(
            """
            UPDATE yangguang_wechat_message
               SET state = 'sending', due = %(lease)s, tries = tries + 1
             WHERE id = (
                   SELECT id FROM yangguang_wechat_message AS message
                    WHERE state = 'waiting' AND due <= %(now)s
                      AND NOT EXISTS (
                          SELECT 1 FROM yangguang_wechat_message AS other
                           WHERE other.account_id = message.account_id
                             AND other.state = 'sending')
                    ORDER BY due, id
                    LIMIT 1
                      FOR UPDATE SKIP LOCKED)
            RETURNING id
            """,
            {"now": clock.now(), "lease": clock.now() + LEASE},
        )
        row = self.env.cr.fetchone()
        message = self.browse(row and row[0])
        message.invalidate_recordset()
        return message

    def _errand(self, setting):
        """What is to be sent, None when nothing is; then the message's state says why."""
        account = self.account_id
        template = self.env["yangguang.wechat.template"]._for(setting, self.kind)
        allowed = self.env["yangguang.wechat.consent"]._left(account, template)
        if not account.openid or account.appid != setting.appid:
            return self._ended("failed", errors.OpenidInvalidError.sentence)
        if not allowed:
            return self._ended("unsubscribed")
        if self.time < clock.now() - TOO_OLD:
            return self._ended("failed", self.env._("Too old by now."))
        try:
            data = template._data(json.loads(self.content))
        except ValueError as error:
            return self._ended("failed", str(error))
        return Errand(
            account.openid, template.template_id, self.page or "", data, setting.program_state
        )

    def _ended(self, state, reason=False):
        self.write({"state": state, "reason": reason})

    def _keep_surely(self, setting, outcome):
        """Writes down what came of it, again when somebody else has changed the same rows: by no
        means is it sent again for that."""
        for last in range(_TIMES):
            try:
                self._keep(setting, outcome)
                self.env.cr.flush()
                return self.env["ir.cron"]._commit_progress(0, remaining=1)
            except psycopg2.errors.Error as error:
                self.env.cr.rollback()
                if not isinstance(error, PG_CONCURRENCY_EXCEPTIONS_TO_RETRY) or last == _TIMES - 1:
                    raise

    def _keep(self, setting, outcome):
        """What came of it: the number of the message, or a WechatError."""
        if not self.exists():
            # its owner has closed his account meanwhile
            return
        if isinstance(outcome, errors.WechatError):
            self._failed(setting, outcome)
            return
        consents = self.env["yangguang.wechat.consent"]
        template = self.env["yangguang.wechat.template"]._for(setting, self.kind)
        consents._of(self.account_id, template)._used()
        self.write({"state": "sent", "number": outcome or False, "reason": False})
        setting._goes_on()

    def _failed(self, setting, error):
        now, reason = clock.now(), error.sentence
        _logger.info("message %s: %s, rid %s", self.id, error, error.rid)
        if isinstance(error, errors.NotSubscribedError):
            template = self.env["yangguang.wechat.template"]._for(setting, self.kind)
            self.env["yangguang.wechat.consent"]._of(self.account_id, template).unlink()
            self._ended("unsubscribed", reason)
        elif isinstance(error, errors.OpenidInvalidError):
            # nobody of this mini-program any more
            self.account_id.consent_ids.unlink()
            self._ended("failed", reason)
        elif isinstance(error, errors.UnreachableError) and error.taken:
            self._ended("unsure", reason)
        elif isinstance(error, errors.BannedError):
            setting._stops(reason)
            self._again(now, reason)
        elif pause := _pause(error, now):
            setting._pauses_until(pause, reason)
            self._again(pause, reason)
        elif isinstance(error, errors.CollisionError):
            self._again(now + min(timedelta(minutes=2**self.tries), _LATEST), reason)
        else:
            hint = f"{reason}{error.hint}" if error.hint else reason
            self._ended("failed", hint)

    def _again(self, due, reason):
        self.write({"state": "waiting", "due": quiet.next_moment(due), "reason": reason})

    @api.model
    def _give_up(self):
        """Messages whose worker has died: they are not sent again, since they may have arrived."""
        lost = self.search([("state", "=", "sending"), ("due", "<=", clock.now())])
        lost.write({"state": "unsure", "reason": errors.UnreachableError.sentence})


def _sent(client, errand):
    """The number of the message at WeChat, or the WechatError."""
    try:
        return client.send(*errand)
    except errors.WechatError as error:
        return error


def _pause(error, now):
    """Until when nothing is sent to anybody after this error, None when others may go out."""
    if isinstance(error, errors.QuotaSpentError):
        return quiet.next_midnight(now)
    if isinstance(error, errors.TooFastError):
        return now + timedelta(seconds=error.pause)
    if isinstance(error, errors.ConfigurationError) and error.code not in _OF_ONE:
        return now + _WRONG
    passing = (errors.UnreachableError, errors.BusyError, errors.TokenInvalidError)
    return now + _AWAY if isinstance(error, passing) else None
