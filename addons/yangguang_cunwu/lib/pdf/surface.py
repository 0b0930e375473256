"""One page as PDF operators.

The sheets hold about a thousand short texts each. Written straight into the content stream they
cost a third of what reportlab's text objects cost; fonts, compression and the file are reportlab's.
"""

from reportlab.pdfgen.canvas import Canvas

from .fonts import Font

_BOLD_STROKE = 0.03
_HEAD_GREY = 0.93


class Surface:
    """Collects what a page shows. Lengths in points from the lower left corner."""

    def __init__(self, canvas: Canvas, font: Font):
        self._truetype = font.truetype
        self._document = canvas._doc  # what the font numbers its characters by
        self._shapes = []
        self._texts = []
        self._style = None
        self._font = None

    def text(self, x: float, y: float, text: str, size: float, bold: bool = False):
        """Write `text` of `size` points with its baseline beginning at x, y."""
        operators = self._texts
        if self._style != (size, bold):
            self._style = (size, bold)
            self._font = None
            # the font has one weight: bold is the same outlines, filled and stroked
            operators.append(f"2 Tr {size * _BOLD_STROKE:.2f} w" if bold else "0 Tr")
        operators.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for subset, codes in self._truetype.splitString(text, self._document):
            if subset != self._font:
                self._font = subset
                name = self._truetype.getSubsetInternalName(subset, self._document)
                operators.append(f"{name} {size:g} Tf")
            operators.append(f"<{codes.hex()}> Tj")

    def rule(self, x1: float, y1: float, x2: float, y2: float, weight: float):
        """Draw a straight line `weight` points thick."""
        self._shapes.append(f"{weight:g} w {x1:.2f} {y1:.2f} m {x2:.2f} {y2:.2f} l S")

    def shade(self, x: float, y: float, width: float, height: float):
        """Fill a rectangle with the grey of table heads."""
        self._shapes.append(f"{_HEAD_GREY} g {x:.2f} {y:.2f} {width:.2f} {height:.2f} re f 0 g")

    def squares(self, rectangles: list[tuple[float, float, float, float]]):
        """Fill rectangles (x, y, width, height) with black, as one shape."""
        self._shapes.extend("{:.3f} {:.3f} {:.3f} {:.3f} re".format(*box) for box in rectangles)
        self._shapes.append("f")

    def operators(self) -> str:
        """The content of the page: first the shapes, then the texts over them."""
        return "\n".join([*self._shapes, "BT", *self._texts, "ET"])
