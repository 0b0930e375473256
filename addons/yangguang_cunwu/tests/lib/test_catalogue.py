from dataclasses import replace
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.catalogue import Change, Parameter
from odoo.addons.yangguang_cunwu.lib.tables import Rule

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITIONS = {kind: catalogue.read_directory(DATA, kind) for kind in catalogue.DIVISION_KINDS}
VILLAGE = EDITIONS["village"]


@pytest.fixture(params=sorted(EDITIONS))
def edition(request):
    return EDITIONS[request.param]


def test_the_village_edition_has_the_counts_of_the_notice():
    assert len(VILLAGE.categories) == 12
    assert len(VILLAGE.items) == 88
    assert len(VILLAGE.templates) == 63
    assert len(VILLAGE.departments) == 15
    assert sum("table" not in item.forms for item in VILLAGE.items) == 25


def test_shipped_editions_are_sound_and_marked_as_reconstruction(edition):
    assert catalogue.validate(edition) == []
    assert edition.status == "reconstruction"


def test_every_department_guides_something(edition):
    guides = {code for item in edition.items for code in item.department_codes}
    assert {department.code for department in edition.departments} == guides


def test_the_community_edition_has_nothing_of_the_collective():
    community = EDITIONS["community"]
    codes = {item.code for item in community.items}
    assert codes < {item.code for item in VILLAGE.items}
    assert not codes & {"HY04", "ZW11", "BK01", "GY03"}
    assert not any(code.startswith("SZ") for code in codes)
    assert {check.code for check in community.cross_checks} == {"GJ01", "GJ03"}


def test_who_sees_what(edition):
    items = {item.code: item for item in edition.items}
    assert {code for code, item in items.items() if item.audience == "party"} == {
        "DW05",
        "DW06",
        "DW07",
    }
    for item in items.values():
        if item.audience in ("party", "member"):
            assert item.open_web != "masked"
    # what a group of people in need would be known by is added up (Social Assistance Measures, 61)
    for code in ("ZW02", "ZW04", "ZW07"):
        assert items[code].open_web == "totals"


def test_flags_of_the_items(edition):
    for item in edition.items:
        signed = item.category_code in ("DW", "HY", "CW", "SZ", "BK", "GY")
        assert item.needs_signature == signed, item.code
        assert item.secrecy_check == (item.category_code == "DW"), item.code
        assert item.emergency == (item.code in ("TG02", "TG03")), item.code


def test_members_alone_see_the_collective_s_rolls():
    members = {item.code: item.open_web for item in VILLAGE.items if item.audience == "member"}
    assert members == {"SZ11": "totals", "CW13": "totals", "HY04": "nothing"}


def test_identity_and_bank_numbers_are_never_public(edition):
    for template in edition.templates:
        for column in template.columns:
            if column.type in ("id_card", "bank_account"):
                assert column.internal or column.mask != "none", (template.code, column.key)


def changed_template(code, /, **changes):
    templates = [
        replace(template, **changes) if template.code == code else template
        for template in VILLAGE.templates
    ]
    return replace(VILLAGE, templates=tuple(templates))


def changed_item(code, /, **changes):
    items = [replace(item, **changes) if item.code == code else item for item in VILLAGE.items]
    return replace(VILLAGE, items=tuple(items))


def test_a_difference_names_record_field_and_both_values():
    balance = VILLAGE.template("T_CW02").column("balance")
    columns = tuple(
        replace(column, required=False) if column is balance else column
        for column in VILLAGE.template("T_CW02").columns
    )
    assert catalogue.diff(VILLAGE, changed_template("T_CW02", columns=columns)) == [
        Change("template", "T_CW02", "columns.balance.required", "是", "否")
    ]
    assert catalogue.diff(VILLAGE, changed_item("CW02", deadline="day=10")) == [
        Change("item", "CW02", "deadline", "day=15", "day=10")
    ]
    fewer = replace(VILLAGE, items=VILLAGE.items[:-1])
    name = VILLAGE.items[-1].name
    assert catalogue.diff(VILLAGE, fewer) == [Change("item", "TG03", "", name, None)]
    assert catalogue.diff(fewer, VILLAGE) == [Change("item", "TG03", "", None, name)]


