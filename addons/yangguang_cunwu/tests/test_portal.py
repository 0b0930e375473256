"""The supervision committee's pages: who gets which, what a vote does, what nobody learns."""

import copy
from datetime import timedelta

from odoo import http
from odoo.tests import HttpCase, tagged
from odoo.tools import mute_logger

from ..lib import clock
from .common import PASSWORD
from .disclosure_common import PARTY_POINTS, POINTS, RECEIPTS, DisclosureCommon

LIST = "/my/reviews"


class PortalCommon(DisclosureCommon, HttpCase):
    def _enter(self, user):
        self.authenticate(user.login, PASSWORD)

    def _get(self, path, user=None, status=200):
        if user:
            self._enter(user)
        answer = self.url_open(path)
        self.assertEqual(answer.status_code, status, path)
        return answer.text

    def _sheet_path(self, disclosure):
        return f"{LIST}/{disclosure.id}"

    def _post(self, disclosure, **form):
        form.setdefault("csrf_token", http.Request.csrf_token(self))
        return self.url_open(self._sheet_path(disclosure), data=form)

    def _votes(self, disclosure):
        return self.env["yangguang.review.vote"].search(
            [("review_id.disclosure_id", "=", disclosure.id)], order="id"
        )

    def _also(self, user, role, division):
        """Gives the person of `user` a second office; he becomes an internal user by it."""
        self._appoint(user.partner_id, role, division)
        self.assertTrue(user._is_internal())
        return user

    def _notices(self, count):
        """`count` sheets that wait for the committee."""
        for number in range(count):
            self._submitted(self.notice_item, {"text": f"第{number + 1}号通知,请各户周知。"})


@tagged("post_install", "-at_install")
class TestPortalList(PortalCommon):
    def test_waiting_then_decided(self):
        agreed = self._agreed(self.notice_item)
        waiting = self._submitted()
        page = self._get(LIST, self.third_supervisor)
        self.assertLess(
            page.index(f'href="{self._sheet_path(waiting)}"'),
            page.index(f'href="{self._sheet_path(agreed)}"'),
        )
        self.assertIn("Committee agreed", page)
        self.assertIn(clock.today().isoformat(), page)

    def test_a_sheet_waits_until_one_has_voted(self):
        disclosure = self._submitted()
        for user, count in ((self.chair, 1), (self.supervisor, 1)):
            self._enter(user)
            self.assertEqual(self._count(), count)
            disclosure.with_user(user).action_vote(user == self.chair, "票据不全")
            self.assertEqual(self._count(), 0)
            self.assertIn("others have not yet", self._get(LIST))

    def _count(self):
        return self.make_jsonrpc_request("/my/counters", {"counters": ["review_count"]})[
            "review_count"
        ]

    def test_a_new_round_waits_again(self):
        disclosure = self._submitted(self.notice_item)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(False, "时间不对")
        disclosure.save_content(disclosure.revision, {"text": "改为二十五日上午九时召开。"})
        disclosure.action_submit(POINTS)
        page = self._get(self._sheet_path(disclosure), self.chair)
        self.assertIn("时间不对", page)
        self.assertIn('id="agree"', page)

    def test_home_has_the_card_for_supervisors_alone(self):
        self.assertIn(f'href="{LIST}"', self._get("/my", self.chair))
        self.assertNotIn(f'href="{LIST}"', self._get("/my", self.clerk))

    def test_returned_sheet_is_named_but_does_not_open(self):
        disclosure = self._submitted(self.notice_item)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(False, "时间不对")
        page = self._get(LIST, self.third_supervisor)
        self.assertIn("Committee returned", page)
        self.assertNotIn(self._sheet_path(disclosure), page)

    def test_emergency_waits_with_its_limit(self):
        disclosure = self._draft(self.emergency_item, {"text": "台风蓝色预警,请勿外出。"})
        disclosure.action_check_content(POINTS)
        self._sign(disclosure)
        disclosure.action_publish()
        limit = clock.to_local(disclosure.ratify_until).strftime("%Y-%m-%d %H:%M")
        self.assertIn(limit, self._get(LIST, self.chair))
        self._post(disclosure, decision="agree")
        self.assertTrue(self._votes(disclosure).agrees)
        disclosure.with_user(self.supervisor).action_vote(True)
        self.assertIn("Committee agreed afterwards", self._get(LIST))

    def test_pages_of_decisions(self):
        for number in range(21):
            self._agreed(self.notice_item, {"text": f"第{number + 1}号通知,请各户周知。"})
        self.assertEqual(self._get(LIST, self.chair).count("Committee agreed"), 20)
        self.assertEqual(self._get(f"{LIST}/page/2").count("Committee agreed"), 1)

    def test_queries_do_not_grow_with_the_list(self):
        self._notices(2)
        few = self._queries()
        self._notices(18)
        self.assertLessEqual(self._queries(), few)
        self.assertLessEqual(few, 20)

    def _queries(self):
        """How many queries the list takes, the second time it is asked for."""
        self._get(LIST, self.chair)
        self.env.flush_all()
        self.env.invalidate_all()
        before = self.cr.sql_log_count
        self._get(LIST)
        return self.cr.sql_log_count - before


