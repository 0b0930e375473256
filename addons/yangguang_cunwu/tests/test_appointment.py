from datetime import timedelta

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..lib import clock
from .common import CunwuCommon


@tagged("post_install", "-at_install")
class TestAppointment(CunwuCommon):
    def setUp(self):
        super().setUp()
        self.today = clock.today()
        self.villager = self._person("马小明", self.village)

    def _of(self, user, role):
        return user.partner_id.appointment_ids.filtered(lambda one: one.role == role)

    def test_exactly_one_clerk(self):
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            self._appoint(self.villager, "clerk", self.village)

    def test_next_clerk_after_the_last(self):
        self._of(self.clerk, "clerk").date_to = self.today
        later = self._appoint(
            self.villager, "clerk", self.village, date_from=self.today + timedelta(days=1)
        )
        self.assertFalse(later.in_force)

    def test_office_where_it_exists(self):
        with self.assertRaisesRegex(ValidationError, "office exists"):
            self._appoint(self.villager, "clerk", self.town)

    def test_secretary_and_director_may_be_one(self):
        self._of(self.director, "director").date_to = self.today - timedelta(days=1)
        self._appoint(self.secretary.partner_id, "director", self.village, date_from=self.today)

    def test_committee_member_does_not_supervise(self):
        for role in ("director", "secretary", "clerk", "deputy_clerk"):
            holder = self.env["yangguang.appointment"]._holders(self.village, {role})
            with self.assertRaisesRegex(ValidationError, "supervision committee"):
                self._appoint(holder, "supervisor", self.village)

    def test_supervisor_does_not_join_the_committee(self):
        with self.assertRaisesRegex(ValidationError, "supervision committee"):
            self._appoint(self.supervisor.partner_id, "deputy_clerk", self.village)

    def test_bookkeeper_of_the_town_does_not_supervise(self):
        with self.assertRaisesRegex(ValidationError, "supervision committee"):
            self._appoint(self.accountant.partner_id, "supervisor", self.village)

    def test_relative_of_the_director_does_not_supervise(self):
        relation = {
            "person_id": self.director.partner_id.id,
            "relative_id": self.villager.id,
            "kind": "sibling",
        }
        self.env["yangguang.relation"].create(relation)
        with self.assertRaisesRegex(ValidationError, "close relative"):
            self._appoint(self.villager, "supervisor", self.village)

    def test_relation_found_later(self):
        with self.assertRaisesRegex(ValidationError, "close relative"):
            self.env["yangguang.relation"].create(
                {
                    "person_id": self.supervisor.partner_id.id,
                    "relative_id": self.director.partner_id.id,
                    "kind": "spouse",
                }
            )

    def test_former_director_may_supervise(self):
        self._of(self.director, "director").date_to = self.today - timedelta(days=1)
        self._appoint(self.director.partner_id, "supervisor", self.village, date_from=self.today)

    def test_nobody_appoints_himself(self):
        appointments = self.env["yangguang.appointment"].with_user(self.town_officer)
        with self.assertRaisesRegex(AccessError, "appoints himself"):
            appointments.create(
                {
                    "person_id": self.town_officer.partner_id.id,
                    "division_id": self.village.id,
                    "role": "resident_cadre",
                }
            )

    def test_town_appoints_in_its_villages_alone(self):
        appointments = self.env["yangguang.appointment"].with_user(self.town_officer)
        values = {"person_id": self.villager.id, "role": "resident_cadre"}
        appointments.create({**values, "division_id": self.sister_village.id})
        for place in (self.far_village, self.town, self.district):
            role = "resident_cadre" if place.level == 3 else "inspector"
            with self.assertRaises(AccessError), self.cr.savepoint():
                appointments.create({**values, "role": role, "division_id": place.id})

    def test_town_does_not_appoint_a_stranger(self):
        with self.assertRaises(AccessError):
            self.env["yangguang.appointment"].with_user(self.town_officer).create(
                {
                    "person_id": self.far_clerk.partner_id.id,
                    "division_id": self.village.id,
                    "role": "resident_cadre",
                }
            )

    def test_history_stays(self):
        appointment = self._of(self.clerk, "clerk")
        with self.assertRaisesRegex(UserError, "history"):
            appointment.unlink()
        with self.assertRaisesRegex(UserError, "not turned into another"):
            appointment.write({"person_id": self.villager.id})

    def test_groups_follow_from_offices(self):
        self.assertTrue(self.clerk.has_group("yangguang_cunwu.group_drafter"))
        self.assertTrue(self.clerk._is_internal())
        self.assertTrue(self.supervisor._is_portal())
        self.assertTrue(self.supervisor.has_group("yangguang_cunwu.group_reviewer"))
        self._of(self.clerk, "clerk").date_to = self.today - timedelta(days=1)
        self.assertFalse(self.clerk.has_group("yangguang_cunwu.group_drafter"))
        self.assertTrue(self.clerk._is_portal())

    def test_job_at_midnight(self):
        self._of(self.clerk, "clerk").date_to = self.today
        self._appoint(
            self.villager, "clerk", self.village, date_from=self.today + timedelta(days=1)
        )
        self.assertTrue(self.clerk.has_group("yangguang_cunwu.group_clerk"))
        self.env.flush_all()
        self.cr.execute(
            "UPDATE yangguang_appointment SET date_to = date_to - 2 WHERE person_id = %s",
            [self.clerk.partner_id.id],
        )
        self.env.invalidate_all()
        cron = self.env.ref("yangguang_cunwu.ir_cron_apply_appointments")
        with self.enter_registry_test_mode():
            cron.method_direct_trigger()
        self.assertFalse(self.clerk.has_group("yangguang_cunwu.group_clerk"))

    def test_scope_of_two_offices(self):
        self._appoint(self.clerk.partner_id, "auditor", self.far_village)
        self.assertEqual(self.clerk.draft_division_ids, self.village)
        self.assertEqual(self.clerk.read_division_ids, self.village | self.far_village)

    def test_clerk_moved_loses_the_old_village_at_once(self):
        appointments = self.env["yangguang.appointment"].with_user(self.clerk)
        self.assertIn(self.village, appointments.search([]).division_id)
        self._of(self.clerk, "clerk").date_to = self.today - timedelta(days=1)
        self._appoint(self.clerk.partner_id, "deputy_clerk", self.sister_village)
        seen = appointments.search([("person_id", "!=", self.clerk.partner_id.id)]).division_id
        self.assertNotIn(self.village, seen)

    def test_handover(self):
        wizard = (
            self.env["yangguang.handover"]
            .with_user(self.town_officer)
            .create({"division_id": self.village.id, "date": self.today})
        )
        self.assertEqual(len(wizard.line_ids), 8)
        line = wizard.line_ids.filtered(lambda one: one.role == "clerk")
        line.successor_id = self.villager
        wizard.line_ids.filtered(lambda one: one.role == "director").leaves = True
        wizard.action_hand_over()
        holders = self.env["yangguang.appointment"]._holders
        self.assertEqual(holders(self.village, {"clerk"}), self.villager)
        self.assertFalse(holders(self.village, {"director"}))
        self.assertFalse(self.clerk.draft_division_ids)
        self.assertEqual(self._of(self.clerk, "clerk").date_to, self.today - timedelta(days=1))
