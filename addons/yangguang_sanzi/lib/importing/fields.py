"""What can be read from a list, by kind, and by which heads its columns are known."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import NamedTuple
from unicodedata import normalize

from odoo.addons.yangguang_cunwu.lib.tables.template import Column

from ..shipped import import_fields_data


class Field(NamedTuple):
    """A field of a kind of list. `heads` are what programs (用友, 金蝶 and others) call it, the
    first one is what people read; `type` is a type of `lib.tables`, or "choice"."""

    key: str
    heads: tuple[str, ...]
    type: str = "text"
    required: bool = False

    @property
    def label(self) -> str:
        return self.heads[0]

    @property
    def column(self) -> Column:
        """As what its cells are read."""
        return Column(self.key, self.label, "text" if self.type == "choice" else self.type)


_DATA = import_fields_data()
KINDS = {
    kind: tuple(Field(**{**one, "heads": tuple(one["heads"])}) for one in fields)
    for kind, fields in _DATA["fields"].items()
}
# what programs write for the values of our fields, by kind and field
CHOICES = _DATA["choices"]

_UNIT = re.compile(r"\((?:元|人民币|本位币|本币|万?元)\)$")


def normal(head: str) -> str:
    """Return a column's head in one writing: no spaces, no star, no unit of money behind it."""
    return _UNIT.sub("", re.sub(r"[\s*]", "", normalize("NFKC", head)))


@cache
def known_heads() -> frozenset[str]:
    """All heads that any kind knows."""
    return frozenset(normal(head) for kind in KINDS.values() for one in kind for head in one.heads)


def propose(kind: str, heads: Mapping[int, str], saved: Mapping[str, str] = {}) -> dict[int, str]:
    """Return the field that each column (by its number) of a list of `kind` is taken for.

    `saved` is what an accountant has chosen before, field by head ("" for none), and goes first.
    No field is proposed twice: the first head in the order of the field's own names has it.
    """
    chosen = {place: saved[head] for place, head in heads.items() if saved.get(head)}
    places = {}
    for place, head in heads.items():
        if head not in saved:
            places.setdefault(normal(head), place)
    for one in KINDS[kind]:
        if one.key in chosen.values():
            continue
        found = (places.get(normal(head)) for head in one.heads)
        place = next((place for place in found if place and place not in chosen), None)
        if place:
            chosen[place] = one.key
    return chosen


def problems(kind: str, keys: Iterable[str]) -> list[str]:
    """Return what is wrong with the fields that were chosen for the columns, as sentences."""
    keys = [key for key in keys if key]
    labels = {one.key: one.label for one in KINDS[kind]}
    found = [
        f"「{label}」选了不止一列，只能选一列。"
        for key, label in labels.items()
        if keys.count(key) > 1
    ]
    missing = [one.label for one in KINDS[kind] if one.required and one.key not in keys]
    if missing:
        found.append(f"还没有选{'、'.join(f'「{label}」' for label in missing)}在哪一列。")
    if kind in ("voucher", "balance"):
        found += _book_problems(kind, set(keys), labels)
    return found


def _book_problems(kind, keys, labels):
    if not keys & {"account", "account_name"}:
        yield "「科目编码」和「科目名称」至少要选一列。"
    both, one_column = {"debit", "credit"}, {"side", "amount"}
    if not (both <= keys or one_column <= keys):
        yield (
            f"请选「{labels['debit']}」和「{labels['credit']}」两列，"
            f"或者「{labels['side']}」和「{labels['amount']}」两列。"
        )
    elif both & keys and one_column & keys:
        yield "借方、贷方两列与方向、金额两列只能用一种。"
