"""Draws a formatted text: headings, paragraphs with bold words, lists and tables."""

from collections.abc import Iterator
from functools import singledispatchmethod

from ..rich_text import List, Paragraph, Table, blocks, words
from .flow import KEPT, Flow
from .table import draw_grid
from .text import wrap

SIZE, _LEADING = 12.0, 1.7
_HEADING_SIZES = {1: 14.0, 2: 12.5}
# the first line of a paragraph, and what stands left of a list, in em
_FIRST_LINE, _LIST_INDENT = 2.0, 2.0


def draw_formatted(flow: Flow, html: str, tail: float):
    """Draw the text `html`; what follows it is `tail` points high and does not stand alone."""
    drawing = _Drawing(flow)
    found = blocks(html)
    for number, block in enumerate(found, start=1):
        drawing.draw(block, tail if number == len(found) else 0.0)


class _Drawing:
    def __init__(self, flow):
        self._flow = flow

    @singledispatchmethod
    def draw(self, block, tail):
        raise TypeError(block)

    @draw.register
    def _(self, block: Paragraph, tail):
        if not block.level:
            self._runs(block.runs, tail, first=_FIRST_LINE)
            return
        size = _HEADING_SIZES[block.level]
        self._flow.skip(size / 2)
        # not alone at the foot of a page
        self._flow.keep((size + KEPT * SIZE) * _LEADING)
        self._flow.paragraph(words(block.runs), size, _LEADING, bold=True, tail=tail)

    @draw.register
    def _(self, block: List, tail):
        self._list(block, 1, tail)

    @draw.register
    def _(self, block: Table, tail):
        rows = [([words(cell) for cell in row], _all_bold(row)) for row in block.rows]
        head = rows.pop(0)[0] if block.has_head else None
        self._flow.skip(6)
        draw_grid(self._flow, head, rows, tail)
        self._flow.skip(6)

    def _list(self, block, depth, tail):
        for mark, item in block.marked():
            self._runs(item.runs, 0.0 if item.lists else tail, left=depth * _LIST_INDENT, mark=mark)
            for inner in item.lists:
                self._list(inner, depth + 1, tail)

    def _runs(self, runs, tail, left=0.0, first=0.0, mark=""):
        """Draw `runs`, `left` em from the margin, the first line by `first` em more; `mark` stands
        before them. The last lines stay on the page that has room for `tail` points."""
        flow = self._flow
        height = SIZE * _LEADING
        lines = list(_lines(flow, runs, flow.width / SIZE - left, first))
        for remaining, line in zip(range(len(lines), 0, -1), lines, strict=True):
            flow.keep(height if remaining != KEPT else KEPT * height + flow.tail(tail))
            flow.y -= height
            x = flow.left + left * SIZE
            if remaining == len(lines):
                flow.write(x - flow.font.width(f"{mark} ") * SIZE, flow.width, mark, SIZE)
                x += first * SIZE
            for text, bold in line:
                flow.write(x, flow.width, text, SIZE, bold=bold)
                x += flow.font.width(text) * SIZE


def _lines(flow, runs, width, first) -> Iterator[list[tuple[str, bool]]]:
    """The lines of `runs` set to `width`, each in pieces of one weight."""
    text = words(runs)
    weights = [run.bold for run in runs for _char in run.text]
    start = 0
    for paragraph in text.split("\n"):
        indent = first if not start else 0.0
        for line in wrap(flow.font, paragraph, width, indent):
            # between two lines only spaces are left out
            start = text.index(line, start)
            yield list(_pieces(line, weights[start:]))
            start += len(line)


def _pieces(line, weights):
    begin = 0
    for end in range(1, len(line) + 1):
        if end == len(line) or weights[end] != weights[begin]:
            yield line[begin:end], weights[begin]
            begin = end


def _all_bold(row):
    return all(run.bold for cell in row for run in cell)
