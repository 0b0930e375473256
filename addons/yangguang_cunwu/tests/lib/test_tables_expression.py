from contextlib import suppress
from datetime import date
from decimal import Context as DecimalContext
from decimal import Decimal, localcontext

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.tables.compiler import LENGTH_LIMIT, compile_formula
from odoo.addons.yangguang_cunwu.lib.tables.expression import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    Context,
    EvaluationError,
    ExpressionError,
    Name,
    Scope,
    split_assignment,
)

NAMES = {
    "a": Name(NUMBER),
    "b": Name(NUMBER),
    "start": Name(DATE),
    "end": Name(DATE),
    "kind": Name(TEXT, choices=frozenset({"in", "out"})),
    "note": Name(TEXT),
    "opening": Name(NUMBER, "header"),
}
SCOPE = Scope(NAMES, summable=frozenset({"a", "b"}), previous=True)
EMPTY = dict.fromkeys(NAMES)


def evaluate(text, previous=None, rows=(), **row):
    context = Context(
        header={"opening": row.pop("opening", None)},
        rows=rows,
        today=date(2026, 2, 12),
        row=EMPTY | row,
        previous=previous,
    )
    return compile_formula(text, SCOPE).evaluate(context)


@pytest.mark.parametrize(
    ("text", "row", "expected"),
    [
        ("a + b * 2", {"a": Decimal("0.1"), "b": Decimal("0.2")}, Decimal("0.5")),
        ("-(a - 3)", {"a": Decimal(1)}, Decimal(2)),
        ("-(a * a * a) + a * a * a", {"a": Decimal("9999999999999.99")}, Decimal(0)),
        (" and ".join(["a > 0"] * 50), {"a": Decimal(1)}, True),
        ("a + b", {"a": Decimal(1)}, Decimal(1)),
        ("a / 4", {"a": Decimal(1)}, Decimal("0.25")),
        ("round(a, 2)", {"a": Decimal("2.675")}, Decimal("2.68")),
        ("round(a, 0)", {"a": Decimal("-2.5")}, Decimal(-3)),
        ("max(a, b, 0)", {"a": Decimal(-1), "b": Decimal(-2)}, Decimal(0)),
        ("min(a, 5)", {"a": Decimal(7)}, Decimal(5)),
        ("a if kind == 'in' else b", {"a": Decimal(1), "kind": "in"}, Decimal(1)),
        ("a if kind == 'in' else b", {"b": Decimal(2)}, Decimal(2)),
        ("days(start, end)", {"start": date(2024, 2, 1), "end": date(2024, 3, 1)}, Decimal(29)),
        ("days(today, end) >= 0", {"end": date(2026, 2, 12)}, True),
        ("1 <= a <= 3", {"a": Decimal(4)}, False),
        ("1 <= a < 3", {"a": Decimal(2)}, True),
        ("kind in ['in', 'out']", {"kind": "out"}, True),
        ("kind not in ['in']", {"kind": "out"}, True),
        ("kind in ('in',)", {}, False),
        ("a in [1, 2]", {"a": Decimal("2.00")}, True),
        ("(a > 0) != (b > 0)", {"a": Decimal(1), "b": Decimal(1)}, False),
        ("not nonempty(note)", {}, True),
        ("nonempty(start)", {"start": date(2026, 1, 1)}, True),
        ("nonempty(a)", {"a": Decimal(0)}, True),
        ("implies(a > 0, nonempty(note))", {"a": Decimal(1)}, False),
        ("implies(a > 0, nonempty(note))", {}, True),
        ("note != ''", {}, False),
        ("start < end and a == 0", {"start": date(2026, 1, 1), "end": date(2026, 1, 2)}, True),
        ("prev(a, opening) + b", {"opening": Decimal(7), "b": Decimal(1)}, Decimal(8)),
    ],
)
def test_what_formulas_say(text, row, expected):
    assert evaluate(text, **row) == expected