@tagged("post_install", "-at_install")
class TestPortalSheet(PortalCommon):
    def _january(self):
        """The receipts of the month after RECEIPTS: one row mended, one new, one gone."""
        document = copy.deepcopy(RECEIPTS)
        document["rows"][0]["receipt"] = "33000.00"
        document["rows"][1] |= {"date": "2026-01-20", "summary": "付路灯维修费"}
        document["header"]["closing_balance"] = "150950.00"
        return document

    def test_all_columns_unmasked(self):
        page = self._get(self._sheet_path(self._submitted()), self.chair)
        for words in ("收第三鱼塘2026年度承包款", "张三", "30,000.00"):
            self.assertIn(words, page)

    def test_what_has_changed(self):
        self._published(period_key="2025-12")
        page = self._get(self._sheet_path(self._submitted(document=self._january())), self.chair)
        changes = page[page.index("What has changed") : page.index("The sheet<")]
        for words in ("2025年12月", "33,000.00", "+3,000.00", "New rows: 1", "no longer there: 1"):
            self.assertIn(words, changes)

    def test_no_change_is_said(self):
        self._published(period_key="2025-12")
        page = self._get(self._sheet_path(self._submitted()), self.chair)
        self.assertIn("Nothing has changed.", page)

    def test_compared_with_the_last_period_on_display(self):
        self._published(period_key="2025-10")
        november = self._published(period_key="2025-11").publication_id
        november.with_user(self.clerk).action_withdraw("privacy", "名单有误")
        self._published(period_key="2026-02")
        page = self._get(self._sheet_path(self._submitted()), self.chair)
        self.assertIn("2025年10月", page)

    def test_compared_with_the_sheet_that_it_corrects(self):
        self._published(period_key="2025-12")
        wrong = self._published().publication_id
        correction = self._submitted(
            document=self._january(), corrects_id=wrong.id, correction_reason="少记一笔"
        )
        page = self._get(self._sheet_path(correction), self.chair)
        self.assertIn("sheet that it corrects:", page)
        self.assertIn("少记一笔", page)
        self.assertNotIn("2025年12月", page)

    def test_first_sheet_has_nothing_before_it(self):
        page = self._get(self._sheet_path(self._submitted()), self.chair)
        self.assertIn("no earlier sheet", page)

    def test_party_sheets_are_compared_though_the_web_gets_nothing(self):
        item = self._item("DW06")
        self.assertEqual(item.open_web, "nothing")
        document = item.template_id._layout().sample
        before, now = (self._draft(item, document, period_key=key) for key in ("2025Q3", "2025Q4"))
        before.action_submit(PARTY_POINTS)
        for user in (self.chair, self.supervisor):
            before.with_user(user).action_vote(True)
        self._sign(before)
        before.action_publish()
        now.action_submit(PARTY_POINTS)
        self.assertIn("Nothing has changed.", self._get(self._sheet_path(now), self.chair))

    def test_only_the_own_opinion_is_shown(self):
        disclosure = self._submitted()
        disclosure.with_user(self.chair).action_vote(False, "票据不全")
        self.assertIn("票据不全", self._get(self._sheet_path(disclosure), self.chair))
        page = self._get(self._sheet_path(disclosure), self.third_supervisor)
        self.assertNotIn("票据不全", page)
        self.assertNotIn("Your opinion", page)

    def test_an_auditor_on_the_committee_has_his_own_opinion(self):
        """His other office reads all votes; none of them is his."""
        auditor = self._also(self.third_supervisor, "auditor", self.town)
        disclosure = self._submitted()
        disclosure.with_user(self.chair).action_vote(False, "票据不全")
        page = self._get(self._sheet_path(disclosure), auditor)
        self.assertNotIn("Your opinion", page)
        self.assertIn('id="agree"', page)


