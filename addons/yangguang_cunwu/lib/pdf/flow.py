"""Pages that follow one another, filled from top to bottom."""

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from .fonts import Font
from .surface import Surface
from .text import wrap

# top, right, bottom, left: the wider margin is where the sheets are bound
_MARGINS = {"portrait": (20, 18, 20, 24), "landscape": (24, 18, 18, 18)}
_RUNNING_SIZE = 9.0
_FOOTER_SIZE = 8.0
LEADING = 1.4
# lines or rows that stay together with what closes the sheet
KEPT = 2
# escaped because some editors fold the full-width colon into the half-width one
COLON = "\uff1a"


class Flow:
    """The sheet being filled: `page` is the current page, `y` the lowest point used on it."""

    def __init__(self, canvas: Canvas, font: Font, running_title: str, orientation: str):
        self._canvas = canvas
        self.font = font
        self._running_title = running_title
        self.size = landscape(A4) if orientation == "landscape" else A4
        top, right, bottom, left = (side * mm for side in _MARGINS[orientation])
        self.left, self.right = left, self.size[0] - right
        self.top, self.bottom = self.size[1] - top, bottom
        self.pages = []
        self._begin_page()

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def room(self) -> float:
        """The height that is left on the page."""
        return self.y - self.bottom

    def _begin_page(self):
        self.page = Surface(self._canvas, self.font)
        self.pages.append(self.page)
        self.y = self.top

    def next_page(self):
        """Begin a page that repeats the title in small type."""
        self._begin_page()
        self.line(self._running_title, _RUNNING_SIZE, align="center")
        self.skip(4)

    def keep(self, height: float):
        """Begin a new page unless `height` points are left on this one."""
        if self.room < height:
            self.next_page()

    def skip(self, height: float):
        self.y -= height

    def line(self, text: str, size: float, align: str = "left", bold: bool = False):
        """Write one line across the page, or begin the next page with it."""
        height = size * LEADING
        self.keep(height)
        self.y -= height
        self.write(self.left, self.width, text, size, align, bold)

    def write(self, x: float, width: float, text: str, size: float, align="left", bold=False):
        """Write `text` into the line that ends at `y`, aligned between x and x + width."""
        spare = width - self.font.width(text) * size
        x += {"left": 0.0, "center": spare / 2, "right": spare}[align]
        self.page.text(x, self.y + size * (LEADING - 1), text, size, bold)

    def paragraph(
        self,
        text: str,
        size: float,
        leading: float = LEADING,
        align: str = "left",
        bold: bool = False,
        indent: float = 0.0,
        tail: float = 0.0,
    ):
        """Write `text`, broken into lines, every paragraph of it indented by `indent` em.

        The last two lines stay on the page that has room for what follows, `tail` points high.
        """
        lines = [
            (line, indent * size if number == 0 else 0.0)
            for paragraph in text.split("\n")
            for number, line in enumerate(wrap(self.font, paragraph, self.width / size, indent))
        ]
        for left, (line, shift) in zip(range(len(lines), 0, -1), lines, strict=True):
            height = size * leading
            self.keep(height if left != KEPT else KEPT * height + self.tail(tail))
            self.y -= height
            self.write(self.left + shift, self.width - shift, line, size, align, bold)

    def tail(self, height: float) -> float:
        """What to keep free for `height` points that follow: not more than half a page."""
        return min(height, (self.top - self.bottom) / 2)

    def finish(self, left: str, right: str):
        """Write the foot of every page, which names the number of pages, and emit the pages."""
        for number, page in enumerate(self.pages, 1):
            self.page, self.y = page, self.bottom - 9 * mm
            self.write(self.left, self.width, left, _FOOTER_SIZE)
            self.write(
                self.left, self.width, f"第 {number}/{len(self.pages)} 页", _FOOTER_SIZE, "center"
            )
            self.write(self.left, self.width, right, _FOOTER_SIZE, "right")
            self._canvas.addLiteral(page.operators())
            self._canvas.showPage()
