"""The QR code by which anybody checks a sheet, drawn as rectangles."""

from itertools import groupby

from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from .surface import Surface


def draw_qr(surface: Surface, data: str, x: float, y: float, side: float):
    """Draw `data` as a QR code `side` points wide, lower left corner at x, y, without margin."""
    # trying all eight masks would take a fifth of the time of a sheet, and reads no better
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=0)
    code.add_data(data)
    code.make(fit=True)
    matrix = code.get_matrix()
    module = side / len(matrix)
    rectangles = []
    for number, row in enumerate(reversed(matrix)):
        column = 0
        for dark, run in groupby(row):
            length = len(list(run))
            if dark:
                rectangles.append(
                    (x + column * module, y + number * module, length * module, module)
                )
            column += length
    surface.squares(rectangles)
