"""The end of a sheet: notes, who did what and when, and the QR code."""

from reportlab.lib.units import mm

from .flow import COLON, LEADING, Flow
from .qr import draw_qr
from .text import wrap

_NOTE, _STEP, _CODE = 9.0, 10.5, 8.0
_QR_SIDE = 26 * mm
# the QR code stands in the middle of a column of its own
_QR_COLUMN = 36 * mm
_STEP_HEIGHT = 21.0
_RULE = 0.4
_CAP_HEIGHT = 0.72


class Closing:
    """Drawn last, but measured first: the sheet keeps room so that it never stands alone."""

    def __init__(self, flow: Flow, face: dict, code: str, verify_url: str):
        self._flow = flow
        self._steps = face["procedure"]
        self._code = code
        self._verify_url = verify_url
        notes = (
            (f"说明{COLON}", face["note"]),
            (f"公开依据{COLON}", face["legal_basis"]),
            ("", face["reconstruction"]),
        )
        self._notes = [
            line
            for label, text in notes
            if text
            for line in wrap(flow.font, label + text, flow.width / _NOTE)
        ]
        self._block = _QR_SIDE + 2.5 * _CODE * LEADING

    @property
    def height(self) -> float:
        """The height in points, gaps included."""
        return 16 + len(self._notes) * _NOTE * LEADING + self._block

    def draw(self):
        """Draw the notes, then the signatures on the left and the QR code on the right."""
        flow = self._flow
        flow.skip(6)
        for line in self._notes:
            flow.line(line, _NOTE)
        flow.skip(10)
        flow.keep(self._block)
        top = flow.y
        if self._steps:
            self._draw_steps(flow.width - _QR_COLUMN - 4 * mm)
        flow.y = top - _QR_SIDE
        left = flow.right - _QR_COLUMN
        draw_qr(flow.page, self._verify_url, left + (_QR_COLUMN - _QR_SIDE) / 2, flow.y, _QR_SIDE)
        flow.skip(2)
        for text in ("扫码核验", self._code):
            flow.skip(_CODE * LEADING)
            flow.write(left, _QR_COLUMN, text, _CODE, "center")

    def _draw_steps(self, width):
        """A small table with a column for every step."""
        flow, steps = self._flow, self._steps
        cell = width / len(steps)
        edges = [flow.left + number * cell for number in range(len(steps) + 1)]
        top = flow.y
        flow.page.shade(flow.left, top - _STEP_HEIGHT, width, _STEP_HEIGHT)
        for row in ("label", "person", "date"):
            flow.page.rule(edges[0], flow.y, edges[-1], flow.y, _RULE)
            flow.skip(_STEP_HEIGHT)
            for left, step in zip(edges, steps, strict=False):
                self._fit(left, cell, step[row] or "", bold=row == "label")
        flow.page.rule(edges[0], flow.y, edges[-1], flow.y, _RULE)
        for x in edges:
            flow.page.rule(x, top, x, flow.y, _RULE)

    def _fit(self, left, width, text, bold):
        """Write `text` in the middle of a cell, smaller when it is too long."""
        em = self._flow.font.width(text)
        size = round(min(_STEP, (width - 4) / max(em, 1.0)), 2)
        baseline = self._flow.y + (_STEP_HEIGHT - size * _CAP_HEIGHT) / 2
        self._flow.page.text(left + (width - em * size) / 2, baseline, text, size, bold)