def test_prev_takes_the_row_before():
    previous = EMPTY | {"a": Decimal(5)}
    assert evaluate("prev(a, opening)", previous, opening=Decimal(7)) == 5
    assert evaluate("prev(b, opening)", previous, opening=Decimal(7)) == 0


def test_sum_adds_all_rows_and_counts_an_empty_cell_as_nothing():
    rows = [{"a": Decimal("0.10")}, {"a": None}, {"a": Decimal("0.20")}]
    assert evaluate("sum(a) == opening", rows=rows, opening=Decimal("0.3")) is True


@pytest.mark.parametrize(
    "text",
    ["start < end", "days(start, end) >= 1", "days(start, today) > 0", "prev(end, end) < today"],
)
def test_a_formula_that_touches_an_empty_date_is_skipped(text):
    assert evaluate(text, start=None) is None


def test_an_empty_date_that_is_not_reached_skips_nothing():
    assert evaluate("implies(nonempty(end), end <= start)", start=date(2026, 1, 1)) is True
    assert evaluate("kind != 'in' or days(today, end) >= 0", kind="out") is True


@pytest.mark.parametrize("text", ["a / b", "a / (b - b)", "1 / 0"])
def test_division_by_zero_is_told(text):
    with pytest.raises(EvaluationError, match="除数为零"):
        evaluate(text, a=Decimal(1))


def test_a_number_beyond_all_bounds_is_told():
    with pytest.raises(EvaluationError, match="过大"):
        evaluate("round(a * a * a * a * a, 6)", a=Decimal(10) ** 13)


@pytest.mark.parametrize(
    "text",
    [
        "__import__('os').system('x')",
        "().__class__",
        "a.real",
        "a[0]",
        "lambda: a",
        "[x for x in [1]]",
        "(x := 1)",
        "a ** 9",
        "9 ** 9 ** 9",
        "a // 2",
        "a % 2",
        "a << 9",
        "~a",
        "+a",
        "f'{a}'",
        "b'x' == b'x'",
        "{'a': 1}",
        "{1}",
        "True",
        "None",
        "...",
        "1j",
        "0x10",
        "1e9",
        "1_000",
        "'a' * 9",
        "note + note",
        "await a",
        "yield",
        "max(*[1, 2])",
        "max(a, b, default=1)",
        "a is b",
        "eval('1')",
        "getattr(a, 'b')",
        "'\\x41' == note",
        "a\x00",
        "(" * 300 + "a" + ")" * 300,
        "(" * 90 + "a" + ")" * 90 + " + " * 2,
        "-" * 60 + "a",
        "not " * 60 + "(a > 0)",
        "a" + " + a" * 100,
        f"a in [{'1, ' * 170}]",
        "1" * 5000,
        "",
        "  ",
        "a b",
        "a = 1",
        "import os",
        "a \uff1e 1",
    ],
)
def test_anything_else_is_refused(text):
    with pytest.raises(ExpressionError):
        compile_formula(text, SCOPE)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("amount > 1", "没有「amount」这一列"),
        ("foo(a)", "没有「foo」这个函数，可用：prev"),
        ("a > ", "写法有误"),
        ("a > 1 and kind", "「kind」是文字，此处应为是非判断"),
        ("a == note", "「note」是文字，此处应为数字"),
        ("kind == 'inn'", "选项里没有「inn」"),
        ("'inn' == kind", "选项里没有「inn」"),
        ("kind in ['in', 'oout']", "选项里没有「oout」"),
        ("kind < 'in'", "不能这样比较"),
        ("kind in [note]", "只能是数字或文字"),
        ("kind in note", "方括号"),
        ("kind in ['in'] == (a > 1)", "公式里不能这样写"),
        ("note == kind in ['in']", "公式里不能这样写"),
        ("note == kind in note", "不能这样比较"),
        ("days(start, end) in [start]", "「start」是日期，此处应为数字"),
        ("a if a else b", "「a」是数字，此处应为是非判断"),
        ("a if a > 1 else note", "「note」是文字，此处应为数字"),
        ("days(a, b)", "「a」是数字，此处应为日期"),
        ("round(a, b)", "小数位数"),
        ("round(a, 12)", "小数位数"),
        ("round(a, True)", "小数位数"),
        ("round(a)", "写得不对"),
        ("sum(note)", "一列数字"),
        ("sum(a + b)", "一列数字"),
        ("prev(opening, 0)", "不是"),
        ("nonempty(a + b)", "应为一列的名称"),
        ("max(a)", "写得不对"),
        ("(a > 1) < (b > 1)", "不能这样比较"),
    ],
)
def test_the_author_is_told_what_is_wrong(text, sentence):
    with pytest.raises(ExpressionError, match=sentence.replace("(", r"\(")):
        compile_formula(text, SCOPE)


