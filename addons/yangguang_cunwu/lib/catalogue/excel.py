"""The catalogue as an Excel workbook, for the bureau to edit and send back."""

import zlib
from datetime import date, datetime
from io import BytesIO
from zipfile import BadZipFile

import openpyxl
import xlsxwriter

from .edition import Edition
from .sheets import ROW_LIMIT, from_sheets, to_sheets

SIZE_LIMIT = 10_000_000  # bytes
_COLUMN_LIMIT = 50
_WIDTH = 18
# what a damaged file makes openpyxl raise; broken XML is a SyntaxError
_DAMAGE = (BadZipFile, EOFError, KeyError, OSError, SyntaxError, TypeError, ValueError, zlib.error)


def to_workbook(edition: Edition) -> bytes:
    """The .xlsx file of `edition`, one sheet for each kind of record."""
    buffer = BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as workbook:
        heading = workbook.add_format({"bold": True, "bottom": 1})
        text = workbook.add_format({"num_format": "@"})
        for title, rows in to_sheets(edition).items():
            sheet = workbook.add_worksheet(title)
            sheet.freeze_panes(1, 1)
            sheet.set_column(0, len(rows[0]) - 1, _WIDTH, text)
            for number, row in enumerate(rows):
                for column, value in enumerate(row):
                    # as text, so that codes keep their zeros and formulas stay letters
                    sheet.write_string(number, column, value, text if number else heading)
    return buffer.getvalue()


def from_workbook(content: bytes) -> Edition:
    """The edition in an .xlsx file, the inverse of `to_workbook`; ValueError when it is none."""
    if len(content) > SIZE_LIMIT:
        raise ValueError("文件过大")
    try:
        sheets = _read(content)
    except _DAMAGE as error:
        raise ValueError("这不是 Excel 工作簿（.xlsx），或文件已损坏") from error
    return from_sheets(sheets)


def _read(content):
    workbook = openpyxl.load_workbook(BytesIO(content), read_only=True, data_only=True)
    return {
        sheet.title: [
            [_text(value) for value in row]
            for row in sheet.iter_rows(
                max_row=ROW_LIMIT + 1, max_col=_COLUMN_LIMIT, values_only=True
            )
        ]
        for sheet in workbook.worksheets
    }


def _text(value):
    """A cell as text: Excel makes numbers and dates of what people type."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date):
        return f"{value:%Y-%m-%d}"
    return str(value)
