"""A list in a file of unknown make: xlsx, or csv in UTF-8 or GB18030. Read line by line."""

import csv
import io
from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.excel.workbook import Cell, Limits, first_sheet
from odoo.addons.yangguang_cunwu.lib.files.limits import MEGABYTE
from odoo.addons.yangguang_cunwu.lib.files.refusal import RefusedError

from .fields import known_heads, normal

# of the file, and of a workbook unpacked; lines: 50,000 with a head and sums between them
SIZE_LIMIT = 20 * MEGABYTE
LINES_LIMIT = 60_000
# characters, as in a workbook's cell; more is a quotation mark without its other one
_CELL_LIMIT = 32_767
_LIMITS = Limits(SIZE_LIMIT, 200 * MEGABYTE, LINES_LIMIT)
_NO_CSV = "不是规范的CSV文件，请重新导出。"
_HEAD_SEARCH = 30
_DELIMITERS = "\t,;"
# the second line of a head, below 期初余额 and the like
_SUBHEADS = frozenset({"借方", "贷方", "方向", "余额", "金额", "借方金额", "贷方金额", "本币"})

# the number of a row, and its filled cells by the number of their column
Row = tuple[int, dict[int, Cell]]


class Table(NamedTuple):
    """A list: the row of its head, the heads by the number of their column, the rows below."""

    head_row: int
    heads: dict[int, str]
    rows: Iterator[Row]


def open_table(content: bytes) -> Table:
    """Return the list in `content` (xlsx: its first sheet). The head is the one of the first rows
    that says most of what programs call columns.

    Raises RefusedError when there is none, or for what is no such file; later rows raise it while
    they are read.
    """
    if len(content) > SIZE_LIMIT:
        raise RefusedError(f"文件超过{SIZE_LIMIT // MEGABYTE}MB，请按月份分开导出。")
    rows = first_sheet(content, _LIMITS) if content.startswith(b"PK") else _csv_rows(content)
    first = list(islice(rows, _HEAD_SEARCH))
    place = max(range(len(first)), key=lambda n: _known(first[n]), default=None)
    if place is None or _known(first[place]) < 2:
        raise RefusedError("没有找到表头，表头要有「科目编码」「摘要」这样的栏目名称。")
    number, cells = first[place]
    heads = {column: str(cell.value).strip() for column, cell in cells.items()}
    if place + 1 < len(first) and _is_subhead(first[place + 1]):
        place += 1
        number, below = first[place]
        heads = _joined(heads, below)
    return Table(number, heads, chain(first[place + 1 :], rows))


def _known(row):
    return len({normal(str(cell.value)) for cell in row[1].values()} & known_heads())


def _is_subhead(row):
    return all(normal(str(cell.value)) in _SUBHEADS for cell in row[1].values())


def _joined(heads, below):
    """The heads with what stands below them; a head over several columns stands in the first."""
    joined = dict(heads)
    for column, cell in below.items():
        above = max((one for one in heads if one <= column), default=None)
        joined[column] = f"{heads.get(above, '')}{str(cell.value).strip()}"
    return joined


def _csv_rows(content):
    if content.lstrip()[:1] == b"<" or (b"\0" in content[:4096] and not _is_utf16(content)):
        raise RefusedError("这种文件不能读取，请在软件里导出为 Excel 工作簿（.xlsx）或者 CSV。")
    text = _decoded(content)
    delimiter = _delimiter(text)
    try:
        # rows are counted as a spreadsheet shows them, whatever line ends stand in their cells
        for number, texts in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1
        ):
            if number > LINES_LIMIT:
                raise RefusedError(f"文件超过{LINES_LIMIT}行，请按月份分开导出。")
            if max(map(len, texts), default=0) > _CELL_LIMIT:
                raise RefusedError(_NO_CSV)
            cells = {
                column: Cell(value)
                for column, value in enumerate(map(str.strip, texts), start=1)
                if value
            }
            if cells:
                yield number, cells
    except csv.Error as error:
        raise RefusedError(_NO_CSV) from error


def _is_utf16(content):
    return content[:2] in (b"\xff\xfe", b"\xfe\xff")


def _decoded(content):
    encodings = ("utf-16",) if _is_utf16(content) else ("utf-8-sig", "gb18030")
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise RefusedError("文字编码无法识别，请另存为UTF-8格式的CSV。")


def _delimiter(text):
    """What parts the most known heads from each other in one of the first lines."""
    lines = list(islice(io.StringIO(text), _HEAD_SEARCH))

    def known(delimiter):
        return max(
            (
                len({normal(one.strip('"\r\n')) for one in line.split(delimiter)} & known_heads())
                for line in lines
            ),
            default=0,
        )

    return max(_DELIMITERS, key=known)
