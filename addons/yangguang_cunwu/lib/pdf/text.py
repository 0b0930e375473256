"""Breaks text into lines the way Chinese is set, with widths in em."""

import re

from .fonts import Font

# the escapes are the full-width forms, which some editors fold into the half-width ones
_OPENING = "([{《〈「『【〔“‘¥\uff08\uff3b\uff5b\uffe5"
_CLOSING = (
    ")]},。、;:?!》〉」』】〕”’…%*\uff09\uff3d\uff5d\uff0c\uff0e\uff1b\uff1a\uff1f\uff01\uff05"
)
_WORD = r"(?:\*|[^\W\u2e80-\uffff])+"
# a Latin word, or a number with its sign and the words that count it: -3.2万元, 18.6亩
_TERM = rf"[-+]?{_WORD}(?:[-.,:/@+#]+{_WORD})*[万亿]?[元亩]?"
# what no line break may divide: a term or a character, with the punctuation that may not end a
# line before it and the punctuation that may not begin a line after it
_UNIT = re.compile(rf"\s|[{re.escape(_OPENING)}]*(?:{_TERM}|\S)[{re.escape(_CLOSING)}]*")


def units(text: str) -> list[str]:
    """Return the parts of `text` between which a line may break; joined they are `text`."""
    return _UNIT.findall(text)


def widest_unit(font: Font, text: str) -> float:
    """The width in em that `text` needs if no word is to be cut."""
    return max(map(font.width, units(text)), default=0.0)


def wrap(font: Font, text: str, width: float, first_indent: float = 0.0) -> list[str]:
    """Return the lines of `text` set to `width`; a word wider than that is cut.

    The first line of every paragraph is shorter by `first_indent`.
    """
    lines = []
    for paragraph in text.split("\n"):
        if font.width(paragraph) <= width - first_indent:
            lines.append(paragraph)
        else:
            lines.extend(_broken(font, paragraph, width, first_indent))
    return lines


def _broken(font, paragraph, width, first_indent):
    room = width - first_indent
    line = ""
    used = 0.0
    for unit in _fitting_units(font, paragraph, width):
        size = font.width(unit)
        if used + size > room and line:
            yield line.rstrip()
            line, used, room = "", 0.0, width
            if unit.isspace():
                continue
        line += unit
        used += size
    if line:
        yield line


def _fitting_units(font, paragraph, width):
    for unit in units(paragraph):
        if font.width(unit) <= width:
            yield unit
        else:
            yield from unit
