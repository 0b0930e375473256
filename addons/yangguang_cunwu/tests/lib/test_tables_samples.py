"""The shipped templates: every sample passes, and a figure that is moved is found."""

import time
from datetime import date
from decimal import Decimal
from itertools import combinations, product
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.tables import check, complete, values
from odoo.addons.yangguang_cunwu.lib.tables.program import Program

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
TODAY = date(2026, 2, 12)
TEMPLATES = {
    template.code: template
    for kind in catalogue.DIVISION_KINDS
    for template in catalogue.read_directory(DATA, kind).templates
}


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_the_sample_is_complete_and_passes(code):
    template = TEMPLATES[code]
    document = complete(template, template.sample)
    assert check(template, document, TODAY) == []
    for sample, row in zip(template.sample_rows, document["rows"], strict=True):
        assert {key: row[key] for key in sample} == sample


def bound_names(program):
    """The columns and header fields that an equation ties down: those of computes, and of rules
    that ask two figures to be equal."""
    names = set()
    for assignment in program.computes:
        names |= {assignment.target, *assignment.formula.names}
    for rule in (*program.checks, *program.table_checks):
        if "==" in rule.formula.text and "implies" not in rule.formula.text:
            names |= set(rule.formula.names)
    return names


def bound_cells(template, document):
    """The fields and dictionaries of every bound figure of `document`."""
    names = bound_names(Program(template))
    for field in template.header:
        if field.type in values.PLACES and field.key in names:
            yield field, document["header"]
    for row in document["rows"]:
        for column in template.columns:
            fixed = template.fixed_rows and column.type == "money"
            if column.numeric and (fixed or column.key in names):
                yield column, row


@pytest.mark.parametrize("step", [1, -1])
def test_a_figure_moved_by_one_yuan_is_refused(step):
    moved, missed = 0, []
    for template in TEMPLATES.values():
        document = complete(template, template.sample)
        for field, cells in bound_cells(template, document):
            before = cells[field.key]
            cells[field.key] = values.decimal_text(field, Decimal(before or 0) + step)
            moved += 1
            if not check(template, document, TODAY):
                missed.append(f"{template.code}.{field.key}")
            cells[field.key] = before
    share = 1 - len(missed) / moved
    assert moved > 350
    assert share >= 0.95, f"{share:.1%} of {moved} found, not {missed}"


def candidates(template, row, key):
    """Other contents that a clerk might put in the cell `key`."""
    column = template.column(key)
    if column.numeric:
        numbers = [Decimal(row[key] or 0) + step for step in (1, -1, 1000, 10**6, -(10**6))]
        return [values.decimal_text(column, number) for number in (Decimal(0), *numbers)]
    if column.type == "date":
        return ["2000-01-01", "2026-02-12", "2090-12-31", None]
    if column.type == "selection":
        return [option.value for option in column.options]
    return [None, "某", *(value for other, value in row.items() if "handler" in (key, other))]


def ways_to_break(template, names):
    """The sample with one, two, then all of the cells `names` of its first row changed."""
    keys = [name for name in names if name in {column.key for column in template.columns}]
    row = complete(template, template.sample)["rows"][0]
    for count in sorted({1, 2, len(keys)} - {0}):
        for chosen in combinations(keys, count):
            for contents in product(*(candidates(template, row, key) for key in chosen)):
                yield row | dict(zip(chosen, contents, strict=True))


RULES = [
    pytest.param(template, rule, id=f"{code}-{rule.message}")
    for code, template in TEMPLATES.items()
    for rule in Program(template).checks
]


@pytest.mark.parametrize(("template", "rule"), RULES)
def test_every_rule_can_be_broken_and_is_told(template, rule):
    for row in ways_to_break(template, rule.formula.names):
        # not completed, so that what is computed can be wrong as well
        found = check(template, {"header": template.sample_header, "rows": [row]}, TODAY)
        if any(problem.message.startswith(rule.message) for problem in found):
            return
    pytest.fail(f"nothing breaks {rule.formula.text}")


def test_amounts_of_the_samples_are_strings():
    for template in TEMPLATES.values():
        cells = [template.sample_header, *template.sample_rows]
        assert all(isinstance(value, str) for row in cells for value in row.values())


def test_two_thousand_rows_of_thirteen_columns_are_checked_in_half_a_second():
    template = TEMPLATES["T_CW02"]
    rows = [dict(row) for row in template.sample_rows] * 1000
    document = complete(template, {"header": template.sample_header, "rows": rows})
    document["header"]["closing_balance"] = document["rows"][-1]["balance"]
    assert (len(document["rows"]), len(template.columns)) == (2000, 13)
    seconds = []
    for _ in range(3):
        started = time.perf_counter()
        assert check(template, document, TODAY) == []
        seconds.append(time.perf_counter() - started)
    assert min(seconds) <= 0.5
