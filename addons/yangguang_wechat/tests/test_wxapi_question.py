"""Questions from the telephone: taken once, checked by WeChat, looked at by a person, answered."""

import io
from datetime import timedelta
from unittest.mock import patch

from PIL import Image

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib.verdict import Verdict
from ..models import yangguang_wechat_upload as uploads
from .wxapi_common import WxCommon

TEXT = "村口的路灯什么时候修好？"


def picture(colour="red", size=(40, 30)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "JPEG")
    return buffer.getvalue()


@tagged("post_install", "-at_install")
class TestQuestion(WxCommon):
    def setUp(self):
        super().setUp()
        self.token = self._login()
        self._post("/phone", {"code": self._code("13800000001")}, self.token)
        self.keys = 0

    def _ask(self, status=200, token=None, **values):
        self.keys += 1
        body = {"village": self.village.code, "text": TEXT, "key": f"key-{self.keys:08}"}
        return self._post("/questions", {**body, **values}, token or self.token, status)

    def _question(self, told):
        return self.env["yangguang.question"].search([("code", "=", told["code"])])

    def _upload(self, content=None, status=200, token=None):
        return self._post("/pictures", content or picture(), token or self.token, status)

    def _run_checks(self):
        with self.enter_registry_test_mode():
            self.env.ref("yangguang_wechat.ir_cron_check").method_direct_trigger()

    def _show(self, question):
        question.with_user(self.clerk).action_show()

    def _is_public(self, question):
        return bool(self.env["yangguang.public.question"].search([("code", "=", question.code)]))

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

    def test_shown_when_a_person_and_the_machine_agree(self):
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        self._show(question)
        self.assertFalse(self._is_public(question), "the picture is not checked yet")
        self._run_checks()
        check = self.env["yangguang.wechat.check"].search([])
        self.assertTrue(check.trace)
        callbacks = self.env["yangguang.wechat.callback"]
        self.env["yangguang.wechat.check"]._begin(question)
        for strange in ("another trace", ""):
            self.assertFalse(callbacks._media_checked(Verdict("passed", 100, strange)))
        self.env["yangguang.wechat.check"].search([("trace", "=", False)]).unlink()
        self.assertTrue(callbacks._media_checked(Verdict("passed", 100, check.trace)))
        self.assertTrue(self._is_public(question))
        self.assertFalse(check.exists())

    def test_refused_by_the_machine_is_answered_and_not_shown(self):
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        self._run_checks()
        trace = self.env["yangguang.wechat.check"].search([]).trace
        self.env["yangguang.wechat.check"]._result(trace, "refused", 20002)
        self._show(question)
        self.assertFalse(self._is_public(question))
        # without the picture it is
        question.picture_ids.with_user(self.clerk).action_leave_out()
        self.assertTrue(self._is_public(question))

    def test_no_answer_for_half_an_hour(self):
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        self._run_checks()
        check = self.env["yangguang.wechat.check"].search([])
        check.time = clock.now() - timedelta(minutes=31)
        self._run_checks()
        self.assertFalse(check.exists())
        self.assertEqual(question.picture_ids.check_state, "held")
        self.assertFalse(self._is_public(question))
        self._show(question)
        self.assertEqual(question.picture_ids.check_state, "passed")
        self.assertTrue(self._is_public(question))

    def test_nothing_is_locked_while_wechat_is_asked(self):
        late = self._question(self._ask(pictures=[self._upload()["picture"]]))
        self.env["yangguang.wechat.check"].search([]).time -= timedelta(minutes=31)
        self._ask(pictures=[self._upload()["picture"]])
        happened = []
        jobs, client = self.env["ir.cron"], self.env["yangguang.wechat.client"]
        commit = type(jobs)._commit_progress

        def committed(*arguments, **options):
            left = commit(*arguments, **options)
            late.picture_ids.invalidate_recordset()
            happened.append(f"commit {late.picture_ids.check_state}")
            return left

        def asked(*arguments):
            happened.append("ask")
            return "trace"

        with (
            patch.object(type(jobs), "_commit_progress", committed),
            patch.object(type(client), "check_picture", asked),
        ):
            self._run_checks()
        self.assertEqual(happened[:2], ["commit held", "ask"])

    def test_held_after_a_person_has_looked(self):
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        self._show(question)
        self._run_checks()
        trace = self.env["yangguang.wechat.check"].search([]).trace
        self.env["yangguang.wechat.check"]._result(trace, "held")
        self.assertTrue(self._is_public(question))

    def test_words_that_wechat_cannot_check(self):
        """61010, nobody there, the quota spent: the question is in, and a person looks."""
        for code in (61010, 45009, -1):
            with self.subTest(code=code):
                self.fake.state.fail("/wxa/msg_sec_check", code)
                question = self._question(self._ask())
                self.assertEqual(question.check_state, "waiting")
                with mute_logger("odoo.addons.yangguang_wechat.models.yangguang_wechat_check"):
                    self._run_checks()
                check = self.env["yangguang.wechat.check"].search(
                    [("question_id", "=", question.id)]
                )
                self.assertEqual(question.check_state, "held" if code == 61010 else "waiting")
                self.assertEqual(bool(check), code != 61010)
                self.fake.state.fail("/wxa/msg_sec_check", 0)
                self._run_checks()
                self.assertNotEqual(question.check_state, "waiting")
                self._show(question)
                self.assertTrue(self._is_public(question))

    def test_the_address_for_wechat(self):
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        check = self.env["yangguang.wechat.check"].search([])
        path = check._address().partition("/wxapi/v1")[2]
        answer = self._call("GET", path)
        self.assertEqual(answer.headers["Content-Type"], "image/jpeg")
        self.assertEqual(answer.content, question.picture_ids._bytes())
        number, _mark, query = path.removeprefix("/media/").partition("?")
        self._call("GET", f"/media/{int(number) + 1}?{query}", status=404)
        self._call("GET", f"/media/{number}?{query}x", status=404)
        self._call("GET", f"/media/{number}?{query.replace('expires=1', 'expires=2')}", status=404)
        self._call("GET", f"/media/{number}?expires=x&signature=%C3%A4", status=404)
        self._call("GET", f"/media/{number}", status=404)
        with clock.travel(clock.now() + timedelta(minutes=36)):
            self._call("GET", path, status=404)

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

    def test_wechat_learns_nothing_of_an_accusation(self):
        self.fake.state.calls.clear()
        told = self._ask(is_accusation=True, pictures=[self._upload()["picture"]])
        question = self._question(told)
        officer = question.with_user(self.town_officer)
        officer.action_accept()
        officer.action_answer("已转镇纪委核查。", question.last_event_id.id)
        self._post(f"/questions/{told['code']}/reopen", {"text": "还没有结果。"}, self.token)
        self._run_checks()
        for path in ("/wxa/msg_sec_check", "/wxa/media_check_async"):
            self.assertFalse(self.fake.called(path))
        self.assertEqual({question.check_state, question.picture_ids.check_state}, {"none"})
        for message in self.env["yangguang.wechat.message"].search([]):
            self.assertNotIn(TEXT, str(message.read()))
            self.assertNotIn("纪委", str(message.read()))
        # its asker reads the answer in the mini-program
        self.assertEqual(
            self._get_json(f"/questions/{told['code']}", self.token)["answer"], "已转镇纪委核查。"
        )

    def test_what_is_passed_on_is_not_sent_to_wechat(self):
        self.fake.state.calls.clear()
        question = self._question(self._ask(pictures=[self._upload()["picture"]]))
        question.with_user(self.clerk).action_pass_on()
        self._run_checks()
        self.assertFalse(self.fake.called("/wxa/media_check_async"))
        self.assertFalse(self.env["yangguang.wechat.check"].search([]))

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
