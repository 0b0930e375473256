import base64
from unittest.mock import patch

from odoo.exceptions import AccessError, LockError, UserError
from odoo.tests import tagged

from ..lib import grid
from .disclosure_common import NOTHING, POINTS, RECEIPTS, DisclosureCommon

LAST = "2025-12"


@tagged("post_install", "-at_install")
class TestGrid(DisclosureCommon):
    def _texts(self, disclosure):
        return disclosure.grid_open()["grid"]

    def _column(self, disclosure, key):
        return [column.key for column in disclosure._layout().columns].index(key)

    def _fill(self, disclosure, user):
        """The wizard of the Excel form as `user` has opened it, with the form filled."""
        disclosure = disclosure.with_user(user)
        file = base64.b64encode(disclosure._form_content())
        wizard = disclosure.env["yangguang.fill"].with_context(default_disclosure_id=disclosure.id)
        return wizard.create({"file": file})

    def test_the_second_who_takes_in_a_form_is_told_who_was_first(self):
        disclosure = self._draft()
        first, second = (self._fill(disclosure, user) for user in (self.deputy, self.clerk))
        first.action_save()
        content = disclosure.content
        with self.assertRaisesRegex(UserError, "Changed by 林志强 at 20"):
            second.action_save()
        self.assertEqual(disclosure.content, content)
        # while the other is still saving, too
        third = self._fill(disclosure, self.clerk)
        locked = patch.object(type(disclosure), "lock_for_update", side_effect=LockError("locked"))
        with locked, self.assertRaisesRegex(UserError, "Somebody else is saving this sheet"):
            third.action_save()

    def test_opens_what_was_saved(self):
        disclosure = self._draft()
        opened = disclosure.grid_open()
        self.assertEqual(opened["revision"], 1)
        self.assertEqual(opened["grid"]["header"]["opening_balance"], "120,000.00")
        self.assertEqual(opened["grid"]["rows"][1][-1], "147,950.00")
        self.assertEqual(opened["evaluation"]["problems"], [])
        self.assertEqual(opened["evaluation"]["totals"][-3:], ["30,000.00", "2,050.00", None])
        columns = {column["key"]: column for column in opened["layout"]["columns"]}
        self.assertTrue(columns["balance"]["computed"])
        self.assertEqual(columns["channel"]["options"], ["库存现金", "银行存款"])
        # what the system fills in is not asked for; what it would print stands as a hint
        header = {field["key"]: field for field in opened["layout"]["header"]}
        self.assertNotIn("village", header)
        self.assertEqual(opened["evaluation"]["hints"]["accountant"], "罗秀英")
        self.assertNotIn("opening_balance", opened["evaluation"]["hints"])

    def test_evaluates_without_saving(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        payment = self._column(disclosure, "payment")
        texts["rows"][1][payment] = "(50"
        texts["rows"][0][self._column(disclosure, "receipt")] = "￥30,001"
        evaluation = disclosure.grid_evaluate(texts)
        self.assertIn([0, payment - 1, "30,001.00"], evaluation["cells"])
        self.assertIn([0, payment + 1, "150,001.00"], evaluation["cells"])
        (wrong,) = [one for one in evaluation["problems"] if one["row"] is not None]
        self.assertEqual((wrong["row"], wrong["column"]), (1, "payment"))
        self.assertEqual(wrong["sentence"], "第2行「支出金额」：应填数字，如 1234.50")
        self.assertEqual(disclosure.revision, 1)
        self.assertEqual(disclosure._document()["rows"][0]["receipt"], "30000.00")

    def test_tells_personal_numbers_and_other_tables(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        texts["rows"][0][self._column(disclosure, "summary")] = "退款给13800138000"
        others = disclosure.grid_evaluate(texts)["others"]
        self.assertTrue(any("第1行「摘要」" in sentence for sentence in others))

    def test_what_cannot_be_read_survives_the_save_and_stops_the_submission(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        date = self._column(disclosure, "date")
        texts["rows"][0][date] = "上旬"
        self.assertEqual(disclosure.grid_save(1, texts), {"revision": 2})
        self.assertEqual(self._texts(disclosure)["rows"][0][date], "上旬")
        self.assertIsNone(disclosure._document()["rows"][0]["date"])
        with self.assertRaisesRegex(UserError, "第1行「日期」：「上旬」无法识别"):
            disclosure.action_submit(POINTS)
        texts["rows"][0][date] = "1月5日"
        disclosure.grid_save(2, texts)
        self.assertFalse(disclosure.sudo().unread)
        disclosure.action_submit(POINTS)
        self.assertEqual(disclosure._document()["rows"][0]["date"], "2026-01-05")

    def test_another_way_of_filling_forgets_what_could_not_be_read(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        texts["header"]["closing_balance"] = "不详"
        disclosure.grid_save(1, texts)
        disclosure.save_content(2, RECEIPTS)
        self.assertFalse(disclosure.sudo().unread)

    def test_the_second_of_two_clerks_is_told(self):
        disclosure = self._draft()
        mine, theirs = self._texts(disclosure), self._texts(disclosure)
        theirs["rows"][0][self._column(disclosure, "handler")] = "林志强"
        disclosure.with_user(self.deputy).grid_save(1, theirs)
        answer = disclosure.with_user(self.clerk).grid_save(1, mine)
        self.assertEqual(answer["conflict"]["person"], "林志强")
        self.assertEqual(disclosure._document()["rows"][0]["handler"], "林志强")
        with self.assertRaisesRegex(UserError, "林志强"):
            disclosure.grid_save(1, mine, strict=True)

    def test_a_submitted_sheet_is_closed(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        disclosure.action_submit(POINTS)
        with self.assertRaisesRegex(UserError, "Only a draft"):
            disclosure.grid_save(1, texts)

    def test_nobody_else_gets_in(self):
        disclosure = self._draft()
        texts = self._texts(disclosure)
        calls = {
            "grid_open": (),
            "grid_previous": (),
            "grid_evaluate": (texts,),
            "grid_save": (1, texts),
        }
        others = self.far_clerk, self.secretary, self.chair, self.town_officer, self.inspector
        for user in others:
            for method, arguments in calls.items():
                with self.subTest(user=user.login, method=method), self.assertRaises(AccessError):
                    getattr(disclosure.with_user(user), method)(*arguments)

    def test_a_broken_grid_is_refused_with_a_sentence(self):
        disclosure = self._draft()
        for broken in (None, {"rows": [["1"]], "header": {}}, {"rows": {}, "header": {}}):
            with self.assertRaisesRegex(UserError, "内容"):
                disclosure.grid_evaluate(broken)
        with self.assertRaisesRegex(UserError, "no table"):
            self._draft(self.notice_item).grid_open()

    def test_begins_with_the_last_period(self):
        self._published(period_key=LAST)
        disclosure = self.env["yangguang.disclosure"].with_user(self.clerk)
        disclosure = disclosure.create(
            {
                "division_id": self.village.id,
                "item_id": self.receipts_item.id,
                "period_key": "2026-01",
            }
        )
        self.assertEqual(disclosure.grid_open()["previous"], "2025年12月")
        texts = disclosure.grid_previous()
        self.assertEqual(texts["header"]["opening_balance"], "147,950.00")
        self.assertEqual(texts["header"]["closing_balance"], "")
        self.assertNotIn("period", texts["header"])
        self.assertEqual(len(texts["rows"]), 2)
        payment = self._column(disclosure, "payment")
        texts["rows"][1][payment] = "50"
        changes = disclosure.grid_evaluate(texts, compare=True)["changes"]
        self.assertEqual(changes["added"], [])
        changed = dict(map(tuple, changes["changed"]))
        self.assertEqual(changed[1]["payment"], "2,050.00")
        self.assertNotIn("handler", changed[1])

    def _empty(self, period_key):
        disclosures = self.env["yangguang.disclosure"].with_user(self.clerk)
        return disclosures.create(
            {
                "division_id": self.village.id,
                "item_id": self.receipts_item.id,
                "period_key": period_key,
            }
        )

    def test_balances_are_not_typed_again(self):
        self._submitted(period_key=LAST)
        disclosure = self._empty("2026-01")
        opened = disclosure.grid_open()
        texts = opened["grid"]
        self.assertEqual(texts["header"]["opening_balance"], "147,950.00")
        self.assertNotIn("closing_balance", opened["evaluation"]["hints"])
        # nothing this period: both balances are known
        wizard = self.env["yangguang.fill"].with_user(self.clerk)
        wizard = wizard.with_context(default_disclosure_id=disclosure.id)
        wizard.create({"zero": True}).action_save()
        self.assertFalse(disclosure.problem_text)
        self.assertEqual(disclosure._filled_document()["header"]["closing_balance"], "147950.00")
        # the end follows from the rows, and is shown before it is saved
        sample = self._draft(period_key="2026-03")
        texts = self._texts(sample)
        texts["header"]["closing_balance"] = ""
        evaluation = sample.grid_evaluate(texts)
        self.assertEqual(evaluation["hints"]["closing_balance"], "147,950.00")
        self.assertEqual(evaluation["problems"], [])
        sample.grid_save(1, texts)
        sample.action_submit(POINTS)
        self.assertIn("147,950.00", sample.preview)

    def test_a_gap_between_the_periods_hands_on_no_balance(self):
        self._submitted(period_key="2025-11")
        texts = self._texts(self._empty("2026-01"))
        self.assertFalse(texts["header"]["opening_balance"])

    def test_does_not_begin_with_a_later_or_foreign_sheet(self):
        self._submitted(period_key="2026-02")
        self.assertFalse(self._draft().grid_open()["previous"])
        with self.assertRaisesRegex(UserError, "no earlier sheet"):
            self._draft(period_key="2025-03").grid_previous()

    def test_nothing_this_period_stays_until_there_is_a_row(self):
        disclosure = self._draft(document=NOTHING)
        texts = self._texts(disclosure)
        self.assertEqual(texts["zero"], "1")
        disclosure.grid_save(1, texts)
        self.assertEqual(disclosure._document()["zero"], "1")
        layout = disclosure._layout()
        texts["rows"] = grid.show(layout, RECEIPTS)["rows"]
        disclosure.grid_save(2, texts)
        self.assertNotIn("zero", disclosure._document())

    def test_the_queries_do_not_grow_with_the_rows(self):
        row = RECEIPTS["rows"][0]
        many = {**RECEIPTS, "rows": [{**row, "seq": str(n)} for n in range(1, 301)]}
        counts = []
        for document, period in ((RECEIPTS, "2026-01"), (many, "2026-02")):
            disclosure = self._draft(document=document, period_key=period)
            texts = self._texts(disclosure)
            self.env.flush_all()
            self.env.invalidate_all()
            before = self.env.cr.sql_log_count
            disclosure.grid_evaluate(texts)
            counts.append(self.env.cr.sql_log_count - before)
        # the first may load what later ones share
        self.assertLessEqual(counts[1], counts[0])
        self.assertLess(counts[0], 25)
