"""All that a Word file says: body, tables, changes, hidden text, notes, comments, headers."""

import re

from ..privacy import Passage
from .collector import Collector
from .package import Events, Package

_PLACES = (
    (re.compile(r"word/document\d*\.xml"), "正文"),
    (re.compile(r"word/header\d*\.xml"), "页眉"),
    (re.compile(r"word/footer\d*\.xml"), "页脚"),
    (re.compile(r"word/footnotes\.xml"), "脚注"),
    (re.compile(r"word/endnotes\.xml"), "尾注"),
    (re.compile(r"word/comments\w*\.xml"), "批注"),
    (re.compile(r"word/glossary/document\.xml"), "自动图文集"),
)
_STANDING_FOR = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "sym": " "}
_LABEL_LENGTH = 20
_OFF = ("0", "false", "off")


def read(package: Package, collector: Collector) -> set[str]:
    """Send the texts of the document to `collector`; return the parts that were told."""
    told = {"[Content_Types].xml", "word/fontTable.xml", "word/theme/theme1.xml"}
    for name in package.names:
        place = next((words for path, words in _PLACES if path.fullmatch(name)), None)
        if place:
            package.parse(name, _Story(place, collector))
            told.add(name)
    return told


class _Paragraph:
    """What is visible, hidden and deleted of one paragraph, each read by itself."""

    def __init__(self):
        self.visible, self.hidden, self.deleted = [], [], []


class _Table:
    """A table being read: its first row names the columns."""

    def __init__(self):
        self.labels = []
        self.rows = 0
        self.cells = []
        self.cell = []


class _Story(Events):
    """The text of one part. Text boxes stand inside paragraphs, tables inside cells: both nest."""

    def __init__(self, place, collector):
        self._place = place
        self._collector = collector
        self._paragraphs = []
        self._tables = []
        self._count = 0
        self._hidden = False
        self._in_run = False
        self._reading = None

    def start(self, tag, attributes):
        if tag == "p":
            self._paragraphs.append(_Paragraph())
            self._count += not self._tables
        elif tag == "tbl":
            self._tables.append(_Table())
        elif tag == "r":
            self._hidden, self._in_run = False, True
        elif tag == "vanish" and self._in_run:
            self._hidden = attributes.get("val") not in _OFF
        elif tag in ("t", "instrText", "delText", "delInstrText"):
            self._reading = tag
        elif tag in _STANDING_FOR and self._in_run and self._paragraphs:
            self._paragraphs[-1].visible.append(_STANDING_FOR[tag])
        for name in ("descr", "title", "author", "string", "alias", "initials"):
            if attributes.get(name):
                self._collector.row([Passage(f"{self._place}图形说明或修订作者", attributes[name])])

    def text(self, text):
        if self._reading and self._paragraphs:
            paragraph = self._paragraphs[-1]
            if self._reading.startswith("del"):
                paragraph.deleted.append(text)
            else:
                (paragraph.hidden if self._hidden else paragraph.visible).append(text)

    def end(self, tag):
        if tag in ("t", "instrText", "delText", "delInstrText"):
            self._reading = None
        elif tag == "r":
            self._hidden = self._in_run = False
        elif tag == "p" and self._paragraphs:
            self._end_paragraph(self._paragraphs.pop())
        elif tag == "tc" and self._tables:
            table = self._tables[-1]
            table.cells.append("\n".join(table.cell))
            table.cell = []
        elif tag == "tr" and self._tables:
            self._end_row(self._tables[-1])
        elif tag == "tbl" and self._tables:
            self._tables.pop()

    def _end_paragraph(self, paragraph):
        visible = "".join(paragraph.visible)
        place = f"{self._place}第{self._count}段"
        if self._tables:
            self._tables[-1].cell.append(visible)
            place = f"{self._place}表格第{self._tables[-1].rows + 1}行"
        elif visible:
            self._collector.row([Passage(place, visible)])
        if paragraph.hidden:
            self._collector.row([Passage(f"{place}隐藏文字", "".join(paragraph.hidden))])
        if paragraph.deleted:
            self._collector.row([Passage(f"{place}修订中已删除的文字", "".join(paragraph.deleted))])

    def _end_row(self, table):
        table.rows += 1
        if table.rows == 1:
            table.labels = [text if len(text) <= _LABEL_LENGTH else "" for text in table.cells]
        labels = [*table.labels, *[""] * len(table.cells)]
        self._collector.row(
            [
                Passage(f"{self._place}表格第{table.rows}行第{number}列", text, label)
                for number, (text, label) in enumerate(zip(table.cells, labels, strict=False), 1)
                if text
            ]
        )
        table.cells = []
