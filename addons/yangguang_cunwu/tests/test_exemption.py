from psycopg2 import Error

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .disclosure_common import POINTS, DisclosureCommon

PHONE = "13800001234"
BASIS = "《村民委员会组织法》第三十条"


@tagged("post_install", "-at_install")
class TestExemption(DisclosureCommon):
    def setUp(self):
        super().setUp()
        self.disclosure = self._draft(
            self.notice_item, {"text": f"河长制公示：村级河长联系电话{PHONE}。"}
        )

    def _ask(self, disclosure=None, user=None):
        disclosure = (disclosure or self.disclosure).with_user(user or self.clerk)
        action = disclosure.action_open_exemption()
        wizard = self.env[action["res_model"]].with_user(self.clerk).browse(action["res_id"])
        wizard.line_ids.chosen = True
        wizard.legal_basis = BASIS
        wizard.action_ask()
        return disclosure.exemption_ids

    def test_blocked_until_a_second_person_permits(self):
        with self.assertRaisesRegex(UserError, "手机号"):
            self.disclosure.action_submit(POINTS)
        asked = self._ask()
        self.assertEqual(asked.status, "asked")
        with self.assertRaisesRegex(UserError, "手机号"):
            self.disclosure.action_submit(POINTS)
        asked.with_user(self.secretary).action_grant()
        self.assertEqual(asked.status, "granted")
        self.disclosure.action_submit(POINTS)
        for user in (self.chair, self.supervisor):
            self.disclosure.with_user(user).action_vote(True)
        if self.disclosure.needs_signature:
            self._sign(self.disclosure)
        publication = self.disclosure.action_publish()
        self.assertIn(PHONE, publication.page_ids.content)

    def test_the_value_is_not_kept(self):
        asked = self._ask()
        asked.with_user(self.director).action_grant()
        self.env.flush_all()
        self.env.cr.execute("SELECT string_agg(t::text, ' ') FROM yangguang_exemption t")
        (stored,) = self.env.cr.fetchone()
        self.assertNotIn(PHONE, stored)
        self.assertIn("138****1234", stored)
        self.assertIn(BASIS, stored)

    def test_refused_stays_blocked(self):
        asked = self._ask()
        asked.with_user(self.secretary).action_refuse()
        with self.assertRaisesRegex(UserError, "手机号"):
            self.disclosure.action_submit(POINTS)
        with self.assertRaisesRegex(UserError, "answered already"):
            asked.with_user(self.director).action_grant()

    def test_for_one_value_in_one_place(self):
        self._ask().with_user(self.secretary).action_grant()
        other = "19912345678"
        self.disclosure.save_content(self.disclosure.revision, {"text": f"联系电话{other}。"})
        with self.assertRaisesRegex(UserError, "199"):
            self.disclosure.action_submit(POINTS)

    def test_never_by_oneself_or_by_others(self):
        asked = self._ask()
        for user in (self.clerk, self.deputy, self.supervisor, self.town_officer, self.auditor):
            with self.assertRaises(AccessError):
                asked.with_user(user).action_grant()
        self.assertEqual(asked.status, "asked")

    @mute_logger("odoo.sql_db")
    def test_the_database_wants_two_persons(self):
        asked = self._ask()
        self.env.flush_all()
        names = "disclosure_id, division_id, key, finding, legal_basis, person_id, person_name"
        with self.assertRaises(Error), self.env.cr.savepoint():
            self.env.cr.execute(
                f"INSERT INTO yangguang_exemption (kind, request_id, time, {names})"
                f" SELECT 'granted', id, now() at time zone 'UTC', {names}"
                " FROM yangguang_exemption WHERE id = %s",
                [asked.id],
            )
        for statement in ("UPDATE {} SET kind = kind", "DELETE FROM {}", "TRUNCATE {}"):
            with self.assertRaises(Error), self.env.cr.savepoint():
                self.env.cr.execute(statement.format("yangguang_exemption"))

    def test_needs_a_law_and_something_found(self):
        keys = [key for key, _finding in self.disclosure._findings(self.disclosure._document())]
        with self.assertRaisesRegex(UserError, "law"):
            self.disclosure.action_ask_exemption(keys, " ")
        with self.assertRaisesRegex(UserError, "Choose"):
            self.disclosure.action_ask_exemption(["0" * 64], BASIS)
        self.assertFalse(self.disclosure.exemption_ids)

    def test_whoever_decides_is_told(self):
        self._ask()
        notices = self.env["yangguang.notice"].search(
            [("disclosure_id", "=", self.disclosure.id), ("kind", "=", "exemption_asked")]
        )
        self.assertEqual(notices.person_id, self.secretary.partner_id | self.director.partner_id)
