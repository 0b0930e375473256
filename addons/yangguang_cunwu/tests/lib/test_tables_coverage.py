"""The numbers of the shipped forms: which of them some rule looks at, and which none can."""

from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.tables.figure import Source
from odoo.addons.yangguang_cunwu.lib.tables.program import Program

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITIONS = {kind: catalogue.read_directory(DATA, kind) for kind in catalogue.DIVISION_KINDS}

# numbers that nothing else in the forms determines, and that have no limit true everywhere
FREE = {
    "CW01.last_actual": "上年的决算不在本表，第一年使用的村没有上年的表",
    "CW02.seq": "序号只便于查找，可按月也可按年编",
    "CW04.plan": "计划由年初的预算表决定，可按类合并，不能逐行对应",
    "CW04.last_ytd": "上年同期的表可能尚未在本系统公开",
    "CW05.last_ytd": "上年同期的表可能尚未在本系统公开",
    "CW06.amount": "社区的支出按政府会计另列，没有同口径的汇总表可核对",
    "CW10.attachments": "附件张数由票据决定，可以没有附件",
    "CW13.members": "成员人数与份额数按章程折算，份额可由继承人持有",
    "DW01.members": "同一党组织列多名班子成员时只填一次人数",
    "GK04.households": "推选(联系)户数由推选方案决定，可以为空",
    "SZ03.appraisal": "评估价由评估机构给出，可高于也可低于净值",
    "SZ05.deposit": "保证金由合同约定，可以没有",
    "SZ09.area": "同一批次的各类费用只填一次面积",
    "SZ11.shares": "份额数由成员大会决定，退出的可以为零",
    "ZW10.land_lost": "社会保障费可先到账、后确定人员",
    "ZW10.land_fund": "社会保障费可先到账、后确定人员",
    "BK03.persons": "按人补助的才有人数",
    "BK03.standard": "标准可按月、按季或按年",
    "BK03.allocated": "应拨金额由上级文件决定，可含补发",
}


def looked_at(edition, template):
    """The columns of `template` that a rule, a printed row or a cross-check looks at."""
    program = Program(template)
    formulas = [each.formula for each in (*program.computes, *program.checks)]
    formulas += [each.formula for each in program.table_checks]
    names = {assignment.target for assignment in program.computes}
    names |= {name for formula in formulas for name in formula.names}
    for row in template.fixed_rows:
        # a printed cell is refused when it is changed, an amount is part of the sums
        names |= {*row.cells, *(c.key for c in template.columns if c.type == "money")}
    parameters = [parameter.code for parameter in edition.parameters]
    for check in edition.cross_checks:
        for side, figure in enumerate((check.left, check.right)):
            if figure.item_code == template.item_code:
                source = Source(figure, template, parameters)
                names |= {figure.column, figure.group_by}
                names |= set(source.where.names if source.where else ())
                names |= {match.split()[(0, -1)[side]] for match in check.match}
    return names


@pytest.mark.parametrize("kind", EDITIONS)
def test_most_numbers_are_bound_by_a_rule_and_the_rest_has_a_reason(kind):
    edition = EDITIONS[kind]
    numbers, free = 0, []
    for template in edition.templates:
        names = looked_at(edition, template)
        numeric = [column.key for column in template.columns if column.numeric]
        numbers += len(numeric)
        free += [f"{template.item_code}.{key}" for key in numeric if key not in names]
    assert 1 - len(free) / numbers >= 0.85, free
    assert set(free) <= FREE.keys()


def test_every_reason_is_still_needed():
    free = {
        f"{template.item_code}.{column.key}"
        for edition in EDITIONS.values()
        for template in edition.templates
        for column in template.columns
        if column.numeric and column.key not in looked_at(edition, template)
    }
    assert free == FREE.keys()
