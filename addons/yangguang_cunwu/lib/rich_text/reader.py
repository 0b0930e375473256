"""Reads HTML, whoever wrote it, into blocks: editors, word processors, and people who mean harm."""

import re
import unicodedata

from lxml import etree

from ..tables.document import LONG_TEXT_LIMIT
from ..tables.values import visible
from .blocks import BULLET, CELL_GAP, Block, Item, List, Paragraph, Table, to_plain
from .inline import tidy
from .table import COLUMN_LIMIT, ROW_LIMIT, TableBuilder
from .tags import BLOCKS, CELLS, HEADINGS, LISTS, ROWS, UNSEEN

# characters of HTML; word processors write some fifty for each one that is seen
SOURCE_LIMIT = 2_000_000
TAG_LIMIT, DEPTH_LIMIT = 30_000, 100
# lists in lists; what is deeper joins the deepest
_LIST_DEPTH = 4
_HIGHEST_NUMBER = 9999
# read piece by piece, so that what is too deep is noticed early
_PIECE = 16_384

_SPACES = re.compile("[ \t\n\r\f]+")
# where a source is folded between two Chinese characters, nothing stands
_FOLD = re.compile("(?<=[\u2e80-\uffef])[ \t]*[\n\r]\\s*(?=[\u2e80-\uffef])")
_WEIGHT = re.compile(r"font-weight\s*:\s*(bold|[6-9]00)?", re.IGNORECASE)
# how word processors write a bullet: a glyph of some symbol font, and hard spaces
_BULLET = re.compile("\\s*[-–·•●○■□◆◇▪Øü§olnquv\uf000-\uf0ff] ?\xa0[ \xa0]*")


def read(html: str) -> tuple[Block, ...]:
    """Return the blocks of `html`.

    Raises ValueError with a sentence for what is too large, too deep or too long to be a text.
    """
    if len(html) > SOURCE_LIMIT:
        raise ValueError("粘贴的内容过大，请先粘贴为纯文字，图片请作为附件上传")
    reader = _Reader()
    parser = etree.HTMLParser(target=reader, encoding="utf-8")
    # what nobody sees goes first: a NUL would end the text, others would hide a tag
    source = visible(html).encode()
    parser.feed(b"<html><body>")
    for start in range(0, len(source), _PIECE):
        parser.feed(source[start : start + _PIECE])
    blocks = parser.close()
    refuse_length(len(to_plain(blocks)))
    tables = [block for block in blocks if isinstance(block, Table)]
    if sum(len(table.rows) * len(table.rows[0]) for table in tables) > COLUMN_LIMIT * ROW_LIMIT:
        raise ValueError("文中的表格过多，请改为附件")
    return blocks


def refuse_length(length: int):
    """Raises ValueError with a sentence when a text of so many characters is too long."""
    if length > LONG_TEXT_LIMIT:
        raise ValueError(f"文字过长，最多{LONG_TEXT_LIMIT}字")


class _OpenList:
    """A list that is being read; `items` are [pieces, lists]."""

    def __init__(self, start=None):
        self.start = start
        self.items = []

    def item(self):
        self.items.append(([], []))

    def mark(self):
        """What stands before the last item."""
        return BULLET if self.start is None else f"{self.start + len(self.items) - 1}."

    def finished(self):
        """The list as a tuple of none or one; the lists of an item without words are its own."""
        lifted, items = (), []
        for pieces, inner in self.items:
            runs = tidy(pieces)
            lists = tuple(each for one in inner for each in one.finished())
            if runs:
                items.append(Item(runs, lists))
            elif items:
                items[-1] = Item(items[-1].runs, items[-1].lists + lists)
            else:
                lifted += lists
        return (*lifted, List(tuple(items), self.start)) if items else lifted