def test_names_are_only_those_of_the_scope():
    bare = Scope(NAMES, today=False)
    for text in ("prev(a, 0)", "sum(a)", "days(today, end)"):
        with pytest.raises(ExpressionError):
            compile_formula(text, bare)


def test_a_formula_tells_what_it_touches():
    formula = compile_formula("prev(a, opening) + b - b", SCOPE)
    assert formula.names == ("a", "opening", "b")
    assert formula.current == {"opening", "b"}
    assert formula.looks_back
    assert formula.kind == NUMBER
    assert compile_formula("a > b", SCOPE).kind == BOOLEAN


def test_an_assignment_names_its_column():
    assert split_assignment(" total = a + b ") == ("total", "a + b")
    for text in ("a == b", "a + b", "= a", "a.b = 1", "a >= b"):
        with pytest.raises(ExpressionError, match="列 = 公式"):
            split_assignment(text)


EXACT = DecimalContext(prec=60)
OPERATIONS = {"+": EXACT.add, "-": EXACT.subtract, "*": EXACT.multiply}
NUMBERS = st.decimals("-1000000", "1000000", places=2)


def _operation(case):
    (left, first), sign, (right, second) = case
    operate = OPERATIONS[sign]
    return f"({left} {sign} {right})", lambda row: operate(first(row), second(row))


def _extreme(case):
    choose, (left, first), (right, second) = case
    return f"{choose.__name__}({left}, {right})", lambda row: choose(first(row), second(row))


# pairs of a formula and what it should come to
FORMULAS = st.recursive(
    st.sampled_from(["a", "b"]).map(lambda name: (name, lambda row: row[name]))
    | st.decimals(0, 1000, places=2).map(lambda number: (str(number), lambda row: number)),
    lambda inner: (
        st.tuples(inner, st.sampled_from(list(OPERATIONS)), inner).map(_operation)
        | inner.map(lambda case: (f"-({case[0]})", lambda row: -case[1](row)))
        | st.tuples(st.sampled_from([max, min]), inner, inner).map(_extreme)
    ),
    max_leaves=8,
).filter(lambda case: len(case[0]) <= LENGTH_LIMIT)


@settings(deadline=None)
@given(FORMULAS, NUMBERS, NUMBERS)
def test_arithmetic_is_exact(case, a, b):
    text, expected = case
    with localcontext(EXACT):
        assert evaluate(text, a=a, b=b) == expected({"a": a, "b": b})


@settings(deadline=None)
@given(st.text(max_size=60))
def test_no_text_does_more_than_fail(text):
    try:
        compile_formula(text, SCOPE)
    except ExpressionError as error:
        assert str(error)


@settings(deadline=None)
@given(st.text(alphabet="ab()+-*/<>=' ,notandorif0123.[]", max_size=60))
def test_no_formula_does_more_than_fail(text):
    try:
        formula = compile_formula(text, SCOPE)
    except ExpressionError:
        return
    with suppress(EvaluationError):
        formula.evaluate(Context(header={"opening": None}, row=EMPTY))
