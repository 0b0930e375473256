import tracemalloc
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from books_sets import CHART, LINES, MONTHS, TODAY
from import_files import HEADS, as_csv, plant, voucher_rows

from odoo.addons.yangguang_sanzi.lib.importing import fields
from odoo.addons.yangguang_sanzi.lib.importing.accounts import Accounts
from odoo.addons.yangguang_sanzi.lib.importing.cells import Records
from odoo.addons.yangguang_sanzi.lib.importing.entries import Rules, bunches, entries
from odoo.addons.yangguang_sanzi.lib.importing.table import open_table

RULES = Rules(CHART, LINES, MONTHS, TODAY, proof="vat", handler="王五")
BILL = ["2026-03-12", "记-1", "付电费", "513", "管理费用", "100.00", "", "", "报刊费"]
PAID = ["2026-03-12", "记-1", "付电费", "102", "银行存款", "", "100.00", "", ""]


def read(rows, rules=RULES, known=None):
    """The vouchers that `rows` with their head hold, and what is wrong."""
    content = rows if isinstance(rows, bytes) else as_csv(rows)
    table = open_table(content)
    records = Records(table, "voucher", fields.propose("voucher", table.heads))
    found = list(entries(records, Accounts(CHART, LINES, known or {}), rules))
    return found, records.problems


def bill(**values):
    """A head and a voucher of two lines, the first one with `values` by head."""
    return [HEADS, [values.get(head, text) for head, text in zip(HEADS, BILL, strict=True)], PAID]


def test_a_voucher_is_read_as_it_would_be_booked():
    [entry], problems = read(bill())
    assert problems == []
    assert entry.row == 2
    assert entry.number == "2026-03 记-1"
    voucher = entry.voucher
    assert (voucher.date, voucher.proof, voucher.handler) == (date(2026, 3, 12), "vat", "王五")
    assert [(one.account, one.debit, one.credit, one.line) for one in voucher.lines] == [
        ("513", Decimal("100.00"), Decimal("0.00"), "out_press"),
        ("102", Decimal("0.00"), Decimal("100.00"), None),
    ]


@pytest.mark.parametrize(
    ("values", "head", "sentence"),
    [
        (
            {"科目编码": "999", "科目名称": "没有的"},
            "科目编码",
            "科目999「没有的」在本账套里没有对应的科目，请先选好",
        ),
        ({"科目编码": "", "科目名称": ""}, "科目编码", "没有写科目"),
        ({"借方金额": "100.01"}, "借方金额", "借方合计与贷方合计不相等，相差0.01元"),
        ({"借方金额": "100.001"}, "借方金额", "最多2位小数，请按原始单据填写"),
        ({"借方金额": "百元"}, "借方金额", "应填数字，如 1234.50"),
        ({"贷方金额": "100.00"}, "借方金额", "借方和贷方要填一个，也只能填一个，金额不能为零"),
        ({"借方金额": "-100.00"}, "借方金额", "金额不能为负数，要更正请用红字冲销"),
        ({"摘要": ""}, "摘要", "没有写摘要"),
        ({"日期": "2026-02-30"}, "日期", "没有2026年2月30日这一天"),
        ({"公开项目": "没有的"}, "公开项目", "没有公开项目「没有的」"),
        (
            {"公开项目": "租赁收入"},
            "公开项目",
            "请选公开项目，「管理费用」可以选：村组(社)干部报酬、报刊费、办公、差旅、会议、卫生、治安等管理费",
        ),
    ],
)
def test_one_error_is_told_once_with_its_place(values, head, sentence):
    [problem] = read(bill(**values))[1]
    assert problem == (2, head, sentence)


@pytest.mark.parametrize(
    ("day", "sentence"),
    [
        ("2025-12-31", "2025年12月没有开账或者已经结账，不能记账"),
        ("2026-02-01", "2026年2月没有开账或者已经结账，不能记账"),
    ],
)
def test_a_day_outside_the_open_months(day, sentence):
    rules = Rules(CHART, LINES, MONTHS - {"2026-02"}, TODAY, proof="vat", handler="王五")
    rows = [HEADS, *([day, *row[1:]] for row in (BILL, PAID))]
    assert read(rows, rules)[1] == [(2, "日期", sentence)]


def test_lines_of_one_voucher_have_one_day():
    [problem] = read(bill(日期="2026-03-11"))[1]
    assert problem == (3, "日期", "与第2行是同一张凭证，日期却不相同")


