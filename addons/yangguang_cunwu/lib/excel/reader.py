"""Reads a filled-in form back into a document, with a list of what is wrong by cell."""

from dataclasses import dataclass, field

from ..files.refusal import RefusedError
from ..tables import values
from ..tables.document import ROW_LIMIT
from ..tables.program import Program
from ..tables.template import Template
from .cells import value_of
from .layout import FORMAT, TOTAL, comparable, heading, version
from .workbook import Book, Problem, Sheet, address, open_book

_HEAD_SEARCH = 60
_OUTDATED = "表格是旧版，栏目已有变动，请重新下载表格填写。"
# merged cells that are told one by one
_MERGES_TOLD = 20


@dataclass
class Reading:
    """The `document` (header and rows, canonical values) and the `problems` that were met.

    With problems the document lacks what could not be read; it is for showing, not for saving.
    """

    document: dict = field(default_factory=lambda: {"header": {}, "rows": []})
    problems: list[Problem] = field(default_factory=list)


def read(template: Template, data: bytes) -> Reading:
    """Read `data`, a form of `template` that somebody filled in. Never raises for its content.

    The head is found by its labels, so columns may have been moved; sums, empty rows and computed
    cells without a result are passed over, since the program computes them.
    """
    reading = Reading()
    try:
        book = open_book(data)
        _check_mark(template, book)
        sheet, head_row, columns = _find_head(template, book)
    except RefusedError as error:
        reading.problems.append(Problem("", str(error)))
        return reading
    reader = _Reader(template, sheet, head_row, columns, reading)
    reader.check_head()
    if reading.problems and _is_outdated(template, book):
        reading.problems.insert(0, Problem("", _OUTDATED))
    reader.read_header()
    reader.check_merges()
    reader.read_rows()
    return reading


def _is_outdated(template, book: Book):
    return book.mark.version not in ("", version(template))


def _check_mark(template, book: Book):
    # a form copied into another workbook has lost its mark, and is known by its head
    mark = book.mark
    if not mark.format:
        return
    if mark.format != FORMAT:
        raise RefusedError("这份表格由别的版本的系统生成，请重新下载表格填写。")
    if mark.code != template.code:
        raise RefusedError(
            f"这是另一张表（{mark.code}）的表格，不是「{template.title}」（{template.code}），"
            "请下载本表的表格填写。"
        )


