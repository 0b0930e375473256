from datetime import date
from decimal import Decimal

import pytest
from books_sets import CHART, LINES, MONTHS
from import_files import as_csv

from odoo.addons.yangguang_sanzi.lib.importing import fields
from odoo.addons.yangguang_sanzi.lib.importing.accounts import Accounts
from odoo.addons.yangguang_sanzi.lib.importing.balances import opening
from odoo.addons.yangguang_sanzi.lib.importing.cells import Records
from odoo.addons.yangguang_sanzi.lib.importing.table import open_table

HEADS = ["科目编码", "科目名称", "方向", "期初余额"]
CASH = ["101", "库存现金", "借", "100.00"]
CAPITAL = ["301", "资本", "贷", "100.00"]


def read(*rows):
    table = open_table(as_csv([HEADS, *rows]))
    records = Records(table, "balance", fields.propose("balance", table.heads))
    voucher = opening(records, Accounts(CHART, LINES, {}), CHART, LINES, date(2026, 1, 1), MONTHS)
    return voucher, records.problems


def test_balances_are_the_opening_voucher():
    nothing = ["102", "银行存款", "平", "0.00"]
    voucher, problems = read(CASH, nothing, CAPITAL, ["", "合计", "", "200.00"])
    assert problems == []
    assert (voucher.kind, voucher.date) == ("opening", date(2025, 12, 31))
    assert [(one.account, one.net) for one in voucher.lines] == [("101", 100), ("301", -100)]


def test_details_count_and_their_account_does_not():
    banks = [
        ["10201", "银行存款-农商行", "借", "60.00"],
        ["10202", "银行存款-信用社", "借", "40.00"],
    ]
    voucher, problems = read(["102", "银行存款", "借", "100.00"], *banks, CAPITAL)
    assert problems == []
    assert [(one.account, one.net) for one in voucher.lines] == [
        ("102", Decimal(100)),
        ("301", Decimal(-100)),
    ]
    problems = read(["102", "银行存款", "借", "99.00"], *banks, CAPITAL)[1]
    assert problems == [(2, "期初余额", "科目102与下面的明细合计相差1.00元")]


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (["301", "资本", "贷", "99.00"], (2, "期初余额", "借方合计与贷方合计不相等，相差1.00元")),
        (
            ["999", "没有的", "贷", "100.00"],
            (3, "科目编码", "科目「999」在本账套里没有对应的科目，请先选好"),
        ),
        (["301", "资本", "", "100.00"], (3, "方向", "写了金额，没有写方向")),
        (["", "", "贷", "100.00"], (3, "科目编码", "没有写科目")),
        (["301", "资本", "贷", "一百"], (3, "期初余额", "应填数字，如 1234.50")),
        (
            ["113", "内部往来", "贷", "100.00"],
            (3, "科目编码", "「内部往来」要写明往来单位或者个人"),
        ),
        (
            ["501", "经营收入", "贷", "100.00"],
            (3, "科目编码", "账从一月一日开始，「经营收入」没有期初余额"),
        ),
    ],
)
def test_what_is_wrong_is_told_once_with_its_place(row, problem):
    assert read(CASH, row)[1] == [problem]
