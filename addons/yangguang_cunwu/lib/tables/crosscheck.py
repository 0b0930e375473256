"""Checks between the tables of one division and period, as data that staff can edit.

Each check sets a figure of one table beside a figure of another:

    left: {item_code: CW08, column: closing, where: "account in ['112', '113']"}
    relation: ">="
    right: {item_code: SZ06, column: arrears_closing}

The relation "exists" asks that every row of the left table that fulfils its `where` has one in the
right table that fulfils its own and the conditions in `match`, such as "contract_no == contract_no"
(left column first).
"""

import operator
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from .expression import TEXT
from .figure import Figure, Reading, Source
from .program import name_of
from .template import Template
from .values import ZERO, decimal_text, format

COMPARISONS = {"==": operator.eq, "<=": operator.le, ">=": operator.ge}
EXISTS = "exists"
_MATCH = re.compile(r"(\w+)\s*(==|<=|>=)\s*(\w+)")


@dataclass(frozen=True, slots=True)
class CrossCheck:
    """`left` `relation` `right`, or else `message`. The `where` of both may name parameters.

    With `absent_is_empty` (for "exists"), a right table that is not there has no rows, so nothing
    exists in it; otherwise the check is skipped when a table is not there.
    """

    code: str
    message: str
    left: Figure
    right: Figure
    relation: str = "=="
    match: tuple[str, ...] = ()
    absent_is_empty: bool = False


class CrossProblem(NamedTuple):
    """Two figures that do not agree. `row` (from 0) is in the left table, for "exists"."""

    code: str
    message: str
    left_item: str
    left_value: str
    right_item: str
    right_value: str | None
    row: int | None = None


class Skipped(NamedTuple):
    """A check that was not made, for want of the table of `item_code`."""

    code: str
    item_code: str


class Outcome(NamedTuple):
    """What the checks found, and which were skipped."""

    problems: list[CrossProblem]
    skipped: list[Skipped]


class _Match(NamedTuple):
    """The `left` column `compare` the `right` column."""

    left: str
    compare: object
    right: str


def run(
    crosschecks: Iterable[CrossCheck],
    tables: Mapping[str, tuple[Template, dict]],
    parameters: Mapping[str, str],
) -> Outcome:
    """Make `crosschecks` over the canonical documents of `tables`, by item code.

    `parameters` are decimal strings by name. Raises ValueError for a check that does not fit its
    templates (`errors` tells).
    """
    numbers = {name: Decimal(value) for name, value in parameters.items()}
    outcome = Outcome([], [])
    for check in crosschecks:
        needed = [check.left] if check.absent_is_empty else [check.left, check.right]
        absent = [figure.item_code for figure in needed if figure.item_code not in tables]
        if absent:
            outcome.skipped.append(Skipped(check.code, absent[0]))
            continue
        left = _read(check.left, tables, numbers)
        right = _read(check.right, tables, numbers) if check.right.item_code in tables else None
        find = _unmatched if check.relation == EXISTS else _unequal
        outcome.problems.extend(find(check, left, right))
    return outcome


def errors(
    check: CrossCheck, templates: Mapping[str, Template], parameters: Iterable[str]
) -> list[str]:
    """What is wrong with `check` itself, as sentences; `templates` are by item code."""
    try:
        left, right = (
            _source(figure, templates.get(figure.item_code), parameters)
            for figure in (check.left, check.right)
        )
        if check.relation == EXISTS:
            _check_matches(check, left, right)
        else:
            _check_comparison(check, left, right)
    except ValueError as error:
        return [str(error)]
    return []


def _source(figure, template, parameters):
    if template is None:
        raise ValueError(f"事项{figure.item_code}没有表格")
    return Source(figure, template, parameters)


def _read(figure, tables, parameters):
    template, document = tables[figure.item_code]
    return Reading(Source(figure, template, parameters), document, parameters)


def _unequal(check, left, right):
    holds = COMPARISONS[check.relation]
    left_values, right_values = left.values(), right.values()
    for group in {**left_values, **right_values}:
        first, second = left_values.get(group, ZERO), right_values.get(group, ZERO)
        if not holds(first, second):
            first_text, second_text = left.text(first), right.text(second)
            difference = left.text(abs(first - second))
            message = (
                f"{check.message}：{left.place(group)}为 {first_text}，"
                f"{right.place(group)}为 {second_text}，相差 {difference}"
            )
            items = check.left.item_code, first_text, check.right.item_code, second_text
            yield CrossProblem(check.code, message, *items)


def _unmatched(check, left, right):
    matches = _matches(check)
    offered = {
        tuple(row[match.right] for match in matches)
        for _, row in (right.selected() if right else ())
    }
    for index, row in left.selected():
        sought = tuple(row[match.left] for match in matches)
        if not any(_fits(matches, sought, given) for given in offered):
            yield _no_match(check, left, right, (index, sought, matches))


def _fits(matches, sought, given):
    return all(
        left is not None and right is not None and match.compare(left, right)
        for match, left, right in zip(matches, sought, given, strict=True)
    )


def _no_match(check, left, right, place):
    index, sought, matches = place
    columns = [left.source.columns[match.left] for match in matches]
    texts = [_shown(column, value) for column, value in zip(columns, sought, strict=True)]
    figures = "，".join(f"{c.label} {text}" for c, text in zip(columns, texts, strict=True))
    where = right.source.title if right else f"事项{check.right.item_code}的表"
    message = (
        f"{check.message}：{left.source.title}第{index + 1}行（{figures}）在{where}中没有对应的记录"
    )
    items = check.left.item_code, ",".join(texts), check.right.item_code, None
    return CrossProblem(check.code, message, *items, index)


def _shown(column, value):
    if value is None:
        return "空"
    return format(column, decimal_text(column, value) if column.numeric else str(value))


def _matches(check):
    found = [(_MATCH.fullmatch(text.strip()), text) for text in check.match]
    for match, text in found:
        if not match:
            raise ValueError(f"对应关系应写成「列 == 列」：{text}")
    return [_Match(m[1], COMPARISONS[m[2]], m[3]) for m, _ in found]


def _check_comparison(check, left, right):
    if check.relation not in COMPARISONS:
        raise ValueError(f"没有「{check.relation}」这种关系")
    if check.match or check.absent_is_empty:
        raise ValueError("对应关系只用于 exists")
    if bool(left.group) != bool(right.group):
        raise ValueError("两边应都分组，或都不分组")
    for source in (left, right):
        if source.field and source.figure.header and (source.where or source.group):
            raise ValueError(f"表头「{source.field.label}」不能加条件或分组")


def _check_matches(check, left, right):
    if not check.match:
        raise ValueError("exists 应写明对应关系")
    for match in _matches(check):
        kinds = {name_of(left.column(match.left)).kind, name_of(right.column(match.right)).kind}
        if len(kinds) > 1 or (kinds == {TEXT} and match.compare is not operator.eq):
            raise ValueError(f"「{match.left}」与「{match.right}」不能这样比较")
