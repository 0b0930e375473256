"""A published face as an Excel workbook, for people who go on calculating with it."""

import io
from datetime import date

import xlsxwriter

from ..face import heading, notice, place
from ..tables.template import NUMERIC_TYPES
from ..worded import worded_totals
from .layout import TOTAL
from .style import WORKBOOK, Styles, column_width, set_up_print, text_lines

# columns and their width where the face has no table
_TEXT_COLUMNS, _TEXT_WIDTH = 6, 15
# header fields on a line
_FIELDS = 4
# the height of a line of text, and what Excel allows a row, in points
_LINE, _HIGHEST = 18, 409


def export(face: dict) -> bytes:
    """Return `face` as .xlsx: what the page shows, with amounts and dates Excel can reckon with.

    Texts stay texts whatever they begin with.
    """
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, WORKBOOK) as workbook:
        _Export(workbook, face).write()
    return target.getvalue()


class _Export:
    """One workbook being written from top to bottom; `_row` is the next free row."""

    def __init__(self, workbook, face):
        self._face = face
        self._styles = Styles(workbook)
        self._sheet = workbook.add_worksheet("公开表")
        self._heads = list(map(heading, face["columns"]))
        self._widths = [
            column_width([head, *(row[index] or "" for row in face["rows"])])
            for index, head in enumerate(self._heads)
        ] or [_TEXT_WIDTH] * _TEXT_COLUMNS
        self._row = 0

    def write(self):
        face = self._face
        for index, width in enumerate(self._widths):
            self._sheet.set_column(index, index, width)
        self._line(face["title"], self._styles.title)
        self._sheet.set_row(0, 30)
        self._line("    ".join(filter(None, (place(face), face["period"], face["unit_note"]))))
        fields = [f"{field['label']}\uff1a{field['value']}" for field in face["header"]]
        for start in range(0, len(fields), _FIELDS):
            self._line("    ".join(fields[start : start + _FIELDS]))
        head_row = self._row
        if face["columns"]:
            self._write_table()
        basis = face["legal_basis"] and f"公开依据\uff1a{face['legal_basis']}"
        for text in (notice(face), face["text"], face["note"], basis, face["reconstruction"]):
            for line in text.split("\n") if text else ():
                self._line(line)
        for step in face["procedure"]:
            self._line("  ".join(filter(None, (step["label"], step["person"], step["date"]))))
        set_up_print(self._sheet, face["orientation"], head_row)

    def _line(self, text, style=None):
        style = style or self._styles.plain
        last = len(self._widths) - 1
        self._sheet.set_row(self._row, min(_LINE * text_lines(text, sum(self._widths)), _HIGHEST))
        if last:
            self._sheet.merge_range(self._row, 0, self._row, last, "", style)
        self._sheet.write_string(self._row, 0, text, style)
        self._row += 1

    def _write_table(self):
        face = self._face
        for index, head in enumerate(self._heads):
            self._sheet.write_string(self._row, index, head, self._styles.head)
        self._row += 1
        for row in face["rows"]:
            self._write_cells(row)
        if face["totals"] and not face["zero"]:
            first, *others = face["totals"]
            self._write_cells([first or TOTAL, *others], bold=True)
        for line in worded_totals(face):
            self._line(line)

    def _write_cells(self, row, bold=False):
        for index, (column, text) in enumerate(zip(self._face["columns"], row, strict=True)):
            self._write_cell(index, column["type"], text or "", bold)
        self._row += 1

    def _write_cell(self, index, type_, text, bold):
        style = self._styles.cell(type_, bold=bold)
        if not text:
            self._sheet.write_blank(self._row, index, None, style)
        elif type_ in NUMERIC_TYPES and text != TOTAL:
            self._sheet.write_number(self._row, index, float(text.replace(",", "")), style)
        elif type_ == "date" and text != TOTAL:
            self._sheet.write_datetime(self._row, index, date.fromisoformat(text), style)
        else:
            self._sheet.write_string(self._row, index, text, style)
