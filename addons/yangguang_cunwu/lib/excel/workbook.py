"""Opens a workbook somebody sent, trusting nothing in it."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import NamedTuple

import openpyxl
from openpyxl.cell.read_only import ReadOnlyCell
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet._reader import FORMULA_TAG, WorkSheetParser

from ..files import office, signature, spreadsheet
from ..files.limits import MEGABYTE
from ..files.package import Events, Package
from ..files.refusal import RefusedError
from .layout import MARK_SHEET, OPTIONS_SHEET

SIZE_LIMIT = 5 * MEGABYTE
UNPACKED_LIMIT = 25 * MEGABYTE
PARTS_LIMIT = 500
# what a sheet may hold above and between the rows, and beside the columns
LINES_LIMIT, COLUMNS_LIMIT = 20000, 120
# elements of XML that openpyxl keeps in memory: all but those of rows
ELEMENTS_LIMIT = 500_000

# equal cells of a list that are kept as one object while it is read
_KEPT_CELLS = 4096

_SAVE_AS = "请用 Excel 或 WPS 打开后另存为「Excel 工作簿（.xlsx）」再上传"


class Problem(NamedTuple):
    """What is wrong in one place; `cell` is its Excel address, "" for the file as a whole."""

    cell: str
    message: str

    def __str__(self):
        return f"{self.cell}：{self.message}" if self.cell else self.message


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


class Merge(NamedTuple):
    """Cells that were merged into one, as first and last row and column, from 1."""

    first_column: int
    first_row: int
    last_column: int
    last_row: int


@dataclass
class Sheet:
    """A sheet that can be seen: its filled cells, and where cells were merged."""

    cells: Grid
    merges: list[Merge]


@dataclass
class Book:
    """The sheets that can be seen, and the form's mark (empty strings without one)."""

    sheets: list[Sheet]
    mark: Mark


class Limits(NamedTuple):
    """What a workbook may hold: bytes packed and unpacked, lines in a sheet."""

    size: int = SIZE_LIMIT
    unpacked: int = UNPACKED_LIMIT
    lines: int = LINES_LIMIT


def address(row: int, column: int) -> str:
    """The Excel address of a cell, such as D7."""
    return f"{get_column_letter(column)}{row}"


def open_book(data: bytes) -> Book:
    """Return what the .xlsx file `data` holds; raises RefusedError for anything else."""
    merges = _checked(data, Limits())
    try:
        return _read(data, merges)
    except RefusedError:
        raise
    except Exception as error:
        raise _broken() from error


def first_sheet(data: bytes, limits: Limits) -> Iterator[tuple[int, dict[int, Cell]]]:
    """Yield the filled rows of the first sheet that can be seen, one at a time: number, and cell
    by column. Raises RefusedError for anything but an .xlsx file within `limits`."""
    _checked(data, limits)
    try:
        book = _load(data)
        sheet = next((one for one in book.worksheets if one.sheet_state == "visible"), None)
        if sheet is not None:
            yield from _rows(book, sheet, limits.lines, _KEPT_CELLS)
    except RefusedError:
        raise
    except Exception as error:
        raise _broken() from error


def _broken():
    # a broken workbook makes the library fail in any way: KeyError, TypeError, ParseError …
    return RefusedError(f"文件已损坏，无法读取；{_SAVE_AS}。")


def _checked(data, limits):
    """The merged cells of each sheet by its name; refuses what is no workbook within `limits`."""
    if len(data) > limits.size:
        raise RefusedError(f"文件超过 {limits.size // MEGABYTE} MB，请删去图片或分开上传。")
    if signature.detect(data) != "zip":
        raise RefusedError(f"这不是 .xlsx 文件；{_SAVE_AS}。")
    package = Package(data, limits.unpacked, PARTS_LIMIT)
    if office.kind_of(package) != "xlsx":
        raise RefusedError(f"这不是 .xlsx 文件；{_SAVE_AS}。")
    return _check_parts(package)


def _check_parts(package):
    """Refuse what the library must not meet; return the merged cells of each sheet by its name."""
    if any("externallinks/" in name.lower() for name in package.names):
        raise RefusedError(
            "表格链接了别的工作簿，读到的数可能是旧的；请把有链接的公式复制后「选择性粘贴-数值」再上传。"
        )
    merges = {}
    for name in filter(package.is_xml, package.names):
        merges[name] = _merges(package, package.read(name))
    return {sheet.name: merges.get(sheet.part, []) for sheet in spreadsheet.sheets(package)}


def _merges(package, content):
    """The merged cells of a part; refuses one of which openpyxl would keep too much."""
    outside = _outside_rows(content)
    small = outside.count(b"<") <= ELEMENTS_LIMIT and b"mergeCell" not in outside
    # a document type is looked for by the slower way alone
    if small and b"<!" not in content and b"\0" not in content:
        return []
    shape = _Shape()
    package.parse_bytes(outside, shape)
    return shape.merges


def _outside_rows(content):
    """`content` without its rows, where they stand as programs write them: one right after the
    other, nothing between. The reader lets go of each before it reads the next."""
    begin, end = content.find(b"<row"), content.rfind(b"</row>") + len(b"</row>")
    # comments could hide a tag; a second instruction and UTF-16 too
    plain = b"<!" not in content and b"\0" not in content and content.count(b"<?") <= 1
    rows = content.count(b"</row>")
    if (
        not plain
        or not rows
        or content.count(b"<row", begin, end) != rows
        or content.count(b"</row><row") != rows - 1
    ):
        return content
    return content[:begin] + content[end:]


class _Shape(Events):
    """What is merged in a part, and how much of it openpyxl would keep."""

    def __init__(self):
        self.merges = []
        self._elements = 0
        self._in_row = False

    def start(self, tag, attributes):
        if tag == "row":
            self._in_row = True
        elif tag == "mergeCell":
            self.merges.append(Merge(*range_boundaries(attributes["ref"])))
        self._elements += not self._in_row
        if self._elements > ELEMENTS_LIMIT:
            raise RefusedError("表格内容过多，不能读取；请删去多余的格式和工作表，或分开上传。")

    def end(self, tag):
        if tag == "row":
            self._in_row = False


def _load(data):
    return openpyxl.load_workbook(
        io.BytesIO(data), read_only=True, data_only=True, keep_links=False
    )


def _read(data, merges):
    book = _load(data)
    mark = Mark()
    sheets = []
    for sheet in book.worksheets:
        if sheet.title == MARK_SHEET:
            texts = [str(cell) for row in sheet.iter_rows(values_only=True) for cell in row]
            mark = Mark(*texts[: len(Mark._fields)])
        elif sheet.title != OPTIONS_SHEET and sheet.sheet_state == "visible":
            sheets.append(Sheet(_grid(book, sheet), merges.get(sheet.title, [])))
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
    grid = {}
    for number, cells in _rows(book, sheet, LINES_LIMIT, None):
        grid.setdefault(number, cells)
    return grid


def _rows(book, sheet, lines, kept):
    """The filled rows of a sheet of at most `lines` lines, as they stand in it."""

    @cache
    def is_percent(style):
        return "%" in (ReadOnlyCell(sheet, 1, 1, None, style_id=style).number_format or "")

    # equal cells are one object: a large sheet says the same again and again
    @lru_cache(maxsize=kept, typed=True)
    def cell_of(value, style):
        return Cell(None if value is _Parser.UNCOMPUTED else value, is_percent(style))

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
            if number > lines:
                raise RefusedError(f"表格超过 {lines} 行，请分开上传。")
            yield number, filled
