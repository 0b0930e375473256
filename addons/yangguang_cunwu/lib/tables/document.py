"""The document of one disclosure: its shape, and its canonical, complete form.

    {"header": {key: value}, "rows": [{key: value}], "zero": "1", "note": "…", "text": "…"}

Every value is a string or None. `zero` declares that nothing happened in the period, then there
are no rows. Rows of a form with fixed rows carry the row's "key".
"""

from collections.abc import Iterable

from .expression import Context, EvaluationError
from .problem import DocumentError, Problem
from .program import Program
from .template import Column, HeaderField, Template
from .values import clean, from_decimal, parse, to_python

ROW_LIMIT = 10_000
LONG_TEXT_LIMIT = 20000
_TEXTS = ("text", "note")
_SCALARS = frozenset({str, type(None)})
_KEYS = ("header", "rows", "zero", *_TEXTS)


def complete(template: Template, document: dict) -> dict:
    """The canonical form of `document`, with every field present and the computed cells filled.

    A computed cell that cannot be computed (division by zero) is left empty; one whose formula is
    skipped keeps what was typed. Raises DocumentError for unknown keys and unreadable values.
    """
    program = Program.of(template)
    problems = structure_problems(template, document)
    if problems:
        raise DocumentError(problems, template)
    rows = document.get("rows") or []
    if template.fixed_rows:
        rows = _fixed_rows(template, rows, problems)
    result = {
        "header": _canonical(template.header, document.get("header") or {}, None, problems),
        "rows": [
            _canonical(template.columns, row, index, problems) for index, row in enumerate(rows)
        ],
    }
    for key in _TEXTS:
        if text := clean(document.get(key) or ""):
            result[key] = text
    if document.get("zero"):
        result["zero"] = "1"
    if not problems:
        _Filling(program, result, problems).fill()
    if problems:
        raise DocumentError(problems, template)
    if template.fixed_rows:
        for fixed, row in zip(template.fixed_rows, result["rows"], strict=True):
            row["key"] = fixed.key
    return result


def structure_problems(template: Template, document: dict) -> list[Problem]:
    """What keeps `document` from being one of `template`: keys, kinds of values, size, zero."""
    if not isinstance(document, dict):
        return [_structure("内容的格式不对")]
    problems = [_structure(f"不应有「{key}」") for key in document if key not in _KEYS]
    problems += _text_problems(document)
    header, rows = document.get("header") or {}, document.get("rows") or []
    if not isinstance(header, dict) or not isinstance(rows, list):
        return [*problems, _structure("内容的格式不对")]
    problems += _key_problems(header, {field.key for field in template.header}, None)
    if len(rows) > ROW_LIMIT:
        return [*problems, _structure(f"最多{ROW_LIMIT}行，现有{len(rows)}行，请分表填写")]
    if document.get("zero"):
        problems += _zero_problems(template, document["zero"], rows)
    keys = {column.key for column in template.columns}
    if template.fixed_rows:
        keys.add("key")
    for index, row in enumerate(rows):
        if isinstance(row, dict):
            problems += _key_problems(row, keys, index)
        else:
            problems.append(_structure("这一行的格式不对", index))
    return problems


def money_columns(template: Template) -> list[Column]:
    """The columns whose cells the formulas of fixed rows compute."""
    return [column for column in template.columns if column.type == "money"]


def _structure(message, row=None, column=None):
    return Problem(row, column, message, "structure")


def _text_problems(document):
    for key in _TEXTS:
        text = document.get(key)
        if text is not None and not isinstance(text, str):
            yield _structure("说明应为文字")
        elif text and len(text) > LONG_TEXT_LIMIT:
            yield _structure(f"文字过长，最多{LONG_TEXT_LIMIT}字")


def _zero_problems(template, zero, rows):
    if zero != "1":
        yield _structure("零报告的标记不对")
    if rows:
        yield _structure("零报告不应有内容行，请删去各行，或取消零报告")
    if template.fixed_rows:
        yield _structure("固定格式的报表不能作零报告，没有的金额请填 0.00")


def _key_problems(values, known, row):
    if values.keys() <= known and _SCALARS.issuperset(map(type, values.values())):
        return
    for key, value in values.items():
        if key not in known:
            yield _structure("没有这一栏", row, str(key))
        elif value is not None and not isinstance(value, str):
            yield _structure("内容应为文字", row, key)


def _canonical(fields: Iterable[Column | HeaderField], values, row, problems):
    result = {}
    for field in fields:
        try:
            result[field.key] = parse(field, values.get(field.key))
        except ValueError as error:
            problems.append(Problem(row, field.key, str(error), "type", (field.key,)))
    return result


def _fixed_rows(template, rows, problems):
    """The given rows in the form's order, absent ones blank, printed cells as printed."""
    given = {}
    known = {fixed.key for fixed in template.fixed_rows}
    for index, row in enumerate(rows):
        key = row.get("key")
        if key not in known or key in given:
            problems.append(_structure("不是本表固定的行，或与别的行重复", index))
        given[key] = row
    return [given.get(fixed.key, {}) | fixed.cells for fixed in template.fixed_rows]


class _Filling:
    """Fills the computed cells of a canonical document in place."""

    def __init__(self, program, document, problems):
        self.program = program
        self.rows = document["rows"]
        self.problems = problems
        self.context = Context(
            {key: to_python(f, document["header"][key]) for key, f in program.header.items()}
        )

    def fill(self):
        previous = None
        for index, row in enumerate(self.rows):
            values = self._values(row)
            self.context.row, self.context.previous = values, previous
            for assignment in self.program.computes:
                column = self.program.columns[assignment.target]
                self._assign(assignment, column, values, (index, row))
            previous = values
        for column in money_columns(self.program.template) if self.program.fixed else ():
            self._fill_fixed(column)

    def _fill_fixed(self, column):
        by_key = dict(zip(self.program.fixed_rows, enumerate(self.rows), strict=True))
        values = {key: to_python(column, row[column.key]) for key, (_, row) in by_key.items()}
        self.context.row = values
        for assignment in self.program.fixed:
            self._assign(assignment, column, values, by_key[assignment.target])

    def _assign(self, assignment, column, values, place):
        index, row = place
        try:
            value = assignment.formula.evaluate(self.context)
        except EvaluationError:
            row[column.key] = values[assignment.target] = None
            return
        if value is None:
            return
        try:
            row[column.key] = from_decimal(column, value)
        except ValueError as error:
            self.problems.append(Problem(index, column.key, str(error), "compute"))
            return
        values[assignment.target] = to_python(column, row[column.key])

    def _values(self, row):
        return {key: to_python(column, row[key]) for key, column in self.program.columns.items()}
