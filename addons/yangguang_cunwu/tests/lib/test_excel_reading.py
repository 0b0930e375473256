import io
import random
from dataclasses import replace
from datetime import date, datetime

import openpyxl
import pytest
from excel_form import (
    DOCUMENT,
    FIRST,
    HEAD,
    ROW,
    TEMPLATE,
    edited,
    filled,
    form,
    problems,
    saved,
    without_automatic,
)

from odoo.addons.yangguang_cunwu.lib import excel
from odoo.addons.yangguang_cunwu.lib.excel import workbook
from odoo.addons.yangguang_cunwu.lib.excel.cells import value_of
from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    complete,
)


def test_moved_columns_and_added_rows_are_found():
    def move(sheet):
        sheet.protection.disable()
        sheet.unmerge_cells("A1:I1")
        sheet.insert_cols(1, 2)
        sheet.insert_rows(1, 3)
        sheet.insert_cols(5)
        sheet.cell(HEAD + 3, 3).value = " 摘\n要 "
        sheet.cell(HEAD + 3, 8).value = "面积\uff08亩\uff09"

    reading = excel.read(TEMPLATE, edited(form(), move))
    expected = without_automatic(TEMPLATE, complete(TEMPLATE, DOCUMENT))
    assert reading.problems == []
    for row, wanted in zip(reading.document["rows"], expected["rows"], strict=True):
        # the program that saved it computes nothing
        assert row == {**wanted, "balance": None}


def test_a_form_that_lost_its_hidden_sheets_is_read():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    del book["_form"], book["_options"]
    reading = excel.read(TEMPLATE, saved(book))
    assert reading.problems == []
    assert len(reading.document["rows"]) == 2


def test_the_form_of_another_template_is_refused():
    other = replace(TEMPLATE, code="T_Y", title="别的表")
    assert problems(form(), other) == [
        "这是另一张表（T_X）的表格，不是「别的表」（T_Y），请下载本表的表格填写。"
    ]


def test_an_old_version_is_told_by_its_columns():
    columns = tuple(replace(column, label=f"新{column.label}") for column in TEMPLATE.columns)
    assert problems(form(), replace(TEMPLATE, columns=columns)) == [
        "表格是旧版，栏目已有变动，请重新下载表格填写。"
    ]
    more = (*TEMPLATE.columns, Column("remark", "备注", "text"))
    assert problems(form(), replace(TEMPLATE, columns=more)) == [
        "表格是旧版，栏目已有变动，请重新下载表格填写。",
        "A6：表头缺少「备注」这一栏",
    ]


def test_automatic_fields_are_shown_but_not_read():
    document = {**DOCUMENT, "header": {**DOCUMENT["header"], "village": "样例村"}}
    data = form(document)
    cells = [
        cell.value for row in openpyxl.load_workbook(io.BytesIO(data)).worksheets[0] for cell in row
    ]
    assert "样例村" in cells
    assert "village" not in excel.read(TEMPLATE, data).document["header"]


@pytest.mark.parametrize(
    ("address", "value", "key", "expected"),
    [
        ("G7", 1234.5, "receipt", "1234.50"),
        ("G7", "1,234.5元", "receipt", "1234.50"),
        ("G7", -3, "receipt", "-3.00"),
        ("D7", 3.0, "count", "3"),
        ("E7", 18.6, "area", "18.6"),
        ("B7", datetime(2026, 3, 5), "date", "2026-03-05"),
        ("B7", date(2026, 3, 5), "date", "2026-03-05"),
        ("B7", "2026年3月5日", "date", "2026-03-05"),
        ("A7", 2026, "summary", "2026"),
        ("A7", 12.5, "summary", "12.5"),
        ("C7", "支出", "kind", "b"),
        ("F7", 123456789012, "account", "123456789012"),
    ],
)
def test_a_cell_is_read_exactly(address, value, key, expected):
    reading = excel.read(TEMPLATE, filled(**{"A7": "摘要", address: value}))
    assert reading.problems == []
    assert reading.document["rows"][0][key] == expected


@pytest.mark.parametrize(
    ("number", "expected"),
    [
        (0.1 + 0.2, "0.30"),
        (1234567890.1199997, "1234567890.12"),
        (-1e-12, "0.00"),
        (1e3, "1000.00"),
    ],
)
def test_the_noise_of_binary_fractions_is_left_out(number, expected):
    assert value_of(Column("a", "金额", "money"), workbook.Cell(number)) == expected


@pytest.mark.parametrize("number", [0.001, 1234567890.121])
def test_real_fractions_are_not_rounded_away(number):
    with pytest.raises(ValueError, match="最多2位小数"):
        value_of(Column("a", "金额", "money"), workbook.Cell(number))


@pytest.mark.parametrize(
    ("address", "value", "sentence"),
    [
        ("B7", "三月五日", "应填日期，如 2026-03-05"),
        ("B7", datetime(2026, 3, 5, 10, 30), "应填日期，如 2026-03-05"),
        ("G7", "约一千", "应填数字，如 1234.50"),
        ("G7", 1234.567, "最多2位小数，请按原始单据填写"),
        ("G7", 1e300, "应填数字，如 1234.50"),
        ("D7", 2.5, "应填整数，不能有小数"),
        ("C7", "借款", "没有「借款」这一项，可填：收入、支出"),
        (
            "F7",
            6200000000000000000,
            "号码存成了数字，末几位可能已丢失，请把这一格设为文本后重新填写",
        ),
        (
            "G7",
            "=SUM(1,2)",
            "公式没有算出结果，请在 Excel 或 WPS 中打开并保存后再上传，或直接填写结果",
        ),
        ("G7", "#DIV/0!", "公式出错（#DIV/0!），请改正或直接填写结果"),
        ("D3", "一百", "应填数字，如 1234.50"),
        ("K8", "草稿", "这一列不是本表的栏目，不会读入；请删去，或并入备注"),
    ],
)
def test_what_is_wrong_is_told_by_cell(address, value, sentence):
    assert problems(filled(**{"A7": "摘要", address: value})) == [f"{address}：{sentence}"]


def test_a_percentage_is_not_a_number():
    def fill(sheet):
        sheet["A7"], sheet["G7"] = "摘要", 0.12
        sheet["G7"].number_format = "0%"

    assert problems(edited(form(), fill)) == ["G7：只填数字，不要带百分号"]


def test_all_of_fifty_planted_errors_are_told():
    planted = sorted(random.Random(7).sample(range(FIRST, FIRST + 400), 50))
    document = {**DOCUMENT, "rows": [ROW] * 400}

    def plant(sheet):
        for row in planted:
            sheet.cell(row, 7).value = "不详"

    assert problems(edited(form(document), plant)) == [
        f"G{row}：应填数字，如 1234.50" for row in planted
    ]


def test_too_many_rows_are_told(monkeypatch):
    monkeypatch.setattr("odoo.addons.yangguang_cunwu.lib.excel.reader.ROW_LIMIT", 1)
    reading = excel.read(TEMPLATE, form())
    assert len(reading.document["rows"]) == 1
    assert str(reading.problems[0]).startswith(f"A{FIRST + 1}：最多 1 行")
