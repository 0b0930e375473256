"""The picture of a published sheet for chats: what it says at a glance, and the way to it.

A screenshot lives for ever, so the picture carries the day, the code to check it by and the QR code
of the page, which always shows what holds now. It is drawn from the public face alone.
"""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache

from PIL import Image, ImageDraw, ImageFont
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from .face import notice
from .figures import figures
from .pdf.fonts import default_font

# 5:4, as WeChat shows the picture of a shared page (dots)
WIDTH, HEIGHT = 1000, 800
QR_SIDE = 200
# sums, or sentences, on one picture
_MOST = 3
_MARGIN, _BAND = 50, 104
_FOOT = HEIGHT - 30 - QR_SIDE
_BESIDE_QR = WIDTH - 3 * _MARGIN - QR_SIDE
# sizes of type; the smallest can be read where the picture is as wide as a phone
_VILLAGE, _TITLE, _SUM, _TEXT, _SMALL = 52, 52, 54, 40, 34
_RED, _BLACK, _GREY, _WHITE = "#9b1c1c", "#1a1a1a", "#555555", "#ffffff"
_LEADING = 1.3
_CORRECTED = "已更正"


@dataclass(frozen=True, slots=True)
class Card:
    """What a picture says. `period` may say the unit of the sums, too; `sums` are pairs of label
    and value; `day` is that of the publication and `code` its printed public code; the QR code
    leads to `address`."""

    village: str
    title: str
    period: str
    is_corrected: bool
    sums: tuple[tuple[str, str], ...]
    sentences: tuple[str, ...]
    day: date
    code: str
    is_demo: bool
    address: str


def sums(face: Mapping) -> tuple[tuple[str, str], ...]:
    """Return the sums of a public face that matter most; what there was before comes last."""
    found = figures(face)
    return tuple(found[-_MOST:])


def sentences(face: Mapping, told: Sequence[str]) -> tuple[str, ...]:
    """Return what a public face says in sentences: `told` in plain words, or else the beginning of
    its text, or how long its table is."""
    said = [*told] or [notice(face) or "", *(face["text"] or "").splitlines()]
    said = [sentence.strip() for sentence in said if sentence.strip()]
    return tuple(said[:_MOST]) or (f"共 {face['row_count']} 行，扫码看全文。",)


@lru_cache(maxsize=256)
def draw(card: Card) -> bytes:
    """Return the picture as PNG; drawn once for all who ask for the same."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), _WHITE)
    pen = _Pen(ImageDraw.Draw(picture))
    _draw_head(pen, card)
    pen.write(card.title, _TITLE, lines=2)
    if card.period:
        pen.write(card.period, _TEXT, _GREY)
    pen.y += 8
    for label, value in card.sums:
        pen.pair(label, value)
    for sentence in card.sentences[: 1 if card.sums else _MOST]:
        pen.write(sentence, _TEXT, lines=min(2, pen.left(_TEXT, _FOOT)))
    pen.y = _FOOT + 8
    for line in _closing(card):
        pen.write(line, _SMALL, _GREY, width=_BESIDE_QR)
    picture.paste(_qr(card.address), (WIDTH - _MARGIN - QR_SIDE, _FOOT))
    content = io.BytesIO()
    picture.quantize(32).save(content, "PNG", optimize=True)
    return content.getvalue()


def _draw_head(pen, card):
    pen.fill((0, 0, WIDTH, _BAND), _RED)
    pen.y = (_BAND - _VILLAGE * _LEADING) / 2
    room = WIDTH - 2 * _MARGIN
    if card.is_corrected:
        wide = pen.width(_CORRECTED, _TEXT) + 40
        room -= wide + 30
        left = WIDTH - _MARGIN - wide
        pen.fill((left, 20, WIDTH - _MARGIN, _BAND - 20), _WHITE)
        pen.at(_CORRECTED, left + 20, 29, _TEXT, _RED)
    pen.write(card.village, _VILLAGE, _WHITE, width=room)
    pen.y = _BAND + 14


def _closing(card):
    lines = [f"{card.day:%Y-%m-%d} 公开", f"编号 {card.code}", "扫码看全文，更正也在里面"]
    return [*lines, "演示：内容都是虚构的"] if card.is_demo else lines


def _qr(address):
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(address)
    code.make(fit=True)
    matrix = code.get_matrix()
    dots = Image.new("1", (len(matrix), len(matrix)))
    dots.putdata([not dark for row in matrix for dark in row])
    # whole dots a module, so that none is blurred
    side = QR_SIDE // len(matrix) * len(matrix)
    framed = Image.new("1", (QR_SIDE, QR_SIDE), 1)
    framed.paste(dots.resize((side, side), Image.Resampling.NEAREST))
    return framed


class _Pen:
    """Writes lines below each other; one that is too long for its width ends in an ellipsis."""

    def __init__(self, canvas):
        self._canvas, self.y = canvas, 0

    def fill(self, box, colour):
        self._canvas.rectangle(box, fill=colour)

    def width(self, text, size):
        return _font(size).getlength(text)

    def at(self, text, x, y, size, colour):
        self._canvas.text((x, y), text, font=_font(size), fill=colour)

    def left(self, size, until):
        """How many lines of that size of type there is room for above `until`."""
        return int((until - self.y) / (size * _LEADING))

    def write(self, text, size, colour=_BLACK, width=WIDTH - 2 * _MARGIN, lines=1):
        """Writes `text` in at most `lines` lines."""
        if lines < 1:
            return
        for line in _broken(_printable(text), size, width, lines):
            self.at(line, _MARGIN, self.y, size, colour)
            self.y += size * _LEADING

    def pair(self, label, value):
        """Writes a label at the left and a value at the right."""
        wide = self.width(value, _SUM)
        room = WIDTH - 3 * _MARGIN - wide
        [shown] = _broken(_printable(label), _TEXT, room, 1)
        self.at(shown, _MARGIN, self.y + (_SUM - _TEXT) * 0.8, _TEXT, _GREY)
        self.at(value, WIDTH - _MARGIN - wide, self.y, _SUM, _BLACK)
        self.y += _SUM * _LEADING


def _broken(text, size, width, lines):
    """`text` in at most `lines` lines of `width`."""
    found, font = [""], _font(size)
    for character in text:
        if font.getlength(found[-1] + character) <= width:
            found[-1] += character
        elif len(found) < lines:
            found.append(character)
        else:
            while found[-1] and font.getlength(found[-1] + "…") > width:
                found[-1] = found[-1][:-1]
            found[-1] += "…"
            break
    return found


def _printable(text):
    return default_font().printable(text, set())


@cache
def _font(size):
    path = default_font().truetype.face.filename
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
