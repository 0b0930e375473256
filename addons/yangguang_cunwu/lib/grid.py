"""A table as the grid editor holds it: texts in rows of cells, as people read and type them.

    {"header": {key: text}, "rows": [[text, ...], ...], "zero": "1", "note": text}

A row has one text per column, in their order; rows without any entry are blank lines on the
screen and no part of the document. What cannot be read is kept as it was typed, beside the
document, until it is put right.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from .comparison import Comparison
from .periods import Period
from .tables import DocumentError, Problem, Template, check, complete, totals, values
from .tables.document import ROW_LIMIT, money_columns
from .tables.entry import read as read_cell
from .tables.program import Program

# (row of the document, None for the header; key of the column or header field)
Place = tuple[int | None, str]
# the column of a running balance, and the header field it begins with
_RUNNING = re.compile(r"\bprev\(\s*(\w+)\s*,\s*(\w+)\s*\)")


@dataclass
class Entry:
    """A grid that was read: the canonical, computed `document` without the cells that cannot be
    read. Those are in `unread` (their texts) and `sentences` (why).

    `places` are the lines of the grid by row of the document; `problems` are those of computing,
    with which the document cannot be stored.
    """

    document: dict
    places: list[int]
    unread: dict[Place, str] = field(default_factory=dict)
    sentences: dict[Place, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def check(self, template: Template, filled: Mapping, today: date) -> list[Problem]:
        """Everything wrong with the grid, `row` being the line of the grid, counted from 0.

        `filled` is the document with the header fields that the system knows.
        """
        found = self.problems or check(template, _with_unread(filled, self.unread), today)
        return [self._on_the_grid(problem) for problem in found]

    def _on_the_grid(self, problem):
        message = self.sentences.get((problem.row, problem.column), problem.message)
        row = None if problem.row is None else self.places[problem.row]
        return replace(problem, row=row, message=message)


def read(template: Template, grid: Mapping, period: Period | None) -> Entry:
    """Read `grid` as somebody filled it in for `period`; raises ValueError when it is no grid of
    `template`."""
    header, rows = _checked(template, grid)
    computed = computed_columns(template)
    entered = [index for index, c in enumerate(template.columns) if c.key not in computed]
    printed = [fixed.cells for fixed in template.fixed_rows]
    places = [
        index
        for index, row in enumerate(rows)
        if printed or any(row[column].strip() for column in entered)
    ]
    reader = _Reader(period)
    document = {
        "header": reader.read(template.header, header, None),
        "rows": [
            reader.read(template.columns, _by_key(template, rows[place], fixed), index, computed)
            for index, (place, fixed) in enumerate(
                zip(places, printed or [{}] * len(places), strict=True)
            )
        ],
    }
    for fixed, row in zip(template.fixed_rows, document["rows"], strict=False):
        row["key"] = fixed.key
    if grid.get("note"):
        document["note"] = grid["note"]
    if grid.get("zero") and not places:
        document["zero"] = "1"
    entry = Entry(document, places, reader.unread, reader.sentences)
    try:
        entry.document = complete(template, document)
    except DocumentError as error:
        entry.problems = error.problems
    return entry


def show(template: Template, document: Mapping, unread: Mapping[Place, str] | None = None) -> dict:
    """The grid of a canonical `document`, with the texts of the cells that could not be read."""
    rows = document.get("rows") or []
    if template.fixed_rows:
        given = {row.get("key"): row for row in rows}
        rows = [given.get(fixed.key, {}) | fixed.cells for fixed in template.fixed_rows]
    header = document.get("header") or {}
    shown = {
        "header": {each.key: values.format(each, header.get(each.key)) for each in template.header},
        "rows": [
            [values.format(column, row.get(column.key)) for column in template.columns]
            for row in rows
        ],
        "zero": document.get("zero"),
        "note": document.get("note"),
    }
    columns = {column.key: index for index, column in enumerate(template.columns)}
    for (row, key), text in (unread or {}).items():
        if row is None:
            shown["header"][key] = text
        else:
            shown["rows"][row][columns[key]] = text
    return shown


def differences(template: Template, grid: Mapping, entry: Entry) -> dict:
    """The cells (line, column, text) and header fields of `grid` that `entry` reads otherwise:
    written in the usual form, or computed."""
    shown = show(template, entry.document, entry.unread)
    return {
        "header": {
            key: text
            for key, text in shown["header"].items()
            if text != (grid["header"].get(key) or "")
        },
        "cells": [
            [place, column, text]
            for place, row in zip(entry.places, shown["rows"], strict=True)
            for column, text in enumerate(row)
            if text != grid["rows"][place][column]
        ],
    }


def shown_totals(template: Template, document: Mapping) -> list[str | None]:
    """The line of sums, a text for each column that asks for one."""
    sums = totals(template, document)
    return [
        values.format(column, sums[column.key]) if column.total else None
        for column in template.columns
    ]


def marks(difference: Comparison, places: list[int]) -> dict:
    """What `difference` says of each line of the grid: those that are new, and the values that
    changed cells and header fields had before."""
    return {
        "added": [places[row.after] for row in difference.added],
        "changed": [
            [places[row.after], {change.field.key: change.shown[0] for change in row.cells}]
            for row in difference.changed
        ],
        "removed": len(difference.removed),
        "header": {change.field.key: change.shown[0] for change in difference.header},
    }


def computed_columns(template: Template) -> set[str]:
    """The keys of the columns that formulas fill in every row."""
    return {assignment.target for assignment in Program.of(template).computes}


def locked_cells(template: Template) -> list[list[str]]:
    """The keys of the cells nobody types, by row of a form with fixed rows: printed or computed."""
    money = [column.key for column in money_columns(template)]
    return [[*fixed.cells, *(money if fixed.formula else [])] for fixed in template.fixed_rows]


def carry_forward(template: Template, document: Mapping) -> dict:
    """What a new period begins with: `document`, that of the last period, as it is.

    Only its balances move on: what is called 期初 takes the value of its 期末, which is then empty
    for the clerk to fill. Fields that the program writes in, a note and a zero report stay behind.
    """
    kept = [each for each in template.header if not each.automatic]
    header = document.get("header") or {}
    moved = _moved_on(kept, {each.key: header.get(each.key) for each in kept})
    return {
        "header": moved | opening_balances(template, document),
        "rows": [_moved_on(template.columns, row) for row in document.get("rows") or []],
    }


def opening_balances(template: Template, document: Mapping) -> dict[str, str]:
    """The header fields of a new period that follow from `document`, that of the period before:
    a running balance goes on where it has ended."""
    return {opening: value for opening, _closing, value in _running_balances(template, document)}


def with_closing_balances(template: Template, document: Mapping) -> dict:
    """`document`, each header field of the balance at its end filled where nobody has typed it.

    One that was typed stays: the rules compare it with the rows.
    """
    header = document.get("header") or {}
    begun = document.get("rows") or document.get("zero")
    ends = {
        closing: value
        for _opening, closing, value in _running_balances(template, document)
        if begun and closing and not header.get(closing)
    }
    return {**document, "header": header | ends}


def _running_balances(template, document) -> Iterator[tuple[str, str | None, str]]:
    """Header field of the beginning, that of the end (None in a form without one), and the
    balance after the last row, of each running balance that is known."""
    keys = {each.key for each in template.header}
    rows = document.get("rows") or []
    header = document.get("header") or {}
    for rule in template.rules:
        if rule.kind != "compute" or not (match := _RUNNING.search(rule.expression)):
            continue
        column, opening = match.groups()
        closing = opening.replace("opening", "closing")
        value = rows[-1].get(column) if rows else header.get(opening)
        if opening in keys and value:
            yield opening, closing if closing in keys - {opening} else None, value


def _moved_on(fields, values_by_key):
    keys = {each.key for each in fields}
    result = dict(values_by_key)
    for each in fields:
        closing = each.key.replace("opening", "closing")
        if each.label.startswith("期初") and closing != each.key and closing in keys:
            result[each.key] = values_by_key.get(closing)
            result[closing] = None
    return result


class _Reader:
    """Reads cells and keeps aside those that cannot be read."""

    def __init__(self, period):
        self._period = period
        self.unread = {}
        self.sentences = {}

    def read(self, fields, texts, row, computed=frozenset()):
        result = {}
        for each in fields:
            text = texts.get(each.key)
            try:
                result[each.key] = read_cell(each, text, self._period) if text else None
            except ValueError as error:
                result[each.key] = None
                if each.key not in computed:
                    self.unread[row, each.key] = text
                    self.sentences[row, each.key] = str(error)
        return result


def _checked(template, grid):
    """Header and rows of `grid`; raises ValueError when they have another shape."""
    header, rows = (grid.get("header"), grid.get("rows")) if isinstance(grid, dict) else (0, 0)
    if not isinstance(header, dict) or not isinstance(rows, list):
        raise ValueError("内容的格式不对")
    if len(rows) > ROW_LIMIT:
        raise ValueError(f"最多{ROW_LIMIT}行，现有{len(rows)}行，请分表填写")
    if header.keys() - {each.key for each in template.header}:
        raise ValueError("内容的格式不对")
    if template.fixed_rows and len(rows) != len(template.fixed_rows):
        raise ValueError(f"本表为固定格式，应有{len(template.fixed_rows)}行，次序不能改变")
    for row in (list(header.values()), *rows):
        if not isinstance(row, list) or not all(isinstance(text, str) for text in row):
            raise ValueError("内容应为文字")
    if any(len(row) != len(template.columns) for row in rows):
        raise ValueError("内容的格式不对")
    return header, rows


def _by_key(template, row, printed):
    texts = {column.key: text for column, text in zip(template.columns, row, strict=True)}
    return texts | printed


def _with_unread(document, unread):
    """A copy of `document` with the texts that could not be read in their places."""
    if not unread:
        return document
    header = dict(document.get("header") or {})
    rows = [dict(row) for row in document.get("rows") or []]
    for (row, key), text in unread.items():
        (header if row is None else rows[row])[key] = text
    return {**document, "header": header, "rows": rows}
