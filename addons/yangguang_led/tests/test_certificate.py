import io

from PIL import Image

from odoo.exceptions import AccessError
from odoo.tests import HttpCase, tagged

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.tests.common import PASSWORD

from ..lib import certificate
from .display_common import DisplayCommon


@tagged("post_install", "-at_install")
class TestCertificate(DisplayCommon, HttpCase):
    def setUp(self):
        super().setUp()
        self._show(1)
        self._show(2, range(6, 9))
        self._show(2, grade="sent")
        self.other = self._screen(name="文化广场屏", opens=6, closes=22)
        self._show(2, range(6, 14), grade="device", screen=self.other)

    def _facts(self, screens, user=None):
        with clock.travel(self._at(4, 8)):
            return self.publication.with_user(user or self.clerk)._facts(
                screens.with_user(user or self.clerk)
            )

    def test_it_says_what_the_rows_say(self):
        self._run(3)
        both = self._facts(self.screen | self.other)
        sums = certificate.totals(both)
        rows = self.proofs.search([("grade", "!=", "sent")])
        self.assertEqual(sums.seconds, sum(rows.mapped("seconds")))
        self.assertEqual(sums.plays, sum(rows.mapped("plays")))
        self.assertEqual(sums.days, self.publication.days_displayed)
        self.assertEqual(sums.days, 2)
        # from the afternoon of the second day to the end of the third
        self.assertEqual(sums.gap, 8 + 16)
        one = certificate.totals(self._facts(self.screen))
        self.assertEqual((one.days, one.gap, one.sent), (1, 13 + 16, 16 * 60))

    def test_the_last_picture(self):
        words = self._facts(self.screen).picture_words
        self.assertIn("没有画面", words)
        self.screen._arrange()
        facts = self._facts(self.screen)
        self.assertIn("不是屏上的照片", facts.picture_words)
        shot = io.BytesIO()
        Image.new("RGB", (192, 64), "red").save(shot, "PNG")
        self.env["yangguang.screen.shot"]._keep(
            self.screen.id, shot.getvalue(), None, self.publication
        )
        facts = self._facts(self.screen)
        self.assertIn("传回的画面", facts.picture_words)
        self.assertEqual(facts.picture, shot.getvalue())

    def test_who_gets_it(self):
        paths = [
            f"/led/certificates/{self.publication.code}{part}.pdf"
            for part in ("", f"-{self.screen.code}")
        ]
        self._run(3)
        for user, status in (
            (self.clerk, 200),
            (self.town_officer, 200),
            (self.inspector, 200),
            (self.far_clerk, 404),
            (self.chair, 200),
            (self._user("supervisor", "温玉珍", self.far_village), 404),
        ):
            self.authenticate(user.login, PASSWORD)
            for path in paths:
                answer = self.url_open(path)
                self.assertEqual(answer.status_code, status, path)
                self.assertEqual(answer.content[:5] == b"%PDF-", status == 200)
        self.authenticate(self.clerk.login, PASSWORD)
        for wrong in ("0" * 12, f"{self.publication.code}-P99999"):
            self.assertEqual(self.url_open(f"/led/certificates/{wrong}.pdf").status_code, 404)

    def test_the_committee_finds_it_on_the_sheet(self):
        sheet = self.env["yangguang.disclosure"].search(
            [("publication_id", "=", self.publication.id)]
        )
        self.authenticate(self.chair.login, PASSWORD)
        link = f"/led/certificates/{self.publication.code}.pdf"
        self.env["yangguang.display.day"].search([]).unlink()
        self.assertNotIn(link, self.url_open(f"/my/reviews/{sheet.id}").text)
        self._run(3)
        self.assertIn(link, self.url_open(f"/my/reviews/{sheet.id}").text)

    def test_buttons_lead_there(self):
        self._run(3)
        publication = self.publication.with_user(self.clerk)
        self.assertEqual(publication.display_screen_ids.sudo(), self.screen | self.other)
        self.assertIn(f"{publication.code}.pdf", publication.action_certificate()["url"])
        screen = publication.display_screen_ids[0].with_context(publication_id=publication.id)
        self.assertIn(f"-{screen.code}.pdf", screen.action_certificate()["url"])

    def test_another_villages_party_sheet(self):
        with self.assertRaises(AccessError):
            self.screen.with_user(self.far_clerk).with_context(
                publication_id=self.publication.id
            ).check_access("read")


@tagged("post_install", "-at_install")
class TestBoard(DisplayCommon, HttpCase):
    def test_a_picture_of_what_is_on_else_of_what_should_be(self):
        self.screen._arrange()
        self.authenticate(self.clerk.login, PASSWORD)
        path = f"/led/screens/{self.screen.id}/now.png"
        drawn = self.url_open(path)
        self.assertEqual(drawn.headers["Content-Type"], "image/png")
        self.assertFalse(self.screen.shot_time)
        shot = io.BytesIO()
        Image.new("RGB", (192, 64), "red").save(shot, "JPEG")
        self.env["yangguang.screen.shot"]._keep(self.screen.id, shot.getvalue())
        self.env.invalidate_all()
        self.assertTrue(self.screen.shot_time)
        sent = self.url_open(path)
        self.assertEqual(sent.content, shot.getvalue())
        self.assertEqual(sent.headers["Content-Type"], "image/jpeg")
        with clock.travel(self._at(1, 8)):
            self.env.invalidate_all()
            self.assertFalse(self.screen.shot_time)
            self.assertEqual(self.url_open(path).content, drawn.content)

    def test_board_costs_the_same_however_long(self):
        for number in range(20):
            self._screen(name=f"屏{number}")
        names = ("division_id", "town_id", "name", "health", "shot_time", "last_heard")
        specification = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in (*names, "ticket_count")
        }
        screens = self.env["yangguang.screen"].with_user(self.town_officer)
        for count in (1000, 8):
            self.env.flush_all()
            self.env.invalidate_all()
            with self.assertQueryCount(count):
                found = screens.web_search_read([], specification, limit=80)
        self.assertEqual(found["length"], 21)
