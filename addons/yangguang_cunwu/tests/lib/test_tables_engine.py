from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    DocumentError,
    HeaderField,
    Option,
    Problem,
    Rule,
    Template,
    check,
    complete,
    totals,
)
from odoo.addons.yangguang_cunwu.lib.tables.document import ROW_LIMIT

TODAY = date(2026, 2, 12)
YES_NO = (Option("yes", "是"), Option("no", "否"))
LEDGER = Template(
    "T_X1",
    "X1",
    "收支表",
    (
        Column("date", "日期", "date", required=True),
        Column("summary", "摘要", "text", required=True),
        Column("receipt", "收入", "money", unit="元", total=True),
        Column("payment", "支出", "money", unit="元", total=True),
        Column("balance", "结余", "money", required=True, unit="元"),
        Column("share", "比例", "integer"),
        Column("paid", "已付", "selection", options=YES_NO),
        Column("until", "期限", "date"),
        Column("left", "剩余天数", "integer", required=True),
    ),
    header=(
        HeaderField("opening", "期初结余", "money", required=True),
        HeaderField("closing", "期末结余", "money", required=True),
        HeaderField("reviewer", "审核人", "person_name", required=True, automatic=True),
    ),
    rules=(
        Rule("compute", "share = round(payment * 100 / (receipt + payment), 0)"),
        Rule("compute", "balance = prev(balance, opening) + receipt - payment"),
        Rule("compute", "left = days(date, until)"),
        Rule("check", "(receipt > 0) != (payment > 0)", "每笔只能为收入或支出"),
        Rule("check", "implies(paid == 'yes', nonempty(until))", "已付须填期限"),
        Rule("check", "days(date, today) >= 0", "日期不得晚于今天"),
        Rule("table", "closing == opening + sum(receipt) - sum(payment)", "期末等于期初加收减支"),
    ),
)


def ledger_row(**values):
    row = {"date": "2026-01-05", "summary": "承包款", "receipt": "100.00", "left": "1"}
    return row | values


def ledger(*rows, opening="50", closing="150", **more):
    header = {"opening": opening, "closing": closing}
    return complete(LEDGER, {"header": header, "rows": list(rows or [ledger_row()]), **more})


def sentences(template, document, today=TODAY):
    return [problem.sentence(template) for problem in check(template, document, today)]


def test_complete_fills_in_and_makes_canonical():
    document = ledger(
        {"date": "2026年1月5日", "summary": " 承包款 ", "receipt": "￥1,000", "left": "3"},
        {"date": "20260106", "summary": "电费", "payment": "200.5", "until": "2026/1/9"},
        opening="50",
        closing="849.5",
        note=" 说明 ",
        zero=None,
    )
    assert document == {
        "header": {"opening": "50.00", "closing": "849.50", "reviewer": None},
        "rows": [
            {
                "date": "2026-01-05",
                "summary": "承包款",
                "receipt": "1000.00",
                "payment": None,
                "balance": "1050.00",
                "share": "0",
                "paid": None,
                "until": None,
                "left": "3",
            },
            {
                "date": "2026-01-06",
                "summary": "电费",
                "receipt": None,
                "payment": "200.50",
                "balance": "849.50",
                "share": "100",
                "paid": None,
                "until": "2026-01-09",
                "left": "3",
            },
        ],
        "note": "说明",
    }
    assert complete(LEDGER, document) == document
    assert check(LEDGER, document, TODAY) == []


def test_complete_reports_every_cell_it_cannot_read():
    with pytest.raises(DocumentError) as caught:
        ledger(ledger_row(receipt="一百"), ledger_row(date="昨天", paid="也许"), opening="x")
    assert [(p.row, p.column, p.kind) for p in caught.value.problems] == [
        (None, "opening", "type"),
        (0, "receipt", "type"),
        (1, "date", "type"),
        (1, "paid", "type"),
    ]
    assert "第2行「日期」：应填日期，如 2026-03-05" in str(caught.value)
    assert "表头「期初结余」：应填数字" in str(caught.value)


@pytest.mark.parametrize(
    ("document", "sentence"),
    [
        (None, "格式不对"),
        ([], "格式不对"),
        ({"rows": "x"}, "格式不对"),
        ({"header": ["x"]}, "格式不对"),
        ({"rows": ["x"]}, "第1行：这一行的格式不对"),
        ({"rows": [{"receipt": 1.0}]}, "第1行「收入」：内容应为文字"),
        ({"rows": [{"hidden": "1"}]}, "第1行「hidden」：没有这一栏"),
        ({"rows": [{"key": "1"}]}, "第1行「key」：没有这一栏"),
        ({"header": {"x": "1"}}, "没有这一栏"),
        ({"script": "x"}, "不应有「script」"),
        ({"note": 1}, "说明应为文字"),
        ({"text": "长" * 20001}, "文字过长"),
        ({"zero": "2"}, "零报告的标记不对"),
        ({"zero": "1", "rows": [{}]}, "零报告不应有内容行"),
        ({"rows": [{}] * (ROW_LIMIT + 1)}, "最多10000行"),
    ],
)
def test_what_is_no_document_of_the_template_is_refused(document, sentence):
    with pytest.raises(DocumentError, match=sentence):
        complete(LEDGER, document)
    assert any(sentence in each for each in sentences(LEDGER, document))


def test_a_wrong_figure_is_refused_with_the_rule_and_the_cell():
    document = ledger(ledger_row(), ledger_row(receipt=None, payment="30"), closing="120")
    document["rows"][1]["balance"] = "121.00"
    (problem,) = check(LEDGER, document, TODAY)
    assert problem == Problem(
        1,
        "balance",
        "应为 120.00，现为 121.00（结余 = 上一行(结余, 期初结余) + 收入 - 支出）",
        "compute",
        ("balance", "receipt", "payment"),
    )
    assert problem.place(LEDGER) == "第2行「结余」"


