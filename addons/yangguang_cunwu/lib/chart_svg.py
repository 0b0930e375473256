"""Draws a chart as SVG: readable on a phone of 320 px, in black and white on paper, and aloud.

Periods differ in pattern as well as in colour (filled, hatched, outlined), every bar is labelled
with its amount, and the description says all of them.
"""

from decimal import Decimal
from html import escape

from .chart import Chart
from .summary.words import amount

# user units: about as many pixels as the smallest phone leaves for a chart, so that type keeps its
# size there
_WIDTH = 240
# what is left of the width for the amount beside a bar
_AMOUNT = 108
# characters of a label that have room
_LABEL = 15
_TEXT, _SMALL, _LINE = 15, 14, 22
_BAR, _STEP = 13, 18
# one style a period; on white each contrasts more than 7:1
_STYLES = (
    'fill="#9b1c1c" stroke="#9b1c1c"',
    'fill="url(#chart-hatch)" stroke="#1f4e79"',
    'fill="#fff" stroke="#211c17"',
)
_HATCH = (
    '<defs><pattern id="chart-hatch" width="5" height="5" patternUnits="userSpaceOnUse"'
    ' patternTransform="rotate(45)"><rect width="5" height="5" fill="#fff"/>'
    '<rect width="2.5" height="5" fill="#1f4e79"/></pattern></defs>'
)
_INK = "#211c17"


def draw(chart: Chart) -> str:
    """Return `chart` as one SVG element; a page holds one at most, as its ids are fixed."""
    drawing = _Drawing(chart)
    drawing.run()
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {drawing.y}"'
        ' aria-labelledby="chart-title chart-description">'
        f'<title id="chart-title">{escape(chart.title)}</title>'
        f'<desc id="chart-description">{escape(describe(chart))}</desc>'
        f"{_HATCH}{''.join(drawing.parts)}</svg>"
    )


def describe(chart: Chart) -> str:
    """Return all that the chart shows in words."""
    said = []
    for bar in chart.bars:
        values = "，".join(
            f"{name}{amount(value)}"
            for name, value in zip(chart.series, bar.values, strict=True)
            if value is not None
        )
        said.append(f"{' '.join(filter(None, (bar.side, bar.label)))}：{values}。")
    return "".join(said)


class _Drawing:
    """The chart from top to bottom; `y` is the height that is used."""

    def __init__(self, chart):
        self.chart = chart
        self.parts = []
        self.y = 2
        values = [value for bar in chart.bars for value in bar.values if value is not None]
        low, high = min(*values, Decimal(0)), max(*values, Decimal(0))
        self.scale = (_WIDTH - _AMOUNT) / float(high - low or 1)
        self.zero = float(-low) * self.scale + 1

    def run(self):
        for style, name in zip(_STYLES, self.chart.series, strict=False):
            self._rect(1, 26, style)
            self._text(34, self.y + 12, name, _SMALL)
            self.y += _LINE
        side = ""
        for bar in self.chart.bars:
            if bar.side != side:
                side = bar.side
                self.y += 6
                self._text(0, self.y + 16, side, _TEXT, 'font-weight="700"')
                self.y += _LINE
            self._bar(bar)

    def _bar(self, bar):
        label = bar.label if len(bar.label) <= _LABEL else f"{bar.label[: _LABEL - 1]}…"
        self._text(0, self.y + 16, label, _TEXT)
        self.y += _LINE
        for style, value in zip(_STYLES, bar.values, strict=False):
            if value is None:
                continue
            length = float(value) * self.scale
            self._rect(self.zero + min(length, 0), abs(length), style)
            self._text(self.zero + max(length, 0) + 6, self.y + 12, amount(value), _SMALL)
            self.y += _STEP
        self.y += 4

    def _rect(self, x, width, style):
        self.parts.append(
            f'<rect x="{x:.1f}" y="{self.y}" width="{max(width, 0.5):.1f}" height="{_BAR}"'
            f' stroke-width="1.5" {style}/>'
        )

    def _text(self, x, y, text, size, more=""):
        self.parts.append(
            f'<text x="{x:.1f}" y="{y}" font-size="{size}" fill="{_INK}" {more}>'
            f"{escape(text)}</text>"
        )
