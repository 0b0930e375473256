"""A published face read back as numbers."""

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal

_YUAN = "元"
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d", re.ASCII)
_NUMBERS = frozenset({"money", "integer", "area_mu"})


class Sheet:
    """The figures of one face. What it does not show is None: nothing is guessed."""

    def __init__(self, face: Mapping):
        self.period: str = face["period"]
        self.zero = bool(face["zero"])
        self.count = int(face["row_count"])
        self._header = {entry["label"]: entry["value"] for entry in face["header"]}
        self._places = {column["key"]: place for place, column in enumerate(face["columns"])}
        self._types = [column["type"] for column in face["columns"]]
        self._labels = [column["label"] for column in face["columns"]]
        self._rows = None if face["detail"] == "totals" and not self.zero else face["rows"]
        self._totals = face["totals"]

    @staticmethod
    def is_in_yuan(face: Mapping) -> bool:
        """Whether the amounts of `face` are yuan, and not ten thousands of them."""
        return face["unit_note"] is None or face["unit_note"].split("\uff1a")[-1] == _YUAN

    def label(self, key: str) -> str:
        """What the column `key` is called; "" when there is none."""
        return self._labels[self._places[key]] if key in self._places else ""

    def rows(self, keep: Callable[[Mapping], bool] = lambda row: True) -> list[dict] | None:
        """The rows that fulfil `keep`, each as column key -> Decimal, text or None."""
        if self._rows is None:
            return None
        return [row for row in self._read() if keep(row)]

    def total(self, key: str) -> Decimal | None:
        """The sum of the column `key`; an empty cell counts as nothing."""
        if not self.is_number(key):
            return None
        place = self._places[key]
        if self._rows is None:
            text = (self._totals or [None] * (place + 1))[place]
            return None if text is None else _number(text)
        return sum((_number(row[place]) for row in self._rows if row[place]), Decimal(0))

    def known(self, key: str) -> Decimal | None:
        """As `total`, but None when no cell of the column is filled: that is not known."""
        total = self.total(key)
        if self._rows is None:
            # a total of nothing does not tell
            return total or None
        filled = total is not None and any(row[self._places[key]] for row in self._rows)
        return total if filled else None

    def by(self, kind: str, key: str) -> dict[str | None, Decimal] | None:
        """The sums of the column `key` by what stands in the column `kind`."""
        rows = self.rows()
        if rows is None or kind not in self._places or not self.is_number(key):
            return None
        sums = {}
        for row in rows:
            sums[row[kind]] = sums.get(row[kind], Decimal(0)) + (row[key] or 0)
        return sums

    def line(self, name: str, key: str) -> Decimal | None:
        """The amount in the column `key` of the printed line that is called `name`."""
        if not self.is_number(key):
            return None
        found = self.rows(lambda row: _plain(row.get("line")) == name) or [{}]
        return found[0].get(key)

    def header(self, label: str) -> Decimal | None:
        """The amount that the head of the sheet gives for `label`."""
        text = self._header.get(label, "")
        return _number(text) if _AMOUNT.fullmatch(text) else None

    def is_number(self, key: str) -> bool:
        """Whether the sheet has a column `key` of numbers."""
        return key in self._places and self._types[self._places[key]] in _NUMBERS

    def _read(self) -> Iterator[dict]:
        for row in self._rows:
            yield {
                key: _number(row[place])
                if row[place] and self._types[place] in _NUMBERS
                else row[place]
                for key, place in self._places.items()
            }


def _number(text):
    return Decimal(text.replace(",", ""))


def _plain(line):
    # a printed line begins with its number or its sign: 四、净收益, 减:公益支出
    return line and line.split("、", 1)[-1].split(":", 1)[-1]
