import copy
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.comparison import (
    Comparison,
    compare,
    is_comparable,
    key_columns,
)
from odoo.addons.yangguang_cunwu.lib.tables import Column, HeaderField, Option, Template
from odoo.addons.yangguang_cunwu.lib.tables.template import FixedRow

GROUP = Column("group", "村民小组", "text", required=True)
HEAD = Column("head", "户主", "person_name", required=True)
KIND = Column("kind", "类别", "selection", required=True, options=(Option("a", "低保"),))
AMOUNT = Column("amount", "金额", "money", unit="元", total=True)
RELIEF = Template(
    code="T_R",
    item_code="R",
    title="救助名单",
    header=(
        HeaderField("balance", "结余", "money"),
        HeaderField("reviewer", "审核人", "person_name", automatic=True),
    ),
    columns=(
        GROUP,
        HEAD,
        KIND,
        Column("id_no", "身份证号", "id_card", internal=True),
        AMOUNT,
        Column("remark", "备注", "text"),
    ),
)
SHEET = replace(
    RELIEF,
    columns=(Column("item", "项目", "text"), AMOUNT),
    fixed_rows=(FixedRow("cash", "货币资金"), FixedRow("debt", "应付款")),
)


def household(group, head, amount="100.00", **cells):
    return {"group": group, "head": head, "kind": "a", "amount": amount, **cells}


def relief(*rows, **document):
    return {"header": {}, "rows": list(rows), **document}


def apply(template, document, comparison):
    """`document` after the differences: the inverse of `compare`, for all that is compared."""
    result = copy.deepcopy(document)
    header = result.setdefault("header", {})
    header |= {change.field.key: change.after for change in comparison.header}
    result |= {change.field.key: change.after for change in comparison.texts}
    rows = result.get("rows") or []
    for row in comparison.changed:
        rows[row.before] |= {change.field.key: change.after for change in row.cells}
    gone = {row.before for row in comparison.removed}
    places = comparison.order or [place for place in range(len(rows)) if place not in gone]
    rows = [rows[place] for place in places]
    for row in comparison.added:
        rows.insert(row.after, {change.field.key: change.after for change in row.cells})
    return {**result, "rows": rows}


def shown(template, document):
    """What of `document` is compared, without the keys that hold nothing."""
    automatic = {field.key for field in template.header if field.automatic}
    texts = {key: document[key] for key in ("text", "note", "zero") if document.get(key)}
    return {
        "header": {
            key: value
            for key, value in document["header"].items()
            if value is not None and key not in automatic
        },
        "rows": [
            {key: value for key, value in row.items() if value is not None}
            for row in document["rows"]
        ],
        **texts,
    }


words = st.sampled_from(["一组", "二组", "三组"])
amounts = st.none() | st.sampled_from(["0.00", "100.00", "2050.50"])
rows = st.lists(
    st.fixed_dictionaries(
        {
            "group": words,
            "head": words,
            "kind": st.sampled_from("ab"),
            "id_no": st.none() | words,
            "amount": amounts,
            "remark": st.none() | words,
        }
    ),
    max_size=6,
)
documents = st.fixed_dictionaries(
    {
        "header": st.fixed_dictionaries({"balance": amounts, "reviewer": st.none() | words}),
        "rows": rows,
    },
    optional={"note": words, "zero": st.just("1")},
)


@given(documents)
def test_a_document_does_not_differ_from_itself(document):
    assert not compare(RELIEF, document, copy.deepcopy(document))


@given(documents, documents)
def test_the_differences_applied_give_the_new_document(before, after):
    comparison = compare(RELIEF, before, after)
    assert shown(RELIEF, apply(RELIEF, before, comparison)) == shown(RELIEF, after)
    assert bool(comparison) == (shown(RELIEF, before) != shown(RELIEF, after))


@given(st.lists(st.tuples(words, amounts), min_size=2, max_size=2), st.permutations([0, 1]))
def test_the_lines_of_a_printed_form_are_matched_by_their_key(cells, order):
    lines = [
        {"key": key, "item": word, "amount": amount}
        for key, (word, amount) in zip(("cash", "debt"), cells, strict=True)
    ]
    before = relief(*lines)
    after = relief(*(lines[place] for place in order))
    comparison = compare(SHEET, before, after)
    assert not (comparison.added or comparison.removed or comparison.changed)
    assert comparison.order == (() if order == [0, 1] else (1, 0))


