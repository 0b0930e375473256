from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from .display_common import LIT, DisplayCommon


@tagged("post_install", "-at_install")
class TestDisplay(DisplayCommon):
    """From proofs to days, and from dark days to longer displays."""

    def _extensions(self, publication=None):
        return (publication or self.publication).event_ids.filtered(
            lambda event: event.kind == "extended"
        )

    def _told(self):
        return self.env["yangguang.notice"].search([("kind", "=", "dark")])

    def test_a_full_day_counts_once(self):
        self._show(1)
        self._run(2)
        row = self._row(1)
        self.assertRecordValues(
            row, [{"counts": True, "grade": "player", "screens": 1, "seconds": 60 * 16}]
        )
        self.assertEqual(self.publication.days_displayed, 1)
        self.assertFalse(self._extensions())
        self._run(2)
        self.assertEqual(self._row(1), row)
        self.assertEqual(row.seconds, 60 * 16)

    def test_proofs_that_arrive_late_are_added(self):
        self._show(1, range(6, 10))
        self._run(1, 12)
        self.assertFalse(self._row(1).counts)
        self._show(1, range(10, 18))
        self._show(1, [9], grade="screenshot", seconds=0)
        self._run(2)
        self.assertRecordValues(
            self._row(1), [{"counts": True, "grade": "screenshot", "seconds": 60 * 12}]
        )

    def test_a_dark_day_makes_the_display_a_day_longer(self):
        until = self.publication.display_until
        self._show(2)
        self._run(2)
        self.assertEqual(self._extensions().display_until, until + timedelta(days=1))
        self.assertEqual(self.publication.shown_until, until + timedelta(days=1))
        self.assertTrue(self._row(1).owed)
        self.assertEqual(self._told().person_id, self.clerk.partner_id | self.deputy.partner_id)
        self._run(2)
        self._run(2, 9)
        self.assertEqual(len(self._extensions()), 1)
        self.assertEqual(len(self._told()), 2)
        self._run(3)
        self.assertEqual(len(self._extensions()), 1)

    def test_what_was_only_sent_is_dark(self):
        self._show(1, grade="sent")
        self._run(2)
        self.assertRecordValues(
            self._row(1), [{"counts": False, "owed": True, "grade": "sent", "seconds": 0}]
        )

    def test_a_dark_day_that_is_proven_later_is_not_taken_back(self):
        self._run(2)
        self._show(1)
        self._run(3, 2)
        self.assertRecordValues(self._row(1), [{"counts": True, "owed": True}])
        self.assertEqual(len(self._extensions()), 1)

    def test_recalled_is_dark(self):
        self._show(1, range(6, 9))
        self.publication.with_user(self.clerk).action_recall_from_screens("先撤下核对。")
        self._run(2)
        self.assertTrue(self._extensions())

    def test_the_evening_has_time_to_arrive(self):
        self._run(2, 5)
        self.assertFalse(self._extensions())
        self._run(2, 6)
        self.assertTrue(self._extensions())

    def test_a_village_without_a_screen_in_operation_is_left_alone(self):
        for state in ("planned", "paused"):
            self.screen.state = state
            self._run(2)
        self.screen.write({"state": "on", "commissioned_on": self._at(2, 0).date()})
        self._run(3)
        self.assertFalse(self._extensions())
        self.assertFalse(self.publication.has_screen)

    def test_only_whole_days_under_protection(self):
        self._run(1)
        self.assertFalse(self._extensions())
        last = (self.publication.display_until - self.today).days
        for day in range(1, last + 1):
            self._show(day)
        self._run(last + 3)
        self.assertFalse(self._extensions())

    def test_power_off_on_two_of_ten_days(self):
        last = (self.publication.display_until - self.today).days
        for day in range(1, last + 3):
            if day not in (3, 4):
                self._show(day)
            self._run(day + 1)
        self.assertEqual(self.publication.days_displayed, last)
        self.assertEqual(
            self.publication.shown_until, self.publication.display_until + timedelta(days=2)
        )
        counted = self.publication.display_day_ids.filtered("counts")
        eight = counted.filtered(lambda row: row.day <= self.publication.display_until)
        self.assertEqual(len(eight), last - 2)

    def test_after_an_outage_of_the_server(self):
        last = (self.publication.display_until - self.today).days
        self._show(1)
        self._run(2)
        # the server is away; the cards have nobody to answer to
        self._run(last + 5)
        self.assertEqual(len(self._extensions()), last - 1)
        self.assertEqual(self.publication.shown_until, self._at(last + 5 + last - 2, 0).date())
        until = self._extensions().mapped("display_until")
        self.assertEqual(until, sorted(until))

    def test_taken_down_owes_nothing(self):
        self.publication.with_user(self.clerk).action_withdraw("privacy", "有村民的电话。")
        self._run(2)
        self.assertFalse(self._extensions())

    def test_the_share_of_the_lit_hours_can_be_set(self):
        self.env["ir.config_parameter"].set_param("yangguang_led.display_percent", "25")
        self._show(1, range(6, 10))
        self._run(2)
        self.assertTrue(self._row(1).counts)

    def test_rows_of_a_full_house(self):
        """88 publications on one screen and day, every grade: not more than 500 rows."""
        others = [
            self._published(self.notice_item, {"text": f"通知第{number}号。"}).publication_id
            for number in range(4)
        ]
        publications = [self.publication, *others]
        for publication in publications:
            for grade in ("screenshot", "player", "device", "sent"):
                self._show(1, LIT, grade, publication=publication)
                self._show(1, LIT, grade, publication=publication)
        rows = self.proofs.search_count([("day", "=", self._at(1, 0).date())])
        self.assertEqual(rows, 4 * len(publications))
        self.assertLessEqual(rows * 88 / len(publications), 500)

    def test_nobody_writes_proofs_or_days(self):
        self._show(1)
        self._run(2)
        models = (self.proofs.search([]), self._row(1))
        users = (self.clerk, self.secretary, self.town_officer, self.district_officer)
        for records in models:
            for user in users:
                mine = records.with_user(user).with_context(su=True, install_mode=True)
                self.assertTrue(mine.mapped("seconds"))
                for attempt in (
                    lambda mine=mine: mine.write({"seconds": 1}),
                    lambda mine=mine: mine.unlink(),
                    lambda mine=mine: mine.create({"day": "2026-01-01"}),
                ):
                    with self.assertRaises(AccessError):
                        attempt()
        for user in (self.far_clerk, self.town_officer, self.clerk):
            read = self.proofs.with_user(user).search_count([])
            self.assertEqual(bool(read), user != self.far_clerk)
        for user in (self.chair, self.env.ref("base.public_user")):
            for name in ("yangguang.display.proof", "yangguang.screen.showing"):
                with self.assertRaises(AccessError):
                    self.env[name].with_user(user).search([])
