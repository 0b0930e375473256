"""What a designer of forms is shown: rules at work on the sample, parts as lines of text."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.tables import Column, FixedRow, Option, Rule, Template, trial
from odoo.addons.yangguang_cunwu.lib.tables.design import (
    cells_text,
    options_text,
    read_cells,
    read_options,
)

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITION = catalogue.read_directory(DATA, "village")
TODAY = date(2026, 2, 12)
WORDS = st.text("abc甲乙丙 ", min_size=1, max_size=6).map(str.strip).filter(bool)
OPTIONS = st.lists(st.builds(Option, WORDS, WORDS, st.just("") | WORDS), max_size=4)
FORM = Template(
    "T_XX01",
    "XX01",
    "试算",
    columns=(
        Column("qty", "数量", "integer"),
        Column("price", "单价", "money"),
        Column("amount", "金额", "money"),
        Column("day", "日期", "date"),
    ),
    rules=(
        Rule("check", "qty > 1", "数量大于一"),
        Rule("compute", "amount = qty * price"),
        Rule("check", "day <= today", "日期不晚于今天"),
        Rule("table", "sum(amount) < 100", "合计小于一百"),
        Rule("check", "amount / qty > 0", "单价大于零"),
    ),
    sample_rows=({"qty": "2", "price": "3.50"}, {"qty": "0", "price": "1.00"}),
)


def test_every_rule_shows_what_it_does():
    assert trial(FORM, TODAY) == [
        ("规则1", "数量 > 1", "第1行 通过、第2行 不通过", False),
        ("规则2", "金额 = 数量 * 单价", "第1行 7.00、第2行 0.00", True),
        ("规则3", "日期 <= today", "日期未填，不检查", True),
        ("规则4", "合计(金额) < 100", "通过", True),
        ("规则5", "金额 / 数量 > 0", "第1行 通过、第2行 不通过（除数为零，无法计算）", False),
    ]


def test_many_rows_are_shown_in_part():
    form = replace(FORM, sample_rows=FORM.sample_rows * 4)
    assert trial(form, TODAY)[1].result.endswith("第5行 7.00 等8行")


def test_fixed_rows_show_what_they_compute():
    form = Template(
        "T_XX02",
        "XX02",
        "固定行",
        columns=(Column("name", "项目", "text"), Column("amount", "金额", "money")),
        rules=(Rule("table", "all == part + rest", "各项之和"),),
        fixed_rows=(
            FixedRow("part", "其中"),
            FixedRow("rest", "其余"),
            FixedRow("all", "合计", formula="part + rest"),
        ),
        sample_rows=({"key": "part", "amount": "1.00"}, {"key": "rest", "amount": "2.00"}),
    )
    assert trial(form, TODAY) == [
        ("规则1", "合计 == 其中 + 其余", "金额通过", True),
        ("固定行「合计」", "合计 = 其中 + 其余", "金额 3.00", True),
    ]


def test_a_rule_that_cannot_be_read_is_refused():
    with pytest.raises(ValueError, match="没有「nothing」这一列"):
        trial(replace(FORM, rules=(Rule("check", "nothing > 0", "x"),)), TODAY)


@pytest.mark.parametrize("template", EDITION.templates, ids=lambda template: template.code)
def test_nothing_stands_against_the_shipped_rules(template):
    assert all(effect.passed for effect in trial(template, TODAY))


@given(OPTIONS)
def test_options_as_lines_and_back(options):
    plain = read_options(options_text(tuple(options)), "列1")
    assert [Option(**each) for each in plain] == options


@given(st.dictionaries(st.sampled_from("abcd"), WORDS))
def test_printed_cells_as_lines_and_back(cells):
    assert read_cells(cells_text(cells), "固定行1") == cells


def test_lines_that_cannot_be_read_name_their_place():
    assert read_options("是\n\n否", "列1") == [
        {"value": "是", "label": "是"},
        {"value": "否", "label": "否"},
    ]
    for text in ("a = b = c = d", "a = ", "= b"):
        with pytest.raises(ValueError, match="列1第1个选项"):
            read_options(text, "列1")
    with pytest.raises(ValueError, match="固定行1印定的内容"):
        read_cells("row_no", "固定行1")


def test_a_form_made_anew_keeps_its_place_in_the_list():
    template = replace(EDITION.template("T_CW02"), note="新备注")
    amended = catalogue.with_template(EDITION, template)
    assert [each.code for each in amended.templates] == [each.code for each in EDITION.templates]
    assert [change.field for change in catalogue.diff(EDITION, amended)] == ["note"]


def test_the_first_form_of_an_item_begins_valid():
    item = EDITION.item("TG01")
    amended = catalogue.with_template(EDITION, catalogue.blank_template(EDITION, item))
    assert amended.item("TG01").template_code == "T_TG01"
    assert "table" in amended.item("TG01").forms
    sample = {"sample_rows": ({"content": "水费"},)}
    amended = catalogue.with_template(EDITION, replace(amended.template("T_TG01"), **sample))
    assert catalogue.validate(amended) == []
