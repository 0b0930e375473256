"""The access token that all workers share, in the row of the mini-program."""

import logging
import time
from datetime import timedelta

import psycopg2

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors

# seconds: WeChat gives another token in the last five minutes, in which the old one is good too
_MARGIN = 300
# whoever fetches a token and does not come back within this has died
_CLAIM = timedelta(seconds=20)
# how long to wait for a token that another worker fetches, and how often to look
_PATIENCE = 8
_LOOK = 0.05

_CLAIM_IT = """
UPDATE yangguang_wechat_setting SET token_claimed = %(now)s
 WHERE id = (
       SELECT id FROM yangguang_wechat_setting
        WHERE id = %(id)s
          AND (token_claimed IS NULL OR token_claimed < %(dead)s)
          AND (access_token IS NULL OR access_token = %(used)s OR token_expires <= %(soon)s)
          FOR NO KEY UPDATE SKIP LOCKED)
RETURNING id
"""
_KEEP_IT = """
UPDATE yangguang_wechat_setting
   SET access_token = %(token)s, token_expires = %(expires)s, token_claimed = NULL
 WHERE id = %(id)s
"""
_LET_GO = "UPDATE yangguang_wechat_setting SET token_claimed = NULL WHERE id = %(id)s"
_READ = "SELECT access_token, token_expires FROM yangguang_wechat_setting WHERE id = %(id)s"

_logger = logging.getLogger(__name__)


class SharedToken:
    """The token store of one setting (`lib.client.TokenStore`).

    Whoever finds the token old claims the row in a transaction of its own that ends before WeChat
    is asked, and keeps the new token in another one: nothing is locked while the network is waited
    for. All others go on with the old token, or look again until the new one is there.
    """

    def __init__(self, registry, setting_id, token, expires, fetch):
        self._registry, self._id, self._fetch = registry, setting_id, fetch
        self._token, self._expires = token, expires

    def token(self):
        """The token that is good now."""
        if not self._token or self._expires <= clock.now() + timedelta(seconds=_MARGIN):
            self._renew(None)
        return self._token

    def renewed(self, used):
        """Another token than `used`, which WeChat did not take."""
        self._renew(used)
        return self._token

    def _renew(self, used):
        deadline = time.monotonic() + _PATIENCE
        while True:
            if self._claimed(used):
                self._fetch_and_keep()
                return
            self._token, self._expires = self._run(_READ)
            if self._token and self._token != used and self._expires > clock.now():
                return
            if time.monotonic() > deadline:
                raise errors.BusyError
            time.sleep(_LOOK)

    def _claimed(self, used):
        now = clock.now()
        soon = now + timedelta(seconds=_MARGIN)
        try:
            row = self._run(_CLAIM_IT, now=now, dead=now - _CLAIM, used=used, soon=soon)
        except psycopg2.OperationalError:
            # another worker was faster by the blink of an eye
            return False
        return row is not None

    def _fetch_and_keep(self):
        try:
            token, seconds = self._fetch()
        except BaseException:
            self._run(_LET_GO)
            raise
        self._token, self._expires = token, clock.now() + timedelta(seconds=seconds)
        self._run(_KEEP_IT, token=token, expires=self._expires)
        _logger.info("fetched an access token, good for %d s", seconds)

    def _run(self, query, **values):
        with self._registry.cursor() as cursor:
            cursor.execute(query, {"id": self._id, **values}, log_exceptions=False)
            return cursor.fetchone() if cursor.description else None
