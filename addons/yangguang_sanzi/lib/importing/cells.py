"""What the cells of a list say, field by field, with what is wrong in which of them."""

import re
from collections.abc import Collection, Iterator, Mapping
from functools import lru_cache

from odoo.addons.yangguang_cunwu.lib.division_csv import Problem
from odoo.addons.yangguang_cunwu.lib.excel.cells import value_of
from odoo.addons.yangguang_cunwu.lib.excel.workbook import Cell
from odoo.addons.yangguang_cunwu.lib.files.refusal import RefusedError
from odoo.addons.yangguang_cunwu.lib.tables import values

from .fields import KINDS
from .table import Table

# how many values of each field are kept while a list is read: most come again and again
_KEPT = 4096
_SUM = re.compile(r"(?:本?[页月期年季]|本年)?(?:合计|小计|总计|累计|结转)[:：]?")
_TIME = re.compile(r"[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")


class Records:
    """The rows of a list of `kind`, as canonical texts by field.

    `chosen` is the field of each column. What is wrong goes to `problems`, in the order of rows;
    `wrong` are the fields of the last row that could not be read.
    """

    def __init__(self, table: Table, kind: str, chosen: Mapping[int, str]):
        self._table = table
        self.fields = {one.key: one for one in KINDS[kind]}
        self._places = {place: key for place, key in chosen.items() if key}
        self.heads = {key: table.heads[place] for place, key in self._places.items()}
        self.problems: list[Problem] = []
        self.wrong: Collection[str] = ()
        self._read = {
            key: lru_cache(_KEPT)(lambda cell, field=self.fields[key]: _value(field, cell))
            for key in self.heads
        }

    def __iter__(self) -> Iterator[tuple[int, dict[str, str]]]:
        """The filled rows that are no sums: number, and what was said by field."""
        try:
            for number, cells in self._table.rows:
                if _is_sum(cells):
                    continue
                record, self.wrong = {}, set()
                for place, key in self._places.items():
                    if (cell := cells.get(place)) is None:
                        continue
                    try:
                        if value := self._read[key](cell):
                            record[key] = value
                    except ValueError as error:
                        self.note(number, key, str(error))
                        self.wrong.add(key)
                if record or self.wrong:
                    yield number, record
        except RefusedError as refusal:
            self.problems.append(Problem(self._table.head_row, "文件", str(refusal)))

    def note(self, row: int, keys: str | Collection[str], text: str) -> None:
        """Add a problem in the column of the first of `keys` that the list has."""
        keys = (keys,) if isinstance(keys, str) else keys
        head = next((self.heads[key] for key in keys if key in self.heads), None)
        head = head or next(iter(self.heads.values()))
        self.problems.append(Problem(row, head, text.rstrip("。")))


def _value(field, cell: Cell):
    if field.type == "date" and isinstance(cell.value, str):
        cell = Cell(_TIME.sub("", cell.value.strip()))
    return value_of(field.column, cell)


def _is_sum(cells):
    """Whether this row adds others up: its first text says so, and nothing but numbers follows."""
    texts = [str(cell.value).strip() for cell in cells.values() if isinstance(cell.value, str)]
    words = [text for text in texts if not _is_number(text)]
    return len(words) == 1 and _SUM.fullmatch(re.sub(r"\s", "", words[0])) is not None


def _is_number(text):
    return bool(re.fullmatch(r"[-+¥￥]?[\d,.]+", values.narrow(text)))
