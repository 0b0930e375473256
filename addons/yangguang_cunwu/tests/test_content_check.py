from psycopg2 import Error

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import content_check
from .disclosure_common import NOTHING, POINTS, DisclosureCommon


@tagged("post_install", "-at_install")
class TestContentCheck(DisclosureCommon):
    def test_nothing_goes_on_unchecked(self):
        disclosure = self._draft()
        with self.assertRaisesRegex(UserError, "Nobody has checked"):
            disclosure.action_submit()
        self.assertEqual(disclosure.state, "draft")

    def test_each_point_is_asked_for(self):
        disclosure = self._draft()
        labels = disclosure._content_check_labels()
        for point in POINTS:
            with self.assertRaisesRegex(UserError, labels[point]):
                disclosure.action_submit([one for one in POINTS if one != point])
        self.assertFalse(disclosure.content_check_ids)

    def test_under_a_name_and_for_one_content(self):
        disclosure = self._draft()
        disclosure.action_check_content(POINTS)
        disclosure.action_check_content(POINTS)
        self.assertEqual(disclosure.content_check_ids.person_name, self.clerk.name)
        # another content has not been looked at
        disclosure.save_content(disclosure.revision, NOTHING)
        with self.assertRaisesRegex(UserError, "Nobody has checked"):
            disclosure.action_submit()
        disclosure.action_submit(POINTS)
        self.assertEqual(len(disclosure.content_check_ids), 2)

    def test_who_checks(self):
        disclosure = self._draft()
        for user in (self.supervisor, self.town_officer, self.far_clerk, self.auditor):
            with self.assertRaises(AccessError):
                disclosure.with_user(user).action_check_content(POINTS)
        disclosure.with_user(self.secretary).action_check_content(POINTS)
        disclosure.action_submit()
        self.assertEqual(disclosure.state, "review")

    def test_asked_for_again_at_publication(self):
        disclosure = self._signed()
        self.env.cr.execute("ALTER TABLE yangguang_content_check DISABLE TRIGGER USER")
        self.env.cr.execute("DELETE FROM yangguang_content_check")
        self.env.invalidate_all()
        with self.assertRaisesRegex(UserError, "Nobody has checked"):
            disclosure.action_publish()
        self.assertFalse(disclosure.publication_id)
        self.assertTrue(disclosure.may_check_content)
        disclosure.action_check_content(POINTS)
        disclosure.action_publish()
        self.assertEqual(disclosure.state, "published")

    def test_an_emergency_is_checked_before_it_is_signed(self):
        disclosure = self._draft(self.emergency_item, {"text": "台风蓝色预警，请勿外出。"})
        with self.assertRaisesRegex(UserError, "Nobody has checked"):
            self._sign(disclosure)
        self.assertTrue(disclosure.may_check_content)
        disclosure.action_check_content(POINTS)
        self._sign(disclosure)
        self.assertEqual(disclosure.state, "signed")

    def test_wizard(self):
        disclosure = self._draft()
        action = disclosure.action_open_submit()
        wizard = self.env[action["res_model"]].with_user(self.clerk)
        wizard = wizard.with_context(**action["context"]).create({})
        with self.assertRaises(UserError):
            wizard.action_confirm()
        wizard.write(dict.fromkeys(POINTS, True))
        wizard.action_confirm()
        self.assertEqual(disclosure.state, "review")
        self.assertEqual(
            disclosure.content_check_ids.points_label.count("、"), len(content_check.POINTS) - 1
        )

    @mute_logger("odoo.sql_db")
    def test_the_record_only_grows(self):
        self._submitted()
        for statement in ("UPDATE {} SET person_name = 'x'", "DELETE FROM {}", "TRUNCATE {}"):
            with self.assertRaises(Error), self.env.cr.savepoint():
                self.env.cr.execute(statement.format("yangguang_content_check"))
        with self.assertRaises(AccessError):
            self.env["yangguang.content.check"].with_user(self.clerk).create({})
