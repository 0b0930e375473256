"""Charts on a screen: bars in solid colours, each with its name and amount."""

from decimal import Decimal

from odoo.addons.yangguang_cunwu.lib.chart import Chart
from odoo.addons.yangguang_cunwu.lib.summary.words import amount

from . import legibility
from .frame import Draft, Frame
from .leaf import Box, Leaf, Run
from .screen import Screen
from .table import pair

# one colour a period, the current one first
_TINTS = ("bar", "before")
# bars without which a chart compares nothing, and those that a page must have room for
_LEAST_BARS, _BARS = 2, 3
# a page with fewer lines shows the current period alone
_LINES_FOR_TWO = 8
# px below a bar, and beside the squares of the legend
_APART = 2


def draw(chart: Chart, screen: Screen) -> list[Draft]:
    """The pages of `chart`; none where a page cannot hold enough bars to compare."""
    if screen.draws_text or len(chart.bars) < _LEAST_BARS:
        return []
    for font in legibility.running(screen):
        drawing = _Drawing(chart, Frame(screen, font, chart.title))
        if drawing.holds(_BARS):
            return drawing.pages()
    return []


class _Drawing:
    """Fills pages from top to bottom with bars on one common scale; `y` is where the next goes."""

    def __init__(self, chart, frame):
        self.chart, self.frame, self.font = chart, frame, frame.font
        legible = all(self._legend_width(period) <= frame.width for period in chart.series)
        periods = len(_TINTS) if frame.lines >= _LINES_FOR_TWO and legible else 1
        self.periods = chart.series[:periods]
        values = [
            value for bar in chart.bars for value in bar.values[:periods] if value is not None
        ]
        low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
        self.span = high - low or Decimal(1)
        self.zero = self._length(-low)
        self.thickness = max(self.font.line // (2 * len(self.periods)), 4)
        self.step = self.font.line + (self.thickness + _APART) * len(self.periods)
        self.leaves = []
        self._begin()

    def holds(self, bars):
        """Whether a page has room for so many bars below a heading."""
        lines = len(self.periods)  # of the heading and, with two, of the legend
        room = self._bottom() - self.y
        if any(self.font.width(bar.side) > self.frame.width for bar in self.chart.bars):
            return False
        tallest = max(map(self._height, self.chart.bars)) + self.font.line
        return tallest <= room and lines * self.font.line + bars * self.step <= room

    def pages(self):
        side = None
        if len(self.periods) > 1:
            self._legend()
        for bar in (bar for bar in self.chart.bars if bar.values[0] is not None):
            heading = bar.side if bar.side != side else ""
            side = bar.side
            if self.y + self._height(bar) + self.font.line * bool(heading) > self._bottom():
                self._turn()
                heading = bar.side
            if heading:
                self._text(0, heading, "title")
                self.y += self.font.line
            self._label(bar)
            for tint, value in zip(_TINTS, bar.values[: len(self.periods)], strict=False):
                if value is not None:
                    self._bar(tint, value)
        self._turn()
        return [Draft(leaf, self.frame) for leaf in self.leaves]

    def _legend(self):
        x = 0
        for tint, period in zip(_TINTS, self.periods, strict=False):
            side = self.font.size // 2
            width = self._legend_width(period)
            if x + width > self.frame.width:
                x = 0
                self.y += self.font.line
            self._fill(x, self.y + side // 2, side, side, tint)
            self._text(x + side + _APART, period, "text")
            x += width + self.font.size
        self.y += self.font.line

    def _legend_width(self, period):
        return self.font.size // 2 + _APART + self.font.width(period)

    def _height(self, bar):
        return self.step + self.font.line * (len(self._named(bar)) - 1)

    def _named(self, bar):
        return pair(self.frame, bar.label, amount(bar.values[0] or Decimal(0)))

    def _label(self, bar):
        for line in self._named(bar):
            for piece in line:
                self._text(piece.x, piece.text, piece.tint)
            self.y += self.font.line

    def _bar(self, tint, value):
        length = self._length(abs(value))
        left = self.zero - length if value < 0 else self.zero
        width = min(max(length, 1), self.frame.width - left)
        self._fill(left, self.y, width, self.thickness, tint)
        self.y += self.thickness + _APART

    def _fill(self, x, y, width, height, tint):
        """The current period is solid; the one before is hollow, which also says it without
        colours."""
        if tint == _TINTS[0] or min(width, height) < 3:
            self.boxes.append(Box(x, y, width, height, tint))
            return
        self.boxes += [
            Box(x, y, width, 1, tint),
            Box(x, y + height - 1, width, 1, tint),
            Box(x, y, 1, height, tint),
            Box(x + width - 1, y, 1, height, tint),
        ]

    def _text(self, x, text, tint):
        self.runs.append(Run(x, self.y, text, self.font, tint))

    def _length(self, value):
        return int(value * (self.frame.width - 1) / self.span)

    def _bottom(self):
        return self.frame.screen.height

    def _begin(self):
        self.runs, self.boxes, self.y = [], [], self.frame.top

    def _turn(self):
        if self.runs:
            self.leaves.append(Leaf(tuple(self.runs), tuple(self.boxes)))
        self._begin()
