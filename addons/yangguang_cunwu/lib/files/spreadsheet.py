"""All that an Excel file says: cells, also of hidden sheets, comments, names, leftovers."""

import re
from datetime import date, timedelta
from typing import NamedTuple

from ..privacy import Passage
from .collector import Collector
from .package import Events, Package

_STRINGS = "xl/sharedStrings.xml"
_WORKBOOK = "xl/workbook.xml"
_HEADER_TAGS = {
    "oddHeader",
    "oddFooter",
    "evenHeader",
    "evenFooter",
    "firstHeader",
    "firstFooter",
}
_HIDDEN_STATES = {"hidden": "（隐藏）", "veryHidden": "（深度隐藏）"}
# a short cell that says what stands below it
_LABEL = re.compile(
    r"\D*(?:护照|通行证|证件|出生|生日|住址|地址|户籍|门牌|社保卡|一卡通|存折|卡号|账号|账户|车牌)\D*"
)
_LABEL_LENGTH = 20
_BIRTH = re.compile("出生|生日")
_DAY_ZERO = date(1899, 12, 30)  # Excel counts days from here
_DAYS = range(1, 80_000)


class SheetPart(NamedTuple):
    """A sheet of a workbook: its name, its state, the part it is stored in."""

    name: str
    state: str
    part: str


def sheets(package: Package) -> list[SheetPart]:
    """The sheets of a workbook, in order."""
    return _workbook(package, Collector(date.min))


def _workbook(package, collector):
    book = _Workbook(collector)
    package.parse(_WORKBOOK, book)
    parts = {relation.id: relation.target for relation in package.relations(_WORKBOOK)}
    return [
        SheetPart(name, state, parts[reference])
        for name, state, reference in book.sheets
        if parts.get(reference) in package.names
    ]


def read(package: Package, collector: Collector) -> set[str]:
    """Send the workbook to `collector`, row by row; return the parts that were told."""
    told = {_STRINGS, _WORKBOOK, "[Content_Types].xml", "xl/calcChain.xml"}
    strings = _Strings()
    if _STRINGS in package.names:
        package.parse(_STRINGS, strings)
    for name, state, part in _workbook(package, collector):
        title = f"工作表“{name}”{_HIDDEN_STATES.get(state, '')}"
        package.parse(part, _Sheet(title, strings, collector))
        told.add(part)
        for relation in package.relations(part):
            if (
                relation.type in ("comments", "threadedComment")
                and relation.target in package.names
            ):
                package.parse(relation.target, _Comments(title, collector))
                told.add(relation.target)
    for text in strings.unused():
        collector.row([Passage("没有显示在任何单元格的残留文字", text)])
    return told


class _Workbook(Events):
    """The sheets (name, state, relation) and the defined names."""

    def __init__(self, collector):
        self.sheets = []
        self._collector = collector
        self._name = None
        self._text = ""

    def start(self, tag, attributes):
        if tag == "sheet":
            state = attributes.get("state", "visible")
            self.sheets.append((attributes.get("name", ""), state, attributes.get("id", "")))
            self._collector.row([Passage("工作表名称", attributes.get("name", ""))])
        elif tag == "definedName":
            self._name, self._text = attributes.get("name", ""), attributes.get("comment", "")

    def text(self, text):
        if self._name is not None:
            self._text += text

    def end(self, tag):
        if tag == "definedName":
            place = f"名称管理器“{self._name}”"
            self._collector.row([Passage(place, self._name)])
            self._collector.row([Passage(place, self._text)])
            self._name = None


class _Strings(Events):
    """The texts that cells share by number."""

    def __init__(self):
        self._texts = []
        self._pieces = []
        self._phonetic = []
        self._in_phonetic = False
        self._used = set()

    def __getitem__(self, number: int) -> str:
        self._used.add(number)
        return self._texts[number]

    def unused(self):
        """The texts that no cell shows, and the readings above characters."""
        rest = [text for n, text in enumerate(self._texts) if n not in self._used]
        return [*rest, *self._phonetic]

    def start(self, tag, _attributes):
        if tag == "rPh":
            self._in_phonetic = True

    def text(self, text):
        (self._phonetic if self._in_phonetic else self._pieces).append(text)

    def end(self, tag):
        if tag == "si":
            self._texts.append("".join(self._pieces))
            self._pieces.clear()
        elif tag == "rPh":
            self._in_phonetic = False


