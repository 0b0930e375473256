"""A list filled in Excel: one record a line, its columns found by their names."""

import re
from collections.abc import Iterable, Mapping
from datetime import datetime
from unicodedata import normalize

from ..division_csv import Problem, Reading
from ..files.refusal import RefusedError
from .workbook import Cell, open_book

_HEADER_ROWS = 10


def records(
    content: bytes, columns: Mapping[str, tuple[bool, int]], most: int, reading: Reading
) -> list[tuple[int, dict[str, str]]]:
    """Return the filled lines of `content` (xlsx, first sheet): the number of each, and its texts
    by column.

    `columns` are name -> (has to be there, width); those that the sheet has not are left out. They
    are looked for in the first ten rows; empty lines are passed over. A file that is no such list,
    or has more than `most` lines, gives none, and says why in `reading.problems`.
    """
    try:
        lines = _lines(content, most)
    except RefusedError as refusal:
        reading.problems.append(Problem(1, "文件", f"无法打开：{refusal}"))
        return []
    header, places = _find_header(lines, columns)
    missing = [name for name, (required, _width) in columns.items() if required]
    missing = [name for name in missing if name not in places]
    if missing:
        reading.problems.append(Problem(header, "、".join(missing), "表头缺少这些列"))
        return []
    if len(lines) - header > most:
        reading.problems.append(Problem(header, "文件", f"一次最多导入{most}行，请分批导入"))
        return []
    found = []
    for line, cells in enumerate(lines[header:], start=header + 1):
        record = {name: _cell_text(cells[place : place + 1]) for name, place in places.items()}
        if any(record.values()):
            found.append((line, record))
    return found


def folded_text(value) -> str:
    """Return the text of a cell's `value` in one writing, full-width or not."""
    return "" if value is None else normalize("NFKC", str(value)).strip()


def _lines(content, most):
    """The values of the first sheet, row by row, with one row more than `most` below the header at
    most. Raises RefusedError."""
    sheets = open_book(content).sheets
    if not sheets:
        raise RefusedError("工作簿里没有可见的工作表。")
    cells = sheets[0].cells
    rows = range(1, min(max(cells, default=0), most + _HEADER_ROWS + 1) + 1)
    return [_row(cells.get(row, {})) for row in rows]


def _row(cells):
    empty = Cell(None)
    return [cells.get(column, empty).value for column in range(1, max(cells, default=0) + 1)]


def _find_header(lines: list[list], columns: Iterable[str]) -> tuple[int, dict[str, int]]:
    """The number of the header row and the place of each of the `columns` in it."""
    best = (1, {})
    for number, cells in enumerate(lines[:_HEADER_ROWS], start=1):
        names = [re.sub(r"[\s*]", "", folded_text(cell)) for cell in cells]
        places = {name: names.index(name) for name in columns if name in names}
        if len(places) > len(best[1]):
            best = (number, places)
    return best


def _cell_text(cells):
    """The text of one cell, given as a sequence of at most one value."""
    value = cells[0] if cells else None
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return folded_text(value)
