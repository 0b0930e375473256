import contextlib
import io
from datetime import timedelta
from itertools import chain

from PIL import Image

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.disclosure_common import POINTS
from odoo.addons.yangguang_cunwu.tests.lib import samples

from ..lib import sending
from ..lib.drawing import fonts
from ..simulators.huidu import Huidu
from ..simulators.novastar import Novastar
from ..simulators.onbon_k import OnbonK
from ..simulators.onbon_y import OnbonY
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
        tasks._keep(list(sending.run(tasks._errands())))
        return sorted(tasks.mapped("kind"))

    def _preview(self, screen):
        return [self._dots(page.picture) for page in screen.programme_id._show().pages]

    @staticmethod
    def _dots(picture):
        return Image.open(io.BytesIO(picture)).convert("RGB").tobytes()

    def test_what_is_published_is_what_is_seen(self):
        with self._card() as (card, screen):
            self._published()
            self.assertEqual(self._round(), ["clock", "look", "play", "power"])
            self.assertEqual([one.tobytes() for one in card.pictures()], self._preview(screen))
            self.assertIn("货币资金收支明细表", str(card.texts()))
            self.assertEqual(set(screen.task_ids.mapped("state")), {"confirmed"})
            self.assertEqual(screen.health, "lit")

    def test_pictures_and_films_on_full_colour_cards(self):
        document = {"text": "村民会议定于本月二十日上午九时召开。"}
        disclosure = self._draft(self._item("XC01"), document, period_key="2026-01")
        film = samples.video()
        disclosure.attach(disclosure.revision, "会场.mp4", film)
        disclosure.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(True)
        if disclosure.item_id.needs_signature:
            self._sign(disclosure)
        disclosure.with_user(self.secretary).action_check_content(POINTS)
        disclosure.action_publish()
        self._published()
        full = {"width": 256, "height": 128, "colours": "full", "pitch": 6.0}
        huidu, onbon = Huidu(256, 128), OnbonY(256, 128)
        with huidu.serve_tcp() as one, onbon.serve() as other:
            screens = self._screen(**full, driver="huidu_sdk2", address=one)
            screens |= self._screen(
                **full, driver="onbon_y", address=other, driver_options="password = own-password"
            )
            # the first tries go wrong in the middle
            huidu.faults.hang_up_after = 2000
            onbon.faults.damage = ""
            self._round()
            onbon.faults.damage = None
            with clock.travel(clock.now() + timedelta(minutes=6)):
                self._round()
            for card, screen in ((huidu, screens[0]), (onbon, screens[1])):
                pages = screen.programme_id._show().pages
                expected = [self._dots(page.picture) for page in pages if page.picture]
                self.assertEqual([one.tobytes() for one in card.pictures()], expected)
                self.assertIn(film, card.files.values())

    def test_a_bad_line_shows_the_old_or_the_new(self):
        with self._card() as (card, screen):
            self._published(self.notice_item)
            self._round()
            old = card.texts()
            self._published()
            del card.history[:-1]
            card.faults.lose = 0.1
            card.faults.refuse = [3]
            card.faults.restart_at = 1
            moment = clock.now()
            play = screen.task_ids.filtered(lambda task: task.kind == "play")
            for _try in range(6):
                moment += timedelta(minutes=31)
                with clock.travel(moment):
                    self._round()
            self.assertEqual(play.state, "confirmed")
            self.assertEqual([one.tobytes() for one in card.pictures()], self._preview(screen))
            for shown in card.history:
                self.assertIn(shown, (old, card.texts(), old + card.texts()))

    def test_a_card_that_only_dims_follows_the_table(self):
        card = Novastar()
        with card.serve_tcp() as address:
            screen = self._screen(driver="novastar_ctl", address=address, colours="full")
            screen.brightness_ids = [(0, 0, {"hour": 0, "percent": 60})]
            self.assertNotIn("play", self._round())
        self.assertEqual(card.brightness, 153)

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
