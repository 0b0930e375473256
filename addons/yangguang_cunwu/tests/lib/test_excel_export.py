import csv
import io
from datetime import datetime

import openpyxl
import pytest
from excel_form import ROW

from odoo.addons.yangguang_cunwu.lib import excel, face
from odoo.addons.yangguang_cunwu.lib.tables import Column, HeaderField, Option, Template

TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="收支明细表",
    header=(HeaderField("opening", "期初结余", "money"),),
    columns=(
        Column("summary", "摘要", "text"),
        Column("date", "日期", "date"),
        Column("kind", "类别", "selection", options=(Option("a", "收入"), Option("b", "支出"))),
        Column("count", "数量", "integer"),
        Column("area", "面积", "area_mu", unit="亩"),
        Column("account", "账号", "bank_account"),
        Column("receipt", "收入金额", "money", unit="元", total=True),
        Column("payment", "支出金额", "money", unit="元", total=True),
        Column("balance", "结余", "money", unit="元"),
    ),
)


def public_face(rows=(ROW,), **options):
    context = face.Context(
        division={"code": "1", "name": "样例村", "town": "样例镇", "district": "样例区"},
        item={"code": "X", "name": "收支", "category": "财务"},
        period="2026年3月",
        legal_basis="《村民委员会组织法》",
        procedure=({"label": "编制", "person": "王小明", "date": "2026-04-10"},),
    )
    return face.build(
        options.pop("template", TEMPLATE),
        {"header": {"opening": "100.00"}, "rows": list(rows), **options.pop("document", {})},
        context,
        "public",
        mask=lambda value, kind: value,
        **options,
    )


def exported(shown):
    sheet = openpyxl.load_workbook(io.BytesIO(excel.export(shown))).worksheets[0]
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_an_exported_face_can_be_reckoned_with():
    lines = exported(public_face([ROW, {**ROW, "summary": "=1+1"}]))
    head = next(number for number, line in enumerate(lines) if line[0] == "摘要")
    assert lines[head][:3] == ["摘要", "日期", "类别"]
    assert lines[head + 1] == [
        "收承包款",
        datetime(2026, 3, 5),
        "收入",
        3,
        18.6,
        "6200000000000000000",
        1234.5,
        0,
        None,
    ]
    assert lines[head + 2][0] == "=1+1"
    assert lines[head + 3][0] == "合计"
    assert lines[head + 3][6] == 2469
    texts = [line[0] for line in lines]
    assert "公开依据\uff1a《村民委员会组织法》" in texts
    assert "编制  王小明  2026-04-10" in texts


def test_an_exported_text_cannot_become_a_formula():
    data = excel.export(public_face([{**ROW, "summary": "=1+1"}]))
    sheet = openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]
    (cell,) = [cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1"]
    assert (cell.data_type, cell.number_format) == ("s", "@")


def test_totals_zero_reports_and_texts_are_exported():
    totals = exported(public_face([ROW] * 3, totals_only=True))
    assert [line[0] for line in totals if line[0] and line[0].startswith("明细")] == [
        "明细共 3 行，按规定在此只公开合计"
    ]
    assert any(line[6] == 3703.5 for line in totals)
    zero = [line[0] for line in exported(public_face([], document={"zero": "1"}))]
    assert "本期没有发生此类事项（零报告）" in zero
    assert "合计" not in zero
    text = public_face([], template=None, document={"text": "第一段\n第二段"})
    assert [line[0] for line in exported(text)][2:4] == ["第一段", "第二段"]


def rows_of_csv(shown):
    content = excel.to_csv(shown)
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))


def test_csv_has_heads_and_plain_amounts():
    head, row = rows_of_csv(public_face([{**ROW, "receipt": "-1234.50"}]))
    assert head[4:8] == ["面积(亩)", "账号", "收入金额(元)", "支出金额(元)"]
    assert row[:3] == ["收承包款", "2026-03-05", "收入"]
    assert row[6:] == ["-1234.50", "0.00", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\uff1d", "\uff0b"])
def test_csv_texts_cannot_become_formulas(start):
    assert rows_of_csv(public_face([{"summary": f"{start}1"}]))[1][0] == f"'{start}1"


def test_csv_of_totals_and_of_texts():
    totals = rows_of_csv(public_face([ROW, ROW], totals_only=True))
    assert totals[1][6:8] == ["2469.00", "0.00"]
    text = public_face([], template=None, document={"text": "第一段\n=第二段"})
    assert rows_of_csv(text) == [["内容"], ["第一段"], ["'=第二段"]]
