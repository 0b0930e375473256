from datetime import timedelta

from odoo import http
from odoo.exceptions import AccessDenied, AccessError, UserError
from odoo.tests import HttpCase, tagged

from ..lib import clock
from .common import PASSWORD, CunwuCommon


@tagged("post_install", "-at_install")
class TestAccount(CunwuCommon):
    def setUp(self):
        super().setUp()
        self.villager = self._person("马小明", self.village)
        self._appoint(self.villager, "resident_cadre", self.village)

    def _issue(self, officer, person, login="13900000001"):
        return self.env["res.users"].with_user(officer)._issue_account(person, login)

    def test_town_issues_without_being_administrator(self):
        self.assertFalse(self.town_officer.has_group("base.group_erp_manager"))
        code = self._issue(self.town_officer, self.villager)
        user = self.villager.user_ids
        self.assertRecordValues(user, [{"login": "13900000001", "must_choose_password": True}])
        self.assertTrue(user.has_group("yangguang_cunwu.group_resident_cadre"))
        user.with_user(user)._check_credentials(
            {"type": "password", "password": code}, {"interactive": True}
        )
        event = self.env["yangguang.account.event"].search([("person_id", "=", self.villager.id)])
        self.assertRecordValues(
            event, [{"kind": "issued", "actor_id": self.town_officer.partner_id.id}]
        )

    def test_only_below_the_own_division(self):
        for person in (
            self.far_clerk.partner_id,
            self.district_officer.partner_id,
            self.accountant.partner_id,
            self.town_officer.partner_id,
        ):
            with self.assertRaises(AccessError):
                self._issue(self.town_officer, person)

    def test_not_a_villager_who_is_also_a_district_officer(self):
        self._appoint(self.villager, "district_officer", self.district)
        with self.assertRaisesRegex(AccessError, "below your own division"):
            self._issue(self.town_officer, self.villager)

    def test_nobody_else_issues(self):
        for user in (self.clerk, self.secretary, self.auditor, self.inspector):
            with self.assertRaises(AccessError):
                self._issue(user, self.villager)
            with self.assertRaises(AccessError):
                self.env["yangguang.account.issue"].with_user(user).create({})

    def test_reset_ends_the_old_password(self):
        self._issue(self.town_officer, self.clerk.partner_id)
        with self.assertRaises(AccessDenied):
            self.clerk.with_user(self.clerk)._check_credentials(
                {"type": "password", "password": PASSWORD}, {"interactive": True}
            )
        event = self.env["yangguang.account.event"].search([], limit=1)
        self.assertEqual(event.kind, "reset")

    def test_code_expires(self):
        code = self._issue(self.town_officer, self.villager)
        user = self.villager.user_ids
        user.sudo().code_expires = clock.now() - timedelta(minutes=1)
        with self.assertRaisesRegex(AccessDenied, "expired"):
            user.with_user(user)._check_credentials(
                {"type": "password", "password": code}, {"interactive": True}
            )

    def test_code_is_no_password(self):
        code = self._issue(self.town_officer, self.villager)
        user = self.villager.user_ids
        with self.assertRaisesRegex(UserError, "not the code"):
            user.with_user(user)._choose_password(code)
        user.with_user(user)._choose_password("Own-password-1")
        self.assertFalse(user.must_choose_password)

    def test_another_does_not_choose(self):
        with self.assertRaisesRegex(AccessError, "his own"):
            self.clerk.with_user(self.secretary)._choose_password("Own-password-1")

    def test_log_only_grows(self):
        self._issue(self.town_officer, self.villager)
        event = self.env["yangguang.account.event"].search([], limit=1)
        for statement in (
            "UPDATE yangguang_account_event SET kind = 'reset'",
            "DELETE FROM yangguang_account_event",
            "TRUNCATE yangguang_account_event CASCADE",
        ):
            with self.assertRaisesRegex(Exception, "only grows"), self.cr.savepoint():
                self.cr.execute(statement)
        self.assertTrue(event.exists())


@tagged("post_install", "-at_install")
class TestAccountHttp(CunwuCommon, HttpCase):
    def test_code_opens_one_page(self):
        code = (
            self.env["res.users"]
            .with_user(self.town_officer)
            ._issue_account(self.clerk.partner_id, self.clerk.login)
        )
        self.authenticate(self.clerk.login, code)
        page = self.url_open("/odoo", allow_redirects=False)
        self.assertTrue(page.headers["Location"].endswith("/yangguang/password"))
        answer = self.url_open(
            "/web/dataset/call_kw",
            json={
                "params": {
                    "model": "yangguang.division",
                    "method": "search_read",
                    "args": [[]],
                    "kwargs": {},
                }
            },
        ).json()
        self.assertIn("error", answer)
        self.assertEqual(self.url_open("/yangguang/password").status_code, 200)

    def test_choose_password_on_the_page(self):
        code = (
            self.env["res.users"]
            .with_user(self.town_officer)
            ._issue_account(self.clerk.partner_id, self.clerk.login)
        )
        self.authenticate(self.clerk.login, code)
        token = http.Request.csrf_token(self)
        for again, expected in (("Other-password-1", 200), ("Own-password-1", 303)):
            answer = self.url_open(
                "/yangguang/password",
                data={"password": "Own-password-1", "again": again, "csrf_token": token},
                allow_redirects=False,
            )
            self.assertEqual(answer.status_code, expected)
        self.authenticate(self.clerk.login, "Own-password-1")
        self.assertEqual(self.url_open("/odoo", allow_redirects=False).status_code, 200)