class _Reader:
    """Takes what the parser meets, in its order. Text goes to the paragraph, the item or the cell
    that is open."""

    def __init__(self):
        self._blocks = []
        self._tags = 0
        self._depth = 0
        self._length = 0
        self._unseen = 0
        self._weights = [False]
        self._heading = 0
        self._pieces = []
        self._lists = []
        self._table = None
        self._cell = None
        self._inner_tables = 0

    # called by the parser

    def start(self, tag, attributes):
        self._tags += 1
        self._depth += 1
        if self._tags > TAG_LIMIT:
            raise ValueError("内容的格式过于复杂，请先粘贴为纯文字")
        if self._depth > DEPTH_LIMIT:
            raise ValueError("内容的格式嵌套过深，请先粘贴为纯文字")
        self._unseen += tag in UNSEEN
        self._weights.append(_is_bold(tag, attributes, self._weights[-1]))
        if not self._unseen:
            self._begin(tag, attributes)

    def end(self, tag):
        self._weights.pop()
        self._depth -= 1
        if self._unseen:
            self._unseen -= tag in UNSEEN
            return
        if tag in LISTS:
            self._end_list()
        elif tag == "table":
            self._end_table()
        elif tag in CELLS and not self._inner_tables:
            self._cell = None
        elif tag in HEADINGS or tag in BLOCKS or tag == "li":
            self._end_block()
            self._heading = 0

    def data(self, text):
        if self._unseen:
            return
        text = _SPACES.sub(" ", _FOLD.sub("", visible(text)))
        self._length += len(text)
        self._length += len(text.strip())
        refuse_length(self._length)
        self._write(text)

    def close(self):
        self._end_block()
        return _ranked(
            [
                block
                for one in self._blocks
                for block in (one.finished() if isinstance(one, _OpenList) else (one,))
            ]
        )

    def _begin(self, tag, attributes):
        if tag == "br":
            self._write("\n")
        elif tag in HEADINGS:
            self._end_block()
            self._heading = HEADINGS[tag]
        elif tag in LISTS:
            self._start_list(_number(attributes.get("start")) if tag == "ol" else None)
        elif tag == "li":
            self._start_item()
        elif tag == "table":
            self._start_table()
        elif tag in CELLS:
            self._start_cell(tag, attributes)
        elif tag in ROWS:
            self._start_row(tag)
        elif tag in BLOCKS:
            self._end_block()

    # where text goes

    def _write(self, text):
        self._target().append((unicodedata.normalize("NFC", text), self._weights[-1]))

    def _target(self):
        """The pieces of what is open."""
        if self._cell is not None:
            return self._cell
        if self._lists and self._table is None:
            return self._deepest_item()
        return self._pieces

    def _deepest_item(self):
        """The pieces of the item that was begun last: what follows a list within an item too."""
        current = self._lists[-1]
        while True:
            if not current.items:
                current.item()
            pieces, lists = current.items[-1]
            if not lists:
                return pieces
            current = lists[-1]

    def _end_block(self):
        """End the paragraph; within an item or a cell, the line."""
        target = self._target()
        if target is not self._pieces:
            target.append(("\n", False))
            return
        pieces, self._pieces = self._pieces, []
        text = "".join(piece for piece, _bold in pieces)
        bullet = None if self._heading else _BULLET.match(text)
        if bullet:
            self._bullet(_without(pieces, bullet.end()))
        elif runs := tidy([(text, False)] if self._heading else pieces):
            self._blocks.append(Paragraph(runs, self._heading))

    def _bullet(self, pieces):
        if not (self._blocks and isinstance(self._blocks[-1], _WordList)):
            self._blocks.append(_WordList())
        self._blocks[-1].items.append((pieces, []))

    # lists

    def _start_list(self, start):
        self._end_block()
        if self._cell is not None:
            self._lists.append(_OpenList(start))
            return
        if self._table is not None:
            return
        if len(self._lists) == _LIST_DEPTH:
            self._lists.append(self._lists[-1])
            return
        new = _OpenList(start)
        if self._lists:
            current = self._lists[-1]
            if not current.items:
                current.item()
            current.items[-1][1].append(new)
        else:
            self._blocks.append(new)
        self._lists.append(new)

    def _start_item(self):
        self._end_block()
        if not self._lists:
            return
        self._lists[-1].item()
        if self._cell is not None:
            self._write(f"{self._lists[-1].mark()} ")

    def _end_list(self):
        if self._lists:
            self._end_block()
            self._lists.pop()

    # tables; one within a cell or an item is written in lines

    def _start_table(self):
        self._end_block()
        if self._table is not None or self._lists:
            self._inner_tables += 1
        else:
            self._table = TableBuilder()

    def _start_row(self, tag):
        self._end_block()
        if self._table is not None and not self._inner_tables:
            self._cell = None
            self._lists.clear()
            if tag == "tr":
                self._table.row()

    def _start_cell(self, tag, attributes):
        if self._table is None or self._inner_tables:
            self._write(CELL_GAP)
            return
        self._lists.clear()
        self._cell = None
        self._end_block()
        self._cell = self._table.cell(
            tag == "th", _number(attributes.get("colspan")), _number(attributes.get("rowspan"))
        )

    def _end_table(self):
        self._end_block()
        if self._inner_tables:
            self._inner_tables -= 1
        elif self._table is not None:
            table, self._table, self._cell = self._table.table(), None, None
            self._lists.clear()
            if table:
                self._blocks.append(table)


class _WordList(_OpenList):
    """A list made of paragraphs that a word processor wrote with bullets."""


def _is_bold(tag, attributes, inherited):
    if weight := _WEIGHT.search(attributes.get("style", "")):
        return bool(weight[1])
    return inherited or tag in ("b", "strong")


def _number(text):
    """A positive number in an attribute; 1 for anything else."""
    return min(int(text), _HIGHEST_NUMBER) if text and re.fullmatch("[1-9][0-9]{0,3}", text) else 1


def _without(pieces, count):
    """`pieces` without their first `count` characters."""
    left = []
    for text, bold in pieces:
        left.append((text[count:], bold))
        count = max(0, count - len(text))
    return left


def _ranked(blocks):
    """`blocks` with two ranks of headings, the higher one first, whatever six they came in."""
    levels = [block.level for block in blocks if isinstance(block, Paragraph) and block.level]
    highest = min(levels, default=0)
    seen = False
    ranked = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.level:
            level = 1 if block.level == highest or not seen else 2
            seen = True
            ranked.append(Paragraph(block.runs, level))
        else:
            ranked.append(block)
    return tuple(ranked)
