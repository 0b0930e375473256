import contextlib
from datetime import timedelta

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import sending
from ..lib.drawing import fonts
from ..simulators.onbon_k import OnbonK
from .display_common import DisplayCommon


@tagged("post_install", "-at_install")
class TestScreenShowing(DisplayCommon):
    """What a card has shown, by its own answers."""

    def setUp(self):
        super().setUp()
        self.screen.active = False

    @contextlib.contextmanager
    def _card(self, **values):
        card = OnbonK(192, 64, fonts={16: fonts.cell_font().picture})
        with card.serve_tcp() as address:
            yield card, self._screen(address=address, opens=6, closes=22, **values)

    def _round(self):
        screens = self.env["yangguang.screen"]
        list(screens._arrange_changed())
        screens.search([])._want_now()
        tasks = self.env["yangguang.screen.task"]._take()
        tasks._keep(list(sending.run(tasks._errands())))

    def _rounds(self, since, until, step=10):
        """Rounds of the scheduled action between two local times."""
        moment = since
        while moment <= until:
            with clock.travel(moment):
                self._round()
            moment += timedelta(minutes=step)

    def _counted(self, screen, grade="device"):
        self._run(1, 23)
        rows = self.proofs.search([("screen_id", "=", screen.id), ("grade", "=", grade)])
        return sum(rows.mapped("seconds"))

    def test_between_two_answers_it_was_on(self):
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 10))
            # the one publication has the whole lap, to the second of the last round
            self.assertAlmostEqual(self._counted(screen), 7200, delta=5)
            row = self.proofs.search([("screen_id", "=", screen.id)])
            self.assertAlmostEqual(row.hours[8], 3600, delta=5)
            self.assertAlmostEqual(row.hours[9], 3600, delta=5)
            self.assertGreater(row.plays, 20)
            self.assertEqual(sum(row.hours), row.seconds)

    def test_twice_is_once_and_in_pieces_is_the_same(self):
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 9))
            first = self._counted(screen)
            self.assertEqual(self._counted(screen), first)
            plays = self.proofs.search([("screen_id", "=", screen.id)]).plays
            self._rounds(self._at(1, 9, 10), self._at(1, 10))
            self.assertAlmostEqual(self._counted(screen), 2 * first, delta=5)
            row = self.proofs.search([("screen_id", "=", screen.id)])
            self.assertAlmostEqual(row.plays, 2 * plays, delta=1)

    def test_silence_is_dark(self):
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 8, 20))
            there, screen.address = screen.address, "socket://127.0.0.1:9"
            self._rounds(self._at(1, 8, 30), self._at(1, 10))
            screen.address = there
            # the task that failed waits for its turn
            screen.task_ids.write({"due": self._at(1, 8).replace(tzinfo=None)})
            self._rounds(self._at(1, 10, 10), self._at(1, 10, 30))
            self.assertAlmostEqual(self._counted(screen), 2400, delta=5)
            row = self.proofs.search([("screen_id", "=", screen.id)])
            self.assertEqual(row.hours[9], 0)

    def test_another_show_or_no_light_is_not_counted(self):
        with self._card() as (card, screen):
            self._rounds(self._at(1, 8), self._at(1, 8, 10))
            counted = self._counted(screen)
            card.on = False
            self._rounds(self._at(1, 8, 20), self._at(1, 8, 40))
            self.assertEqual(self._counted(screen), counted)

    def test_the_night_is_not_counted(self):
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 21, 40), self._at(1, 22, 20))
            self.assertAlmostEqual(self._counted(screen), 600, delta=5)

    def test_what_was_only_sent_is_told_apart(self):
        with self._card(driver_options="reply = no") as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 9))
            self.assertEqual(self._counted(screen), 0)
            rows = self.proofs.search([("screen_id", "=", screen.id)])
            self.assertEqual(rows.mapped("grade"), ["sent"])

    def test_two_publications_share_the_time(self):
        other = self._published().publication_id
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 9))
            total = self._counted(screen)
            self.assertAlmostEqual(total, 3600, delta=5)
            rows = self.proofs.search([("screen_id", "=", screen.id)])
            self.assertEqual(rows.publication_id, self.publication | other)
            self.assertTrue(all(rows.mapped("plays")))

    def test_the_filler_is_nobodys(self):
        self.publication.with_user(self.clerk).action_recall_from_screens("先撤下核对。")
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 8, 20))
            self.assertFalse(self.env["yangguang.screen.showing"].search([]))
            self.assertEqual(self._counted(screen), 0)

    def test_old_stretches_leave(self):
        with self._card() as (_card, screen):
            self._rounds(self._at(1, 8), self._at(1, 8, 20))
            self._counted(screen)
            showings = self.env["yangguang.screen.showing"]
            self.assertEqual(len(showings.search([("screen_id", "=", screen.id)])), 1)
            with clock.travel(self._at(20, 8)):
                showings._drop_old()
            self.assertFalse(showings.search([("screen_id", "=", screen.id)]))
