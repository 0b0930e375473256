"""Draws a table: its head on every page, no row divided unless it is taller than a page."""

from ..face import heading, notice
from ..worded import worded_totals
from .columns import PADDING, Part, plan
from .flow import LEADING, Flow
from .text import wrap

_OUTER, _INNER = 0.9, 0.4
# white above and below the lines of a cell, in em
_VERTICAL_PADDING = 0.35
_CONTINUED = 10.5
_TOTAL = "合计"
_WORDED = 10.5


def draw_table(flow: Flow, face: dict, tail: float):
    """Draw the columns, rows and totals of `face`, in several parts when it is too wide.

    Rows fill a page before the next one begins. What follows, `tail` points high, never stands
    alone: the totals go with it, or else a line that says how many rows came before.
    """
    words = [
        line for text in worded_totals(face) for line in wrap(flow.font, text, flow.width / _WORDED)
    ]
    tail += len(words) * _WORDED * LEADING
    heads = [_head(column, face["unit_note"]) for column in face["columns"]]
    aligns = [column["align"] for column in face["columns"]]
    rows = [[cell or "" for cell in row] for row in face["rows"]]
    totals = _totals(face)
    lines = [heads, *rows, *([totals] if totals else [])]
    texts = [list(column) for column in zip(*lines, strict=True)]
    layout = plan(flow.font, texts, flow.width)
    for number, part in enumerate(layout.parts):
        if number:
            flow.skip(layout.size)
            flow.keep(layout.size * 12)
            flow.line(f"{face['title']}（续表）", _CONTINUED, "center", bold=True)
            flow.skip(3)
        grid = _Grid(flow, part, layout.size, heads, aligns)
        for row in rows:
            grid.row(row)
        if sentence := notice(face):
            grid.notice(sentence)
        is_last = number == len(layout.parts) - 1
        turned = is_last and grid.turns([totals] if totals else [], flow.tail(tail))
        if turned and rows and not totals:
            grid.notice(f"以上共 {len(rows)} 行，见前页")
        if totals:
            grid.row(totals, bold=True)
        grid.close()
    for line in words:
        flow.line(line, _WORDED)


def draw_grid(flow: Flow, head: list[str] | None, rows: list[tuple[list[str], bool]], tail: float):
    """Draw `rows`, pairs of texts and whether they are bold, under `head` if there is one.

    The last row stays on the page that has room for `tail` points more.
    """
    width = len(rows[0][0])
    texts = zip(head or [""] * width, *(cells for cells, _bold in rows), strict=True)
    layout = plan(flow.font, list(map(list, texts)), flow.width)
    for number, part in enumerate(layout.parts):
        flow.skip(layout.size if number else 0)
        grid = _Grid(flow, part, layout.size, head, ["left"] * width)
        *others, (last, bold) = rows
        for cells, is_bold in others:
            grid.row(cells, is_bold)
        if number == len(layout.parts) - 1:
            grid.turns([last], flow.tail(tail))
        grid.row(last, bold)
        grid.close()


def _head(column, unit_note):
    # 元 stands above the table, once for all
    said = column["type"] == "money" and unit_note and unit_note.endswith(column["unit"])
    return column["label"] if said else heading(column)


def _totals(face):
    if not face["totals"] or face["zero"]:
        return None
    totals = [total or "" for total in face["totals"]]
    totals[0] = totals[0] or _TOTAL
    return totals


class _Grid:
    """The part of a table being drawn on the current page."""

    def __init__(self, flow: Flow, part: Part, size: float, heads, aligns):
        self._flow = flow
        self._part = part
        self._size = size
        self._line = size * (LEADING - 0.1)
        self._padding = size * _VERTICAL_PADDING
        self._aligns = aligns
        self._heads = heads
        self._edges = [flow.left]
        for width in part.widths:
            self._edges.append(self._edges[-1] + width * size)
        self._begin()

    def _begin(self):
        if not self._heads:
            self._top = self._flow.y
            self._rule(_OUTER)
            return
        lines = self._lines(self._heads)
        height = self._height(lines)
        # a head alone at the foot of a page helps nobody
        self._flow.keep(height + self._line + 2 * self._padding)
        self._top = self._flow.y
        self._flow.page.shade(self._edges[0], self._top - height, self._flow.width, height)
        self._rule(_OUTER)
        self._draw(lines, height, bold=True, aligns=["center"] * len(self._aligns))

    def row(self, texts: list[str], bold: bool = False):
        """Draw one row; on the next page, under the head, when it does not fit."""
        lines = self._lines(texts)
        height = self._height(lines)
        if height > self._flow.room:
            self._turn()
        while height > self._flow.room:
            count = max(1, int((self._flow.room - 2 * self._padding) // self._line))
            piece = [cell[:count] for cell in lines]
            self._draw(piece, self._height(piece), bold, self._aligns)
            self._turn()
            lines = [cell[count:] for cell in lines]
            height = self._height(lines)
        self._draw(lines, height, bold, self._aligns)

    def turns(self, rows: list[list[str]], tail: float) -> bool:
        """Turn the page unless `rows` and `tail` points more have room; return whether it did."""
        height = sum(self._height(self._lines(row)) for row in rows)
        if height + tail <= self._flow.room:
            return False
        self._turn()
        return True

    def notice(self, text: str):
        """Draw a row that is not divided into cells."""
        height = self._line + 4 * self._padding
        if height > self._flow.room:
            self._turn()
        self._verticals()
        self._flow.y -= height
        spare = self._flow.width - self._flow.font.width(text) * self._size
        baseline = self._flow.y + height / 2 - self._size * 0.36
        self._flow.page.text(self._flow.left + spare / 2, baseline, text, self._size)
        for x in (self._edges[0], self._edges[-1]):
            self._flow.page.rule(x, self._flow.y, x, self._flow.y + height, _OUTER)
        self._rule(_INNER)
        self._top = self._flow.y

    def close(self):
        """Draw the outlines around what is on this page."""
        self._rule(_OUTER)
        self._verticals()

    def _turn(self):
        self.close()
        self._flow.next_page()
        self._begin()

    def _lines(self, texts):
        font = self._flow.font
        return [
            wrap(font, texts[index], width - 2 * PADDING + 1e-6)
            for index, width in zip(self._part.indexes, self._part.widths, strict=True)
        ]

    def _height(self, lines):
        return max(1, *map(len, lines)) * self._line + 2 * self._padding

    def _draw(self, lines, height, bold, aligns):
        middle = self._flow.y - height / 2
        for index, left, right, cell in zip(
            self._part.indexes, self._edges, self._edges[1:], lines, strict=False
        ):
            baseline = middle + (len(cell) / 2 - 0.5) * self._line - self._size * 0.36
            for line in cell:
                if line:
                    x = self._start(line, left, right, aligns[index])
                    self._flow.page.text(x, baseline, line, self._size, bold)
                baseline -= self._line
        self._flow.y -= height
        self._rule(_INNER)

    def _start(self, line, left, right, align):
        if align == "left":
            return left + PADDING * self._size
        spare = right - left - self._flow.font.width(line) * self._size
        return left + spare / 2 if align == "center" else left + spare - PADDING * self._size

    def _rule(self, weight):
        self._flow.page.rule(self._edges[0], self._flow.y, self._edges[-1], self._flow.y, weight)

    def _verticals(self):
        for x in self._edges:
            weight = _OUTER if x in (self._edges[0], self._edges[-1]) else _INNER
            self._flow.page.rule(x, self._top, x, self._flow.y, weight)
