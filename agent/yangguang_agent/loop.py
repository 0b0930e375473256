"""Asks, does, reports, over and over."""

import logging
import random
import time
from datetime import UTC, datetime

from odoo.addons.yangguang_led.lib import exchange, sending
from odoo.addons.yangguang_led.lib.drivers.base import SHANGHAI, failed

from .server import RevokedError, Server, ServerError
from .store import Store

# without a word from the server the next try comes after so many seconds
_WAITS = (5, 15, 30, 60)
# what a screen goes on doing after a restart; the time and the state it is in have passed
_LASTING = (sending.PLAY, sending.BRIGHTNESS, sending.POWER)
_THREADS = 8

_logger = logging.getLogger(__name__)


class Agent:
    """Drives what `server` gives it, and remembers in `store`."""

    def __init__(self, server: Server, store: Store):
        self._server = server
        self._store = store

    def run(self) -> None:
        """Go on for ever; raises RevokedError when the server wants no more of this agent."""
        self._drive_again()
        failures = 0
        while True:
            try:
                wait = self.round()
                failures = 0
            except ServerError as error:
                _logger.warning("%s", error)
                wait = error.wait or _WAITS[min(failures, len(_WAITS) - 1)]
                failures += 1
            except OSError as error:
                # a full or broken disk; the next round may find it mended
                _logger.warning("本机的盘写不了：%s", error)
                wait = _WAITS[-1]
            except RevokedError:
                self._store.forget()
                raise
            # many agents lose one server at the same moment
            time.sleep(wait * random.uniform(1, 1.2))

    def round(self) -> float:
        """Report and ask once, and do what there is to do; gives how long to wait (s).

        What is reported stays in the store until the server has answered: told twice, it counts
        once. Nothing is asked for before everything in hand is done, so that the server knows that
        what it gave and hears nothing of has to be given again.
        """
        store, told = self._store, list(self._store.outcomes.items())[: exchange.MOST]
        answer = self._server.exchange([outcome for _key, outcome in told])
        wait = self._server.wait
        try:
            errands, tasks = exchange.errands_of(answer)
        except ValueError as error:
            raise ServerError(str(error)) from error
        store.outcomes = {key: one for key, one in store.outcomes.items() if (key, one) not in told}
        store.wishes = {key: one for key, one in store.wishes.items() if key in tasks}
        store.wishes |= {str(errand["key"]): errand for errand in errands}
        if told or errands:
            store.save()
        if errands:
            self._carry_out(errands, report=True)
            store.drop_files(set(exchange.files(store.wishes.values())))
        return 0 if store.outcomes else wait

    def _drive_again(self):
        """After a restart, also without a network: what was on goes on."""
        lasting = [one for one in self._store.wishes.values() if one["kind"] in _LASTING]
        self._carry_out([{**one, "last": one["wanted"]} for one in lasting], report=False)

    def _carry_out(self, plain_errands, report):
        errands = []
        for plain in plain_errands:
            try:
                errands.append(exchange.errand(plain, self._now(), self._read))
            except (ServerError, OSError, ValueError) as error:
                _logger.warning("%s", error)
                self._note(exchange.not_done(plain, failed(f"代理程序：{error}", True)), report)
        for outcome in sending.run(errands, _THREADS):
            if not outcome.answer.ok:
                _logger.warning("%s", outcome.answer.reason)
            self._note(outcome, report)

    def _note(self, outcome, report):
        if report:
            self._store.outcomes[str(outcome.key)] = exchange.outcome_values(outcome)
            self._store.save()

    def _read(self, page):
        content = self._store.file(page["digest"])
        if content is None:
            content = self._server.file(page["digest"], int(page["size"]))
            self._store.keep_file(page["digest"], content)
        return content

    def _now(self):
        """The server's time: the clock of a small computer starts anywhere."""
        return (self._server.date or datetime.now(UTC)).astimezone(SHANGHAI)