class _Sheet(Events):
    """One sheet: its rows, and what is written around them."""

    def __init__(self, title, strings, collector):
        self._title = title
        self._strings = strings
        self._collector = collector
        self._hidden_columns = set()
        self._labels = {}
        self._row = []
        self._row_hidden = False
        self._number = 0
        self._cell = {}
        self._text = []

    def start(self, tag, attributes):
        self._text.clear()
        if tag == "c":
            self._cell = {"address": attributes.get("r", ""), "type": attributes.get("t", "n")}
        elif tag == "row":
            self._row_hidden = attributes.get("hidden") in ("1", "true")
        elif tag == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = int(attributes["min"]), int(attributes["max"])
            self._hidden_columns.update(range(first, min(last, 16384) + 1))
        elif tag in ("hyperlink", "dataValidation", "sheetPr", "protectedRange", "cellWatch"):
            for value in attributes.values():
                self._collector.row(
                    [Passage(f"{self._title}{attributes.get('ref', '')}链接或提示", value)]
                )

    def text(self, text):
        self._text.append(text)

    def end(self, tag):
        text = "".join(self._text)
        if tag in ("v", "t", "f"):
            self._cell[tag] = self._cell.get(tag, "") + text
            self._text.clear()
        elif tag == "c":
            self._end_cell()
        elif tag == "row":
            self._collector.row(self._row)
            self._row = []
        elif tag in _HEADER_TAGS:
            self._collector.row([Passage(f"{self._title}页眉页脚", text)])
        elif tag.startswith("formula") and text:
            self._collector.row([Passage(f"{self._title}数据有效性或条件格式", text)])

    def _end_cell(self):
        cell, self._cell = self._cell, {}
        letters = cell["address"].rstrip("0123456789")
        value = self._value(cell, letters)
        place = self._place(cell["address"], letters)
        if value:
            if len(value) <= _LABEL_LENGTH and _LABEL.fullmatch(value):
                self._labels[letters] = value
            self._row.append(Passage(place, value, self._labels.get(letters, "")))
        if cell.get("f"):
            self._collector.row([Passage(f"{place}公式", cell["f"])])

    def _value(self, cell, letters):
        value = cell.get("v", cell.get("t", ""))
        if cell["type"] == "s" and value:
            return self._strings[int(value)]
        if cell["type"] != "n" or not value:
            return value
        value = _whole(value)
        if _BIRTH.search(self._labels.get(letters, "")) and value.isdecimal():
            days = int(value)
            return str(_DAY_ZERO + timedelta(days)) if days in _DAYS else value
        return value

    def _place(self, address, letters):
        if self._row_hidden:
            return f"{self._title}{address}（隐藏行）"
        if self._hidden_columns and _column(letters) in self._hidden_columns:
            return f"{self._title}{address}（隐藏列）"
        return f"{self._title}{address}"


class _Comments(Events):
    """The comments of one sheet, old and threaded ones."""

    def __init__(self, title, collector):
        self._title = title
        self._collector = collector
        self._reference = ""
        self._text = []

    def start(self, tag, attributes):
        if tag in ("comment", "threadedComment"):
            self._reference = attributes.get("ref", "")
            self._text.clear()

    def text(self, text):
        self._text.append(text)

    def end(self, tag):
        if tag in ("comment", "threadedComment", "author"):
            place = "批注作者" if tag == "author" else f"{self._reference}批注"
            self._collector.row([Passage(f"{self._title}{place}", "".join(self._text))])
            self._text.clear()


def _whole(value):
    """A number as people write it: Excel stores 13800001234 as 1.3800001234E10 at times."""
    if not set(".eE") & set(value):
        return value
    try:
        number = float(value)
    except ValueError:
        return value
    return str(int(number)) if number.is_integer() and abs(number) < 1e21 else value


def _column(letters):
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - ord("A") + 1
    return number
