from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tests import tagged

from .register_common import RegisterCommon


@tagged("post_install", "-at_install")
class TestRegisterSources(RegisterCommon):
    def _sheet(self, code, period_key="2026-01"):
        return (
            self.env["yangguang.disclosure"]
            .with_user(self.clerk)
            .create(
                {
                    "division_id": self.village.id,
                    "item_id": self._item(code).id,
                    "period_key": period_key,
                }
            )
        )

    def _rows(self, code, period_key="2026-01"):
        return self._sheet(code, period_key)._document()["rows"]

    def _check(self, row, **expected):
        self.assertEqual({key: row[key] for key in expected}, expected)

    def test_assets_and_resources(self):
        shop, pond = self._shop(), self._pond()
        self._shop(code="固014", name="旧抽水机", acquired="2026-02-10")
        self._contract(pond)
        (row,) = self._rows("SZ02", "2026Q1")[:1]
        self._check(row, asset_code="固001", monthly="950.00", accumulated="115900.00")
        self._check(row, net="124100.00", use="self", keeper="李四")
        self.assertEqual(len(self._rows("SZ02", "2025Q4")), 1, "the other one came later")
        (row,) = self._rows("SZ04", "2026Q1")
        self._check(row, parcel_code="资003", area="18.6", mode="other", operator="张三")
        shop._dispose(
            {"day": "2026-01-20", "kind": "sold", "method": "bid", "resolution": "1", "price": 5.0}
        )
        (row,) = self._rows("SZ03")
        self._check(row, kind="sold", accumulated="114000.00", price="5.00", gain="-125995.00")

    def test_groups_own_land_too(self):
        group = self.env["yangguang.division"].create(
            {
                "name": "第一村民小组",
                "code": f"{self.village.code}-01",
                "kind": "group",
                "parent_id": self.village.id,
            }
        )
        of_group = self.env["yangguang.collective"].create(
            {"name": "第一经济社", "division_id": group.id}
        )
        self._pond()
        self._pond(code="组资001", collective_id=of_group.id, owner_level="group")
        sheet = self._sheet("SZ04", "2026Q1")
        document = sheet._document()
        owners = [(row["parcel_code"], row["owner_level"]) for row in document["rows"]]
        self.assertEqual(owners, [("组资001", "group"), ("资003", "village")])
        self.assertEqual(document["header"]["org"], self.collective.name)

    def test_contracts_and_arrears(self):
        contract = self._contract()
        self._receipt(contract, "2025-02-01", 48000.0)
        self._receipt(contract, "2026-01-12", 35000.0, number="No.000124")
        (row,) = self._rows("SZ05")
        self._check(row, contract_no="合〔2024〕3号", term="5", total="153627.00", status="run")
        self._check(row, adjust="每2年递增3%", insider="yes", area="18.6")
        sheet = self._sheet("SZ06")
        old, new = sheet._document()["rows"]
        self._check(old, arrears_opening="12000.00", received="12000.00", arrears_closing="0.00")
        self._check(new, receivable="30900.00", received="23000.00", arrears_closing="7900.00")
        self._check(new, receipt_no="No.000124", overdue_days="21", action=None)
        contract.reminder_ids = [Command.create({"day": "2026-01-20", "kind": "plan"})]
        sheet.action_fill_from_source()
        self.assertEqual(sheet._document()["rows"][1]["action"], "plan")

    def test_nobody_types_what_the_register_knows(self):
        self._contract()
        sheet = self._sheet("SZ06", "2024-01")
        document = sheet._document()
        document["rows"][0]["received"] = "30000.00"
        with self.assertRaisesRegex(UserError, "「本期实收」"):
            sheet.save_content(sheet.revision, document)

    def test_a_draft_that_the_register_has_left_behind_is_filled_again(self):
        grant = self._grant()
        sheet = self._sheet("BK02")
        (row,) = sheet._document()["rows"]
        self._check(row, opening="150000.00", used="60000.00", balance="90000.00")
        self._check(row, used_total="60000.00", received_date="2025-10-15")
        grant.movement_ids = [
            Command.create({"day": "2026-01-21", "kind": "used", "amount": 10000.0})
        ]
        self.assertTrue(list(sheet._problems()))
        sheet.action_fill_from_source()
        self._check(sheet._document()["rows"][0], used="70000.00", balance="80000.00")

    def test_running_costs(self):
        self._grant(
            code="财2",
            running_item="clerk",
            granted_on="2026-01-05",
            promised=500.0,
            persons=1,
            rate=500.0,
            movement_ids=[Command.create({"day": "2026-01-05", "amount": 500.0})],
        )
        (row,) = self._rows("BK03")
        self._check(row, item="clerk", allocated="500.00", received="500.00", balance="500.00")
        self.assertFalse(self._rows("BK03", "2026-02"))

    def test_members_and_dividends(self):
        self._member("张三", number=2)
        leaving = self._member("张小一", confirmed="2026-01-18", basis="birth")
        leaving.action_leave("2026-12-30", "other_collective", "社决9号")
        kept, lost = self._rows("SZ11", "2026")
        self._check(kept, member="张三", change="keep", shares="2", resolution_no="社决〔2020〕1号")
        self._check(lost, change="lose", resolution_no="社决9号")
        self.assertTrue(lost["reason"])
        dividend = self._entry("yangguang.dividend", total=1000.0, resolution="社决〔2027〕1号")
        dividend.action_share_out()
        dividend.action_fix()
        (row,) = self._rows("CW13", "2027-01-05")
        self._check(row, household_no="001", shares="2", per_share="500.00", paid="1000.00")

    def test_the_yearly_check_is_awaited(self):
        self._shop()
        check = self._entry("yangguang.stocktaking", year="2026", resolution="社决3号")
        sheet = self._sheet("SZ12", "2026")
        self.assertTrue(any("confirmed" in one for one in sheet._problems()))
        check.action_fill()
        check.action_confirm()
        sheet.action_fill_from_source()
        (row,) = sheet._document()["rows"]
        self._check(
            row, category="fixed", diff="0.00", op_part="115550.00", resolution_no="社决3号"
        )

    def test_land_lettings_and_gifts(self):
        self._entry(
            "yangguang.land.compensation",
            name="批次一",
            code="字〔2025〕1号",
            granted_on="2025-11-01",
            area=12.4,
            item="land",
            promised=620000.0,
            resolution="社决〔2025〕4号",
            movement_ids=[
                Command.create({"day": "2025-12-05", "amount": 620000.0}),
                Command.create({"day": "2025-12-20", "kind": "to_household", "amount": 496000.0}),
            ],
        ).action_enter()
        (row,) = self._rows("SZ09")
        self._check(row, received="620000.00", to_household="496000.00", balance="124000.00")
        self._entry(
            "yangguang.tender",
            code="交6",
            name="商铺二号",
            notice_start="2025-11-01",
            notice_end="2025-11-15",
            base_price=18000.0,
            bidders=3,
            deal_price=20700.0,
            winner="某商行",
            term=5,
            result_start="2025-11-18",
            result_end="2025-11-25",
        )
        (row,) = self._rows("SZ08", "2025-11-20")
        self._check(row, premium="15", winner="某商行")
        self._entry(
            "yangguang.donation",
            day="2026-01-10",
            donor="某乡贤",
            value=20000.0,
            receipt="No.000456",
            use_ids=[Command.create({"day": "2026-02-20", "amount": 20000.0, "note": "奖学"})],
        )
        (row,) = self._rows("GY04")
        self._check(row, used="0.00", balance="20000.00", named="no")
        self._check(self._rows("GY04", "2026-02")[0], used="20000.00", use_note="奖学")
        self.assertFalse(self._rows("GY04", "2026-03"))

    def test_projects(self):
        project = self._entry(
            "yangguang.project",
            code="项2025-02",
            name="村道硬底化工程",
            kind="road",
            resolution="代决〔2025〕7号",
            fund_above=150000.0,
            fund_own=36000.0,
            method="trade",
            contractor="某建筑公司",
            start="2025-10-20",
            control_price=186000.0,
            bid_price=180000.0,
            contract_amount=180000.0,
            progress=60,
            payment_ids=[Command.create({"day": "2026-01-20", "amount": 60000.0})],
        )
        sheet = self._sheet("GY01")
        self._check(sheet._document()["rows"][0], stage="before", total="186000.00")
        project.action_begin()
        sheet.action_fill_from_source()
        (row,) = sheet._document()["rows"]
        self._check(row, stage="during", paid="60000.00", unpaid="120000.00")
        self._check(self._rows("GY01", "2025-12")[0], paid="0.00", unpaid="180000.00")
