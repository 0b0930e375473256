import io
from unittest.mock import patch

from PIL import Image

from odoo.tests import tagged

from ..lib import clock, codes, share_card
from .public_common import HOUSEHOLD, PublicCommon


@tagged("post_install", "-at_install")
class TestPublicCard(PublicCommon):
    """The picture of a sheet that goes into chats."""

    def _card(self, publication):
        """What is drawn for a publication, and the answer."""
        with patch.object(share_card, "draw", wraps=share_card.draw) as draw:
            answer = self._get(f"/p/{publication.code}/card.png")
        return draw.call_args.args[0], answer

    def test_what_it_says(self):
        publication = self._receipts()
        card, answer = self._card(publication)
        self.assertEqual(answer.headers["Content-Type"], "image/png")
        self.assertEqual(Image.open(io.BytesIO(answer.content)).size, (1000, 800))
        self.assertEqual((card.village, card.is_corrected), ("东岸村", False))
        self.assertEqual(
            card.sums,
            (("收入金额", "30,000.00"), ("支出金额", "2,050.00"), ("期末结余", "147,950.00")),
        )
        self.assertIn("金额单位：元", card.period)
        self.assertIn("1月份收入3万元", card.sentences[0])
        self.assertEqual(card.code, codes.grouped(publication.code))
        self.assertTrue(card.address.endswith(f"/p/{publication.code}"))
        tag = {"If-None-Match": answer.headers["ETag"]}
        self._get(f"/p/{publication.code}/card.png", 304, headers=tag)
        self.assertNotIn("Set-Cookie", answer.headers)
        typed = self._get(f"/p/{publication.code.lower()}/card.png", 301)
        self.assertTrue(typed.headers["Location"].endswith(f"/p/{publication.code}/card.png"))

    def test_a_page_names_its_picture(self):
        publication = self._notice()
        page = self._get(f"/p/{publication.code}").text
        address = f"{self.base_url()}/p/{publication.code}/card.png"
        self.assertIn(f'property="og:image" content="{address}"', page)
        self.assertIn("村民会议定于本月二十日", str(self._card(publication)[0].sentences))
        publication.with_user(self.clerk).action_withdraw("privacy", "含有个人信息。")
        self._get(f"/p/{publication.code}/card.png", 410)
        self.assertNotIn("og:image", self._get(f"/p/{publication.code}").text)

    def test_it_says_what_the_public_reads(self):
        card = str(self._card(self._relief())[0])
        self.assertNotIn(HOUSEHOLD["head"], card)
        self.assertNotIn(HOUSEHOLD["id_no"], card)
        party = self._party()
        self._get(f"/p/{party.code}/card.png", 404)

    def test_a_corrected_sheet_says_so_in_the_old_picture(self):
        publication = self._receipts()
        before = self._card(publication)[1].content
        publication.sudo()._record_event(
            "superseded", clock.now(), self.clerk.partner_id, reason="correction", note="改"
        )
        self.env.invalidate_all()
        card, answer = self._card(publication)
        self.assertTrue(card.is_corrected)
        self.assertNotEqual(answer.content, before)
