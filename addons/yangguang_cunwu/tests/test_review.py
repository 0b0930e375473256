"""The committee decides; who objected is between the supervisors, their town and the auditors."""

from odoo.exceptions import AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..lib import procedure
from .common import PASSWORD
from .disclosure_common import POINTS, DisclosureCommon


@tagged("post_install", "-at_install")
class TestReview(DisclosureCommon, HttpCase):
    def test_quorum(self):
        disclosure = self._submitted()
        disclosure.with_user(self.chair).action_vote(True)
        self.assertEqual(disclosure.state, "review")
        disclosure.with_user(self.supervisor).action_vote(True)
        self.assertEqual(disclosure.state, "agreed")

    def test_returned_when_agreement_is_impossible(self):
        disclosure = self._submitted()
        disclosure.with_user(self.supervisor).action_vote(False, "票据不全")
        self.assertEqual(disclosure.state, "review")
        disclosure.with_user(self.chair).action_vote(False, "金额对不上")
        self.assertEqual(disclosure.state, "draft")
        event = disclosure.event_ids[-1]
        self.assertEqual(sorted(event.note.split("\n")), ["票据不全", "金额对不上"])
        self.assertEqual(event.person_id, self.chair.partner_id)

    def test_outcomes(self):
        self.assertIs(procedure.outcome(2, 0, 3, 2), True)
        self.assertIs(procedure.outcome(1, 2, 3, 2), False)
        self.assertIsNone(procedure.outcome(1, 1, 3, 2))

    def test_objection_needs_a_reason(self):
        disclosure = self._submitted()
        with self.assertRaisesRegex(UserError, "Say why"):
            disclosure.with_user(self.chair).action_vote(False, "  ")

    def test_once_a_round(self):
        disclosure = self._submitted()
        disclosure.with_user(self.chair).action_vote(True)
        with self.assertRaisesRegex(UserError, "voted"):
            disclosure.with_user(self.chair).action_vote(False, "改主意")

    def test_returned_sheet_comes_back_changed_only(self):
        disclosure = self._submitted(self.notice_item)
        for user in (self.chair, self.supervisor):
            disclosure.with_user(user).action_vote(False, "时间不对")
        with self.assertRaisesRegex(UserError, "unchanged"):
            disclosure.action_submit(POINTS)
        disclosure.save_content(disclosure.revision, {"text": "改为二十五日上午九时召开。"})
        disclosure.action_submit(POINTS)
        self.assertEqual(disclosure.round, 2)
        disclosure.with_user(self.chair).action_vote(True)

    def test_who_reads_the_votes(self):
        disclosure = self._submitted()
        disclosure.with_user(self.supervisor).action_vote(False, "票据不全")
        votes = self.env["yangguang.review.vote"]
        self.assertEqual(len(votes.with_user(self.supervisor).search([])), 1)
        self.assertFalse(votes.with_user(self.chair).search([]))
        for user in (self.town_officer, self.auditor):
            self.assertEqual(votes.with_user(user).search([]).person_id.name, "许文彬")

    def test_village_cannot_tell_who_objected(self):
        disclosure = self._submitted()
        disclosure.with_user(self.third_supervisor).action_vote(False, "票据不全")
        disclosure.with_user(self.supervisor).action_vote(False, "金额对不上")
        objectors = (self.third_supervisor | self.supervisor).partner_id
        for user in (self.clerk, self.deputy, self.secretary, self.director, self.cadre):
            with self.subTest(user=user.name):
                self._check_hidden_from(user, disclosure, objectors)

    def _check_hidden_from(self, user, disclosure, objectors):
        for model in ("yangguang.review", "yangguang.review.vote"):
            records = self.env[model].with_user(user)
            for read in (
                lambda records=records: records.search([]),
                lambda records=records: records.search_count([]),
                lambda records=records: (
                    records._read_group([], ["create_uid"], ["__count"])
                    if "create_uid" in records._fields
                    else records._read_group([], [], ["__count"])
                ),
                lambda records=records: records.name_search(""),
                lambda records=records: records.export_data(["id"]),
                lambda records=records: records.browse(1).read(),
            ):
                with self.assertRaises(UserError):
                    read()
        # nothing that the village reads names an objector or the moment of a vote
        sheet = disclosure.with_user(user)
        self.assertNotIn(sheet.write_uid.partner_id, objectors)
        for event in sheet.event_ids:
            self.assertNotIn(event.person_id, objectors)
            if event.kind in procedure.COMMITTEE_STEPS:
                self.assertFalse(event.time)
        for notice in self.env["yangguang.notice"].with_user(user).search([]):
            self.assertEqual(notice.person_id, user.partner_id)
        people = self.env["res.users"].with_user(user)
        for path in ("log_ids", "login_date"):
            with self.assertRaises(AccessError):
                people.search([("partner_id", "in", objectors.ids)]).mapped(path)
        with self.assertRaises(AccessError):
            people.search([("login_date", "!=", False)])

    def test_village_cannot_tell_through_remote_calls(self):
        disclosure = self._submitted()
        for user in (self.third_supervisor, self.supervisor):
            disclosure.with_user(user).action_vote(False, "票据不全")
        self.authenticate(self.clerk.login, PASSWORD)
        for model, method in (
            ("yangguang.review.vote", "search_read"),
            ("yangguang.review.vote", "web_read_group"),
            ("yangguang.review", "search_read"),
        ):
            answer = self.url_open(
                "/web/dataset/call_kw",
                json={
                    "params": {
                        "model": model,
                        "method": method,
                        "args": [[]] if method == "search_read" else [[], ["person_id"]],
                        "kwargs": {},
                    }
                },
            ).json()
            self.assertIn("error", answer)
