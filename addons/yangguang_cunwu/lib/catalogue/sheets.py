"""An edition as the rows of a workbook's sheets, and back: plain lists of strings."""

from collections.abc import Mapping, Sequence

from ..tables.plain import SEPARATOR
from .edition import Edition
from .flat import from_tables, to_tables
from .layout import HEAD, HEAD_TITLE, SHEETS

ROW_LIMIT = 100_000


def to_sheets(edition: Edition) -> dict[str, list[list[str]]]:
    """The rows of every sheet by its title, headings first."""
    data = edition.to_dict()
    tables = to_tables(data)
    sheets = {HEAD_TITLE: [["栏目", "内容"]]}
    sheets[HEAD_TITLE] += [[heading, data.get(name, "")] for name, heading in HEAD.items()]
    for sheet in SHEETS:
        rows = [
            [_cell(_get(record, name)) for name in sheet.fields] for record in tables[sheet.name]
        ]
        sheets[sheet.title] = [list(sheet.fields.values()), *rows]
    return sheets


def from_sheets(sheets: Mapping[str, Sequence[Sequence[str]]]) -> Edition:
    """The edition in `sheets`, the inverse of `to_sheets`.

    A sheet may be absent, its columns in any order. Raises ValueError with a sentence that names
    the sheet.
    """
    titles = {HEAD_TITLE, *(sheet.title for sheet in SHEETS)}
    if unknown := sorted(sheets.keys() - titles):
        raise ValueError(f"没有「{unknown[0]}」这张工作表")
    names = {heading: name for name, heading in HEAD.items()}
    head = {
        names[row[0]]: row[1]
        for row in sheets.get(HEAD_TITLE, ())[1:]
        if len(row) > 1 and row[0] in names and row[1]
    }
    tables = {sheet.name: _records(sheet, sheets.get(sheet.title) or [[]]) for sheet in SHEETS}
    return Edition.from_dict(head | from_tables(tables))


def _records(sheet, rows):
    if len(rows) > ROW_LIMIT:
        raise ValueError(f"工作表「{sheet.title}」过大")
    headings, *rows = rows
    names = {heading: name for name, heading in sheet.fields.items()}
    if headings and (missing := [heading for heading in names if heading not in headings]):
        raise ValueError(f"工作表「{sheet.title}」缺少「{missing[0]}」一栏")
    records = []
    for row in rows:
        record = {}
        for heading, value in zip(headings, row, strict=False):
            if value and heading in names:
                _set(record, names[heading], value)
        if record:
            records.append(record)
    return records


def _get(record, name):
    first, _, rest = name.partition(".")
    value = record.get(first, "")
    return _get(value, rest) if rest else value


def _set(record, name, value):
    first, _, rest = name.partition(".")
    if rest:
        _set(record.setdefault(first, {}), rest, value)
    else:
        record[first] = value


def _cell(value):
    if isinstance(value, list):
        return SEPARATOR.join(value)
    return ("是" if value else "否") if isinstance(value, bool) else value
