from datetime import UTC, timedelta

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from .display_common import DisplayCommon


@tagged("post_install", "-at_install")
class TestScreenTicket(DisplayCommon):
    def setUp(self):
        super().setUp()
        self.tickets = self.env["yangguang.screen.ticket"]

    def _heard(self, day, hour, minute=0, screen=None):
        moment = self._at(day, hour, minute).astimezone(UTC).replace(tzinfo=None)
        (screen or self.screen).contact_ids.time = moment

    def _watched(self, day, hour, minute=0):
        """The open tickets after the scheduled action of that time."""
        with clock.travel(self._at(day, hour, minute)):
            self.tickets._cron_watch()
        return self.tickets.search([("state", "=", "open")])

    def test_dark_within_half_an_hour(self):
        self._heard(1, 8)
        self.assertFalse(self._watched(1, 8, 19))
        ticket = self._watched(1, 8, 26)
        self.assertRecordValues(
            ticket, [{"screen_id": self.screen.id, "kind": "dark", "opened_by_id": False}]
        )
        self.assertIn("08:00", ticket.note)
        self.assertEqual(self._watched(1, 12), ticket)

    def test_closed_when_it_is_heard_again(self):
        self._heard(1, 8)
        ticket = self._watched(1, 8, 30)
        self._heard(1, 9, 10)
        self.assertFalse(self._watched(1, 9, 12))
        self.assertEqual(ticket.minutes, 42)
        self.assertEqual(ticket.state, "closed")
        self._heard(1, 10)
        self.assertNotEqual(self._watched(1, 10, 30), ticket)

    def test_none_when_it_is_off_by_plan(self):
        self._heard(1, 21, 59)
        for hour in (22, 23):
            self.assertFalse(self._watched(1, hour, 30))
        # in the morning it is given time to answer
        self.assertFalse(self._watched(2, 6, 15))
        self.assertTrue(self._watched(2, 6, 25))

    def test_none_while_it_is_paused_or_set_up(self):
        self._heard(1, 8)
        for state in ("paused", "planned"):
            self.screen.state = state
            self.assertFalse(self._watched(1, 12))
        self.screen.state = "paused"
        with clock.travel(self._at(1, 12)):
            self.screen.with_user(self.town_officer).action_resume()
        self.assertFalse(self._watched(1, 12, 15))
        self.assertTrue(self._watched(1, 12, 25))

    def test_a_persons_own_is_not_closed_by_the_system(self):
        ticket = self.tickets.with_user(self.clerk).create(
            {"screen_id": self.screen.id, "kind": "dark", "note": "右下角一块不亮。"}
        )
        self.assertEqual(ticket.opened_by_id, self.clerk.partner_id)
        self._heard(1, 8)
        self.assertEqual(self._watched(1, 12), ticket.sudo())
        self._heard(1, 13)
        self.assertEqual(self._watched(1, 13, 5), ticket.sudo())
        with self.assertRaises(AccessError):
            ticket.action_close()
        mended = ticket.with_user(self.town_officer)
        mended.write({"done": "换了一块模组。", "vendor": "某某光电", "cost": 320})
        with clock.travel(self._at(1, 14)):
            mended.action_close()
            with self.assertRaises(UserError):
                mended.action_close()
        self.assertEqual(mended.closed_by_id, self.town_officer.partner_id)

    def test_one_open_ticket_of_a_kind(self):
        values = {"screen_id": self.screen.id, "kind": "content"}
        self.tickets.create(values)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self.tickets.create(values)
        self.assertIn("unique", str(caught.exception))
        self.tickets.create({**values, "kind": "clock"})

    def test_who_may(self):
        mine = self.tickets.with_user(self.clerk)
        ticket = mine.create({"screen_id": self.screen.id})
        for values in (
            {"cost": 9},
            {"done": "x"},
            {"closed": clock.now()},
            {"opened": "2026-01-01"},
        ):
            with self.assertRaises(AccessError):
                mine.create({"screen_id": self.screen.id, "kind": "clock", **values})
            with self.assertRaises(AccessError):
                ticket.write(values)
        for values in ({"closed": clock.now()}, {"opened_by_id": False}):
            with self.assertRaises(AccessError):
                ticket.with_user(self.town_officer).write(values)
        with self.assertRaises(AccessError):
            self.tickets.with_user(self.far_clerk).create(
                {"screen_id": self.screen.id, "kind": "dark"}
            )
        self.assertFalse(self.tickets.with_user(self.far_clerk).search([]))
        for user in (self.chair, self.env.ref("base.public_user")):
            with self.assertRaises(AccessError):
                self.tickets.with_user(user).search([])
        for user in (self.clerk, self.town_officer, self.district_officer):
            with self.assertRaises(AccessError):
                ticket.with_user(user).unlink()

    def test_a_stored_default_opens_nothing_earlier(self):
        self.env["ir.default"].with_user(self.clerk).set(
            "yangguang.screen.ticket", "opened", "2026-01-01 00:00:00", user_id=self.clerk.id
        )
        ticket = self.tickets.with_user(self.clerk).create({"screen_id": self.screen.id})
        self.assertLess(clock.now() - ticket.opened, timedelta(minutes=1))

    def test_costs_by_screen_and_year(self):
        for kind, cost in (("other", 100), ("clock", 50.5)):
            self.tickets.create({"screen_id": self.screen.id, "kind": kind, "cost": cost})
        groups = self.tickets.with_user(self.town_officer)._read_group(
            [], ["screen_id", "opened:year"], ["cost:sum"]
        )
        self.assertEqual([group[2] for group in groups], [150.5])

    def test_list_costs_the_same_however_long(self):
        screens = [self._screen(name=f"屏{number}") for number in range(20)]
        self.tickets.create([{"screen_id": screen.id} for screen in screens])
        specification = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in ("screen_id", "division_id", "kind", "state", "cost", "minutes")
        }
        mine = self.tickets.with_user(self.town_officer)
        for count in (1000, 5):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(count):
                found = mine.web_search_read([], specification, limit=80)
        self.assertEqual(found["length"], 20)
