"""Opens a workbook somebody sent, trusting nothing in it."""

import io
import zipfile
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from .layout import MARK_SHEET, OPTIONS_SHEET

MEGABYTE = 1024 * 1024
SIZE_LIMIT = 5 * MEGABYTE
UNPACKED_LIMIT = 25 * MEGABYTE
PARTS_LIMIT = 500
# what a sheet may hold above and between the rows, and beside the columns
LINES_LIMIT, COLUMNS_LIMIT = 20000, 120

_OLD_FORMAT = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BEFORE_XML = b"\xef\xbb\xbf\xff\xfe \t\r\n"
_SAVE_AS = "请用 Excel 或 WPS 打开后另存为「Excel 工作簿（.xlsx）」再上传"


class Problem(NamedTuple):
    """What is wrong in one place; `cell` is its Excel address, "" for the file as a whole."""

    cell: str
    message: str

    def __str__(self):
        return f"{self.cell}：{self.message}" if self.cell else self.message


class UnreadableFileError(Exception):
    """The file is refused; the message is a sentence for the person who sent it."""


class Cell(NamedTuple):
    """A filled cell. `value` is what Excel stores; None when it is a formula never computed."""

    value: object
    percent: bool = False


# the filled cells of one sheet: row number -> column number -> cell, both from 1
Grid = dict[int, dict[int, Cell]]


class Mark(NamedTuple):
    """What a form's hidden sheet says about it."""

    format: str = ""
    code: str = ""
    version: str = ""


@dataclass
class Book:
    """The sheets that can be seen, and the form's mark (empty strings without one)."""

    sheets: list[Grid]
    mark: Mark


def address(row: int, column: int) -> str:
    """The Excel address of a cell, such as D7."""
    return f"{get_column_letter(column)}{row}"


def open_book(data: bytes) -> Book:
    """Return what the .xlsx file `data` holds; raises UnreadableFileError for anything else."""
    _check_file(data)
    try:
        _check_parts(data)
        return _read(data)
    except UnreadableFileError:
        raise
    except Exception as error:
        # a broken workbook makes the libraries fail in any way: KeyError, zlib.error, ParseError …
        raise UnreadableFileError(f"文件已损坏，无法读取；{_SAVE_AS}。") from error


def _check_file(data):
    if len(data) > SIZE_LIMIT:
        raise UnreadableFileError(f"文件超过 {SIZE_LIMIT // MEGABYTE} MB，请删去图片或分开上传。")
    if data.startswith(_OLD_FORMAT):
        raise UnreadableFileError(f"这是旧的 .xls 格式或加了密码的文件，不能读取；{_SAVE_AS}。")
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise UnreadableFileError(f"这不是 .xlsx 文件；{_SAVE_AS}。")


def _check_parts(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = archive.infolist()
        # zipfile stops reading at the declared size, so a false one does not get past this
        if sum(part.file_size for part in parts) > UNPACKED_LIMIT or len(parts) > PARTS_LIMIT:
            raise UnreadableFileError("文件解压后过大，不能读取。")
        names = {part.filename.lower() for part in parts}
        if "[content_types].xml" not in names:
            raise UnreadableFileError(f"这不是 .xlsx 文件；{_SAVE_AS}。")
        if any("vbaproject" in name or "macrosheets/" in name for name in names):
            raise UnreadableFileError(f"文件带有宏，不能上传；{_SAVE_AS}。")
        # workbooks have no document type; with one come entities and outside files
        if any(map(_has_document_type, map(archive.read, parts))):
            raise UnreadableFileError("文件含有不允许的内容（外部实体），不能读取。")


def _has_document_type(part):
    text = part.replace(b"\0", b"").lstrip(_BEFORE_XML)  # UTF-16 has zero bytes
    if not text.startswith(b"<"):
        return False  # a picture
    return b"<!" in text.replace(b"<!--", b"").replace(b"<![CDATA[", b"")


def _read(data):
    book = openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )
    mark = Mark()
    sheets = []
    for sheet in book.worksheets:
        if sheet.title == MARK_SHEET:
            texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
            mark = Mark(*texts[: len(Mark._fields)])
        elif sheet.title != OPTIONS_SHEET and sheet.sheet_state == "visible":
            sheets.append(_grid(book, sheet))
    return Book(sheets, mark)


class _Parser(WorkSheetParser):
    """Values as Excel stores them, in one pass, and `UNCOMPUTED` for a formula without one."""

    UNCOMPUTED = object()

    def parse_row(self, row):
        number, cells = super().parse_row(row)
        for cell, element in zip(cells, row, strict=True):
            if cell["value"] is None and element.find(FORMULA_TAG) is not None:
                cell["value"] = self.UNCOMPUTED
        return number, cells


def _grid(book, sheet):
    @cache
    def is_percent(style):
        return "%" in (ReadOnlyCell(sheet, 1, 1, None, style_id=style).number_format or "")

    # equal cells are one object: a large sheet says the same again and again
    @lru_cache(maxsize=None, typed=True)
    def cell_of(value, style):
        return Cell(None if value is _Parser.UNCOMPUTED else value, is_percent(style))

    grid = {}
    with sheet._get_source() as source:
        parser = _Parser(
            source,
            sheet._shared_strings,
            data_only=True,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        for number, cells in parser.parse():
            filled = {}
            for cell in cells:
                value, column = cell["value"], cell["column"]
                if value is not None and value != "" and column <= COLUMNS_LIMIT:
                    filled[column] = cell_of(value, cell["style_id"])
            if not filled:
                continue
            if number > LINES_LIMIT:
                raise UnreadableFileError(f"表格超过 {LINES_LIMIT} 行，请分开上传。")
            grid.setdefault(number, filled)
    return grid
