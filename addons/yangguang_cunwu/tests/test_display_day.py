from datetime import timedelta

from odoo.exceptions import AccessError
from odoo.tests import tagged

from ..lib import clock
from .public_common import PublicCommon


@tagged("post_install", "-at_install")
class TestDisplayDay(PublicCommon):
    def _day(self, publication, days=1, **values):
        return self.env["yangguang.display.day"].create(
            {
                "publication_id": publication.id,
                "division_id": publication.division_id.id,
                "day": clock.today() + timedelta(days=days),
                "grade": "device",
                "counts": True,
                **values,
            }
        )

    def test_counted_beside_what_is_asked_for(self):
        publication = self._notice()
        self.assertFalse(publication.has_screen)
        self._day(publication)
        self._day(publication, 2)
        self._day(publication, 3, counts=False, grade="sent")
        self.assertEqual(publication.days_displayed, 2)
        self.assertEqual(publication.days_asked, self.notice_item.min_display_days)
        publication.sudo()._record_event(
            "extended",
            clock.now(),
            self.env["res.partner"],
            display_until=publication.display_until + timedelta(days=1),
        )
        self.assertEqual(publication.shown_until, publication.display_until + timedelta(days=1))

    def test_a_villager_reads_it_where_there_is_a_screen(self):
        publication = self._notice()
        path = f"/p/{publication.code}"
        self.assertNotIn("户外屏", self._text(path))
        self._day(publication)
        self.assertIn("户外屏 已展示 1 天", self._text(path))

    def test_a_day_is_once(self):
        publication = self._notice()
        self._day(publication)
        with self.assertRaises(Exception) as caught, self.env.cr.savepoint():
            self._day(publication)
        self.assertIn("unique", str(caught.exception))

    def test_who_reads_what(self):
        shown, party = self._day(self._notice()), self._day(self._party())
        for user, read in (
            (self.clerk, shown | party),
            (self.town_officer, shown | party),
            (self.district_officer, shown | party),
            (self.far_clerk, shown),
            (self.chair, shown),
            (self.env.ref("base.public_user"), shown),
        ):
            self.assertEqual(self.env["yangguang.display.day"].with_user(user).search([]), read)

    def test_only_jobs_write(self):
        day = self._day(self._notice(), counts=False)
        self.authenticate(self.clerk.login, "Correct-horse-7")
        for method, arguments in (
            ("write", [day.ids, {"counts": True}]),
            ("create", [{"publication_id": day.publication_id.id, "day": "2026-01-01"}]),
            ("unlink", [day.ids]),
        ):
            with self.assertRaisesRegex(Exception, "AccessError|access"):
                self.make_jsonrpc_request(
                    "/web/dataset/call_kw",
                    {
                        "model": "yangguang.display.day",
                        "method": method,
                        "args": arguments,
                        "kwargs": {"context": {"su": True, "install_mode": True}},
                    },
                )
        for user in (self.clerk, self.town_officer, self.district_officer):
            with self.assertRaises(AccessError):
                day.with_user(user).write({"counts": True})
        self.assertFalse(day.counts)
