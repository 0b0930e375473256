"""The fonts of the screens: bitmaps of 12 and 16 dots, outlines above, all of them without greys.

Every character is drawn once in the life of the process and then kept as one integer per width of
screen, so that a line of text is made by shifting and or-ing. Pages repeat their heads, and one
publication goes to many screens of one size, so the latest lines are kept as well.
"""

import threading
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from PIL import Image, ImageDraw, ImageFont

from odoo.addons.yangguang_cunwu.lib.pdf.fonts import CANDIDATES

# heights of a character's cell in dots
SIZES = (12, 16, 20, 24, 28, 32, 36, 40, 48, 56, 64, 80, 96, 128)
# what stands for a character that no font has
SUBSTITUTE = "〓"
# the width of a text card's half cell; Chinese takes two
CELL = 8

_BITMAPS = Path("/usr/share/fonts/X11/misc")
# lines of text that a font keeps as drawn; each is as large as that part of a screen
_STRIPS = 1024
_PACKAGES = "请安装软件包 xfonts-wqy 和 fonts-wqy-zenhei。"
# a character of no script, so that what is drawn for it is what a font draws for any it lacks
_LACKING = "\uffff"
_FIGURES = frozenset("0123456789")
# how much of a dot an outline must cover to light it: strokes get an even two dots at 24
_THRESHOLD = 90


class FontError(Exception):
    """A font is not there; the message says what to install."""


class Glyph(NamedTuple):
    """A drawn character: its width and height, and its dots from top left, most significant first,
    as one integer of width × height bits."""

    width: int
    height: int
    dots: int


class _Shape(NamedTuple):
    """How a font file gives characters of one size.

    `size` is what the file calls it, `ascent` how far the baseline is below the top of the line,
    `line` the height of a line. `lift` raises characters of half width, which in the font of 16
    dots reach below the line. `threshold` is 0 for bitmaps.
    """

    path: Path
    size: int
    ascent: int
    line: int
    lift: int = 0
    threshold: int = 0


