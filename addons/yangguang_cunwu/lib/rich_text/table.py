"""Builds a table from cells that may span others."""

from .blocks import Table
from .inline import tidy

COLUMN_LIMIT, ROW_LIMIT = 12, 500


class TableBuilder:
    """Takes rows and cells in their order; a cell that spans others leaves these empty."""

    def __init__(self):
        self._rows = []
        self._heads = []
        self._below = {}  # column -> rows that a cell above still covers
        self._open = False

    def row(self):
        """Begin a row."""
        self.end_row()
        if len(self._rows) == ROW_LIMIT:
            raise ValueError(f"文中的表格最多{ROW_LIMIT}行，请改为附件")
        self._rows.append([])
        self._heads.append(True)
        self._open = True

    def cell(self, is_head: bool, columns: int, rows: int) -> list:
        """Begin a cell that spans so many columns and rows; return what its pieces go to."""
        if not self._open:
            self.row()
        row = self._rows[-1]
        self._cover()
        pieces = []
        for number in range(columns):
            if rows > 1:
                self._below[len(row)] = rows - 1
            self._add([] if number else pieces)
        self._heads[-1] &= is_head
        return pieces

    def end_row(self):
        """End the row, if one is open."""
        while self._open and any(column >= len(self._rows[-1]) for column in self._below):
            self._cover()
            if self._below and max(self._below) >= len(self._rows[-1]):
                self._add([])
        self._open = False

    def table(self) -> Table | None:
        """The table, without the rows and columns in which nothing stands; None if none is left."""
        self.end_row()
        width = max(map(len, self._rows), default=0)
        rows = [
            ([*map(tidy, row), *((),) * (width - len(row))], is_head)
            for row, is_head in zip(self._rows, self._heads, strict=True)
        ]
        rows = [(row, is_head) for row, is_head in rows if any(row)]
        columns = [index for index in range(width) if any(row[index] for row, _head in rows)]
        if not rows:
            return None
        return Table(
            tuple(tuple(row[index] for index in columns) for row, _head in rows),
            has_head=rows[0][1] and len(rows) > 1,
        )

    def _cover(self):
        """Leave the columns empty that a cell above covers."""
        row = self._rows[-1]
        while left := self._below.pop(len(row), 0):
            if left > 1:
                self._below[len(row)] = left - 1
            self._add([])

    def _add(self, pieces):
        if len(self._rows[-1]) == COLUMN_LIMIT:
            raise ValueError(f"文中的表格最多{COLUMN_LIMIT}栏，请改为附件")
        self._rows[-1].append(pieces)
