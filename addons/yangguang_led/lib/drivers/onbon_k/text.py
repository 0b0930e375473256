r"""Text as K cards draw it: GB2312 and control codes that begin with a backslash.

What people wrote stays text: their backslash becomes a full-width one, control characters and
characters that the card has no glyph for are refused with their place, never left out.
"""

import math
from dataclasses import dataclass

from ..base import DeviceError, Page, Show
from .areas import Area

SIZES = (16, 24, 32)
FACES = ("song", "kai", "hei", "fangsong", "yahei")
COLOURS = ("red", "green", "yellow")
LONGEST_STAY = 255

# characters of GB2312 for which Unicode has a second, more usual one
_SAME = str.maketrans({"\\": "＼", "—": "―", "·": "・"})


@dataclass(frozen=True, slots=True)
class Style:
    """How a card draws: one of `SIZES` px, `FACES`, `COLOURS`."""

    size: int = 16
    face: str = "song"
    colour: str = "red"

    def codes(self) -> bytes:
        r"""The control codes before the text, such as `\FO000\C1`."""
        face, size = FACES.index(self.face), SIZES.index(self.size)
        return f"\\FO0{face}{size}\\C{1 + COLOURS.index(self.colour)}".encode()


def encode_line(line: str, place: str) -> bytes:
    """One line in GB2312; DeviceError names what the card cannot draw, and its `place`."""
    try:
        encoded = line.translate(_SAME).encode("gb2312")
    except UnicodeEncodeError as error:
        character = line[error.start]
        raise DeviceError(
            f"{place}的“{character}”（U+{ord(character):04X}）不在控制卡的字库（GB2312）里："
            "请换一个字，或改用能显示图片的屏。",
            False,
        ) from error
    for byte in encoded:
        if byte < 0x20 or byte == 0x7F:
            raise DeviceError(f"{place}有控制字符（U+{byte:04X}），屏上显示不出：请删去。", False)
    return encoded


def wrap(encoded: bytes, columns: int) -> list[bytes]:
    """A line cut to `columns` half-width cells, never inside a character."""
    lines, start, position = [], 0, 0
    while position < len(encoded):
        size = 2 if encoded[position] & 0x80 else 1
        if position + size - start > columns:
            lines.append(encoded[start:position])
            start = position
        position += size
    return [*lines, encoded[start:]]


def lay_out(page: Page, place: str, columns: int, rows: int) -> list[list[bytes]]:
    """The screens of `rows` lines that a page takes: one, or more where its text is longer."""
    lines: list[bytes] = []
    for number, line in enumerate(page.text.split("\n"), start=1):
        lines += wrap(encode_line(line, f"{place}第{number}行"), columns)
    return [lines[start : start + rows] for start in range(0, len(lines), rows)]


def screens(show: Show, style: Style) -> list[list[bytes]]:
    """The lines of each screen of a show, in GB2312; DeviceError for what cannot be shown."""
    columns, rows = show.width * 2 // style.size, show.height // style.size
    if columns < 2 or not rows:
        raise DeviceError(f"{show.width}×{show.height}点的屏放不下{style.size}点的字。", False)
    laid_out: list[list[bytes]] = []
    for number, page in enumerate(show.pages, start=1):
        laid_out += lay_out(page, f"第{number}页", columns, rows)
    if not laid_out:
        raise DeviceError("节目里没有一页可以显示。", False)
    return laid_out


def area(show: Show, style: Style) -> Area:
    """The area of the whole screen with all pages of a show.

    A card keeps one stay for an area, so each page stays as long as the longest asked for. Lines
    are filled up to whole screens, so that the card turns the page where we do.
    """
    lines: list[bytes] = []
    for screen in screens(show, style):
        # a blank, because a card may leave out a line without any character
        lines += [line or b" " for line in screen]
        lines += [b" "] * (show.height // style.size - len(screen))
    stay = math.ceil(2 * max(page.seconds for page in show.pages))
    return Area(
        x=0,
        y=0,
        width=show.width,
        height=show.height,
        text=style.codes() + b"\\n".join(lines),
        stay=max(1, min(stay, LONGEST_STAY)),
    )
