"""Puts lines on pages: under a head with the page's number, and never half of what belongs
together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.pdf.text import units, wrap

from .fonts import Font
from .leaf import Box, Leaf, Run
from .screen import Screen

# with fewer lines than this a page has no head: there would be nothing left for the text
_LINES_WITH_HEAD = 3
_CUT = "…"
# after a name that stands above what goes on from the page before; the second is for small screens
_CONTINUED = ("（续）", "续")


class Piece(NamedTuple):
    """A text within a line, `x` px from the left."""

    x: int
    text: str
    tint: str = "text"


# pieces side by side; lines that are never parted; what stays on one page if it is not too high
Line = tuple[Piece, ...]
Block = Sequence[Line]
Group = Sequence[Block]


def patient(drawn: Iterable[list["Draft"]], most: int) -> list["Draft"]:
    """Of several ways to draw the same, largest type first, the first of at most `most` pages,
    which people will wait for; else the one with the fewest."""
    shortest: list[Draft] = []
    for pages in drawn:
        if len(pages) <= most:
            return pages
        if not shortest or len(pages) < len(shortest):
            shortest = pages
    return shortest


@dataclass(frozen=True)
class Draft:
    """A page that does not know yet which of how many it is; `frame` is None without a head."""

    leaf: Leaf
    frame: "Frame | None" = None

    def finished(self, number: int, count: int) -> Leaf:
        """The page with its head."""
        return self.frame.headed(self.leaf, number, count) if self.frame else self.leaf


@dataclass(frozen=True)
class Frame:
    """How a page of running text is divided: a head with `title`, and `lines` lines below it."""

    screen: Screen
    font: Font
    title: str
    top: int = field(init=False)
    lines: int = field(init=False)
    pitch: int = field(init=False)

    def __post_init__(self):
        line, height = self.font.line, self.screen.height
        headed = height // line >= _LINES_WITH_HEAD
        # a rule below the head where that costs no line
        ruled = not self.font.cells and height % line >= 2
        top = (line + 2 * ruled) * headed
        lines = max((height - top) // line, 1)
        pitch = line if self.font.cells else min((height - top) // lines, line * 5 // 4)
        for name, value in (("top", top), ("lines", lines), ("pitch", pitch)):
            object.__setattr__(self, name, value)

    @property
    def width(self) -> int:
        """What a line has, in px: a whole number of the font's steps."""
        return self.screen.width // self.font.step * self.font.step

    def headed(self, leaf: Leaf, number: int, count: int) -> Leaf:
        """`leaf` with its head: what it is about, and "第 i/n 页"."""
        if not self.top:
            return leaf
        page = self._fitting((f"第{number}/{count}页", f"{number}/{count}", str(number)))
        x = self.width - self.font.width(page)
        runs = [Run(x, 0, page, self.font, "head")]
        if title := self._title(x - self.font.size // 2):
            runs.insert(0, Run(0, 0, title, self.font, "title"))
        rule = (Box(0, self.font.line, self.screen.width, 1),) * (self.top > self.font.line)
        return Leaf(
            (*runs, *leaf.runs), (*rule, *leaf.boxes), leaf.picture, leaf.corner, leaf.seconds
        )

    def wrapped(self, text: str, tint: str = "text", align: str = "left") -> list[Line]:
        """`text` as lines as wide as the page."""
        return [
            (Piece(self.aligned(line, 0, self.width, align), line, tint),)
            for line in wrap(self.font, text, self.width)
        ]

    def aligned(self, text: str, x: int, width: int, align: str) -> int:
        """Where `text` begins within a field of `width` px at `x`."""
        spare = (width - self.font.width(text)) // self.font.step
        return x + {"left": 0, "center": spare // 2, "right": spare}[align] * self.font.step

    def pages(self, groups: Iterable[Group], head: Block = ()) -> list[Draft]:
        """Pages of `groups`, with `head` at the top of each. A group of several blocks that is
        higher than a page goes on on the next, where its first line is repeated and marked."""
        room = max(self.lines - len(head), 1)
        pages: list[list[Line]] = [[]]
        for group in groups:
            for part in self._parts(group, room):
                if pages[-1] and len(pages[-1]) + len(part) > room:
                    pages.append([])
                pages[-1].extend(part)
        return [
            Draft(self._leaf([*head[: self.lines - 1], *page], len(head)), self)
            for page in pages
            if page
        ]

    def _parts(self, group, room):
        """The lines of a group, a list for each page that it needs by itself."""
        if sum(map(len, group)) <= room:
            return [[line for block in group for line in block]]
        parts = [[]]
        for block in group:
            for piece in [block] if len(block) <= room else [[line] for line in block]:
                if parts[-1] and len(parts[-1]) + len(piece) > room:
                    named = len(group) > 1 and len(piece) < room
                    parts.append([self._continued(group[0][0])] if named else [])
                parts[-1].extend(piece)
        return parts

    def _continued(self, line):
        text = "".join(piece.text for piece in line)
        for mark in _CONTINUED:
            if kept := self.cut(text, self.width - self.font.width(mark)):
                return (Piece(0, kept + mark, "head"),)
        return (Piece(0, self.cut(text, self.width), "head"),)

    def _leaf(self, lines, heads):
        runs = tuple(
            Run(piece.x, self.top + number * self.pitch, piece.text, self.font, piece.tint)
            for number, line in enumerate(lines)
            for piece in line
            if piece.text
        )
        boxes = ()
        if heads and self.pitch > self.font.line and heads < self.lines:
            boxes = (Box(0, self.top + heads * self.pitch - 1, self.screen.width, 1),)
        return Leaf(runs, boxes)

    def _title(self, room):
        return self.cut(self.title, room) if room >= 2 * self.font.width("国") else ""

    def cut(self, text, room):
        """As much of `text` as there is room for; an ellipsis says that it goes on. Nothing where
        there is no room for as much as that."""
        if self.font.width(text) <= room:
            return text
        kept = units(text)
        while kept and self.font.width("".join(kept) + _CUT) > room:
            kept.pop()
        return "".join(kept) + _CUT if kept else ""

    def _fitting(self, texts):
        return next((text for text in texts if self.font.width(text) <= self.width), "")