class Font:
    """A size of type. `size` names it, `line` is the height (px) of a line, `ink` that of a Chinese
    character as the eye sees it. With `cells` every character is as wide as on a card that draws
    text itself: 16 dots, 8 for ASCII. `file` is Pillow's own font."""

    def __init__(self, size: int, cells: bool = False):
        self.size, self.cells = size, cells
        self.step = CELL if cells else 1
        self._shape = _shape(size)
        self.file = _load(self._shape.path, self._shape.size)
        self.line = self._shape.line
        self._glyphs: dict[str, Glyph] = {}
        self._spread: dict[int, dict[str, tuple[int, int]]] = {}
        self.strip = lru_cache(_STRIPS)(self._strip)
        box = self._drawn(self.file, self._shape, "国").getbbox()
        self.ink = box[3] - box[1]

    def width(self, text: str) -> int:
        """How wide `text` is, in px."""
        return sum(self.glyph(character).width for character in text)

    def has(self, character: str) -> bool:
        """Whether the font, or the one that helps out, can draw `character`."""
        return character.isspace() or any(
            self._draws(file, shape, character) for file, shape in self._sources()
        )

    def glyph(self, character: str) -> Glyph:
        """`character` as drawn; that of SUBSTITUTE when no font has it."""
        found = self._glyphs.get(character)
        if found is None:
            found = self._glyphs[character] = self._make(character)
        return found

    def picture(self, character: str) -> Image.Image:
        """`character` as drawn, in black and white."""
        width, height, dots = self.glyph(character)
        padding = -width % 8
        rows = [dots >> (height - 1 - row) * width & (1 << width) - 1 for row in range(height)]
        data = b"".join((row << padding).to_bytes((width + padding) // 8) for row in rows)
        return Image.frombytes("1", (width, height), data)

    def _strip(self, text, stride):
        """`text` as drawn: its width and its dots, whose rows are `stride` bits apart, the text in
        the lowest bits of each. (The public name is `strip`, which remembers the latest.)"""
        spread = self._spread.setdefault(stride, {})
        bits = width = 0
        for character in text:
            found = spread.get(character)
            if found is None:
                found = spread[character] = self._spread_out(character, stride)
            bits = bits << found[0] | found[1]
            width += found[0]
        return width, bits

    def _spread_out(self, character, stride):
        width, height, dots = self.glyph(character)
        row = (1 << width) - 1
        return width, sum(
            (dots >> number * width & row) << number * stride for number in range(height)
        )

    def _sources(self):
        yield self.file, self._shape
        if not self._shape.threshold:
            helper = _outlines(self.size)
            yield _load(helper.path, helper.size), helper

    def _make(self, character):
        if character.isspace():
            wide = character == "\u3000"
            return Glyph(self.size if wide else self.size // 2, self.line, 0)
        for file, shape in self._sources():
            if self._draws(file, shape, character):
                return self._glyph_of(self._drawn(file, shape, character), file, character)
        return self.glyph(SUBSTITUTE)

    @staticmethod
    def _draws(file, shape, character):
        if ord(character) < 32:
            return False
        mode = "L" if shape.threshold else "1"
        lacking, drawn = (file.getmask(each, mode) for each in (_LACKING, character))
        return (drawn.size, bytes(drawn)) != (lacking.size, bytes(lacking))

    def _drawn(self, file, shape, character):
        """The character on a canvas with a margin of one size at its left."""
        mode = "L" if shape.threshold else "1"
        canvas = Image.new(mode, (3 * self.size, self._shape.line))
        draw = ImageDraw.Draw(canvas)
        draw.fontmode = mode
        lift = shape.lift if file.getlength(character) < self.size else 0
        origin = (self.size, shape.ascent - lift)
        draw.text(origin, character, font=file, fill=255, anchor="ls")
        if shape.threshold:
            canvas = canvas.point(lambda light: 255 if light >= shape.threshold else 0, "1")
        return canvas

    def _glyph_of(self, canvas, file, character):
        box = canvas.getbbox() or (self.size, 0, self.size, 0)
        left = min(box[0], self.size)
        width = max(box[2], self.size + round(file.getlength(character))) - left
        image = canvas.crop((left, 0, left + width, self.line))
        if self.cells:
            image = self._in_cell(image, CELL if character.isascii() else self.size)
        elif character in _FIGURES:
            # amounts stand in columns, but the 4 of the bitmaps is wider than the rest
            image = self._in_cell(image, round(file.getlength("0")))
        return _glyph(image)

    def _in_cell(self, image, width):
        if image.width > width:
            box = image.getbbox()
            ink = image.crop((box[0], 0, box[2], self.line))
            if ink.width > width:
                ink = ink.resize((width, self.line), Image.Resampling.NEAREST)
            image = ink
        cell = Image.new("1", (width, self.line))
        cell.paste(image, ((width - image.width) // 2, 0))
        return cell


def _glyph(image):
    padding = -image.width % 8
    rows = image.tobytes()
    stride = (image.width + padding) // 8
    dots = 0
    for row in range(image.height):
        bits = int.from_bytes(rows[row * stride : (row + 1) * stride]) >> padding
        dots = dots << image.width | bits
    return Glyph(image.width, image.height, dots)


_making = threading.Lock()


def font(size: int) -> Font:
    """The process's font of `size`, one of SIZES; raises FontError where it is not installed."""
    with _making:
        return _made(size, False)


def cell_font() -> Font:
    """The font that stands for a text card's own of 16 dots; raises FontError."""
    with _making:
        return _made(16, True)


@cache
def _made(size, cells):
    return Font(size, cells)


def _shape(size):
    if size == 12:
        return _Shape(_BITMAPS / "wenquanyi_9pt.pcf", 12, 11, 13)
    if size == 16:
        return _Shape(_BITMAPS / "wenquanyi_12pt.pcf", 16, 14, 16, lift=2)
    return _outlines(size)


def _outlines(size):
    path = next(filter(Path.exists, map(Path, CANDIDATES)), Path(CANDIDATES[0]))
    # Chinese fills the line from top to bottom; letters reach a little below
    return _Shape(path, size, round(size * 0.89), round(size * 1.12), threshold=_THRESHOLD)


@cache
def _load(path, size):
    try:
        # the simple layout: nothing here needs shaping, and kerning would move digits apart
        return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)
    except OSError as error:
        raise FontError(f"找不到显示屏用的字体文件 {path}。{_PACKAGES}") from error
