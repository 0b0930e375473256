"""Labels to stick on things: a QR code that opens the public card, and what it is.

Three by seven to an A4 sheet, as sheets of labels of 63.5 × 38.1 mm are cut.
"""

import io
from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.yangguang_cunwu.lib.pdf.fonts import Font, default_font, embedding
from odoo.addons.yangguang_cunwu.lib.pdf.qr import draw_qr
from odoo.addons.yangguang_cunwu.lib.pdf.surface import Surface
from odoo.addons.yangguang_cunwu.lib.pdf.text import wrap

COLUMNS, ROWS = 3, 7
_WIDTH, _HEIGHT = 63.5 * mm, 38.1 * mm
_LEFT, _TOP, _GAP = 7.2 * mm, 15.1 * mm, 2.5 * mm
_PADDING = 2.5 * mm
_QR_SIDE = 26 * mm
_TEXT, _SMALL, _LEADING = 8.5, 6.5, 1.3
_MOST_LINES = 5


@dataclass(frozen=True)
class Label:
    """What a label says: who owns it, its number, its name, and the address of its card."""

    owner: str
    code: str
    name: str
    url: str


def draw(labels: Sequence[Label], font: Font | None = None) -> bytes:
    """Return the labels as a PDF; the same labels give the same bytes.

    Raises FontError when the machine has no font for it.
    """
    font = font or default_font()
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1)
    canvas.setTitle("二维码标签")
    each = COLUMNS * ROWS
    for first in range(0, len(labels), each):
        surface = Surface(canvas, font)
        for place, label in enumerate(labels[first : first + each]):
            row, column = divmod(place, COLUMNS)
            left = _LEFT + column * (_WIDTH + _GAP)
            _draw(surface, font, label, left, A4[1] - _TOP - row * _HEIGHT)
        canvas.addLiteral(surface.operators())
        canvas.showPage()
    with embedding:
        canvas.save()
    return target.getvalue()


def _draw(surface, font, label, left, top):
    top -= _PADDING
    draw_qr(surface, label.url, left + _PADDING, top - _QR_SIDE, _QR_SIDE)
    beside = left + 2 * _PADDING + _QR_SIDE
    width = _WIDTH - 3 * _PADDING - _QR_SIDE
    y = top
    for text, size, bold in (
        (label.code, _TEXT, True),
        (label.name, _TEXT, False),
        (label.owner, _SMALL, False),
    ):
        for line in wrap(font, font.printable(text, set()), width / size)[:_MOST_LINES]:
            y -= size * _LEADING
            surface.text(beside, y, line, size, bold)
        y -= 2
    surface.text(left + _PADDING, top - _QR_SIDE - _SMALL * _LEADING, "扫码看公开信息", _SMALL)