def test_a_new_order_is_a_difference():
    columns = VILLAGE.template("T_GK08").columns
    (change,) = catalogue.diff(VILLAGE, changed_template("T_GK08", columns=columns[::-1]))
    assert (change.code, change.field) == ("T_GK08", "columns")
    (change,) = catalogue.diff(VILLAGE, replace(VILLAGE, items=VILLAGE.items[::-1]))
    assert (change.kind, change.field) == ("item", "order")


@pytest.mark.parametrize(
    ("edition", "sentence"),
    [
        (replace(VILLAGE, division_kind="city"), "目录：适用单位「city」不对"),
        (replace(VILLAGE, status="final"), "目录：状态「final」不对"),
        (replace(VILLAGE, status="issued"), "目录：正式印发的目录应填文号"),
        (replace(VILLAGE, effective="2026"), "目录：生效日期「2026」不对"),
        (replace(VILLAGE, items=VILLAGE.items * 2), "事项XC01：编码重复"),
        (changed_item("XC01", code="xc01"), "事项xc01：编码应为大写字母"),
        (changed_item("XC01", name=" "), "事项XC01：没有名称"),
        (changed_item("XC01", category_code="XX"), "事项XC01：没有类别「XX」"),
        (changed_item("XC01", department_codes=("XX",)), "事项XC01：没有部门「XX」"),
        (changed_item("XC01", deadline="soon=1"), "事项XC01：期限「soon=1」"),
        (changed_item("XC01", min_display_days=9), "事项XC01：公开天数不得少于10日"),
        (changed_item("XC01", frequency="often"), "事项XC01：频次「often」不对"),
        (changed_item("XC01", retention="5年"), "事项XC01：保管期限「5年」不对"),
        (changed_item("XC01", audience="all"), "事项XC01：公开范围「all」不对"),
        (changed_item("XC01", open_web="all"), "事项XC01：互联网公开「all」不对"),
        (changed_item("XC01", forms=("song",)), "事项XC01：形式「song」不对"),
        (changed_item("XC01", forms=()), "事项XC01：形式「」不对"),
        (changed_item("XC01", forms=("table",)), "事项XC01：以表格公开的事项应有表格"),
        (changed_item("XC01", open_web="totals"), "事项XC01：没有表格，不能只公开合计"),
        (changed_item("XC01", legal_basis=("a;b",)), "事项XC01：法律依据里不能有半角"),
        (changed_item("CW02", template_code="T_CW03"), "事项CW02：没有本事项的表格「T_CW03」"),
        (changed_item("HY04", open_web="totals"), "事项HY04：表格没有合计列"),
        (changed_item("DW05", open_web="masked"), "事项DW05：党内公开的事项不得在互联网公开"),
        (changed_item("DW03", open_web="masked"), "事项DW03：文件无法由程序遮盖"),
        (changed_item("DW03", secrecy_check=False), "事项DW03：党务事项应作保密审查"),
        (changed_item("GK08", template_code="", forms=("text",)), "表格T_GK08：没有事项使用"),
        (changed_template("T_CW02", title=""), "表格T_CW02：标题没有填写"),
        (
            changed_template("T_GK08", rules=(Rule("check", "days(date, today) > 0", "早于今天"),)),
            "表格T_GK08：样例：第1行「日期」：早于今天",
        ),
        (changed_template("T_GK08", sample_header={"foo": "1"}), "表格T_GK08：样例："),
        (
            replace(VILLAGE, parameters=(Parameter("major_spending", "限额", "五万"),)),
            "参数major_spending：「五万」不是数字",
        ),
        (replace(VILLAGE, parameters=()), "勾稽关系GJ12：没有「major_spending」"),
        (
            replace(VILLAGE, line_accounts={"in_sale": ("999",)}),
            "科目对照in_sale：没有「999」这个选项",
        ),
    ],
)
def test_what_is_wrong_is_told_with_its_place(edition, sentence):
    assert any(sentence in each for each in catalogue.validate(edition))
