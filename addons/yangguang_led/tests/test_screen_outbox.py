from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import sending
from ..lib.drivers.base import CONFIRMED, Status, failed
from .common import ScreenCommon

SILENT = failed("没有回答。", True)


@tagged("post_install", "-at_install")
class TestScreenOutbox(ScreenCommon):
    """What happens to a task between two who want something of it."""

    def setUp(self):
        super().setUp()
        self.screen = self._screen()
        self._published()
        self._arrange()
        self.taken = self._tasks()._take()
        self.errands = {errand.kind: errand for errand in self.taken._errands()}
        self.play = self._play()

    def _tasks(self):
        return self.env["yangguang.screen.task"]

    def _play(self, screen=None):
        tasks = (screen or self.screen).task_ids
        return tasks.filtered(lambda task: task.kind == sending.PLAY)

    def _arrange(self):
        screens = self.env["yangguang.screen"]
        list(screens._arrange_changed())
        screens.search([])._want_now()

    def _came_of(self, kind=sending.PLAY, answer=CONFIRMED, **values):
        errand = self.errands[kind]
        return sending.Outcome(errand.key, errand.turn, errand.wanted, answer, **values)

    def _wish_anew(self):
        """Something else is wanted while it is being sent."""
        self._published(self.notice_item)
        self._arrange()
        self.assertNotEqual(self.play.wanted, self.errands[sending.PLAY].wanted)

    def test_many_screens_cost_as_many_statements_as_few(self):
        # the first round also reads what stays in memory
        _first, few, many = (self._statements_of_a_round(count) for count in (1, 2, 7))
        self.assertEqual(few, many)

    def _statements_of_a_round(self, count):
        """How many statements it takes to give away and keep what `count` new screens are to do."""
        screens = self.env["yangguang.screen"].union(*(self._screen() for _one in range(count)))
        self._arrange()
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.env.cr.sql_log_count
        errands = self._tasks()._take()._errands()
        self._tasks()._keep(
            [
                sending.Outcome(one.key, one.turn, one.wanted, CONFIRMED, name="P001")
                for one in errands
            ]
        )
        self.env.flush_all()
        spent = self.env.cr.sql_log_count - before
        shown = self.env["yangguang.screen.showing"].search([("screen_id", "in", screens.ids)])
        self.assertEqual(len(shown), count)
        return spent

    def test_what_changes_while_it_is_sent_is_sent_again(self):
        self._wish_anew()
        # nobody else speaks to the screen meanwhile
        self.assertEqual(self.play.state, "sending")
        self.assertFalse(self._tasks()._take())
        self.play._keep([self._came_of(name="P001")])
        self.assertEqual(self.play.reached, self.errands[sending.PLAY].wanted)
        self.assertEqual((self.play.state, self.play.name), ("waiting", "P001"))
        [again] = self._tasks()._take()._errands()
        self.assertEqual(again.show.digest, self.play.wanted)
        self.assertEqual(again.last, self.errands[sending.PLAY].wanted)

    def test_a_failure_of_the_old_wish_does_not_count_for_the_new_one(self):
        self._wish_anew()
        self.play._keep([self._came_of(answer=SILENT)])
        self.assertEqual((self.play.state, self.play.tries), ("waiting", 0))
        self.assertFalse(self.play.reached)
        self.assertLessEqual(self.play.due, clock.now())

    def test_an_outcome_counts_once(self):
        self.play._keep([self._came_of(answer=SILENT)])
        due = self.play.due
        self.play._keep([self._came_of(answer=SILENT)])
        self.assertEqual((self.play.tries, self.play.due), (1, due))
        self.play._keep([self._came_of()])
        self.assertFalse(self.play.reached)

    def test_only_the_last_one_who_took_it_reports(self):
        with clock.travel(clock.now() + timedelta(minutes=16)):
            again = self._tasks()._take()
            self.assertIn(self.play, again)
            self.play._keep([self._came_of()])
            self.assertEqual(self.play.state, "sending")
            [errand] = self.play._errands()
            self.play._keep([sending.Outcome(errand.key, errand.turn, errand.wanted, CONFIRMED)])
        self.assertEqual(self.play.state, "confirmed")

    def test_a_screen_that_is_deleted_meanwhile(self):
        other = self._screen(name="另一块屏", address="socket://127.0.0.1:8")
        self._arrange()
        errands = self._tasks()._take()._errands()
        other.unlink()
        self.play._keep(
            [sending.Outcome(one.key, one.turn, one.wanted, CONFIRMED) for one in errands]
            + [self._came_of()]
        )
        self.assertEqual(self.play.state, "confirmed")

    def test_no_retry_by_hand_while_it_is_sent(self):
        self.play.with_user(self.town_officer).action_retry()
        self.assertEqual(self.play.state, "sending")

    def test_a_look_does_not_disturb_what_is_sent(self):
        self.play.write({"reached": self.play.wanted, "name": "P001"})
        self.play._keep([self._came_of(sending.LOOK, status=Status(playing="P002"))])
        self.assertEqual(self.play.state, "sending")

    def test_what_is_sent_is_what_is_right_when_it_is_sent(self):
        wanted = self.play.wanted
        self.play.write({"wanted": "0" * 64, "state": "waiting", "due": clock.now()})
        [errand] = self._tasks()._take()._errands()
        self.assertEqual((errand.wanted, errand.show.digest), (wanted, wanted))

    def test_screens_that_answer_come_first(self):
        self.taken.write({"state": "waiting", "due": clock.now(), "tries": 2})
        lively = self._screen(name="好屏")
        self._arrange()
        self.assertEqual(self._tasks()._take()[: len(lively.task_ids)], lively.task_ids)

    def test_the_tasks_of_a_screen_come_together(self):
        self.taken.write({"state": "waiting", "due": clock.now()})
        with patch.object(clock, "now", return_value=clock.now()):
            screens = self.screen.union(*(self._screen(name=f"屏{number}") for number in range(4)))
            self._arrange()
        taken = [task.screen_id for task in self._tasks()._take()]
        self.assertEqual(taken, [screen for screen in screens for _kind in range(4)])

    def test_so_many_statements_for_any_number_of_screens(self):
        screens = self.screen.union(*(self._screen(name=f"屏{number}") for number in range(50)))
        list(screens._arrange_changed())
        self.env.flush_all()
        for count in (6, 45):
            self.env.invalidate_all()
            with self.assertQueryCount(11):
                screens[:count]._want_now()
                self.env.flush_all()
        self.assertEqual(len(screens.task_ids), 4 * 45)
        with clock.travel(clock.now() + timedelta(days=1)):
            self.env.invalidate_all()
            with self.assertQueryCount(11):
                screens[:45]._want_now()
                self.env.flush_all()
