"""A template's formulas, compiled once for a whole table and put in the order of computing."""

import re
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Self

from .compiler import compile_formula
from .expression import (
    BOOLEAN,
    DATE,
    NUMBER,
    TEXT,
    ExpressionError,
    Formula,
    Name,
    Scope,
    split_assignment,
)
from .template import Column, HeaderField, Rule, Template

_KINDS = {"money": NUMBER, "integer": NUMBER, "area_mu": NUMBER, "date": DATE}
_WORD = re.compile(r"'[^']*'|\"[^\"]*\"|[^\W\d]\w*")
_FUNCTION_LABELS = {
    "prev": "上一行",
    "sum": "合计",
    "max": "取大",
    "min": "取小",
    "round": "四舍五入",
}


@dataclass(frozen=True, slots=True)
class Assignment:
    """`target` (a column, or a fixed row) is computed by `formula`."""

    target: str
    formula: Formula


@dataclass(frozen=True, slots=True)
class Check:
    """`formula` has to hold, or else `message` is given."""

    message: str
    formula: Formula


def name_of(column: Column | HeaderField, source: str = "row") -> Name:
    """What a formula sees of a column or a header field."""
    choices = None
    if isinstance(column, Column) and column.type == "selection":
        choices = frozenset(option.value for option in column.options)
    return Name(_KINDS.get(column.type, TEXT), source, choices)


class Program:
    """The compiled rules of `template`. What does not compile is left out and told in `errors`.

    `computes` (per row) and `fixed` (per money column of a form with fixed rows) are in the order
    in which they have to be computed; `checks` hold per row, `table_checks` for the whole table.
    `required` are the columns that people have to fill, `touched` those that a formula looks at.
    """

    def __init__(self, template: Template):
        self.template = template
        self.errors: list[str] = []
        self.header = {field.key: field for field in template.header}
        self.columns = {column.key: column for column in template.columns}
        self.fixed_rows = {row.key: row for row in template.fixed_rows}
        header = {key: name_of(field, "header") for key, field in self.header.items()}
        names = header | {key: name_of(column) for key, column in self.columns.items()}
        self._row_scope = Scope(names, previous=True)
        self._compute_scope = Scope(names, previous=True, today=False)
        fixed = {key: Name(NUMBER) for key in self.fixed_rows}
        self._fixed_scope = Scope(fixed, today=False)
        summable = frozenset(key for key, column in self.columns.items() if column.numeric)
        self._table_scope = Scope(header | fixed, summable=summable)
        self.computes = self._computes(template.rules)
        self.checks = self._checks(template.rules, "check", self._row_scope)
        self.table_checks = self._checks(template.rules, "table", self._table_scope)
        self.fixed = self._fixed(template.fixed_rows)
        self.touched = self._touched()
        computed = {compute.target for compute in self.computes}
        self.required = {c.key for c in template.columns if c.required} - computed

    @classmethod
    def of(cls, template: Template) -> Self:
        """The program of `template`; raises ValueError when it has a wrong rule."""
        program = cls(template)
        if program.errors:
            raise ValueError(f"表格{template.code}的规则有误：{'；'.join(program.errors)}")
        return program

    def describe(self, formula: Formula) -> str:
        """`formula` with labels for names, as a person reads it."""
        return _wording(formula.text, {**self.header, **self.columns, **self.fixed_rows})

    def _computes(self, rules: tuple[Rule, ...]) -> tuple[Assignment, ...]:
        computes = []
        for place, rule in _places(rules, "compute"):
            try:
                target, text = split_assignment(rule.expression)
                column = self.columns.get(target)
                if not column or not column.numeric:
                    raise ExpressionError(f"「{target}」不是一列数字，不能由公式计算")
                formula = _compile(text, self._compute_scope, NUMBER)
                computes.append(Assignment(target, formula))
            except ExpressionError as error:
                self.errors.append(f"{place}：{error}")
        return self._ordered(computes)

    def _checks(self, rules, kind, scope):
        checks = []
        for place, rule in _places(rules, kind):
            try:
                checks.append(Check(rule.message, _compile(rule.expression, scope, BOOLEAN)))
            except ExpressionError as error:
                self.errors.append(f"{place}：{error}")
        return tuple(checks)

    def _fixed(self, rows):
        fixed = []
        for row in rows:
            if row.formula:
                try:
                    formula = _compile(row.formula, self._fixed_scope, NUMBER)
                    fixed.append(Assignment(row.key, formula))
                except ExpressionError as error:
                    self.errors.append(f"固定行「{row.label}」：{error}")
        return self._ordered(fixed)

    def _touched(self):
        if self.fixed_rows:  # their formulas look at rows, in every column of money
            return self.columns
        rules = (*self.computes, *self.checks, *self.table_checks)
        names = {name for rule in rules for name in rule.formula.names}
        names |= {compute.target for compute in self.computes}
        return {key: column for key, column in self.columns.items() if key in names}

    def _ordered(self, assignments):
        by_target = {}
        for assignment in assignments:
            if assignment.target in by_target:
                self.errors.append(f"「{assignment.target}」有两条计算公式")
            by_target[assignment.target] = assignment
        needs = {
            target: assignment.formula.current & by_target.keys()
            for target, assignment in by_target.items()
        }
        try:
            return tuple(by_target[target] for target in TopologicalSorter(needs).static_order())
        except CycleError as error:
            self.errors.append(f"计算公式互相循环：{' → '.join(error.args[1])}")
            return ()


def _places(rules, kind):
    for number, rule in enumerate(rules, 1):
        if rule.kind == kind:
            yield f"规则{number}", rule


def _compile(text, scope, kind):
    formula = compile_formula(text, scope)
    if formula.kind != kind:
        expected = "是非判断，如 a <= b" if kind == BOOLEAN else "数字"
        raise ExpressionError(f"公式的结果应为{expected}")
    return formula


def _wording(text, labelled):
    def replace(match):
        word = match[0]
        return labelled[word].label if word in labelled else _FUNCTION_LABELS.get(word, word)

    return _WORD.sub(replace, text)
