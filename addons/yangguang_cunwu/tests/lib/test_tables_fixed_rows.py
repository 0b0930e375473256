from datetime import date

import pytest

from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    DocumentError,
    FixedRow,
    Rule,
    Template,
    check,
    complete,
)

TODAY = date(2026, 2, 12)
SHEET = Template(
    "T_X2",
    "X2",
    "资产表",
    (
        Column("line", "项目", "text", required=True),
        Column("opening", "年初", "money", required=True),
        Column("closing", "期末", "money", required=True),
        Column("remark", "备注", "text"),
    ),
    rules=(Rule("table", "assets == debts + own", "资产等于负债加权益"),),
    fixed_rows=(
        FixedRow("assets", "资产合计", formula="cash + goods", cells={"line": "资产合计"}),
        FixedRow("cash", "现金", cells={"line": "现金"}),
        FixedRow("goods", "物资", cells={"line": "物资"}),
        FixedRow("debts", "负债", cells={"line": "负债"}),
        FixedRow("own", "权益", cells={"line": "权益"}),
    ),
)


def sheet(**figures):
    rows = [{"key": key, "opening": "0", "closing": value} for key, value in figures.items()]
    return complete(SHEET, {"header": {}, "rows": rows})


def sentences(document):
    return [problem.sentence(SHEET) for problem in check(SHEET, document, TODAY)]


def test_a_form_with_fixed_rows_comes_printed():
    blank = complete(SHEET, {"rows": []})
    assert [row["key"] for row in blank["rows"]] == ["assets", "cash", "goods", "debts", "own"]
    assert blank["rows"][0] == {
        "line": "资产合计",
        "opening": "0.00",
        "closing": "0.00",
        "remark": None,
        "key": "assets",
    }


def test_fixed_rows_are_computed_in_every_money_column():
    document = sheet(own="2.50", cash="3", goods="0.5", debts="1", assets="77")
    assert document["rows"][0]["closing"] == "3.50"
    assert check(SHEET, document, TODAY) == []
    document["rows"][1]["opening"] = "1.00"
    assert sentences(document) == ["第1行「年初」：应为 1.00，现为 0.00（资产合计 = 现金 + 物资）"]
    balanced_wrongly = sheet(cash="3", goods="0", debts="1", own="1")
    assert sentences(balanced_wrongly) == [
        "第1行「期末」：资产等于负债加权益（资产合计 3.00，负债 1.00，权益 1.00）"
    ]


def test_fixed_rows_keep_their_order_and_print():
    document = sheet(cash="1", goods="0", debts="1", own="0")
    moved = document | {"rows": document["rows"][::-1]}
    assert sentences(moved) == ["全表：本表为固定格式，应有5行，次序不能改变"]
    document["rows"][2]["line"] = "别的"
    assert sentences(document) == ["第3行「项目」：此处印定为「物资」，不能改动"]
    for rows in ([{"key": "other"}], [{}], [{"key": "cash"}, {"key": "cash"}]):
        with pytest.raises(DocumentError, match="固定的行"):
            complete(SHEET, {"rows": rows})
    with pytest.raises(DocumentError, match="不能作零报告"):
        complete(SHEET, {"rows": [], "zero": "1"})


def test_an_empty_computed_cell_is_one_problem():
    document = sheet(cash="0", goods="0", debts="0", own="0")
    document["rows"][0]["closing"] = None
    assert sentences(document) == ["第1行「期末」：应为 0.00，现为 空（资产合计 = 现金 + 物资）"]


def test_an_empty_fixed_cell_is_asked_for():
    document = complete(SHEET, {"rows": [{"key": "cash", "opening": "0", "closing": "0"}]})
    problems = check(SHEET, document, TODAY)
    assert {(p.row, p.column, p.kind) for p in problems} == {
        (row, column, "required") for row in (2, 3, 4) for column in ("opening", "closing")
    }
