from datetime import timedelta
from unittest.mock import patch

import psycopg2

from odoo.tests import tagged
from odoo.tools import mute_logger

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import errors
from ..models.message_sending import LEASE
from .wechat_common import DAY, SEND, STABLE, WechatCommon

LOG = "odoo.addons.yangguang_wechat.lib.client"
NIGHT = DAY + timedelta(hours=12)


@tagged("post_install", "-at_install")
class TestWechatMessages(WechatCommon):
    def setUp(self):
        super().setUp()
        self.enterContext(mute_logger(LOG))
        self.templates = self._take_over_templates()
        self.account = self._account()
        with clock.travel(DAY):
            self._subscribe(self.account, self.templates["answered"], 5)

    def _queued(self, *arguments, at=DAY, **values):
        with clock.travel(at):
            return self._queue(*(arguments or (self.account,)), **values)

    def _consent(self, account=None, kind="answered"):
        consents = self.env["yangguang.wechat.consent"]
        return consents._of(account or self.account, self.templates[kind])

    def test_a_message_arrives_in_the_words_of_its_template(self):
        message = self._queued()
        self._run("send", DAY)
        [sent] = self.fake.state.sent
        self.assertEqual(
            sent["data"],
            {
                "character_string1": {"value": "HY-2026-0007"},
                "thing2": {"value": "路灯已经修好"},
                "time3": {"value": "2026年4月1日 09:30"},
            },
        )
        self.assertEqual(sent["touser"], self.account.openid)
        self.assertEqual(sent["page"], "pages/question/question?code=A")
        self.assertEqual((message.state, message.number), ("sent", str(sent["msgid"])))
        self.assertEqual(self._consent().count, 4)

    def test_the_same_occasion_is_told_once(self):
        message = self._queued()
        self.assertEqual(self._queued(text="anders"), message)
        self._run("send", DAY)
        self.assertEqual(self._queued(), message)
        self._run("send", DAY)
        self.assertEqual(len(self.fake.state.sent), 1)

    def test_many_messages_wake_the_job_once(self):
        self.env.cr.precommit.data.clear()
        triggers = self.env["ir.cron.trigger"]
        before = triggers.search_count([])
        with patch.object(clock, "now", return_value=DAY):
            for number in range(20):
                self._queue(self.account, key=str(number))
        self.assertEqual(triggers.search_count([]), before + 1)

    def test_a_phone_is_quiet_at_night(self):
        late = self._queued(at=NIGHT)
        self._run("send", NIGHT)
        self.assertEqual(late.state, "waiting")
        # due by day, but the job runs late
        self._queued(key="2")
        self._run("send", NIGHT)
        self.assertFalse(self.fake.state.sent)
        self._run("send", DAY + timedelta(days=1))
        self.assertEqual(len(self.fake.state.sent), 2)

    def test_without_consent_it_is_kept_to_be_read(self):
        other = self._account("lisi")
        message = self._queued(other)
        self._run("send", DAY)
        self.assertEqual(message.state, "unsubscribed")
        self.assertEqual(self.env["yangguang.wechat.message"]._told(other), message)
        self.assertFalse(self.fake.called(SEND))

    def test_wechat_counts_otherwise(self):
        self.fake.state.consents.clear()
        message, second = self._queued(), self._queued(key="2")
        self._run("send", DAY)
        self.assertEqual({message.state, second.state}, {"unsubscribed"})
        self.assertFalse(self._consent())
        self.assertEqual(self.fake.called(SEND), 1)

    def test_a_long_term_consent_is_not_used_up(self):
        self._subscribe(self.account, self.templates["published"])
        for key in ("1", "2"):
            self._queued(key=key, kind="published", title="财务", village="东岸村")
        self._run("send", DAY)
        self.assertEqual(len(self.fake.state.sent), 2)
        self.assertTrue(self._consent(kind="published"))

    def test_a_quota_that_is_spent_stops_until_midnight(self):
        self.fake.state.fail(SEND, 45009)
        messages = self._queued() | self._queued(key="2")
        self._run("send", DAY)
        self.assertEqual(self.fake.called(SEND), 1)
        self.assertTrue(self.setting.problem)
        self.fake.state.fail(SEND, 0)
        # 23:59 in Shanghai, were it not night; then midnight, then morning
        self.assertEqual(self.setting.pause_until, DAY.replace(hour=16))
        self._run("send", self._later(hours=10))
        self.assertEqual(self.fake.called(SEND), 1)
        self._run("send", self._later(days=1))
        self.assertEqual(set(messages.mapped("state")), {"sent"})
        self.assertFalse(self.setting.problem or self.setting.pause_until)

    def test_too_fast_pauses_a_minute(self):
        self.fake.state.fail(SEND, 45011, times=1)
        message = self._queued()
        self._run("send", DAY)
        self._run("send", self._later(seconds=50))
        self.assertEqual((message.state, self.fake.called(SEND)), ("waiting", 1))
        self._run("send", self._later(seconds=70))
        self.assertEqual(message.state, "sent")

    def test_a_ban_stops_the_queue_until_somebody_resumes_it(self):
        self.fake.state.fail(SEND, 43107)
        message, second = self._queued(), self._queued(key="2")
        self._run("send", DAY)
        self._run("send", self._later(days=1))
        self.assertEqual(self.fake.called(SEND), 1)
        self.assertTrue(self.setting.stopped and self.setting.problem)
        self.fake.state.fail(SEND, 0)
        with clock.travel(self._later(days=1)):
            self.setting.action_resume()
        self._run("send", self._later(days=1))
        self.assertEqual({message.state, second.state}, {"sent"})

    def test_two_to_one_user_at_once(self):
        self.fake.state.fail(SEND, 43108, times=1)
        message = self._queued()
        self._run("send", DAY)
        self.assertEqual(message.state, "waiting")
        self._run("send", self._later(minutes=3))
        self.assertEqual(message.state, "sent")

    def test_what_wechat_will_never_take_is_not_sent_again(self):
        for number, code in enumerate((45168, 47003, 40037, 99999)):
            self.fake.state.fail(SEND, code, times=1)
            message = self._queued(key=f"n{number}")
            self._run("send", DAY)
            self.assertEqual(message.state, "failed", code)
            self.assertTrue(message.reason)
        self.assertEqual(self.fake.called(SEND), 4)
        self.assertFalse(self.setting.pause_until)

    def test_somebody_whom_wechat_no_longer_knows(self):
        self.fake.state.fail(SEND, 40003)
        messages = self._queued() | self._queued(key="2")
        self._run("send", DAY)
        self.assertEqual(messages.sorted("id").mapped("state"), ["failed", "unsubscribed"])
        self.assertEqual(self.fake.called(SEND), 1)

    def test_a_value_that_no_template_takes(self):
        message = self._queued(time="morgen")
        self._run("send", DAY)
        self.assertEqual(message.state, "failed")
        self.assertIn("time3", message.reason)

    def test_wechat_is_down_for_an_hour(self):
        messages = self.env["yangguang.wechat.message"]
        for number in range(5):
            messages |= self._queued(self._account(f"u{number}"), key=str(number))
        for account in messages.account_id:
            self._subscribe(account, self.templates["answered"])
        self.fake.state.is_down = True
        for minute in range(0, 60, 2):
            self._run("send", self._later(minutes=minute))
        self.assertEqual(set(messages.mapped("state")), {"waiting"})
        self.assertFalse(self.fake.state.sent)
        # one call each time, not one for each message
        self.assertLessEqual(self.fake.called(SEND) + self.fake.called(STABLE), 31)
        self.fake.state.is_down = False
        for minute in (62, 64, 66):
            self._run("send", self._later(minutes=minute))
        self.assertEqual(set(messages.mapped("state")), {"sent"})
        self.assertEqual(
            sorted(sent["touser"] for sent in self.fake.state.sent),
            sorted(messages.account_id.mapped("openid")),
        )

    def test_the_token_ends_in_the_middle(self):
        for number in range(3):
            self._queued(key=str(number))
        self.setting.access_token = "ended-long-ago"
        self.setting.token_expires = clock.now() + timedelta(days=36500)
        self._run("send", DAY)
        self.assertEqual(len(self.fake.state.sent), 3)
        self.assertEqual(self.fake.called(STABLE), 1)
        self.assertEqual(self.fake.called(SEND), 4)

    def test_a_server_that_dies_sends_nothing_twice(self):
        message = self._queued()
        with (
            patch.object(type(message), "_keep_surely", side_effect=RuntimeError),
            mute_logger("odoo.addons.base.models.ir_cron"),
        ):
            self._run("send", DAY)
        self.assertEqual(message.state, "sending")
        self._run("send", DAY)
        self.assertEqual(message.state, "sending")
        self._run("send", DAY + LEASE + timedelta(seconds=1))
        self.assertEqual(message.state, "unsure")
        self.assertEqual(len(self.fake.state.sent), 1)

    def test_an_answer_that_is_lost_sends_nothing_twice(self):
        message = self._queued()
        lost = errors.UnreachableError(taken=True)
        with patch("odoo.addons.yangguang_wechat.models.message_sending._sent", return_value=lost):
            self._run("send", DAY)
        self.assertEqual(message.state, "unsure")
        self._run("send", self._later(hours=1))
        self.assertFalse(self.fake.called(SEND))

    def test_a_transaction_that_is_run_again_sends_nothing_twice(self):
        message = self._queued()
        keep, failures = type(message)._keep, [psycopg2.errors.SerializationFailure()] * 2

        def fail_first(record, *arguments):
            keep(record, *arguments)
            if failures:
                raise failures.pop()

        with patch.object(type(message), "_keep", fail_first):
            self._run("send", DAY)
        self.assertEqual(message.state, "sent")
        self.assertEqual(self._consent().count, 4)
        self.assertEqual(len(self.fake.state.sent), 1)

    def test_one_message_at_a_time_goes_to_a_user(self):
        first, second = self._queued(), self._queued(key="2")
        other = self._account("lisi")
        third = self._queued(other, key="3")
        messages = self.env["yangguang.wechat.message"]
        with clock.travel(DAY):
            self.assertEqual(messages._take() + messages._take(), first + third)
            self.assertFalse(messages._take())
        with self.assertRaises(psycopg2.errors.UniqueViolation), mute_logger("odoo.sql_db"):
            second.state = "sending"
            self.env.flush_all()

    def test_old_news_is_no_news(self):
        message = self._queued()
        self._run("send", self._later(days=8))
        self.assertEqual(message.state, "failed")
        self.assertFalse(self.fake.called(SEND))

    def test_whoever_is_forgotten_is_told_nothing(self):
        message = self._queued()
        self.account._erase()
        self.assertFalse(message.exists())
        self.assertFalse(self._consent())
        with clock.travel(DAY):
            self.assertFalse(self._queue(self.account, key="2"))

    def test_villagers_who_want_to_know_hear_of_a_publication(self):
        self._subscribe(self.account, self.templates["published"])
        away = self._account("wangwu", division_id=self.far_village.id)
        self._subscribe(away, self.templates["published"])
        self._account("lisi")
        publication = self._published().publication_id
        self._run("announce")
        [message] = self.env["yangguang.wechat.message"].search([("kind", "=", "published")])
        self.assertEqual(message.account_id, self.account)
        self.assertEqual(message.title, publication.title)
        self.assertIn(publication.code, message.page)
        self._run("announce")
        self.assertFalse(self.env["yangguang.wechat.announcement"].search([]))

    def test_officials_hear_of_questions(self):
        account = self._account("clerk", user_id=self.clerk.id)
        self._subscribe(account, self.templates["duty_due"])
        question = self.env["yangguang.question"]._ask(
            {"division": self.village, "text": "村口的路灯什么时候修好？", "channel": "web"}
        )
        self.env["yangguang.notice"].search([("question_id", "=", question.id)])._deliver()
        message = self.env["yangguang.wechat.message"]._told(account)
        self.assertIn(question.number, message.title)
        self._run("send", message.due)
        self.assertEqual(message.state, "sent", message.reason)

    def test_officials_get_their_notices(self):
        account = self._account("wuguilan", user_id=self.chair.id)
        self._subscribe(account, self.templates["review"])
        sheet = self._draft(self.notice_item)
        self.env["yangguang.notice"]._tell(self.chair.partner_id, sheet, "review")
        notices = self.env["yangguang.notice"].search(
            [("person_id", "=", self.chair.partner_id.id), ("delivered", "=", False)]
        )
        notices._deliver()
        notices._deliver()
        told = self.env["yangguang.wechat.message"]._told(account)
        self.assertEqual(len(told), len(notices))
        self.assertEqual(set(told.mapped("kind")), {"review"})
        self._run("send", DAY + timedelta(days=3650))
