import io
import random
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import catalogue, excel
from odoo.addons.yangguang_cunwu.lib.excel import workbook
from odoo.addons.yangguang_cunwu.lib.excel.cells import value_of
from odoo.addons.yangguang_cunwu.lib.excel.formulas import excel_formula
from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    FixedRow,
    HeaderField,
    Option,
    Rule,
    Template,
    complete,
)

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
TEMPLATES = {
    template.code: template
    for kind in ("village", "community")
    for template in catalogue.read_directory(CATALOGUE, kind).templates
}
TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="收支明细表",
    orientation="landscape",
    header=(
        HeaderField("village", "村名", "text", automatic=True, required=True),
        HeaderField("opening", "期初结余", "money", required=True, unit="元"),
        HeaderField("day", "盘点日期", "date"),
    ),
    columns=(
        Column("summary", "摘要", "text", required=True),
        Column("date", "日期", "date"),
        Column("kind", "类别", "selection", options=(Option("a", "收入"), Option("b", "支出"))),
        Column("count", "数量", "integer"),
        Column("area", "面积", "area_mu", unit="亩"),
        Column("account", "账号", "bank_account"),
        Column("receipt", "收入金额", "money", unit="元", total=True),
        Column("payment", "支出金额", "money", unit="元", total=True),
        Column("balance", "结余", "money", unit="元"),
    ),
    rules=(Rule("compute", "balance = prev(balance, opening) + receipt - payment"),),
)
# where the form of TEMPLATE has its head, and its first row, as Excel counts
HEAD, FIRST = 6, 7
ROW = {
    "summary": "收承包款",
    "date": "2026-03-05",
    "kind": "a",
    "count": "3",
    "area": "18.6",
    "account": "6200000000000000000",
    "receipt": "1234.50",
    "payment": "0.00",
}
DOCUMENT = {"header": {"opening": "100.00", "day": "2026-03-31"}, "rows": [ROW, ROW]}
FIXED = Template(
    code="T_F",
    item_code="F",
    title="资产负债表",
    columns=(
        Column("line", "项目", "text", required=True),
        Column("closing", "期末余额", "money", unit="元", required=True),
    ),
    fixed_rows=(
        FixedRow("cash", "货币资金", cells={"line": "货币资金"}),
        FixedRow("debts", "应收款项", cells={"line": "应收款项"}),
        FixedRow("total", "资产总计", formula="cash + debts", cells={"line": "资产总计"}),
    ),
)


def form(document=DOCUMENT, template=TEMPLATE):
    document = complete(template, document)
    return excel.form(template, header=document["header"], rows=document["rows"])


def edited(data, edit):
    """`data` after `edit(sheet)`, as a program saves it that computes no formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(**cells):
    """A form without rows, the given cells filled in."""

    def edit(sheet):
        for address, value in cells.items():
            sheet[address] = value

    return edited(form({"header": {"opening": "100.00"}}), edit)


def problems(data, template=TEMPLATE):
    return [str(problem) for problem in excel.read(template, data).problems]


def without_automatic(template, document):
    """What a reading of `document` holds: the program's own header fields are not read."""
    known = {field.key for field in template.header if not field.automatic}
    header = {key: value for key, value in document["header"].items() if key in known}
    return {"header": header, "rows": document["rows"]}


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_the_sample_of_every_template_comes_back(code):
    template = TEMPLATES[code]
    document = complete(template, template.sample)
    reading = excel.read(template, form(template.sample, template))
    assert reading.problems == []
    assert reading.document == without_automatic(template, document)


MONEY = st.none() | st.decimals(-(10**12), 10**12, places=2).map(
    lambda amount: f"{amount:.2f}" if amount else "0.00"
)
VALUES = st.fixed_dictionaries(
    {
        "summary": st.text(st.characters(exclude_categories=("C", "Z")), max_size=30).map(
            lambda text: f"摘{text}"
        ),
        # Excel believes in 29 February 1900
        "date": st.none() | st.dates(date(1900, 3, 1), date(2100, 12, 31)).map(str),
        "kind": st.sampled_from([None, "a", "b"]),
        "count": st.none() | st.integers(-(10**11), 10**11).map(str),
        "area": st.none() | st.decimals(0, 10**6, places=3).map(lambda a: f"{a.normalize():f}"),
        "account": st.none() | st.integers(10**8, 10**19).map(str),
        "receipt": MONEY,
        "payment": MONEY,
    }
)


@settings(max_examples=25, deadline=None)
@given(st.lists(VALUES, max_size=4))
def test_every_value_comes_back(rows):
    document = complete(TEMPLATE, {**DOCUMENT, "rows": rows})
    reading = excel.read(TEMPLATE, form(document))
    assert reading.problems == []
    assert reading.document == without_automatic(TEMPLATE, document)