def test_rows_are_matched_by_the_words_that_name_them():
    before = relief(household("一组", "张三"), household("一组", "李四"), household("二组", "王五"))
    after = relief(
        household("一组", "李四", "250.00"), household("二组", "王五"), household("三组", "张三")
    )
    comparison = compare(RELIEF, before, after)
    (changed,) = comparison.changed
    assert (changed.name, changed.before, changed.after) == ("一组 李四", 1, 0)
    (cell,) = changed.cells
    assert cell.shown == ("100.00", "250.00")
    assert cell.difference == "+150.00"
    assert [row.name for row in comparison.added] == ["三组 张三"]
    assert [(row.name, row.sums) for row in comparison.removed] == [("一组 张三", ("100.00元",))]
    (total,) = comparison.totals
    assert total.shown == ("300.00", "450.00")


def test_rows_without_a_name_are_matched_by_their_place():
    before = relief(household("一组", "张三"), household("一组", "张三"))
    after = relief(
        household("一组", "张三"), household("一组", "张三", "5.00"), household("二组", "李四")
    )
    comparison = compare(RELIEF, before, after)
    assert key_columns(RELIEF, before["rows"], after["rows"]) == ()
    assert [row.name for row in comparison.changed] == ["第2行"]
    assert [row.after for row in comparison.added] == [2]


@pytest.mark.parametrize(
    ("table", "key"),
    [
        ([household("一组", "张三"), household("二组", "张三")], (GROUP,)),
        ([household("一组", "张三"), household("一组", "李四")], (GROUP, HEAD)),
        ([household("一组", "张三"), household("一组", "张三", kind="b")], (GROUP, HEAD, KIND)),
        # a remark is not required: it names nobody
        ([household("一组", "张三"), household("一组", "张三", remark="补发")], ()),
    ],
)
def test_the_key_is_no_longer_than_needed(table, key):
    assert key_columns(RELIEF, [], table) == key


def test_vouchers_of_two_months_are_different_rows():
    ledger = replace(
        RELIEF,
        columns=(
            Column("date", "日期", "date", required=True),
            Column("voucher", "凭证号", "text", required=True),
            AMOUNT,
        ),
    )
    december, january = (
        relief({"date": day, "voucher": "银付001", "amount": "100.00"})
        for day in ("2025-12-05", "2026-01-05")
    )
    comparison = compare(ledger, december, january)
    assert [(row.name, row.words) for row in comparison.added] == [("2026-01-05", ("银付001",))]
    assert len(comparison.removed) == 1
    assert not comparison.changed


def test_another_account_behind_the_same_name_shows():
    before = relief(household("一组", "张三", id_no="1"))
    after = relief(household("一组", "张三", id_no="2"))
    (changed,) = compare(RELIEF, before, after).changed
    assert [cell.field.key for cell in changed.cells] == ["id_no"]


def test_what_the_program_writes_in_is_not_compared():
    before = relief(household("一组", "张三"), header={"reviewer": "吴桂兰"})
    assert not compare(RELIEF, before, relief(household("一组", "张三")))


def test_a_zero_report_after_a_table():
    comparison = compare(RELIEF, relief(household("一组", "张三")), relief(zero="1"))
    assert [change.shown for change in comparison.texts] == [("", "本期没有发生")]
    assert len(comparison.removed) == 1


def test_a_text():
    comparison = compare(None, {"text": "二十日开会"}, {"text": "二十五日开会"})
    (change,) = comparison.texts
    assert change.shown == ("二十日开会", "二十五日开会")
    assert change.difference is None
    assert comparison == Comparison(texts=(change,))


def test_a_text_in_another_format():
    plain, bold = (
        {"text": "二十日开会"},
        {"text": "二十日开会", "html": "<p><strong>二十日开会</strong></p>"},
    )
    assert compare(None, plain, bold) == Comparison(formats=("<p>二十日开会</p>", bold["html"]))
    assert not compare(None, bold, dict(bold))
    # where the words differ, they are what is told
    assert not compare(None, {"text": "二十五日开会"}, bold).formats


@pytest.mark.parametrize(
    ("old", "new", "comparable"),
    [
        (None, None, True),
        (None, RELIEF, False),
        (RELIEF, None, False),
        (RELIEF, replace(RELIEF, columns=(*RELIEF.columns, Column("new", "新栏", "text"))), True),
        (RELIEF, replace(RELIEF, columns=(replace(AMOUNT, type="text"),)), False),
        (RELIEF, replace(RELIEF, header=(HeaderField("balance", "结余", "text"),)), False),
        (RELIEF, SHEET, False),
    ],
)
def test_versions_of_a_form_that_can_be_compared(old, new, comparable):
    assert is_comparable(old, new) is comparable
