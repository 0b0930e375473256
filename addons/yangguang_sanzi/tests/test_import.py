import base64

from psycopg2 import IntegrityError

from odoo.exceptions import AccessError, UserError
from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import BooksCommon
from .lib.import_files import as_csv, plant, voucher_rows


@tagged("post_install", "-at_install")
class TestImport(BooksCommon):
    def _batch(self, rows, kind="voucher", user=None, **values):
        return (
            self.env["yangguang.import.batch"]
            .with_user(user or self.accountant)
            .create(
                {
                    "collective_id": self.collective.id,
                    "kind": kind,
                    "program": "用友T3",
                    "file": base64.b64encode(as_csv(rows)),
                    "proof": "vat",
                    "handler_id": self.handler.id,
                    **values,
                }
            )
        )

    def _checked(self, rows, **values):
        batch = self._batch(rows, **values)
        batch.action_read_columns()
        batch.action_check()
        return batch

    def _vouchers(self):
        return self.env["yangguang.voucher"].search([("book_id", "=", self.book.id)])

    def test_with_errors_nothing_is_booked_and_without_everything(self):
        rows = voucher_rows(2000)
        spoilt = [list(row) for row in rows]
        planted = plant(spoilt, 50)
        batch = self._checked(spoilt)
        self.assertEqual(batch.problem_count, 50)
        told = base64.b64decode(batch.problem_file).decode("utf-8-sig").splitlines()[1:]
        self.assertEqual(
            {tuple(line.split(",")[:2]) for line in told},
            {(str(row), head) for row, head in planted},
        )
        batch.action_import()
        self.assertEqual((batch.state, batch.stage), ("draft", "checked"))
        self.assertFalse(self._vouchers())

        batch = self._checked(rows)
        self.assertFalse(batch.problems)
        self.assertFalse(self._vouchers())
        batch.action_import()
        vouchers = self._vouchers()
        self.assertEqual(batch.count, len(vouchers))
        self.assertEqual(set(vouchers.mapped("state")), {"posted"})
        self.assertEqual(sum(len(one.line_ids) for one in vouchers), 2000)
        self.assertEqual(vouchers.import_id, batch)
        first = vouchers.filtered(lambda one: one.agency_number == "2026-01 记-1")
        self.assertEqual(str(first.date), "2026-01-02")
        self._check_once(rows)

    def _check_once(self, rows):
        """The same file, and the same vouchers in another file, change nothing."""
        before = self._vouchers()
        again = self._batch(rows)
        again.action_read_columns()
        with self.assertRaisesRegex(UserError, "imported on 2027-01-05"):
            again.action_check()
        with self.assertRaisesRegex(UserError, "imported on 2027-01-05"):
            again.action_import()
        other = self._checked(rows[:40])
        self.assertGreater(other.problem_count, 10)
        other.action_import()
        self.assertEqual(self._vouchers(), before)

    def test_opening_balances_become_the_opening_voucher(self):
        rows = [
            ["科目编码", "科目名称", "往来单位", "期初余额", "", "本期发生"],
            ["", "", "", "借方", "贷方", "借方"],
            ["101", "库存现金", "", "1,000.00", "", "5.00"],
            ["102", "银行存款", "", "9000", "", ""],
            ["10201", "银行存款-农商行", "", "9000.00", "0.00", ""],
            ["113", "内部往来", "", "", "2000", ""],
            ["11301", "内部往来-第一村民小组", "", "", "2000.00", ""],
            ["301", "资本", "", "", "8000.00", ""],
        ]
        batch = self._checked(rows, kind="balance")
        self.assertFalse(batch.problems)
        batch.action_import()
        opening = self._vouchers()
        self.assertEqual((opening.kind, opening.state), ("opening", "posted"))
        self.assertEqual(
            [
                (one.account_id.code, one.debit, one.credit, one.counterparty)
                for one in opening.line_ids
            ],
            [
                ("101", 1000.0, 0.0, False),
                ("102", 9000.0, 0.0, False),
                ("113", 0.0, 2000.0, "第一村民小组"),
                ("301", 0.0, 8000.0, False),
            ],
        )
        with self.assertRaisesRegex(UserError, "entered already"):
            self._checked(rows[:4], kind="balance")

    def test_assets_and_contracts_become_drafts_of_the_clerk(self):
        assets = [
            [
                "资产编号",
                "资产名称",
                "类别",
                "坐落位置",
                "数量",
                "单位",
                "购置日期",
                "取得方式",
                "原值",
                "使用状况",
                "保管人",
            ],
            [
                "资1",
                "村委会办公楼",
                "房屋建筑物",
                "东岸村",
                "1",
                "栋",
                "2020-05-01",
                "自建",
                "350000.00",
                "在用",
                "王五",
            ],
        ]
        batch = self._checked(assets, kind="asset", user=self.clerk)
        self.assertFalse(batch.problems)
        batch.action_import()
        asset = batch.asset_ids
        self.assertEqual((asset.state, asset.source, asset.use), ("draft", "build", "self"))
        self.assertEqual(asset.original, 350000.0)
        asset.with_user(self.clerk).action_enter()
        contracts = [
            [
                "合同编号",
                "合同名称",
                "合同类型",
                "标的",
                "资产编号",
                "承租方",
                "签订日期",
                "开始日期",
                "结束日期",
                "年租金",
                "付款方式",
            ],
            [
                "合1",
                "商铺租赁",
                "房屋租赁",
                "一楼商铺",
                "资1",
                "某超市",
                "2026-01-01",
                "2026-01-01",
                "2028-12-31",
                "12000",
                "年付",
            ],
            [
                "合1",
                "商铺租赁",
                "没有的",
                "一楼商铺",
                "",
                "某超市",
                "2026-01-01",
                "2026-01-01",
                "2025-12-31",
                "-1",
                "年付",
            ],
        ]
        batch = self._checked(contracts, kind="contract", user=self.clerk)
        self.assertEqual(batch.problem_count, 4)
        batch.file = base64.b64encode(as_csv(contracts[:2]))
        self.assertEqual(batch.stage, "choose")
        batch.action_read_columns()
        batch.action_check()
        batch.action_import()
        contract = batch.contract_ids
        self.assertEqual((contract.kind, contract.asset_id), ("asset", asset))
        self.assertEqual(
            (contract.annual, contract.cycle, contract.state), (12000.0, "year", "draft")
        )

    def test_only_the_bookkeeper_imports_into_books(self):
        for kind in ("voucher", "balance"):
            with self.assertRaises(AccessError):
                self._batch(voucher_rows(2), kind=kind, user=self.clerk)
        batch = self._batch(voucher_rows(2), kind="asset", user=self.clerk)
        with self.assertRaises(AccessError):
            batch.kind = "voucher"
        with self.assertRaises(AccessError):
            self._batch(voucher_rows(2), collective_id=self.far_collective.id)

    def test_what_steps_decide_is_not_written(self):
        batch = self._checked(voucher_rows(4))
        for name, value in (("state", "done"), ("stage", "done"), ("digest", "0"), ("count", 1)):
            with self.assertRaises(AccessError):
                batch.write({name: value})
        batch.action_import()
        with self.assertRaises(UserError):
            batch.program = "金蝶"
        with self.assertRaises(UserError):
            batch.unlink()
        for name in ("import_id", "agency_number"):
            with self.assertRaises(AccessError):
                self._bill().write({name: False})

    def test_the_database_takes_a_file_once(self):
        rows = voucher_rows(4)
        batch, other = self._checked(rows), self._checked(rows)
        batch.action_import()
        done = ("state", "digest", "count", "imported_by_id", "imported_on")
        values = {name: batch._fields[name].convert_to_write(batch[name], batch) for name in done}
        with mute_logger("odoo.sql_db"), self.assertRaises(IntegrityError):
            other.sudo().write(values)
            other.flush_recordset()

    def test_columns_and_accounts_are_remembered(self):
        rows = voucher_rows(4)
        rows[0] = ["日期", "凭证字号", "备注一", *rows[0][3:]]
        batch = self._batch(rows)
        batch.action_read_columns()
        with self.assertRaisesRegex(UserError, "还没有选「摘要」在哪一列"):
            batch.action_check()
        batch.column_ids[2].field = "voucher.summary"
        batch.action_check()
        press = batch.account_ids.filtered(lambda one: one.code == "5130102")
        self.assertEqual(press.out_line_id.code, "out_press")
        press.out_line_id = self.env["yangguang.disclosure.line"].search([("code", "=", "out_pay")])
        batch.action_import()
        april = [rows[0], *([f"2026-04-{one[0][-2:]}", *one[1:]] for one in rows[1:])]
        batch = self._batch(april)
        batch.action_read_columns()
        self.assertEqual(batch.column_ids[2].field, "voucher.summary")
        batch.action_check()
        self.assertIn("村组(社)干部报酬", batch.preview)
