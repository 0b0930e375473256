"""Questions from the telephone: taken once, followed up, answered, forgotten."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib.verdict import Verdict
from ..models import yangguang_wechat_upload as uploads
from .wxapi_question_common import TEXT, WxQuestionCommon


@tagged("post_install", "-at_install")
class TestQuestion(WxQuestionCommon):
    def test_a_question(self):
        told = self._ask()
        question = self._question(told)
        self.assertEqual(told["text"], TEXT)
        self.assertEqual(told["village"], "东岸村")
        self.assertEqual(told["state"], "received")
        self.assertEqual(told["can"], {"verdict": False, "reopen": False})
        self.assertEqual(question.channel, "phone")
        self.assertEqual(question.asker_ids.phone, "13800000001")
        self.assertEqual(question.check_state, "passed")
        self.assertEqual(self._get_json("/questions", self.token)["questions"], [told])
        self.assertEqual(self._get_json(f"/questions/{told['code']}", self.token), told)
        other = self._login("other")
        self.assertEqual(self._get_json("/questions", other)["questions"], [])
        self._get_json(f"/questions/{told['code']}", other, 404)
        self._post(f"/questions/{told['code']}/verdict", {"solved": True}, other, 404)
        self._post(f"/questions/{told['code']}/reopen", {"text": TEXT}, other, 404)

    def test_who_asks_is_known(self):
        nobody = self._login("nobody")
        self.assertEqual(self._error(self._ask(403, nobody)), "phone")
        resident = self._login_resident(self._resident("钱小六"))
        told = self._ask(token=resident)
        self.assertEqual(self._question(told).asker_ids.name, "钱小六")

    def test_the_same_key_is_one_question(self):
        first = self._ask(key="the-same-key")
        self.assertEqual(self._ask(key="the-same-key", text="另外一个问题来了"), first)
        self.assertEqual(self.env["yangguang.question"].search_count([]), 1)
        # another one's key is another key
        other = self._login("other")
        self._post("/phone", {"code": self._code("13800000002")}, other)
        self.assertNotEqual(self._ask(key="the-same-key", token=other)["code"], first["code"])

    def test_what_is_refused(self):
        for values, field in (
            ({"village": "x"}, "village"),
            ({"text": ""}, "text"),
            ({"text": "短"}, None),
            ({"text": "长" * 501}, None),
            ({"publication": "x"}, "publication"),
            ({"pictures": [1, 2, 3, 4]}, "pictures"),
            ({"pictures": [999999]}, None),
        ):
            answer = self._ask(422, **values)
            self.assertEqual(list(answer["error"].get("fields", [])), [field] if field else [])
        for values in ({"is_anonymous": "yes"}, {"pictures": ["x"]}, {"key": "短"}, {"text": 7}):
            self._ask(400, **values)
        far = self._receipts()
        self._ask(422, village=self.far_village.code, publication=far.code)
        self.assertEqual(self._ask(publication=far.code)["publication"], far.code)

    def test_ten_a_day(self):
        for _question in range(10):
            self._ask()
        self._ask(429)
        # who closes his account and begins anew has asked as often
        self._post("/account/close", {}, self.token)
        self.token = self._login()
        self._post("/phone", {"code": self._code("13800000001")}, self.token)
        self._ask(429)

    def test_pages_of_twenty(self):
        codes = [self._ask()["code"] for _question in range(10)]
        questions = self.env["yangguang.question"]
        account = self._account()
        values = {"division": self.village, "text": TEXT}
        for number in range(15):
            question = questions._ask_by_phone(
                account, {**values, "key": f"more{number:08}"}, Verdict("passed", 100)
            )
            codes.append(question.code)
        self.env.flush_all()
        page = self._get_json("/questions", self.token)
        following = self._get_json(f"/questions?after={page['next']}", self.token)
        self.assertEqual(
            [one["code"] for one in page["questions"] + following["questions"]], codes[::-1]
        )
        self.assertIsNone(following["next"])

    def test_a_list_costs_three_statements(self):
        for _question in range(10):
            self._ask()
        counts = []
        for _round in range(4):
            before = self.cr.sql_log_count
            self._get_json("/questions", self.token)
            counts.append(self.cr.sql_log_count - before)
        # the token, the list, and the framework's own look for changes
        self.assertLessEqual(counts[-1], 3)

    def test_pictures(self):
        number = self._upload()["picture"]
        told = self._ask(pictures=[number])
        question = self._question(told)
        self.assertEqual(told["pictures"], 1)
        self.assertEqual(question.picture_ids.check_state, "waiting")
        self.assertFalse(self.env["yangguang.wechat.upload"].search([]))
        self._ask(422, pictures=[number])
        other = self._login("other")
        strange = self._upload(token=other)["picture"]
        self._ask(422, pictures=[strange])
        for content, status in (
            (b"no picture", 422),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", 422),
            (b"x" * (5 * 1024 * 1024 + 1), 413),
        ):
            self._upload(content, status)

    def test_unused_pictures_go(self):
        self._upload()
        rows = self.env["yangguang.wechat.upload"]
        rows._drop_unused()
        self.assertTrue(rows.search([]))
        rows.search([]).time = clock.now() - timedelta(days=1, seconds=1)
        rows._drop_unused()
        self.assertFalse(rows.search([]))
        with patch.object(uploads, "_MOST", 2):
            self._upload()
            self._upload()
            self._upload(status=429)

    def test_answer_and_verdict(self):
        told = self._ask()
        path = f"/questions/{told['code']}"
        question = self._question(told)
        self._post(f"{path}/verdict", {"solved": True}, self.token, 422)
        question.with_user(self.clerk).action_accept()
        self._show(question)
        question.with_user(self.clerk).action_answer("路灯本周五修好。", question.last_event_id.id)
        told = self._get_json(path, self.token)
        self.assertEqual(told["answer"], "路灯本周五修好。")
        self.assertEqual(told["can"], {"verdict": True, "reopen": True})
        messages = self._get_json("/messages", self.token)["messages"]
        self.assertEqual([one["text"] for one in messages], ["路灯本周五修好。"])
        told = self._post(f"{path}/reopen", {"text": "周五已经过去，还没有修。"}, self.token)
        self.assertEqual(told["state"], "reopened")
        self.assertEqual(told["can"]["reopen"], False)
        question.with_user(self.clerk).action_answer("明天一定修好。", question.last_event_id.id)
        told = self._post(f"{path}/verdict", {"solved": True}, self.token)
        self.assertEqual(told["state"], "solved")

    def test_why_it_is_not_shown(self):
        told = self._ask()
        question = self._question(told)
        question.with_user(self.clerk).action_hide("写有他人的名字。")
        told = self._get_json(f"/questions/{told['code']}", self.token)
        self.assertIn("写有他人的名字。", told["review_label"])

    def test_an_accusation_is_the_towns(self):
        told = self._ask(is_accusation=True)
        question = self._question(told)
        self.assertFalse(question.with_user(self.clerk).has_access("read"))
        self.assertTrue(question.with_user(self.town_officer).has_access("read"))

    def test_erasing_forgets_what_the_asker_was_told(self):
        erased, kept = self._question(self._ask()), self._question(self._ask())
        for question in (erased, kept):
            clerk = question.with_user(self.clerk)
            clerk.action_accept()
            clerk.action_answer("路灯本周五修好。", question.last_event_id.id)
        messages = self.env["yangguang.wechat.message"]
        self.assertEqual(len(messages.search([])), 2)
        erased._erase_asker()
        self.assertIn(kept.code, messages.search([]).page)

    def test_closing_the_account_leaves_the_words(self):
        question = self._question(self._ask())
        self._upload()
        self._post("/account/close", {}, self.token)
        self.assertEqual(question.text, TEXT)
        self.assertFalse(question.wechat_account_id)
        self.assertFalse(question.asker_ids)
        self.assertFalse(self.env["yangguang.wechat.upload"].search([]))
        with mute_logger("odoo.sql_db"):
            self._run_checks()