def test_a_number_comes_once_a_month():
    other = [[*BILL[:1], "记-2", *BILL[2:]], [*PAID[:1], "记-2", *PAID[2:]]]
    again = [HEADS, BILL, PAID, *other, BILL, PAID]
    assert read(again)[1] == [(6, "凭证字号", "记-1在本月出现过，见第2行")]
    april = [["2026-04-01", *row[1:]] for row in (BILL, PAID)]
    assert read([HEADS, BILL, PAID, *april])[1] == []


def test_a_number_that_is_booked_does_not_come_again():
    rules = Rules(
        CHART, LINES, MONTHS, TODAY, frozenset({"2026-03 记-1"}), proof="vat", handler="王五"
    )
    assert read(bill(), rules)[1] == [(2, "凭证字号", "记-1在本月出现过，见已经导入的凭证")]


def test_what_stands_in_the_first_line_alone_goes_for_all():
    rows = [HEADS, BILL, ["", "", *PAID[2:]]]
    [entry], problems = read(rows)
    assert problems == []
    assert len(entry.voucher.lines) == 2


@pytest.mark.parametrize("text", ["记-1", "记1", "记字第0001号", "记 - 0001"])
def test_numbers_are_written_in_many_ways(text):
    [entry], _problems = read([HEADS, [BILL[0], text, *BILL[2:]], [PAID[0], text, *PAID[2:]]])
    assert entry.number == "2026-03 记-1"


def test_sums_and_empty_lines_are_passed_over():
    total = ["", "", "合计", "", "", "100.00", "100.00", "", ""]
    [entry], problems = read([HEADS, BILL, [""] * 9, PAID, total])
    assert problems == []
    assert len(entry.voucher.lines) == 2


def test_one_column_of_amounts_beside_one_of_directions():
    heads = ["日期", "凭证字", "凭证号", "摘要", "科目代码", "科目名称", "方向", "金额", "公开项目"]
    rows = [
        heads,
        ["2026/3/12", "付", "7", "付电费", "513", "管理费用", "借", "1,100.00", "报刊费"],
        ["2026/3/12", "付", "7", "付电费", "102", "银行存款", "贷", "¥1100", ""],
    ]
    [entry], problems = read(rows)
    assert problems == []
    assert entry.number == "2026-03 付-7"
    assert [one.net for one in entry.voucher.lines] == [Decimal(1100), Decimal(-1100)]
    rows[1][6] = "左"
    assert read(rows)[1] == [(2, "方向", "方向应填「借」或者「贷」，这里是「左」")]


def test_who_handled_money_is_known_and_does_not_book():
    rules = Rules(
        CHART, LINES, MONTHS, TODAY, proof="vat", handlers={"王五", "罗会计"}, poster="罗会计"
    )
    for name, sentence in (("赵六", "没有找到经手人「赵六」"), ("罗会计", "经手人不能给自己记账")):
        rows = [[*HEADS, "经手人"], [*BILL, name], [*PAID, name]]
        assert read(rows, rules)[1] == [(2, "经手人", sentence)]
    assert read([[*HEADS, "经手人"], [*BILL, "王五"], [*PAID, ""]], rules)[1] == []
    assert [one.column for one in read(bill(), rules)[1]] == ["凭证字号"]


def test_vouchers_are_made_in_bunches_of_one_handler():
    [entry], _problems = read(bill())
    other = entry._replace(voucher=replace(entry.voucher, handler="赵六"))
    found = bunches([entry, entry, entry, other, entry], 2)
    assert [(name, len(some)) for name, some in found] == [
        ("王五", 2),
        ("王五", 1),
        ("赵六", 1),
        ("王五", 1),
    ]


@pytest.mark.parametrize("lines", [2000, pytest.param(50_000, marks=pytest.mark.slow)])
def test_exactly_the_planted_errors_are_listed(lines):
    rows = voucher_rows(lines)
    assert len(rows) == lines + 1
    found, problems = read(rows)
    assert problems == []
    assert sum(len(one.voucher.lines) for one in found) == lines
    planted = plant(rows, 50)
    assert len(planted) == 50
    problems = read(rows)[1]
    assert len(problems) == 50
    assert {(one.line, one.column) for one in problems} == planted


def test_reading_keeps_no_more_than_a_voucher():
    table = open_table(as_csv(voucher_rows(4000)))
    records = Records(table, "voucher", fields.propose("voucher", table.heads))
    found = entries(records, Accounts(CHART, LINES, {}), RULES)
    for _first in range(200):
        next(found)
    tracemalloc.start()
    before = tracemalloc.get_traced_memory()[0]
    for _entry in found:
        pass
    peak = tracemalloc.get_traced_memory()[1] - before
    tracemalloc.stop()
    # the numbers that are taken, and cells that come again: far below a kilobyte a line
    assert peak < 2_000_000
