"""Checking a document against its template's rules, and adding up its columns."""

from datetime import date
from decimal import Decimal

from .document import complete, money_columns, structure_problems
from .expression import Context, EvaluationError
from .problem import DocumentError, Problem
from .program import Program
from .template import NUMERIC_TYPES, Template
from .values import (
    ARITHMETIC,
    ZERO,
    decimal_text,
    format,
    from_decimal,
    is_canonical,
    parse,
    to_python,
)

__all__ = ["DocumentError", "Problem", "check", "complete", "totals"]


def check(template: Template, document: dict, today: date) -> list[Problem]:
    """Everything that keeps `document` (in the form `complete` gives) from being submitted.

    Computed cells are computed again. Rows that can be read are checked even when others cannot,
    so that one report names every wrong cell. Raises ValueError when the template itself is wrong.
    """
    program = Program.of(template)
    return structure_problems(template, document) or _Checking(program, document, today).run()


def totals(template: Template, document: dict) -> dict[str, str]:
    """The sums of the columns that ask for one, over the rows of a canonical document."""
    return {
        column.key: decimal_text(column, total(document["rows"], column.key))
        for column in template.columns
        if column.total
    }


def total(rows: list[dict], key: str) -> Decimal:
    """The sum of the cells `key` of canonical `rows`; an empty one counts as 0."""
    result = ZERO
    for row in rows:
        if value := row.get(key):
            result = ARITHMETIC.add(result, Decimal(value))
    return result


