"""The way to the full sheet: a QR code where its dots can be read, else the code to type."""

from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_L, ERROR_CORRECT_M

from odoo.addons.yangguang_cunwu.lib.codes import grouped
from odoo.addons.yangguang_cunwu.lib.pdf.text import widest_unit, wrap

from . import legibility
from .frame import Draft, Frame
from .leaf import Leaf, Run
from .screen import Screen

# dots of a square that a telephone can tell apart, squares around the code
_LEAST_MODULE, _QUIET = 3, 4
_SCAN, _LOOK_UP = "扫码看全表", "上网查公开编号看全表："


def draw(screen: Screen, title: str, url: str, public_code: str, words: list[str]) -> list[Draft]:
    """Pages that lead to `url`: a QR code with `words` beside it, or `words` and the public code.

    Nothing when neither an address nor a code is given.
    """
    image = _code(url, screen) if url and not screen.draws_text else None
    if image is not None:
        for said in ([_SCAN, *words], [_SCAN], []):
            for font in legibility.running(screen):
                if (runs := _beside(screen, image, font, said)) is not None:
                    told = words if len(said) < 2 else []
                    return [*_text(screen, title, told), _page(screen, image, runs)]
    if not public_code:
        return []
    return _text(screen, title, [*words, _LOOK_UP], grouped(public_code))


def _text(screen, title, words, code=""):
    fonts = legibility.running(screen)
    whole = (font for font in fonts if all(font.width(text) <= screen.width for text in words))
    frame = Frame(screen, next(whole, fonts[0]), title)
    groups = [[frame.wrapped(text)] for text in words]
    if code:
        groups[-1].append(frame.wrapped(code, "figure", "center"))
    return frame.pages(groups)


def _page(screen, image, runs):
    wide = screen.width >= screen.height
    corner = (0, (screen.height - image.height) // 2) if wide else (0, 0)
    return Draft(Leaf(runs, picture=image, corner=corner))


def _beside(screen, image, font, words):
    """`words` at the right of the code or below it, None when there is no room for all."""
    wide = screen.width >= screen.height
    x, y = (image.width + font.size // 2, 0) if wide else (0, image.height)
    lines = [
        (line, tint)
        for number, text in enumerate(words)
        for tint in ("text" if number else "title",)
        for line in wrap(font, text, screen.width - x)
    ]
    spare = screen.height - y - len(lines) * font.line
    widest = max((widest_unit(font, text) for text in words), default=0)
    if spare < 0 or max(widest, font.width(_SCAN) * bool(words)) > screen.width - x:
        return None
    top = y + spare // 2 * wide
    return tuple(
        Run(x, top + number * font.line, line, font, tint)
        for number, (line, tint) in enumerate(lines)
    )


def _code(url, screen):
    """The code in lit squares on dark, None when its squares would be too small.

    The quiet zone is lit, as readers want dark squares on a light ground.
    """
    for correction in (ERROR_CORRECT_M, ERROR_CORRECT_L):
        code = QRCode(error_correction=correction, border=_QUIET, mask_pattern=0)
        code.add_data(url)
        code.make(fit=True)
        matrix = code.get_matrix()
        module = min(screen.width, screen.height) // len(matrix)
        if module >= _LEAST_MODULE:
            image = Image.new("L", (len(matrix), len(matrix)))
            image.putdata([0 if dark else 255 for row in matrix for dark in row])
            side = len(matrix) * module
            return image.resize((side, side), Image.Resampling.NEAREST)
    return None
