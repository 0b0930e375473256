from odoo.exceptions import AccessError, UserError, ValidationError
from odoo.tests import tagged

from ..lib import catalogue, clock
from .disclosure_common import POINTS, DisclosureCommon

MESSAGE = "支出须有表决记录"


@tagged("post_install", "-at_install")
class TestCrossCheck(DisclosureCommon):
    """Checks between tables that staff add to a list."""

    def _check(self, user=None, **values):
        """A check that every payment of the month has its record of a vote."""
        return (
            self.env["yangguang.cross.check"]
            .with_user(user or self.district_officer)
            .create(
                {
                    "edition_id": self.edition.id,
                    "code": "ZJ01",
                    "message": MESSAGE,
                    "left_item_id": self.receipts_item.id,
                    "left_where": "payment > 0",
                    "relation": "exists",
                    "right_item_id": self._item("HY03").id,
                    "match": "payment == amount",
                    "absent_is_empty": True,
                    **values,
                }
            )
        )

    def test_holds_when_submitted(self):
        sheet = self._draft()
        self._check()
        with self.assertRaisesRegex(UserError, f"{MESSAGE}：CW02《货币资金收支明细表》第2行"):
            sheet.action_submit(POINTS)

    def test_holds_again_when_published(self):
        sheet = self._signed()
        self._check()
        with self.assertRaisesRegex(UserError, MESSAGE):
            sheet.action_publish()
        self.assertEqual(sheet.state, "signed")

    def test_both_figures_are_named(self):
        self._submitted()
        accounts = self._item("CW03")
        layout = accounts.template_id._layout()
        sheet = self._draft(accounts, layout.sample, period_key="2026-01")
        document = sheet._document()
        document["rows"][1]["closing"] = "146750.01"
        (sentence,) = sheet._crosscheck_problems(document)
        self.assertEqual(
            sentence,
            "收支明细期末结余与现金银行余额一致："
            "CW02《货币资金收支明细表》「期末结余」为 147,950.00，"
            "CW03《库存现金和银行存款余额表》「期末账面余额」合计为 147,950.01，相差 0.01",
        )

    def test_only_in_its_time(self):
        check = self._check(date_from="2099-01-01")
        self._submitted()
        check.write({"date_from": "2020-01-01", "date_to": "2020-12-31"})
        self._submitted(period_key="2026-02")

    def test_a_wrong_check_is_not_saved(self):
        for values, sentence in (
            ({"left_where": "(payment > 0"}, "ZJ01：公式第1个字附近"),
            ({"left_where": "nothing > 0"}, "ZJ01：没有「nothing」这一列"),
            ({"match": "payment == matter"}, "ZJ01：.*不能这样比较"),
            ({"right_item_id": self.notice_item.id}, "ZJ01：事项TG01没有表格"),
            ({"relation": "==", "match": "", "absent_is_empty": False}, "ZJ01：.*这一项数字"),
            ({"code": "GJ01"}, "GJ01：编码重复"),
            ({"code": "zj"}, "编码应为大写字母"),
        ):
            with (
                self.subTest(values=values),
                self.assertRaisesRegex(ValidationError, sentence),
                self.cr.savepoint(),
            ):
                self._check(**values)
            self.assertFalse(self.env["yangguang.cross.check"].search([]))

    def test_a_sheet_older_than_the_column_waits(self):
        """A check may look at a column that the form of an older sheet has not."""
        sheet = self._draft()
        design = self.env["yangguang.template.draft"]._begin(self.receipts_item)
        design.date_from = clock.today()
        column = {"key": "extra", "label": "附加费", "type": "money"}
        design.column_ids = [(0, 0, column)]
        design.action_put_in_force()
        self._check(left_where="extra > 0", match="extra == amount")
        sheet.action_submit(POINTS)
        self.assertEqual(sheet.state, "review")

    def test_part_of_the_list_that_is_exported(self):
        self._check()
        edition = self.edition._amended(clock.today())
        self.assertEqual(edition.cross_checks[-1].message, MESSAGE)
        self.assertEqual(catalogue.load(catalogue.dump(edition)), edition)

    def test_others_do_not_make_checks(self):
        for user in (self.clerk, self.town_officer, self.auditor, self.chair):
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                self._check(user)
