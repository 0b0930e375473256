import io
from datetime import date

import openpyxl
import pytest
from excel_form import (
    DOCUMENT,
    FIRST,
    FIXED,
    HEAD,
    ROW,
    TEMPLATE,
    TEMPLATES,
    edited,
    filled,
    form,
    problems,
    without_automatic,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import excel
from odoo.addons.yangguang_cunwu.lib.excel.formulas import excel_formula
from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    Option,
    Template,
    complete,
)


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