@pytest.mark.parametrize("text", ["=1+1", "+86", "-", "@SUM(A1)", "'quoted", "http://a.cn"])
def test_texts_are_texts_whatever_they_begin_with(text):
    data = form({**DOCUMENT, "rows": [{**ROW, "summary": text}]})
    cell = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0].cell(FIRST, 1)
    assert (cell.value, cell.data_type, cell.hyperlink) == (text, "s", None)
    assert excel.read(TEMPLATE, data).document["rows"][0]["summary"] == text


def test_the_form_locks_heads_and_computed_cells_only():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    sheet = book.worksheets[0]
    assert sheet.protection.sheet
    assert sheet.protection.password is None
    assert sheet.cell(HEAD, 1).protection.locked
    assert [sheet.cell(FIRST, column).protection.locked for column in range(1, 10)] == (
        [False] * 8 + [True]
    )
    assert sheet.page_setup.orientation == "landscape"
    assert sheet.print_title_rows == f"${HEAD}:${HEAD}"
    assert [each.sheet_state for each in book.worksheets[1:]] == ["veryHidden"] * 2


def test_selections_have_a_drop_down_of_labels():
    book = openpyxl.load_workbook(io.BytesIO(form()))
    (validation,) = book.worksheets[0].data_validations.dataValidation
    assert str(validation.sqref).startswith(f"C{FIRST}:")
    assert [cell.value for cell in book["_options"]["C"]] == ["收入", "支出"]
    assert validation.formula1 == "_options!$C$1:$C$2"


def test_a_label_cannot_become_a_formula():
    column = Column("kind", "类别", "selection", options=(Option("a", "=甲"), Option("b", "乙")))
    data = excel.form(Template("T_Z", "Z", "分类表", (column,)))
    cell = openpyxl.load_workbook(io.BytesIO(data))["_options"]["A1"]
    assert (cell.value, cell.data_type) == ("=甲", "s")


def test_computed_columns_are_excel_formulas():
    sheet = openpyxl.load_workbook(io.BytesIO(form())).worksheets[0]
    assert sheet.cell(FIRST, 9).value == (
        f'=IF(COUNT(G{FIRST},H{FIRST})=0,"",ROUND(((N($C$3)+N(G{FIRST}))-N(H{FIRST})),2))'
    )
    assert f"N(I{FIRST})+N(G{FIRST + 1})" in sheet.cell(FIRST + 1, 9).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a * 2 - b", "ROUND(((N(A1)*2)-N(B1)),2)"),
        ("max(a - b, 0)", "ROUND(MAX((N(A1)-N(B1)),0),2)"),
        ("round(a / 3, 2)", "ROUND(ROUND((N(A1)/3),2),2)"),
        ("-a", "ROUND((-N(A1)),2)"),
    ],
)
def test_arithmetic_becomes_a_formula(text, expected):
    cells = {"a": "A1", "b": "B1"}
    assert expected in excel_formula(text, "money", cells.get, lambda name, field: None)


@pytest.mark.parametrize(
    "text",
    ["a if b > 0 else 0", "days(a, b)", "a ** 2", "a + unknown", "prev(a, b)", "'x' + a", "1"],
)
def test_other_formulas_are_left_to_the_program(text):
    cells = {"a": "A1", "b": "B1"}
    assert excel_formula(text, "money", cells.get, lambda name, field: None) is None


def test_the_line_of_sums_and_empty_rows_are_not_rows():
    sheet = openpyxl.load_workbook(io.BytesIO(form())).worksheets[0]
    assert [sheet.cell(sheet.max_row, column).value for column in (1, 7)] == [
        "合计",
        f"=SUM(G{FIRST}:G{sheet.max_row - 1})",
    ]
    assert len(excel.read(TEMPLATE, form()).document["rows"]) == 2


def test_a_row_whose_text_is_a_sum_stays_a_row():
    reading = excel.read(TEMPLATE, filled(A7="合计", C7="收入", G7=5))
    assert reading.document["rows"][0]["summary"] == "合计"


def test_fixed_rows_are_printed_and_known_again():
    document = {"rows": [{"key": "debts", "closing": "7000.00"}, {"key": "cash"}]}
    data = form(document, FIXED)
    reading = excel.read(FIXED, data)
    assert reading.problems == []
    assert reading.document["rows"] == complete(FIXED, document)["rows"]
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    assert sheet["B7"].value == '=IF(COUNT(B5,B6)=0,"",ROUND((N(B5)+N(B6)),2))'
    assert sheet["A5"].protection.locked
    assert not sheet["B5"].protection.locked

    def rename(sheet):
        sheet["A6"] = "应付款项"

    assert problems(edited(data, rename), FIXED) == [
        "A6：不是本表固定的行，请勿改动印定的内容，也不要增加行"
    ]


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
