import contextlib
import io
from datetime import timedelta
from itertools import chain

from PIL import Image

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import sending
from ..lib.drawing import fonts
from ..simulators.onbon_k import OnbonK
from .common import ScreenCommon


@tagged("post_install", "-at_install")
class TestScreenSending(ScreenCommon):
    """The whole way: published, arranged, sent over a real connection, seen on the card."""

    @contextlib.contextmanager
    def _card(self, **values):
        card = OnbonK(192, 64, fonts={16: fonts.cell_font().picture})
        with card.serve_tcp() as address:
            yield card, self._screen(address=address, **values)

    def _round(self):
        """One round of the scheduled action, without its commits; gives what was sent."""
        screens = self.env["yangguang.screen"]
        list(screens._arrange_changed())
        screens.search([])._want_now()
        tasks = self.env["yangguang.screen.task"]._take()
        for outcome in sending.run(tasks._errands()):
            tasks.browse(outcome.key)._keep(outcome)
        return sorted(tasks.mapped("kind"))

    def _preview(self, screen):
        return [
            Image.open(io.BytesIO(page.picture)).convert("RGB").tobytes()
            for page in screen.programme_id._show().pages
        ]

    def test_what_is_published_is_what_is_seen(self):
        with self._card() as (card, screen):
            self._published()
            self.assertEqual(self._round(), ["clock", "look", "play", "power"])
            self.assertEqual([one.tobytes() for one in card.pictures()], self._preview(screen))
            self.assertIn("货币资金收支明细表", str(card.texts()))
            self.assertEqual(set(screen.task_ids.mapped("state")), {"confirmed"})
            self.assertEqual(screen.health, "lit")

    def test_nothing_is_sent_when_nothing_changed(self):
        with self._card() as (card, _screen):
            self._published()
            self._round()
            card.commands.clear()
            self.assertEqual(self._round(), [])
            self.assertEqual(card.commands, [])

    def test_a_dead_screen_waits_longer_and_longer(self):
        dead = self._screen(address="socket://127.0.0.1:1")
        start = clock.now()
        self._round()
        play = dead.task_ids.filtered(lambda task: task.kind == "play")
        waited = []
        for _try in range(4):
            self.assertEqual(play.state, "waiting")
            waited.append(round((play.due - clock.now()).total_seconds() / 60))
            with clock.travel(play.due + timedelta(seconds=1)):
                self._round()
                waited[-1] = round((play.due - clock.now()).total_seconds() / 60)
        self.assertEqual(waited, [5, 30, 30, 30])
        self.assertTrue(play.reason)
        self.assertEqual(dead.health, "dark")
        self.assertGreaterEqual(play.due, start)

    def test_a_screen_that_comes_back_gets_the_newest(self):
        with self._card() as (card, screen):
            card.faults.silent = True
            self._published()
            self._round()
            self.assertEqual(card.texts(), [])
            newest = self._published(self.notice_item).publication_id
            card.faults.silent = False
            with clock.travel(clock.now() + timedelta(minutes=6)):
                self._round()
            self.assertIn("二十日上午九时", "".join(chain.from_iterable(card.texts())))
            self.assertIn(newest.code, self._shown(screen))

    def test_dark_by_plan(self):
        with self._card(opens=6, closes=22) as (card, screen):
            self._published()
            morning = clock.to_local(clock.now()).replace(hour=8, minute=0) + timedelta(days=1)
            with clock.travel(morning):
                self._round()
            self.assertTrue(card.on)
            with clock.travel(morning + timedelta(hours=14)):
                self.assertEqual(self._round(), ["power"])
                self.assertEqual(screen.health, "off")
            self.assertFalse(card.on)

    def test_brightness_by_table(self):
        with self._card() as (card, screen):
            screen.brightness_ids = [
                (0, 0, {"hour": 7, "percent": 100}),
                (0, 0, {"hour": 19, "percent": 20}),
            ]
            noon = clock.to_local(clock.now()).replace(hour=12) + timedelta(days=1)
            with clock.travel(noon):
                self._round()
            self.assertEqual(card.level, 15)
            with clock.travel(noon + timedelta(hours=8)):
                self.assertIn("brightness", self._round())
            self.assertEqual(card.level, 3)

    def test_a_worker_that_dies_leaves_nothing_undone(self):
        with self._card() as (card, screen):
            self._published()
            screens = self.env["yangguang.screen"]
            list(screens._arrange_changed())
            screens._want_now()
            screen._want_now()
            taken = self.env["yangguang.screen.task"]._take()
            self.assertEqual(set(taken.mapped("state")), {"sending"})
            self.assertEqual(self._round(), [])
            with clock.travel(clock.now() + timedelta(minutes=16)):
                self.assertIn("play", self._round())
            self.assertTrue(card.texts())

    def test_a_screen_that_lost_its_show_gets_it_again(self):
        with self._card() as (card, _screen):
            self._published()
            self._round()
            shown = card.texts()
            card.files.clear()
            with clock.travel(clock.now() + timedelta(minutes=11)):
                self.assertEqual(self._round(), ["look"])
                self.assertEqual(self._round(), ["play"])
            self.assertEqual(card.texts(), shown)

    def test_tried_again_by_hand(self):
        screen = self._screen(address="socket://127.0.0.1:1")
        self._round()
        screen.task_ids.with_user(self.town_officer).action_retry()
        self.assertEqual(set(screen.task_ids.mapped("tries")), {0})
