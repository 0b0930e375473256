"""What changes in the list, in words that an officer of the district understands."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.catalogue import edition as sets
from odoo.addons.yangguang_cunwu.lib.catalogue.wording import VALUES
from odoo.addons.yangguang_cunwu.lib.tables import Column, Option, Rule, template
from odoo.addons.yangguang_cunwu.lib.tables.crosscheck import COMPARISONS, EXISTS

VILLAGE = catalogue.read_directory(
    Path(catalogue.__file__).parents[2] / "data" / "catalogue", "village"
)
FORM = VILLAGE.template("T_CW02")
TITLE = f"表格 T_CW02「{FORM.title}」"


def changes_of_form(code="T_CW02", **changes):
    new = replace(VILLAGE.template(code), **changes)
    return catalogue.sentences(VILLAGE, catalogue.with_template(VILLAGE, new))


def changed(key, **changes):
    return tuple(
        replace(column, **changes) if column.key == key else column for column in FORM.columns
    )


def test_a_field_of_a_column():
    label = FORM.column("balance").label
    assert changes_of_form(columns=changed("balance", required=False)) == [
        f"{TITLE} 列「{label}」 必填：是 → 否"
    ]
    assert changes_of_form(columns=changed("balance", type="integer", unit="")) == [
        f"{TITLE} 列「{label}」 类型：金额 → 整数",
        f"{TITLE} 列「{label}」 单位：元 → （空）",
    ]


def test_a_new_rule_is_told_by_its_place():
    place = f"{TITLE} 规则{len(FORM.rules) + 1}"
    rule = Rule("check", "receipt < 100", "收入应小于一百")
    told = changes_of_form(rules=(*FORM.rules, rule))
    assert f"{place} 种类：（空） → 每行都要符合" in told
    assert f"{place} 公式：（空） → receipt < 100" in told
    assert f"{place} 提示：（空） → 收入应小于一百" in told


def test_a_new_column_its_choices_and_the_order():
    options = (Option("a", "甲"), Option("b", "乙"))
    column = Column("grade", "等次", "selection", options=options)
    told = changes_of_form(columns=(column, *FORM.columns))
    labels = "、".join(column.label for column in FORM.columns)
    assert f"{TITLE} 列的次序：{labels} → 等次、{labels}" in told
    assert f"{TITLE} 列「等次」 类型：（空） → 选项" in told
    assert f"{TITLE} 列「等次」 选项的次序：（空） → 甲、乙" in told
    assert f"{TITLE} 列「等次」 选项「甲」 名称：（空） → 甲" in told


def test_the_sample():
    rows = ({**FORM.sample_rows[0], "summary": "卖稻谷"}, *FORM.sample_rows[1:])
    before = FORM.sample_rows[0]["summary"]
    label = FORM.column("summary").label
    assert changes_of_form(sample_rows=rows) == [f"{TITLE} 样例第1行 {label}：{before} → 卖稻谷"]


def test_an_item_its_closed_sets_and_whole_records():
    item = VILLAGE.item("CW02")
    items = tuple(
        replace(each, frequency="quarterly", forms=("table", "file")) if each == item else each
        for each in VILLAGE.items[:-1]
    )
    last = VILLAGE.items[-1]
    assert catalogue.sentences(VILLAGE, replace(VILLAGE, items=items)) == [
        f"事项 CW02「{item.name}」 频次：每月 → 每季度",
        f"事项 CW02「{item.name}」 形式：{'、'.join(VALUES['forms'][f] for f in item.forms)}"
        " → 表格、文件",
        f"删去事项 {last.code}「{last.name}」",
    ]
    fewer = replace(VILLAGE, items=VILLAGE.items[:-1])
    assert catalogue.sentences(fewer, VILLAGE) == [f"新增事项 {last.code}「{last.name}」"]


def test_the_head_a_cross_check_and_a_set_of_choices():
    check = VILLAGE.cross_checks[0]
    checks = (replace(check, left=replace(check.left, item_code="CW04")), *VILLAGE.cross_checks[1:])
    (name, options), *others = VILLAGE.option_sets.items()
    named = {name: (replace(options[0], label="改名"), *options[1:]), **dict(others)}
    new = replace(VILLAGE, status="issued", cross_checks=checks, option_sets=named)
    assert catalogue.sentences(VILLAGE, new) == [
        "目录 状态：试行重建版 → 正式印发",
        f"勾稽关系 {check.code} 左表：{check.left.item_code} → CW04",
        f"选项组 {name} {options[0].value} 名称：{options[0].label} → 改名",
    ]


def test_between_the_shipped_lists_no_name_of_a_field_is_left():
    community = catalogue.read_directory(
        Path(catalogue.__file__).parents[2] / "data" / "catalogue", "community"
    )
    told = catalogue.sentences(VILLAGE, community)
    assert len(told) == len(catalogue.diff(VILLAGE, community))
    names = re.compile(r"\b(?:templates?|columns|rules|items?|kind|label|order|header|cells)\b")
    assert [line for line in told if names.search(line.split("：")[0])] == []


@pytest.mark.parametrize(
    ("field", "values"),
    [
        ("type", template.TYPES),
        ("mask", template.MASKS),
        ("kind", template.RULE_KINDS),
        ("division_kind", sets.DIVISION_KINDS),
        ("status", sets.STATUSES),
        ("frequency", sets.FREQUENCIES),
        ("forms", sets.FORMS),
        ("audience", sets.AUDIENCES),
        ("open_web", sets.OPEN_WEB),
        ("relation", (*COMPARISONS, EXISTS)),
    ],
)
def test_every_value_of_a_closed_set_has_a_name(field, values):
    assert VALUES[field].keys() == set(values)
