from datetime import datetime, time, timedelta

from odoo.tests import tagged

from ..lib import clock, echo_wall
from ..lib.holidays import state_calendar
from ..models.demo_stamp import stamp
from .question_common import QuestionCommon


@tagged("post_install", "-at_install")
class TestQuestionClock(QuestionCommon):
    """What happens when nobody does anything."""

    def setUp(self):
        super().setUp()
        # the days go by
        stamp(self.env.cr)
        self.start = datetime(2026, 3, 2, 9, 0, tzinfo=clock.SHANGHAI)
        self.enterContext(clock.travel(self.start))

    def _on(self, day, minute=time(0, 1)):
        return clock.travel(datetime.combine(day, minute, clock.SHANGHAI))

    def _run(self):
        with self.enter_registry_test_mode():
            self.env.ref("yangguang_cunwu.ir_cron_question_clock").method_direct_trigger()
        self.env.invalidate_all()

    def _workday(self, count):
        return echo_wall.due(self.start.date(), count, state_calendar())

    def test_late_overdue_town_district(self):
        question = self._asked()
        next_day = timedelta(days=1)
        with self._on(self._workday(1), time(23, 59)):
            self._run()
            self.assertFalse(question.delayed)
        with self._on(self._workday(1) + next_day):
            self._run()
            self.assertTrue(question.delayed)
            self.assertIn("delayed", self._kinds_told(self.clerk, question))
        with self._on(self._workday(5), time(23, 59)):
            self._run()
            self.assertEqual(question.level, "3")
        with self._on(self._workday(5) + next_day):
            self._run()
            self.assertEqual((question.level, question.lamp), ("2", "red"))
            for user in (self.clerk, self.town_officer):
                self.assertIn("overdue", self._kinds_told(user, question))
            self.assertFalse(self._kinds_told(self.district_officer, question))
        with self._on(self._workday(10), time(23, 59)):
            self._run()
            self.assertEqual(question.level, "2")
        with self._on(self._workday(10) + next_day):
            self._run()
            self._run()
            self.assertEqual(question.level, "1")
            self.assertEqual(self._kinds_told(self.district_officer, question), ["overdue"])
        self.assertEqual(
            question.event_ids.mapped("kind"), ["ask", "delay", "escalate", "escalate"]
        )

    def test_town_answers_what_has_come_to_it(self):
        question = self._accepted()
        with self._on(self._workday(6)):
            self._run()
            self._answer(question, user=self.town_officer)
        self.assertEqual(question.event_ids[-1].person_id, self.town_officer.partner_id)

    def test_complex_questions_have_longer(self):
        question = self._accepted()
        question.with_user(self.clerk).action_complex("要请供电所勘查")
        with self._on(self._workday(9)):
            self._run()
        self.assertEqual(question.level, "3")

    def test_accusation_goes_from_the_town_to_the_district(self):
        question = self._accused()
        self.assertFalse(question.with_user(self.district_officer).search([]))
        with self._on(self._workday(11)):
            self._run()
            self.assertEqual(question.level, "1")
            self.env.registry.clear_cache()
            self.assertTrue(question.with_user(self.district_officer).text)
        for user in (self.clerk, self.secretary):
            self.assertFalse(self._kinds_told(user, question))

    def test_a_question_asked_again_has_its_term_anew(self):
        question = self._answered()
        with self._on(self._workday(4)):
            question._reopen("到现在还没有修，请说明原因。")
        with self._on(self._workday(6)):
            self._run()
        self.assertEqual(question.level, "3")

    def test_closed_when_the_asker_says_no_more(self):
        question = self._answered()
        disputed = self._answered()
        disputed._solved(False)
        with self._on(self.start.date() + timedelta(days=15)):
            self._run()
            self.assertEqual(question.state, "answered")
        with self._on(self.start.date() + timedelta(days=16)):
            self._run()
        self.assertEqual((question | disputed).mapped("state"), ["closed", "closed"])

    def test_who_is_not_satisfied_has_time_to_ask_again(self):
        question = self._answered()
        with self._on(self.start.date() + timedelta(days=14)):
            question._solved(False)
        for days in (16, 28):
            with self._on(self.start.date() + timedelta(days=days)):
                self._run()
                self.assertEqual(question.state, "unsolved")
        with self._on(self.start.date() + timedelta(days=30)):
            self._run()
        self.assertEqual(question.state, "closed")

    def test_accusation_that_nobody_in_the_town_may_read_any_more(self):
        accusation = self._accused()
        self._run()
        self.assertEqual(accusation.level, "2")
        self._appoint(self.town_officer.partner_id, "resident_cadre", self.village)
        self._run()
        self.assertEqual(accusation.level, "1")
        self.assertEqual(self._kinds_told(self.district_officer, accusation), ["accused"])

    def test_who_asked_is_forgotten(self):
        question = self._on_wall()
        question._solved(True)
        with self._on(self.start.date() + timedelta(days=180)):
            self._run()
            self.assertTrue(question.asker_ids)
        with self._on(self.start.date() + timedelta(days=181)):
            self._run()
        self.assertFalse(question.asker_ids)
        self.assertEqual(self._public(question).asker, "村民")

    def test_lamp_can_be_searched(self):
        question = self._accepted()
        questions = self.env["yangguang.question"]
        for day in (0, 4, 5, 6):
            with self._on(self._workday(day) if day else self.start.date()):
                question.invalidate_recordset(["lamp"])
                for colour in ("red", "yellow", "green", "blue", "grey"):
                    found = question in questions.search([("lamp", "=", colour)])
                    self.assertEqual(found, question.lamp == colour, (day, colour))

    def test_every_change_leaves_a_trace(self):
        """Many questions on many ways: each change of state has its event, in order."""
        ways = [self._asked, self._accepted, self._answered, self._on_wall, self._accused]
        questions = self.env["yangguang.question"].union(*(ways[n % 5]() for n in range(25)))
        for question in questions[2::5]:
            question._solved(False)
        for question in questions[3::5]:
            question._reopen("到现在还没有修，请说明原因。")
        for days in (1, 3, 6, 12, 20, 40):
            with self._on(self._workday(days)):
                self._run()
        for question in questions:
            before = "received"
            for event in question.event_ids:
                self.assertEqual(event.state_before, before)
                before = event.state_after
            self.assertEqual(question.state, before)
