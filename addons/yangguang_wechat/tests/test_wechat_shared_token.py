from datetime import timedelta
from threading import Barrier, Thread
from unittest.mock import patch

from odoo import api
from odoo.modules.registry import Registry
from odoo.tests import BaseCase, tagged
from odoo.tests.common import get_db_name
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import client, errors
from ..simulators import state, wechat
from .wechat_common import STABLE

TEMPLATES = "/wxaapi/newtmpl/gettemplate"
WORKERS = 8
CLIENT_LOG = "odoo.addons.yangguang_wechat.lib.client"


@tagged("post_install", "-at_install")
class TestSharedToken(BaseCase):
    """Workers with connections of their own, and a setting that is really committed."""

    def setUp(self):
        super().setUp()
        self.registry = Registry(get_db_name())
        self.fake = self.enterContext(wechat.running(slowness=0.2))
        self.enterContext(patch.object(client, "_TIMEOUT", 10))
        with self.registry.cursor() as cursor:
            settings = api.Environment(cursor, api.SUPERUSER_ID, {})["yangguang.wechat.setting"]
            self.setting_id = settings.create(
                {"appid": state.APPID, "new_secret": state.SECRET, "api_host": self.fake.host}
            ).id
        self.addCleanup(self._run, "DELETE FROM yangguang_wechat_setting WHERE id = %s")

    def _run(self, query):
        with self.registry.cursor() as cursor:
            cursor.execute(query, [self.setting_id])
            return cursor.fetchall() if cursor.description else None

    def _in_workers(self, call, count=WORKERS):
        """What `call(client)` gives in so many workers at once."""
        barrier, outcomes = Barrier(count), []

        def work():
            with self.registry.cursor() as cursor:
                env = api.Environment(cursor, api.SUPERUSER_ID, {})
                bound = env["yangguang.wechat.client"]._client()
                barrier.wait()
                try:
                    outcomes.append(call(bound))
                except errors.WechatError as error:
                    outcomes.append(error)

        threads = [Thread(target=work) for _number in range(count)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        return outcomes

    def _templates(self, bound):
        return len(bound.templates())

    def test_all_workers_fetch_the_first_token_once(self):
        self.assertEqual(self._in_workers(self._templates), [5] * WORKERS)
        self.assertEqual(self.fake.called(STABLE), 1)
        [[token, expires, claimed]] = self._run(
            "SELECT access_token, token_expires, token_claimed FROM yangguang_wechat_setting"
            " WHERE id = %s"
        )
        self.assertIn(token, self.fake.state.tokens)
        self.assertGreater(expires, clock.now() + timedelta(seconds=7000))
        self.assertIsNone(claimed)

    def test_a_token_near_its_end_is_renewed_once_while_others_use_it(self):
        self._in_workers(self._templates, 1)
        [[old]] = self._run("SELECT access_token FROM yangguang_wechat_setting WHERE id = %s")
        self.fake.state.tokens[old] -= 7200 - 200
        self._run(
            "UPDATE yangguang_wechat_setting SET token_expires = (now() AT TIME ZONE 'UTC')"
            " + interval '200 seconds' WHERE id = %s"
        )
        used = self._in_workers(lambda bound: bound._tokens.token())
        self.assertEqual(self.fake.called(STABLE), 2)
        self.assertEqual(used.count(old), WORKERS - 1)

    @mute_logger(CLIENT_LOG)
    def test_all_workers_whose_token_is_not_taken_fetch_one(self):
        self._in_workers(self._templates, 1)
        self.fake.state.expire_tokens()
        self.assertEqual(self._in_workers(self._templates), [5] * WORKERS)
        self.assertEqual(self.fake.called(STABLE), 2)

    @mute_logger(CLIENT_LOG)
    def test_a_worker_that_cannot_fetch_lets_the_next_one_try(self):
        self.fake.state.fail(STABLE, 40164, times=1)
        [first] = self._in_workers(self._templates, 1)
        self.assertEqual(first.code, 40164)
        self.assertEqual(self._in_workers(self._templates, 1), [5])

    def test_a_worker_that_died_is_not_waited_for_for_ever(self):
        self._run(
            "UPDATE yangguang_wechat_setting SET token_claimed = (now() AT TIME ZONE 'UTC')"
            " - interval '21 seconds' WHERE id = %s"
        )
        self.assertEqual(self._in_workers(self._templates, 1), [5])

    def test_nothing_is_locked_while_wechat_is_waited_for(self):
        with self.registry.cursor() as cursor:
            env = api.Environment(cursor, api.SUPERUSER_ID, {})
            bound = env["yangguang.wechat.client"]._client()
            fetched = []
            thread = Thread(target=lambda: fetched.append(bound.templates()))
            thread.start()
            while thread.is_alive() and not self.fake.called(STABLE):
                pass
            # no lock of whoever waits is in the way
            self._run("SELECT id FROM yangguang_wechat_setting WHERE id = %s FOR UPDATE NOWAIT")
            thread.join()
        self.assertEqual(len(fetched[0]), 5)
