"""What the card draws of the areas that it has got."""

import re
from dataclasses import dataclass

from .wire import u16

SIZES = {"0": 16, "1": 24, "2": 32}
CODE = re.compile(r"\\F[OEK][0-2][0-4]([0-2])|\\C([1-3])|\\([nr])|(\\)|([^\\])", re.DOTALL)


@dataclass(frozen=True)
class Glyph:
    """A character where the card draws it."""

    character: str
    x: int
    y: int
    size: int
    colour: str


def areas_of(data: bytes) -> list[bytes]:
    """The areas in a programme file."""
    position, areas = 25 + 6 * data[23], []
    for _area in range(data[24 + 6 * data[23]]):
        size = int.from_bytes(data[position : position + 4], "little")
        areas.append(data[position + 4 : position + size])
        position += size
    return areas


def screens_of(area: bytes, pixels: bool) -> list[list[Glyph]]:
    """The screens of an area, by its 27 bytes of head and its text."""
    left, top = _across(area[1:3], pixels), u16(area[3:5])
    width, height = _across(area[5:7], pixels), u16(area[7:9])
    wraps = area[18] == 2
    text = area[27:].decode("gb2312")
    size, colour, column, row = 16, "1", 0, 0
    screens: list[list[Glyph]] = [[]]
    for code in CODE.finditer(text):
        sized, coloured, line_end, _backslash, character = code.groups()
        if sized:
            size = SIZES[sized]
        elif coloured:
            colour = coloured
        elif line_end:
            column, row = 0, row + 1
        else:
            advance = size // 2 if ord(character or "\\") < 0x80 else size
            if column + advance > width and wraps:
                column, row = 0, row + 1
            if (row + 1) * size > height:
                screens.append([])
                row = 0
            if column + advance <= width:
                place = (left + column, top + row * size)
                screens[-1].append(Glyph(character or "\\", *place, size, colour))
            column += advance
    return screens


def _across(word, pixels):
    value = u16(word)
    if pixels:
        return value
    return value & 0x7FFF if value & 0x8000 else value * 8