@tagged("post_install", "-at_install")
class TestPortalVote(PortalCommon):
    def test_agree(self):
        disclosure = self._submitted()
        other = self._submitted(self.notice_item)
        self._enter(self.chair)
        answer = self._post(disclosure, decision="agree", reason="这句话不该留下")
        self.assertEqual(answer.url.split("/my")[1], f"/reviews/{disclosure.id}/voted")
        self.assertIn("You have voted: agree", answer.text)
        self.assertIn(f'href="{self._sheet_path(other)}"', answer.text)
        vote = self._votes(disclosure)
        self.assertRecordValues(
            vote, [{"person_id": self.chair.partner_id.id, "agrees": True, "reason": False}]
        )

    def test_object(self):
        disclosure = self._submitted()
        self._enter(self.chair)
        answer = self._post(disclosure, decision="object", reason="票据不全")
        self.assertIn("You have voted: do not agree", answer.text)
        self.assertRecordValues(self._votes(disclosure), [{"agrees": False, "reason": "票据不全"}])

    def test_the_vote_that_returns_the_sheet(self):
        disclosure = self._submitted()
        disclosure.with_user(self.supervisor).action_vote(False, "票据不全")
        self._enter(self.chair)
        answer = self._post(disclosure, decision="object", reason="金额对不上")
        self.assertEqual(disclosure.state, "draft")
        self.assertEqual(answer.status_code, 200)
        self.assertIn("You have voted: do not agree", answer.text)

    def test_objection_without_reason(self):
        disclosure = self._submitted()
        self._enter(self.chair)
        answer = self._post(disclosure, decision="object", reason=" ")
        self.assertIn("Say why you do not agree.", answer.text)
        self.assertRegex(answer.text, 'id="object"[^>]* class="[^"]* show"')
        self.assertFalse(self._votes(disclosure))

    def test_twice(self):
        disclosure = self._submitted()
        self._enter(self.chair)
        self._post(disclosure, decision="agree")
        answer = self._post(disclosure, decision="object", reason="改主意,票据不全")
        self.assertIn("You have voted on this sheet already.", answer.text)
        self.assertIn("改主意,票据不全", answer.text)
        self.assertEqual(self._votes(disclosure).mapped("agrees"), [True])
        self.assertEqual(self._votes(disclosure).review_id.votes_cast, 1)

    def test_too_late(self):
        """The others have returned the sheet meanwhile: what was written is not lost."""
        disclosure = self._submitted()
        self._enter(self.chair)
        for user in (self.supervisor, self.third_supervisor):
            disclosure.with_user(user).action_vote(False, "票据不全")
        answer = self._post(disclosure, decision="object", reason="金额对不上")
        self.assertEqual(answer.status_code, 404)
        self.assertIn("金额对不上", answer.text)

    def test_drafter_who_became_supervisor(self):
        disclosure = self._submitted()
        today = clock.today()
        self.clerk.partner_id.appointment_ids.date_to = today - timedelta(days=1)
        self._appoint(self.clerk.partner_id, "supervisor", self.village, date_from=today)
        self.assertNotIn(self._sheet_path(disclosure), self._get(LIST, self.clerk))
        page = self._get(self._sheet_path(disclosure))
        self.assertIn("are different persons", page)
        self.assertNotIn('id="agree"', page)
        answer = self._post(disclosure, decision="agree")
        self.assertIn("are different persons", answer.text)
        self.assertFalse(self._votes(disclosure))

    def test_reading_never_votes(self):
        disclosure = self._submitted()
        path = self._sheet_path(disclosure)
        self._get(f"{path}?decision=agree&agrees=1&reason=x", self.chair)
        self._get(f"{path}/voted?decision=agree", status=404)
        self.assertFalse(self._votes(disclosure))

    @mute_logger("odoo.http")
    def test_no_vote_without_the_token(self):
        disclosure = self._submitted()
        self._enter(self.chair)
        for token in ("", "0" * 40):
            answer = self._post(disclosure, decision="agree", csrf_token=token)
            self.assertEqual(answer.status_code, 400)
        self.assertFalse(self._votes(disclosure))

    def test_no_vote_without_a_decision(self):
        disclosure = self._submitted()
        self._enter(self.chair)
        self.assertEqual(self._post(disclosure, decision="yes").status_code, 400)
        self.assertFalse(self._votes(disclosure))

    def test_by_touch(self):
        disclosure = self._submitted()
        self.start_tour("/my", "yangguang_portal_vote", login=self.chair.login)
        self.assertTrue(self._votes(disclosure).agrees)


