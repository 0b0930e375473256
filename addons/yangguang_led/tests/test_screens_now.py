import io
from datetime import timedelta

from PIL import Image

from odoo.tests import tagged

from odoo.addons.yangguang_cunwu.lib import clock

from .common import ScreenCommon


@tagged("post_install", "-at_install")
class TestScreensNow(ScreenCommon):
    """What officials see of the screens on their phones."""

    def setUp(self):
        super().setUp()
        self.screen = self._screen(name="集市大屏", place="集市东口")
        self.publication = self._published(self.notice_item).publication_id

    def _now(self, divisions):
        return self.env["yangguang.division"]._screens_now(divisions)

    def _picture(self):
        content = io.BytesIO()
        Image.new("RGB", (192, 64), "red").save(content, "PNG")
        return content.getvalue()

    def _confirmed(self, **values):
        now = clock.now()
        return self.env["yangguang.screen.showing"].create(
            {
                "screen_id": self.screen.id,
                "grade": "device",
                "digest": "0",
                "begins": now,
                "ends": now,
                "counted": now,
                "lap": 500,
                "shares": [[self.publication.id, 500, 1]],
                **values,
            }
        )

    def test_nothing_is_known(self):
        [told] = self._now(self.village)
        self.assertEqual(
            told,
            {
                "screen": "集市大屏",
                "place": "集市东口",
                "publication_code": None,
                "title": "",
                "picture": None,
                "time": None,
            },
        )

    def test_picture_of_the_screen(self):
        picture = self._picture()
        shot = self.env["yangguang.screen.shot"]._keep(
            self.screen.id, picture, publication=self.publication
        )
        [told] = self._now(self.town)
        self.assertEqual(told["picture"], picture)
        self.assertEqual(told["time"], shot.time)
        self.assertEqual(told["publication_code"], self.publication.code)

    def test_page_that_the_card_has_named(self):
        self.screen._arrange()
        self._confirmed()
        [told] = self._now(self.district)
        self.assertEqual(told["publication_code"], self.publication.code)
        self.assertEqual(told["title"], self.publication.title)
        with Image.open(io.BytesIO(told["picture"])) as page:
            self.assertEqual(page.size, (192, 64))

    def test_newer_one_counts(self):
        self.screen._arrange()
        with clock.travel(clock.now() - timedelta(hours=2)):
            self.env["yangguang.screen.shot"]._keep(self.screen.id, self._picture())
        self.assertFalse(self._now(self.village)[0]["publication_code"])
        self._confirmed()
        self.assertEqual(self._now(self.village)[0]["publication_code"], self.publication.code)

    def test_what_was_only_sent_is_not_told(self):
        self._confirmed(grade="sent")
        self.assertIsNone(self._now(self.village)[0]["time"])

    def test_other_places_and_screens_out_of_operation(self):
        self.assertEqual(self._now(self.far_village), [])
        self.screen.state = "paused"
        self.assertEqual(self._now(self.village), [])
