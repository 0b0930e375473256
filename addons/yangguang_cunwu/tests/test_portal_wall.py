from datetime import datetime

from odoo.tests import tagged

from ..lib import clock
from ..models.demo_stamp import stamp
from .question_common import ANSWER, WORDS, QuestionCommon
from .test_portal import PortalCommon


@tagged("post_install", "-at_install")
class TestPortalWall(QuestionCommon, PortalCommon):
    """The committee reads the wall of its village, and does nothing there."""

    def test_what_the_committee_sees(self):
        stamp(self.env.cr)
        with clock.travel(datetime(2026, 3, 2, 4)):
            answered = self._on_wall()
            late = self._asked(text="水沟什么时候清理？")
            late.with_user(self.clerk).action_show()
            self._asked(text="还没有人看过的话。")
            self._accused()
            far = self._asked(text="远村的事情怎么办？", division=self.far_village)
            far.with_user(self.far_clerk).action_show()
        with clock.travel(datetime(2026, 3, 16, 4)):
            page = self._get("/my/wall", self.supervisor)
        for words in (WORDS, ANSWER, late.text, "Answer overdue"):
            self.assertIn(words, page)
        for words in ("王五六", "13800138000", "还没有人看过", "远村的事情", "村支书"):
            self.assertNotIn(words, page)
        self.assertIn(f"/v/{self.village.code}/wall/{answered.code}", page)
        with clock.travel(datetime(2026, 3, 16, 4)):
            counted = self.make_jsonrpc_request(
                "/my/counters", {"counters": ["overdue_question_count"]}
            )
        self.assertEqual(counted["overdue_question_count"], 1)
        self.assertIn("/my/wall", self._get("/my"))

    def test_nobody_else_has_this_page(self):
        self._get("/my/wall", self.clerk, 404)
        self._get("/my/wall", self.town_officer, 404)
        self.assertNotIn('href="/my/wall"', self._get("/my", self.clerk))
