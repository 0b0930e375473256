from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from .common import ScreenCommon


@tagged("post_install", "-at_install")
class TestScreen(ScreenCommon):
    def test_own_screens_only(self):
        own, far = self._screen(), self._screen(division_id=self.far_village.id)
        screens = self.env["yangguang.screen"]
        for user in (self.clerk, self.secretary, self.town_officer, self.auditor):
            self.assertEqual(screens.with_user(user).search([]), own)
        self.assertEqual(screens.with_user(self.district_officer).search([]), own | far)
        with self.assertRaises(AccessError):
            screens.with_user(self.chair).search([])
        with self.assertRaises(AccessError):
            screens.with_user(self.env.ref("base.public_user")).search([])

    def test_town_sets_up_and_the_village_does_not(self):
        screen = self._screen()
        screen.with_user(self.town_officer).place = "祠堂前"
        for user in (self.clerk, self.secretary, self.accountant):
            with self.assertRaises(AccessError):
                screen.with_user(user).place = "我家门口"
        far = self._screen(division_id=self.far_village.id)
        with self.assertRaises(AccessError):
            far.with_user(self.town_officer).place = "别的镇"

    def test_how_it_is_reached_is_not_for_everybody(self):
        screen = self._screen().with_user(self.clerk)
        self.assertNotIn("address", screen.fields_get())
        with self.assertRaises(AccessError):
            screen.read(["address"])

    def test_number_and_state_are_closed(self):
        mine = self.env["yangguang.screen"].with_user(self.town_officer)
        self.env["ir.default"].with_user(self.town_officer).set(
            "yangguang.screen", "state", "on", user_id=self.town_officer.id
        )
        values = {"name": "屏", "division_id": self.village.id, "width": 64, "height": 32}
        with self.assertRaises(AccessError):
            mine.with_context(default_state="on").create(values)
        screen = mine.create({**values, "code": "X"})
        self.assertEqual(screen.state, "planned")
        self.assertRegex(screen.code, r"^P\d{5}$")
        for values in ({"state": "on"}, {"test_page": "text"}, {"commissioned_on": "2026-01-01"}):
            with self.assertRaises(AccessError):
                screen.write(values)
        with self.assertRaises(UserError):
            screen.write({"code": "P1"})
        self.assertEqual(screen.copy().state, "planned")

    def test_taken_into_operation_by_somebody_who_has_looked(self):
        screen = self._screen(state="planned").with_user(self.town_officer)
        screen.action_show_ruler()
        screen.sudo()._arrange()
        entries = screen.sudo().programme_id._content()["entries"]
        self.assertEqual([entry["kind"] for entry in entries.values()], ["test"])
        wizard = self.env["yangguang.screen.commissioning"].with_user(self.town_officer)
        looked = wizard.create({"screen_id": screen.id, "edges": True})
        with self.assertRaises(UserError):
            looked.action_confirm()
        looked.write({"dots": True, "legible": True, "dark_at_night": True})
        looked.action_confirm()
        self.assertEqual(screen.state, "on")
        self.assertEqual(screen.commissioned_by_id, self.town_officer.partner_id)
        with self.assertRaises(UserError):
            screen.action_show_text()
        with self.assertRaises(AccessError):
            screen.with_user(self.clerk).action_pause()

    def test_options_are_the_drivers(self):
        screen = self._screen()
        for values, sentence in (
            ({"driver_options": "flavour = red"}, "没有选项"),
            ({"driver_options": "red"}, "name = value"),
            ({"driver_options": "destination = 首"}, "应填整数"),
            ({"address": False}, "连接地址"),
        ):
            with self.assertRaisesRegex(ValidationError, sentence), self.env.cr.savepoint():
                screen.write(values)
            screen.invalidate_recordset()
        screen.driver_options = "destination = 2"
        self.assertEqual(screen._driver_options(), {"destination": "2"})

    def test_measures(self):
        for values in ({"width": 8}, {"pitch": 0.1}, {"opens": 22.0, "closes": 6.0}, {"times": 0}):
            with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
                self._screen(**values)
            self.assertIn("check", str(caught.exception).lower())

    def test_how_it_is(self):
        screen = self._screen()
        self.assertEqual(screen.health, "dark")
        screen.contact_ids.time = self.env.cr.now()
        self.assertEqual(screen.health, "lit")
        found = self.env["yangguang.screen"].search([("health", "=", "lit")])
        self.assertIn(screen, found)
        screen.with_user(self.town_officer).action_pause()
        self.assertEqual(screen.health, "paused")
