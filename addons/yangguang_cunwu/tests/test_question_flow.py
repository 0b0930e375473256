from lxml import etree

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools.safe_eval import safe_eval

from ..lib import clock, echo_wall
from .question_common import ANSWER, WORDS, QuestionCommon


@tagged("post_install", "-at_install")
class TestQuestionFlow(QuestionCommon):
    """From the question to the asker's verdict."""

    def test_way_of_a_question(self):
        question = self._asked()
        self.assertRecordValues(
            question,
            [
                {
                    "state": "received",
                    "review_state": "waiting",
                    "check_state": "none",
                    "level": "3",
                    "asker_name": "王五六",
                    "asker_phone": "13800138000",
                    "item_id": False,
                }
            ],
        )
        self.assertEqual(self._kinds_told(self.clerk, question), ["asked"])
        question.with_user(self.clerk).action_accept()
        question.with_user(self.clerk).action_show()
        self.assertEqual(self._public(question).state, "accepted")
        self._answer(question)
        shown = self._public(question)
        self.assertRecordValues(
            shown,
            [
                {
                    "text": WORDS,
                    "asker": "王**",
                    "answer": ANSWER,
                    "state": "answered",
                    "answered_on": clock.today(),
                }
            ],
        )
        question._solved(True)
        self.assertEqual(shown.state, "solved")
        self.assertEqual(
            question.event_ids.mapped("kind"), ["ask", "accept", "show", "answer", "solve"]
        )
        self.assertEqual(
            question.event_ids.mapped("person_id"), self.clerk.partner_id, "asker is not named"
        )

    def test_words_are_masked_for_the_public_and_kept(self):
        text = "路灯坏了，请打我的手机13900139000联系我。"
        question = self._on_wall(text=text)
        self.assertEqual(question.text, text)
        self.assertNotIn("13900139000", self._public(question).text)

    def test_hidden_with_a_reason(self):
        question = self._asked()
        clerk = question.with_user(self.clerk)
        clerk.action_show()
        with self.assertRaises(UserError):
            clerk.action_hide("")
        clerk.action_hide("含他人隐私")
        self.assertFalse(self._public(question))
        self.assertEqual(question.review_reason, "含他人隐私")
        # the town looks after what a village does not show
        question.with_user(self.town_officer).action_show()
        self.assertTrue(self._public(question))

    def test_what_is_solved_before_it_was_read_may_still_be_shown(self):
        question = self._answered()
        question._solved(True)
        form = etree.fromstring(question.get_view(view_type="form")["arch"])
        [button] = form.xpath("//button[@name='action_show']")
        names = ("is_accusation", "may_review", "state", "review_state", "reopen_review_state")
        for shown in (False, True):
            values = question.with_user(self.clerk).read(names)[0]
            self.assertEqual(bool(safe_eval(button.get("invisible"), values)), shown)
            question.with_user(self.clerk).action_show()

    def test_refused_for_a_reason_of_the_list(self):
        question = self._accepted()
        clerk = question.with_user(self.clerk)
        clerk.action_show()
        for ground in ("criticism", False, ""):
            with self.assertRaises(UserError):
                clerk.action_refuse(ground, "批评村干部")
        clerk.action_refuse("elsewhere", "请到镇自来水公司办理")
        self.assertEqual(question.state, "refused")
        self.assertFalse(self._public(question))
        with self.assertRaises(UserError):
            self._answer(question)

    def test_answer_with_personal_data_is_sent_back(self):
        question = self._accepted()
        with self.assertRaisesRegex(UserError, "手机号「138\\*\\*\\*\\*8000」"):
            self._answer(question, "请联系李四，电话13800138000。")
        self.assertFalse(question.answer)
        self.village.phone = "0663-3281234"
        self._answer(question, "请打0663-3281234咨询。")
        self.assertEqual(question.state, "answered")

    def test_two_answer_at_the_same_time(self):
        question = self._accepted()
        seen = question.last_event_id.id
        question.with_user(self.clerk).action_answer(ANSWER, seen)
        with self.assertRaises(UserError):
            question.with_user(self.deputy).action_answer("另一个答复，请村民放心。", seen)
        self.assertEqual(question.answer, ANSWER)
        # read again, it may be mended until the asker has judged
        self._answer(question, "更正：下周一前更换。", self.deputy)
        question._solved(False)
        with self.assertRaises(UserError):
            self._answer(question, "再改一次答复内容。")

    def test_a_check_meanwhile_costs_nobody_his_answer(self):
        question = self._accepted()
        seen = question.last_event_id.id
        question._machine_checked(question, "passed")
        question.with_user(self.town_officer).action_show()
        question.with_user(self.clerk).action_answer(ANSWER, seen)
        self.assertEqual(question.answer, ANSWER)
        for not_seen in (0, seen):
            with self.assertRaises(UserError):
                question.with_user(self.clerk).action_answer("另一个答复。", not_seen)

    def test_not_solved_and_asked_again_once(self):
        question = self._on_wall()
        question._solved(False, "路灯还是不亮，没有人来。")
        self.assertEqual(self._kinds_told(self.clerk, question)[:1], ["disputed"])
        question._reopen("到现在还没有修，请说明原因。")
        self.assertRecordValues(
            question,
            [{"state": "reopened", "reopen_review_state": "waiting", "review_state": "shown"}],
        )
        shown = self._public(question)
        self.assertFalse(shown.reopen_text)
        question.with_user(self.clerk).action_show()
        self.assertEqual(shown.reopen_text, "到现在还没有修，请说明原因。")
        self._answer(question, "已经修好，请再看一看。")
        self.assertEqual(shown.answer, "已经修好，请再看一看。")
        with self.assertRaises(UserError):
            question._reopen("第三次提问，为什么又坏了？")
        question._solved(True)
        with self.assertRaises(UserError):
            question._solved(False)

    def test_asking_again_may_be_hidden_alone(self):
        question = self._on_wall()
        question._reopen("到现在还没有修，请说明原因。")
        question.with_user(self.clerk).action_hide("含他人隐私")
        self.assertEqual(question.reopen_review_state, "hidden")
        self.assertEqual(self._public(question).text, WORDS)

    def test_withdrawn(self):
        question = self._on_wall()
        question._withdraw()
        self.assertFalse(self._public(question))
        with self.assertRaises(UserError):
            question._solved(True)

    def test_asker_is_erased_and_the_words_stay(self):
        question = self._on_wall()
        question._erase_asker()
        self.assertFalse(question.asker_ids)
        self.assertEqual(self._public(question).asker, "村民")
        self.assertEqual(self._public(question).text, WORDS)
        events = len(question.event_ids)
        question._erase_asker()
        self.assertEqual(len(question.event_ids), events)

    def test_machine_checks_hold_back(self):
        question = self._on_wall(pictures=[self._photo()])
        picture = question.picture_ids
        for target in (question, picture):
            for verdict, public in (
                ("waiting", False),
                ("held", False),
                ("refused", False),
                ("passed", True),
            ):
                question._machine_checked(target, verdict, "x")
                self.assertEqual(bool(self._public(question)), public, (target, verdict))
        question._machine_checked(picture, "refused", "x")
        picture.with_user(self.clerk).action_leave_out()
        self.assertEqual(self._public(question).picture_count, 0)

    def test_accusation_is_the_town_s(self):
        question = self._accused()
        self.assertEqual(question.level, "2")
        self.assertEqual(self._kinds_told(self.town_officer, question), ["accused"])
        for user in (self.clerk, self.secretary, self.chair):
            self.assertFalse(self._kinds_told(user, question))
        officer = question.with_user(self.town_officer)
        officer.action_accept()
        with self.assertRaises(UserError):
            officer.action_show()
        # nobody but the asker reads the answer
        self._answer(question, "已转镇纪委核查，电话13800138000。", self.town_officer)
        self.assertFalse(self._public(question))

    def test_passed_on_the_village_reads_no_more(self):
        question = self._asked(text="村主任黄某某拿了工程队的钱。")
        clerk = question.with_user(self.clerk)
        clerk.action_show()
        clerk.action_pass_on()
        self.assertRecordValues(question, [{"is_accusation": True, "level": "2"}])
        self.assertFalse(self._public(question))
        self.env.invalidate_all()
        with self.assertRaises(AccessError):
            clerk.read(["text"])
        self.assertEqual(question.with_user(self.town_officer).asker_name, "王五六")
        self.assertEqual(self._kinds_told(self.town_officer, question), ["accused"])
        # what the clerk was told of before stays readable beside his other notices
        self.env.invalidate_all()
        notices = self.env["yangguang.notice"].with_user(self.clerk).search([])
        [notice] = notices.read(["subject"])
        self.assertIn(question.number, notice["subject"])
        with self.assertRaises(AccessError):
            notices.question_id.read(["text"])

    def test_every_wrong_state(self):
        """Each step of an office from each state it does not start from."""
        steps = {
            "accept": lambda one: one.action_accept(),
            "complex": lambda one: one.action_complex("原因说明"),
            "refuse": lambda one: one.action_refuse("twice", "原因说明"),
            "pass_on": lambda one: one.action_pass_on(),
            "answer": lambda one: one.action_answer(ANSWER, one.last_event_id.id),
        }
        ways = {
            "received": self._asked,
            "accepted": self._accepted,
            "answered": self._answered,
        }
        for state, way in ways.items():
            for name, step in steps.items():
                if state in echo_wall.STEPS[name].sources:
                    continue
                question = way().with_user(self.clerk)
                with self.subTest(step=name, state=state), self.assertRaises(UserError):
                    step(question)
