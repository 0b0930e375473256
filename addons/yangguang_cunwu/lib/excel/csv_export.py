"""A published face as CSV, for open data."""

import csv
import io
import re

from ..face import heading
from ..tables.template import NUMERIC_TYPES

# with these a spreadsheet program takes a text for a formula; the escapes are full-width = + - @
_FORMULA_START = re.compile("[=+\\-@\t\r\uff1d\uff0b\uff0d\uff20]")


def to_csv(face: dict) -> bytes:
    """Return the rows of `face` as CSV in UTF-8 with a byte order mark, under one line of heads.

    Amounts are written without separators. A face that shows totals alone has one line of them; a
    face of text has a line for every paragraph.
    """
    target = io.StringIO(newline="")
    writer = csv.writer(target)
    columns = face["columns"]
    if columns:
        writer.writerow([_plain(heading(column)) for column in columns])
        rows = face["rows"] if face["detail"] == "rows" else [face["totals"] or []]
        writer.writerows(
            [_cell(column, cell) for column, cell in zip(columns, row, strict=False)]
            for row in rows
        )
    elif face["text"]:
        writer.writerow(["内容"])
        writer.writerows([_plain(line)] for line in face["text"].split("\n"))
    return target.getvalue().encode("utf-8-sig")


def _cell(column, text):
    if text is None:
        return ""
    return text.replace(",", "") if column["type"] in NUMERIC_TYPES else _plain(text)


def _plain(text):
    return f"'{text}" if _FORMULA_START.match(text) else text
