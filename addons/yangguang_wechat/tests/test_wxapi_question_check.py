"""Questions from the telephone are checked by WeChat and looked at by a person."""

from datetime import timedelta
from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib.verdict import Verdict
from .wxapi_question_common import TEXT, WxQuestionCommon


@tagged("post_install", "-at_install")
class TestQuestionCheck(WxQuestionCommon):
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
