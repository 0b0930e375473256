"""Personal data in something larger than a text: rows of a table, a sheet, a file."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from . import numbers
from .health import is_name
from .kinds import KINDS
from .plain import Plain
from .text import Hit, scan


@dataclass(frozen=True, slots=True)
class Passage:
    """A text and its place in words, such as 第3行「备注」.

    `label` is the label of its column or field, `path` leads to it in a document. What names a
    person says `name`: True, False, or None to tell by its look.
    """

    place: str
    text: str
    label: str = ""
    path: tuple = ()
    name: bool | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A hit and where it is. `path` is that of the passage; empty in a file."""

    place: str
    hit: Hit
    path: tuple = ()

    @property
    def label(self) -> str:
        """What kind of data it is, for people."""
        return KINDS[self.hit.kind].label

    @property
    def severity(self) -> str:
        """BLOCK where a check digit or a strict shape tells, CONFIRM where words around it do."""
        return KINDS[self.hit.kind].severity

    @property
    def shown(self) -> str:
        """The value masked: the hint, and what to write in its stead."""
        return self.hit.shown

    def sentence(self) -> str:
        """Place, kind and hint, for the person who wrote it."""
        return f"{self.place}：疑似{self.label} {self.shown}，不得公开，请删去或改写"

    def key(self, secret: bytes) -> str:
        """What a permission given for this finding refers to: kind, place and value.

        It is the same as long as the same value stands in the same place. `secret` is the
        database's own, so that nobody learns the value by trying.
        """
        text = f"{self.hit.kind}\n{self.place}\n{self.hit.digest(secret)}"
        return hashlib.sha256(text.encode()).hexdigest()


def find(rows: Iterable[Sequence[Passage]], today: date) -> Iterator[Finding]:
    """Yield what is found in `rows`; the passages of a row stand side by side.

    A row that names a person makes the words of illness in its other cells findings, and a number
    that goes on in the next cell is found in the first.
    """
    for row in rows:
        named = len(row) > 1 and any(map(_is_name, row))
        for passage in row:
            for hit in scan(passage.text, today, passage.label, named and not _is_name(passage)):
                yield Finding(passage.place, hit, passage.path)
        if len(row) > 1:
            yield from _across(row, today)


def _is_name(passage):
    return is_name(passage.text) if passage.name is None else passage.name and bool(passage.text)


def _across(row, today):
    """Numbers that begin in one cell and end in the next."""
    for left, right in pairwise(row):
        found = numbers.joined(*(Plain(each.text).text.strip() for each in (left, right)), today)
        if found:
            hit = Hit(found.kind, 0, len(left.text), "*" * len(left.text), found.value)
            yield Finding(f"{left.place}至{right.place}", hit, left.path)