@tagged("post_install", "-at_install")
class TestPortalAccess(PortalCommon):
    def _check_closed(self, user, disclosure):
        """`user` neither reads the sheet nor votes on it, and does not learn that it exists."""
        with self.subTest(user=user.name):
            path = self._sheet_path(disclosure)
            closed = self._get(path, user, status=404)
            missing = self._get(f"{LIST}/999999999", status=404)
            # before it come the tokens of the session; the links to other languages name the path
            mains = [page[page.index("<main") :] for page in (closed, missing)]
            self.assertEqual(mains[0].replace(path, f"{LIST}/999999999"), mains[1])
            self._get(f"{path}/voted", status=404)
            self.assertEqual(self._post(disclosure, decision="agree").status_code, 404)
            self.assertFalse(self._votes(disclosure))

    def test_other_villages(self):
        far = self._user("supervisor", "洪金水", self.far_village)
        disclosure = self._submitted()
        self._check_closed(far, disclosure)
        self.assertNotIn(self._sheet_path(disclosure), self._get(LIST))

    def test_village_and_town_have_no_such_pages(self):
        disclosure = self._submitted()
        for user in (self.clerk, self.secretary, self.director, self.town_officer, self.auditor):
            self._check_closed(user, disclosure)
            self._get(LIST, status=404)

    def test_villager_with_an_account(self):
        villager = self._user("supervisor", "洪金水", self.village)
        villager.partner_id.appointment_ids.date_to = clock.today() - timedelta(days=1)
        self._check_closed(villager, self._submitted())

    def test_drafts(self):
        self._check_closed(self.chair, self._draft())

    def test_a_second_office_opens_nothing_here(self):
        """An inspector reads drafts and all villages; on these pages he is a supervisor."""
        inspector = self._also(self.third_supervisor, "inspector", self.district)
        draft = self._draft(self.notice_item)
        self.assertTrue(draft.with_user(inspector).has_access("read"))
        self._check_closed(inspector, draft)
        clerk = self._user("clerk", "洪金水", self.sister_village)
        for name in ("洪木生", "洪土生"):
            self._user("supervisor", name, self.sister_village)
        sister = self._submitted(self.notice_item, clerk=clerk, division_id=self.sister_village.id)
        self._check_closed(inspector, sister)
        self.assertNotIn(self._sheet_path(sister), self._get(LIST))

    def test_decisions_of_another_village(self):
        inspector = self._also(self.third_supervisor, "inspector", self.district)
        self._agreed(self.notice_item)
        self.assertIn("Committee agreed", self._get(LIST, inspector))
        far = self._also(
            self._user("supervisor", "洪金水", self.far_village), "inspector", self.district
        )
        self.assertNotIn("Committee agreed", self._get(LIST, far))

    def test_internal_supervisor_votes(self):
        inspector = self._also(self.third_supervisor, "inspector", self.district)
        disclosure = self._submitted()
        self.assertIn('id="agree"', self._get(self._sheet_path(disclosure), inspector))
        self._post(disclosure, decision="agree")
        self.assertEqual(self._votes(disclosure).person_id, inspector.partner_id)

    def test_without_login(self):
        disclosure = self._submitted()
        for path in (LIST, self._sheet_path(disclosure)):
            answer = self.url_open(path, allow_redirects=False)
            self.assertEqual(answer.status_code, 303)
            self.assertIn("/web/login", answer.headers["Location"])
        self.authenticate(None, None)
        self.assertIn("/web/login", self._post(disclosure, decision="agree").url)
        self.assertFalse(self._votes(disclosure))
