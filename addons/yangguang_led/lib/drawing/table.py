"""Tables on a screen: columns as wide as what is in them, the head on every page, rows whole.

Where not even two columns fit, each row becomes a few lines: what it is about, then its values.
"""

from collections.abc import Mapping
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.face import heading
from odoo.addons.yangguang_cunwu.lib.pdf.text import units, wrap

from . import legibility
from .fonts import Font
from .frame import Block, Draft, Frame, Piece, patient
from .screen import Screen
from .shortlist import MOST, one_figure_tells, ranking

# a text column may wrap, but not to less than so many characters; a longer head into two lines
_NARROWEST, _HEAD_LINES = 4, 2
# white space between columns, in characters
_GAP = 0.6
# more lines in a row than this are hard to follow across
_ROW_LINES = 3
# pages of rows that people wait for; with more of them smaller type is better
_PATIENCE = 12
_NOTHING = ("", "0.00")
_YUAN = "元"
# columns of a row that is told in lines of its own
_RECORD = 4
# with so many columns a smaller type is not worth one more
_ENOUGH = 3


class _Column(NamedTuple):
    label: str
    align: str
    cells: list[str]


def draw(face: Mapping, screen: Screen, title: str) -> list[Draft]:
    """The pages of the rows of `face`, at most five columns of them."""
    ranked = ranking(face)[:MOST]
    if not ranked or not face["rows"]:
        return []
    columns = {index: _column(face, index) for index in ranked}
    frames = [Frame(screen, font, title) for font in legibility.running(screen)]
    counts = range(len(ranked), min(_ENOUGH, len(ranked)) - 1, -1)
    for tried in (counts, (2,) if one_figure_tells(face) else ()):
        drawn = (
            _as_table(frame, [columns[index] for index in sorted(ranked[:count])])
            for frame in frames
            for count in tried
        )
        if pages := patient(filter(None, drawn), _PATIENCE):
            return pages
    shown = [columns[index] for index in ranked[:_RECORD]]
    told = [(column.label, value) for column in shown[1:] for value in column.cells]
    level = [frame for frame in frames if all(len(pair(frame, *each)) == 1 for each in told)]
    return patient((_as_records(frame, shown) for frame in level or frames), _PATIENCE)


def shown_columns(face: Mapping) -> int:
    """How many columns a screen shows at most."""
    return min(MOST, len(ranking(face)))


def money_unit(face: Mapping) -> str:
    """What the amounts of `face` are in: 元 unless the sheet says otherwise."""
    return (face["unit_note"] or "").partition("：")[2] or _YUAN


def _column(face, index):
    column = face["columns"][index]
    if column["type"] == "money":
        column = column | {"unit": money_unit(face)}
    # the page of the totals, which comes first, has said the unit
    said = face["totals"] and face["totals"][index] is not None
    label = column["label"] if said or column["unit"] == _YUAN else heading(column)
    return _Column(label, column["align"], [row[index] or "" for row in face["rows"]])


def _as_table(frame, columns):
    """The pages as a table; nothing when it does not fit."""
    gap = max(int(frame.font.size * _GAP) // frame.font.step, 1) * frame.font.step
    widths = _widths(frame.font, columns, frame.width - gap * (len(columns) - 1))
    if not widths:
        return []
    fields = []
    x = 0
    for column, width in zip(columns, widths, strict=True):
        fields.append((x, width, column.align))
        x += width + gap
    head = _lines(frame, fields, [column.label for column in columns], "head")
    rows = [
        _lines(frame, fields, cells, "text", figures="figure")
        for cells in zip(*(column.cells for column in columns), strict=True)
    ]
    room = frame.lines - len(head)
    if max(map(len, rows)) > min(room, _ROW_LINES):
        return []
    return frame.pages(([row] for row in rows), head)


def _lines(frame, fields, texts, tint, figures=None):
    """Cells side by side as lines, each cell in its field."""
    wrapped = [
        wrap(frame.font, text, width)
        for text, (_x, width, _align) in zip(texts, fields, strict=True)
    ]
    return [
        tuple(
            Piece(
                frame.aligned(cell[number], x, width, align),
                cell[number],
                figures if figures and align == "right" else tint,
            )
            for cell, (x, width, align) in zip(wrapped, fields, strict=True)
            if number < len(cell)
        )
        for number in range(max(map(len, wrapped)))
    ]


def _widths(font, columns, room):
    """How wide the columns are (px), None when there is no room for them."""
    least = [_least(font, column) for column in columns]
    full = [
        max(width, *map(font.width, (column.label, *column.cells)))
        for width, column in zip(least, columns, strict=True)
    ]
    spare = room - sum(least)
    if spare < 0:
        return None
    wanted = sum(full) - sum(least)
    widths = [
        low
        + (min(spare, wanted) * (high - low) // wanted // font.step * font.step if wanted else 0)
        for low, high in zip(least, full, strict=True)
    ]
    more = (room - sum(widths)) // len(widths) // font.step * font.step if spare > wanted else 0
    return [width + more for width in widths]


def _least(font: Font, column):
    """The narrowest that the column can be: figures are never broken, words neither."""
    widest = max(map(font.width, column.cells))
    if column.align == "left":
        unit = max((font.width(unit) for cell in column.cells for unit in units(cell)), default=0)
        widest = max(unit, min(widest, _NARROWEST * font.size))
    head = max(map(font.width, units(column.label)), default=0)
    width = max(widest, head, min(font.width(column.label), _NARROWEST * font.size))
    while len(wrap(font, column.label, width)) > _HEAD_LINES:
        width += font.size
    return -(-width // font.step) * font.step


def _as_records(frame, columns):
    subject, *others = columns
    groups = []
    for number, name in enumerate(subject.cells):
        group = [frame.wrapped(name or subject.label, "title")]
        # of receipts and payments one is always nothing
        told = ((column.label, column.cells[number]) for column in others)
        group += [pair(frame, label, value) for label, value in told if value not in _NOTHING]
        groups.append(group)
    return frame.pages(groups)


def pairs(screen: Screen, title: str, told: list[tuple[str, str]], said: str = "") -> list[Draft]:
    """Pages of labels and values below the sentence `said`, as few as the type allows."""
    drawn = []
    for font in legibility.running(screen):
        frame = Frame(screen, font, title)
        groups = [[frame.wrapped(said)]] if said else []
        drawn.append(frame.pages([*groups, *([pair(frame, *each)] for each in told)]))
    return min(drawn, key=len)


def pair(frame: Frame, label: str, value: str, tint: str = "figure") -> Block:
    """A label at the left and its value at the right, on lines of their own where that is needed;
    a value of several lines stays at the left."""
    font = frame.font
    if font.width(label) + font.size // 2 + font.width(value) <= frame.width:
        x = frame.aligned(value, 0, frame.width, "right")
        return [(Piece(0, label, "text"), Piece(x, value, tint))]
    lines = frame.wrapped(value, tint)
    if len(lines) == 1:
        lines = frame.wrapped(value, tint, "right")
    return [*frame.wrapped(label), *lines]