class _Checking:
    """One run over one document; `found` collects the problems."""

    def __init__(self, program, document, today):
        self.program = program
        self.template = program.template
        self.header = document.get("header") or {}
        self.rows = document.get("rows") or []
        self.zero = document.get("zero") == "1"
        self.context = Context(today=today)
        self.found: list[Problem] = []
        # beside each column what was found to be canonical: most contents come again and again
        self.columns = [(column, set()) for column in self.template.columns]

    def run(self):
        if not self.zero and not self._has_its_rows():
            return self.found
        required = {f.key for f in self.template.header if f.required and not f.automatic}
        header = [(field, set()) for field in self.template.header]
        readable = self._readable(header, self.header, None, required)
        values = [self._row_values(index, row) for index, row in enumerate(self.rows)]
        if readable:
            self.context.header = _values(self.program.header, self.header)
            self._check_rows(values)
            if None not in values:
                self.context.rows = values
                self._check_table()
        return self.found

    def _add(self, kind, row, column, message, columns=()):
        columns = columns or ((column,) if column else ())
        self.found.append(Problem(row, column, message, kind, columns))

    def _has_its_rows(self):
        fixed_rows = self.template.fixed_rows
        if fixed_rows and [row.get("key") for row in self.rows] != [f.key for f in fixed_rows]:
            message = f"本表为固定格式，应有{len(fixed_rows)}行，次序不能改变"
            self._add("structure", None, None, message)
        elif not self.rows:
            self._add("empty", None, None, "至少填写一行；本期没有此事项的，请作零报告")
        return not self.found

    def _readable(self, fields, values, row, required):
        readable = True
        for field, canonical in fields:
            value = values.get(field.key)
            if value in canonical:
                continue
            if value is None:
                if field.key in required:
                    self._add("required", row, field.key, "必须填写")
                continue
            try:
                if is_canonical(field, value):
                    canonical.add(value)
                    continue
                message = f"写法应为 {parse(field, value) or '空'}"
            except ValueError as error:
                message = str(error)
            readable = False
            self._add("type", row, field.key, message)
        return readable

    def _row_values(self, index, row):
        required = self.program.required
        if self.template.fixed_rows:
            fixed = self.template.fixed_rows[index]
            for key, printed in fixed.cells.items():
                if row.get(key) != printed:
                    self._add("structure", index, key, f"此处印定为「{printed}」，不能改动")
            if fixed.formula:
                required = required - {column.key for column in money_columns(self.template)}
        if self._readable(self.columns, row, index, required):
            return _values(self.program.touched, row)
        return None

    def _check_rows(self, rows):
        context = self.context
        for index, values in enumerate(rows):
            if values is not None:
                context.row, context.previous = values, rows[index - 1] if index else None
                # a formula that looks back says nothing about a row after an unreadable one
                broken = index > 0 and context.previous is None
                for assignment in self.program.computes:
                    if not (broken and assignment.formula.looks_back):
                        column = self.program.columns[assignment.target]
                        self._check_computed(assignment, index, column, column.label)
                for check in self.program.checks:
                    if not (broken and check.formula.looks_back):
                        self._check_row(check, index)

    def _check_computed(self, assignment, index, column, label):
        formula, stored = assignment.formula, self.context.row[assignment.target]
        try:
            expected = formula.evaluate(self.context)
            text = from_decimal(column, expected) if expected is not None else None
        except ValueError as error:
            message = str(error)
        else:
            if text is None:
                if stored is None and column.required:
                    self._add("required", index, column.key, "必须填写")
                return
            if stored is not None and stored == Decimal(text):
                return
            now = "空" if stored is None else format(column, decimal_text(column, stored))
            message = f"应为 {format(column, text)}，现为 {now}"
        message += f"（{label} = {self.program.describe(formula)}）"
        names = [name for name in formula.names if name in self.program.columns]
        self._add("compute", index, column.key, message, _unique(column.key, *names))

    def _check_row(self, check, index):
        if message := self._failure(check):
            columns = [
                self.program.columns[name]
                for name in check.formula.names
                if name in self.program.columns
            ]
            figures = _figures((c.label, c, self.rows[index].get(c.key)) for c in columns)
            keys = tuple(column.key for column in columns)
            self._add("check", index, keys[0] if keys else None, message + figures, keys)

    def _check_table(self):
        program = self.program
        for check in program.table_checks:
            if not any(name in program.fixed_rows for name in check.formula.names):
                self._check_sums(check)
        for column in money_columns(self.template) if program.fixed_rows else ():
            self.context.row = {
                key: values[column.key]
                for key, values in zip(program.fixed_rows, self.context.rows, strict=False)
            }
            self._check_fixed(column)

    def _check_sums(self, check):
        if message := self._failure(check):
            names = check.formula.names
            header, columns = self.program.header, self.program.columns
            figures = _figures(
                (header[name].label, header[name], self.header.get(name))
                if name in header
                else (f"{columns[name].label}合计", columns[name], self._total(name))
                for name in names
            )
            place = next((name for name in names if name in header), names[0] if names else None)
            self._add("table", None, place, message + figures, names)

    def _check_fixed(self, column):
        keys = list(self.program.fixed_rows)
        for assignment in self.program.fixed:
            label = self.program.fixed_rows[assignment.target].label
            self._check_computed(assignment, keys.index(assignment.target), column, label)
        for check in self.program.table_checks:
            names = [name for name in check.formula.names if name in self.program.fixed_rows]
            if names and (message := self._failure(check)):
                index = keys.index(names[0])
                figures = _figures(
                    (self.program.fixed_rows[name].label, column, self._cell(name, column))
                    for name in names
                )
                self._add("table", index, column.key, message + figures)

    def _failure(self, check):
        """The sentence of a check that does not hold, None of one that does or is skipped."""
        try:
            return check.message if check.formula.evaluate(self.context) is False else None
        except EvaluationError as error:
            return f"{check.message}：{error}"

    def _total(self, name):
        return decimal_text(self.program.columns[name], total(self.rows, name))

    def _cell(self, key, column):
        return self.rows[list(self.program.fixed_rows).index(key)].get(column.key)


def _unique(*names):
    return tuple(dict.fromkeys(names))


def _values(fields, texts):
    return {key: to_python(field, texts.get(key)) for key, field in fields.items()}


def _figures(labelled):
    """The figures a rule compared, for its sentence; texts may be personal and stay out."""
    shown = [
        f"{label} {format(field, value)}"
        for label, field, value in labelled
        if value is not None and (field.type == "date" or field.type in NUMERIC_TYPES)
    ]
    return f"（{'，'.join(shown)}）" if shown else ""
