"""Screens that have shown something on days to come, seen from later."""

from datetime import datetime, time, timedelta

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.models import demo_stamp

from .common import ScreenCommon

LIT = range(6, 22)


class DisplayCommon(ScreenCommon):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # what happens on later days is written down with the time of those days
        demo_stamp.stamp(cls.env.cr)
        cls.days = cls.env["yangguang.display.day"]
        cls.proofs = cls.env["yangguang.display.proof"]
        cls.env["yangguang.screen"].search([]).active = False

    def setUp(self):
        super().setUp()
        self.screen = self._screen(opens=6, closes=22, times=20)
        self.publication = self._published(self.notice_item).publication_id
        self.today = clock.today()

    def _at(self, day, hour, minute=0):
        """A local time on the day after so many days."""
        moment = datetime.combine(self.today + timedelta(days=day), time(hour, minute))
        return moment.replace(tzinfo=clock.SHANGHAI)

    def _show(self, day, hours=LIT, grade="player", seconds=60, screen=None, publication=None):
        """A screen shows a publication in those hours of that day."""
        self.proofs._count(
            grade,
            [
                (
                    (screen or self.screen).id,
                    (publication or self.publication).id,
                    self._at(day, hour),
                    seconds,
                    1,
                )
                for hour in hours
            ],
        )

    def _run(self, day, hour=7):
        """The scheduled action, as of that hour."""
        with clock.travel(self._at(day, hour)), self.enter_registry_test_mode():
            self.env.ref("yangguang_led.ir_cron_display").method_direct_trigger()
        self.env.invalidate_all()

    def _row(self, day, publication=None):
        return self.days.search(
            [
                ("publication_id", "=", (publication or self.publication).id),
                ("day", "=", self.today + timedelta(days=day)),
            ]
        )