def _find_head(template, book: Book):
    """The sheet, the row of its head and the column each key is in."""
    labels = _labels(template.columns)
    best = (None, 0, {})
    for sheet in book.sheets:
        for number, cells in sheet.cells.items():
            if number > _HEAD_SEARCH:
                break
            found = {}
            for index, cell in cells.items():
                if key := labels.get(comparable(cell.value)):
                    found.setdefault(key, index)
            if len(found) > len(best[2]):
                best = (sheet, number, found)
    if len(best[2]) < max(2, len(template.columns) // 2):
        raise RefusedError(
            _OUTDATED
            if _is_outdated(template, book)
            else f"没有找到「{template.title}」的表头，请使用下载的表格，不要改动栏目名称。"
        )
    return best


def _labels(fields):
    labels = {comparable(each.label): each.key for each in fields}
    return labels | {comparable(heading(each)): each.key for each in fields}


class _Reader:
    """One form being read; what is found goes to `reading`."""

    def __init__(self, template, sheet: Sheet, head_row: int, columns: dict, reading: Reading):
        self._template = template
        self._grid = sheet.cells
        self._merges = sheet.merges
        self._head_row = head_row
        self._columns = columns
        self._reading = reading
        self._computed = {each.target for each in Program.of(template).computes}
        self._typed = {columns[key] for key in columns.keys() - self._computed}
        self._numeric = {
            columns[column.key]
            for column in template.columns
            if column.numeric and column.key in columns
        }
        # of each column the contents read so far: most come again and again
        self._places = [
            (column, columns[column.key], column.key in self._computed, {})
            for column in template.columns
            if column.key in columns
        ]

    def read_header(self):
        """Take the value beside every label above the head."""
        labels = _labels(self._template.header)
        # what the program writes in is not for a file to say
        fields = {each.key: each for each in self._template.header if not each.automatic}
        for number in (n for n in self._grid if n < self._head_row):
            cells = sorted(self._grid[number].items())
            following = [*cells[1:], (0, None)]
            for (_, label), (index, cell) in zip(cells, following, strict=True):
                key = labels.get(comparable(label.value))
                if key in fields and (cell is None or comparable(cell.value) not in labels):
                    value = self._value(fields[key], number, index, cell)
                    self._reading.document["header"][key] = value

    def check_head(self):
        """Report columns that are missing, and ones that are not the form's but hold something."""
        for column in self._template.columns:
            if column.key not in self._columns and column.key not in self._computed:
                self._report(self._head_row, 1, f"表头缺少「{column.label}」这一栏")
        known = set(self._columns.values())
        strange = {}
        for number, cells in self._grid.items():
            if number > self._head_row:
                for index in cells.keys() - known:
                    strange.setdefault(index, number)
        for index, number in sorted(strange.items()):
            self._report(number, index, "这一列不是本表的栏目，不会读入；请删去，或并入备注")

    def check_merges(self):
        """Report merged cells below the head: all but the first of them are empty to a reader."""
        known = self._columns.values()
        merges = [
            merge
            for merge in self._merges
            if merge.last_row > self._head_row
            and any(merge.first_column <= column <= merge.last_column for column in known)
        ]
        for merge in merges[:_MERGES_TOLD]:
            last = address(merge.last_row, merge.last_column)
            message = f"从这一格到 {last} 合并成了一格，只读得到一次；请取消合并，每一行都填写"
            self._report(merge.first_row, merge.first_column, message)

    def read_rows(self):
        rows = self._reading.document["rows"]
        for number, cells in self._grid.items():
            if number <= self._head_row or self._is_empty(cells) or self._is_total(cells):
                continue
            if len(rows) == ROW_LIMIT:
                self._report(number, 1, f"最多 {ROW_LIMIT} 行，从这一行起没有读入，请分表填写")
                return
            rows.append(self._row(number, cells))

    def _row(self, number, cells):
        fixed = self._fixed_row(number, cells) if self._template.fixed_rows else None
        row = {"key": fixed.key} if fixed else {}
        for column, index, computed, known in self._places:
            cell = cells.get(index)
            content = id(cell)  # equal cells of a book are one object
            if content not in known:
                try:
                    known[content] = value_of(column, cell)
                except ValueError as error:
                    # what the program computes need not be right
                    if not computed and not (fixed and fixed.formula and column.type == "money"):
                        self._report(number, index, str(error))
            row[column.key] = known.get(content)
        return row

    def _is_empty(self, cells):
        return cells.keys().isdisjoint(self._typed)

    def _is_total(self, cells):
        """Whether this is the line of sums: one cell says so, and all the rest is numbers."""
        if len(cells.keys() - self._numeric) > 1:
            return False
        said = {index for index, cell in cells.items() if comparable(cell.value) == TOTAL}
        return len(said) == 1 and cells.keys() - said <= self._numeric

    def _fixed_row(self, number, cells):
        """The fixed row whose printed cells these are; None, and a problem, when there is none."""
        for fixed in self._template.fixed_rows:
            if all(self._shows(cells, key, value) for key, value in fixed.cells.items()):
                return fixed
        self._report(number, 1, "不是本表固定的行，请勿改动印定的内容，也不要增加行")
        return None

    def _shows(self, cells, key, value):
        cell = cells.get(self._columns.get(key))
        return cell is not None and comparable(cell.value) == comparable(
            values.format(self._template.column(key), value)
        )

    def _value(self, field, number, index, cell):
        try:
            return value_of(field, cell)
        except ValueError as error:
            self._report(number, index, str(error))
            return None

    def _report(self, row, column, message):
        self._reading.problems.append(Problem(address(row, column), message))
