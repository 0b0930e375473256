import pytest
from hypothesis import given
from hypothesis import strategies as st
from summary_tables import TEMPLATES, public_face
from test_amounts import parse_words

from odoo.addons.yangguang_cunwu.lib.tables import Column, Template, complete
from odoo.addons.yangguang_cunwu.lib.worded import worded_totals

BOOK = Template(
    "T_X",
    "X",
    "收支",
    tuple(
        Column(key, label, "money", unit="元", total=True)
        for key, label in (("receipt", "收入"), ("payment", "支出"), ("rest", "结余"))
    ),
)
YUAN = st.integers(-(10**13), 10**13).map(lambda fen: f"{fen // 100}.{fen % 100:02}")


@given(st.lists(st.tuples(YUAN, YUAN), min_size=1, max_size=8))
def test_the_words_say_the_totals(pairs):
    rows = [{"receipt": receipt, "payment": payment} for receipt, payment in pairs]
    shown = public_face(BOOK, {"rows": rows}, "2026年3月")
    lines = [line.split("合计（大写）：") for line in worded_totals(shown)]
    assert [label for label, _ in lines] == ["收入", "支出"]
    for (_, words), total in zip(lines, shown["totals"], strict=False):
        assert f"{parse_words(words):,.2f}" == total


@pytest.mark.parametrize(
    ("code", "lines"),
    [
        (
            "T_CW02",
            ["收入金额合计（大写）：叁万元整", "支出金额合计（大写）：贰仟零伍拾元整"],
        ),
        ("T_CW07", ["实发金额合计（大写）：叁仟柒佰肆拾元整"]),
        ("T_CW10", ["金额合计（大写）：贰仟叁佰伍拾元整"]),
        ("T_CW08", []),
        ("T_CW11", []),
        ("T_GK02", []),
    ],
)
def test_where_money_changes_hands(code, lines):
    (template,) = [one for one in TEMPLATES if one.code == code]
    assert worded_totals(public_face(template, complete(template, template.sample), "")) == lines


@pytest.mark.parametrize(
    "document",
    [
        {"rows": [], "zero": "1"},
        {"rows": [{"receipt": "9999999999999.99"}] * 2000},
    ],
)
def test_no_words(document):
    lines = worded_totals(public_face(BOOK, document, "2026年3月"))
    assert not [line for line in lines if "收入" in line]


def test_totals_alone_have_words_and_other_units_do_not():
    shown = public_face(BOOK, {"rows": [{"receipt": "5.00"}]}, "", totals_only=True)
    assert worded_totals(shown)[0] == "收入合计（大写）：伍元整"
    assert worded_totals(shown | {"unit_note": "金额单位：万元"}) == []