def test_a_broken_rule_is_told_with_its_figures():
    document = ledger(ledger_row(payment="20"), closing="130")
    (problem,) = check(LEDGER, document, TODAY)
    assert problem.sentence(LEDGER) == (
        "第1行「收入」：每笔只能为收入或支出（收入 100.00，支出 20.00）"
    )
    assert problem.columns == ("receipt", "payment")


def test_a_broken_table_rule_is_told_with_its_sums():
    document = ledger(ledger_row(), closing="151")
    assert sentences(LEDGER, document) == [
        "表头「期末结余」：期末等于期初加收减支"
        "（期末结余 151.00，期初结余 50.00，收入合计 100.00，支出合计 0.00）"
    ]


def test_today_is_the_day_of_the_check():
    document = ledger()
    assert sentences(LEDGER, document, date(2026, 1, 5)) == []
    assert sentences(LEDGER, document, date(2026, 1, 4)) == [
        "第1行「日期」：日期不得晚于今天（日期 2026-01-05）"
    ]


def test_division_by_zero_is_a_problem_of_the_cell():
    document = ledger(ledger_row(receipt=None, share="5"), closing="50")
    assert document["rows"][0]["share"] is None
    found = sentences(LEDGER, document)
    assert (
        "第1行「比例」：除数为零，无法计算（比例 = 四舍五入(支出 * 100 / (收入 + 支出), 0)）"
        in found
    )


def test_what_people_must_fill_is_asked_for():
    document = complete(LEDGER, {"rows": [{"receipt": "1"}]})
    required = {
        (problem.row, problem.column)
        for problem in check(LEDGER, document, TODAY)
        if problem.kind == "required"
    }
    # the reviewer is written in by the program; a skipped formula fills nothing
    assert required == {
        (None, "opening"),
        (None, "closing"),
        (0, "date"),
        (0, "summary"),
        (0, "left"),
    }


def test_an_unreadable_row_does_not_hide_what_is_wrong_elsewhere():
    rows = [ledger_row() for _ in range(5)]
    document = ledger(*rows, closing="550")
    document["rows"][1]["receipt"] = "12,5"
    document["rows"][4]["balance"] = "1.00"
    problems = check(LEDGER, document, TODAY)
    assert [(p.row, p.column, p.kind) for p in problems] == [
        (1, "receipt", "type"),
        (4, "balance", "compute"),
    ]


def test_what_is_not_canonical_is_refused():
    document = ledger()
    document["rows"][0]["receipt"] = "100"
    assert sentences(LEDGER, document) == ["第1行「收入」：写法应为 100.00"]


def test_a_table_needs_rows_or_a_zero_report():
    empty = complete(LEDGER, {"header": {"opening": "5", "closing": "5"}, "rows": []})
    assert sentences(LEDGER, empty) == ["全表：至少填写一行；本期没有此事项的，请作零报告"]
    zero = complete(LEDGER, empty | {"zero": "1"})
    assert zero["zero"] == "1"
    assert check(LEDGER, zero, TODAY) == []
    assert totals(LEDGER, zero) == {"receipt": "0.00", "payment": "0.00"}
    zero["header"]["closing"] = "6.00"
    assert [problem.kind for problem in check(LEDGER, zero, TODAY)] == ["table"]


def test_totals_are_exact():
    document = ledger(*[ledger_row(receipt="0.10")] * 3, closing="50.30")
    assert totals(LEDGER, document) == {"receipt": "0.30", "payment": "0.00"}


def test_totals_may_be_larger_than_any_cell():
    rows = [ledger_row(receipt="9999999999999.99")] * 2
    document = {"header": {}, "rows": rows}
    assert totals(LEDGER, document)["receipt"] == "19999999999999.98"


def test_a_template_with_a_wrong_rule_checks_nothing():
    broken = replace(LEDGER, rules=(Rule("check", "foo > 1", "x"),))
    for use in (lambda: check(broken, {}, TODAY), lambda: complete(broken, {})):
        with pytest.raises(ValueError, match="T_X1的规则有误：规则1：没有「foo」这一列"):
            use()


def test_a_computed_figure_too_large_for_its_cell_is_refused():
    product = Template(
        "T_X3",
        "X3",
        "表",
        (Column("a", "甲", "money"), Column("b", "乙", "money")),
        rules=(Rule("compute", "b = a * a"),),
    )
    with pytest.raises(DocumentError, match="第1行「乙」：算出的数字过大"):
        complete(product, {"rows": [{"a": "9999999999"}]})
    document = {"header": {}, "rows": [{"a": "9999999999.00", "b": None}]}
    assert "算出的数字过大" in sentences(product, document)[0]


AMOUNTS = st.decimals(0, 10**6, places=2)


@settings(deadline=None)
@given(st.lists(st.tuples(st.booleans(), AMOUNTS.filter(bool)), min_size=1, max_size=8), AMOUNTS)
def test_what_complete_computed_check_accepts(entries, opening):
    rows = [
        ledger_row(**{"receipt": None, side: str(amount)})
        for income, amount in entries
        for side in ["receipt" if income else "payment"]
    ]
    closing = opening + sum(amount if income else -amount for income, amount in entries)
    document = ledger(*rows, opening=str(opening), closing=str(closing))
    assert check(LEDGER, document, TODAY) == []
    assert document["rows"][-1]["balance"] == document["header"]["closing"]
    sums = totals(LEDGER, document)
    assert Decimal(sums["receipt"]) - Decimal(sums["payment"]) == closing - opening
