from odoo.tests import tagged

from .disclosure_common import RECEIPTS
from .question_common import QuestionCommon


@tagged("post_install", "-at_install")
class TestPerformance(QuestionCommon):
    def _receipts(self, count):
        """A sheet of `count` receipts that add up."""
        row = {**RECEIPTS["rows"][0], "receipt": "100.00"}
        return {
            "header": {
                "opening_balance": "0.00",
                "closing_balance": f"{count * 100}.00",
            },
            "rows": [{**row, "seq": str(number + 1)} for number in range(count)],
        }

    def _fresh(self, record):
        """As a new request would find it: nothing read yet, nothing to write."""
        self.env.flush_all()
        self.env.invalidate_all()
        return record

    def test_publish(self):
        disclosure = self._signed(document=self._receipts(60))
        # the first publication of a process loads what later ones share
        self._published(document=self._receipts(2), period_key="2026-02")
        with self.assertQueryCount(40):
            self._fresh(disclosure).action_publish()
            self.env.flush_all()

    def _count(self, expected, model, domain, fields, length):
        """Searches twice, as a list does; the second time with what a process keeps."""
        records = self.env[model].with_user(self.clerk)
        specification = {
            name: {"fields": {"display_name": {}}} if name.endswith("_id") else {}
            for name in fields.split()
        }
        for count in (1000, expected):
            self._fresh(records)
            with self.assertQueryCount(count):
                found = records.web_search_read(domain, specification, limit=80)
        self.assertEqual(found["length"], length)

    def test_sheets(self):
        for number in range(1, 13):
            self._draft(period_key=f"2025-{number:02}")
        for number in range(1, 9):
            self._submitted(period_key=f"2024-{number:02}")
        fields = "division_id item_id category_id period_label state"
        self._count(7, "yangguang.disclosure", [], fields, 20)

    def test_questions(self):
        for _number in range(20):
            self._answered()
        fields = "lamp number division_id text state review_state asked_on answer_due days_waiting"
        self._count(4, "yangguang.question", [], fields, 20)

    def test_duties(self):
        self.env["yangguang.duty"].create(
            [
                {
                    "division_id": self.village.id,
                    "item_id": item.id,
                    "period_key": "2026-01",
                    "due": "2026-02-15",
                }
                for item in self.edition.item_ids[:20]
            ]
        )
        overdue = [("light", "=", "overdue")]
        self._count(7, "yangguang.duty", overdue, "due division_id item_id light", 20)

    def test_publications(self):
        for number in range(1, 5):
            self._published(period_key=f"2025-{number:02}")
        shown = [("state", "=", "published")]
        self._count(5, "yangguang.publication", shown, "time item_name code state", 4)
