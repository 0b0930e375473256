"""What changed from one document to another of the same table, such as last month's and this one.

A supervisor reads it before he votes, so it covers every column that he sees, internal ones too.
Header fields that the program writes in (village, period, dates) are left out.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from . import text_item
from .tables import totals, values
from .tables.template import NUMERIC_TYPES, Column, HeaderField, Option, Template

# what a document holds besides its header and its rows
_TEXTS = (
    Column("text", "正文", "text"),
    Column("note", "说明", "text"),
    Column("zero", "零报告", "selection", options=(Option("1", "本期没有发生"),)),
)
# columns whose values tell one row from another; a date among them, because the vouchers of every
# month begin again with number one
_IDENTIFYING_TYPES = frozenset({"text", "selection", "person_name", "date"})


@dataclass(frozen=True, slots=True)
class Change:
    """A value that is not what it was; None where there was, or is, none."""

    field: Column | HeaderField
    before: str | None
    after: str | None

    @property
    def shown(self) -> tuple[str, str]:
        """Both values as people read them."""
        return values.format(self.field, self.before), values.format(self.field, self.after)

    @property
    def difference(self) -> str | None:
        """How much a number rose or fell, "+2,050.00" or "-2,050.00"; None for anything else."""
        if None in (self.before, self.after) or self.field.type not in NUMERIC_TYPES:
            return None
        return f"{Decimal(self.after) - Decimal(self.before):+,}"


@dataclass(frozen=True, slots=True)
class RowChange:
    """A row that was added, removed or changed.

    `before` and `after` are its places in the two documents, counted from 0; None where it is not
    there. People know it by its `name`, its other `words`, and its `sums` ("660.00元"). `cells` are
    those that differ; of a row that was added or removed, all that are filled.
    """

    before: int | None
    after: int | None
    name: str
    words: tuple[str, ...]
    sums: tuple[str, ...]
    cells: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that differs; false when nothing does.

    `order` holds the old places of the rows that stayed, in their new order; empty when they keep
    their order. `totals` follow from the rows. `formats` are both texts as HTML (`rich_text`) where
    they say the same and look different.
    """

    header: tuple[Change, ...] = ()
    texts: tuple[Change, ...] = ()
    totals: tuple[Change, ...] = ()
    added: tuple[RowChange, ...] = ()
    removed: tuple[RowChange, ...] = ()
    changed: tuple[RowChange, ...] = ()
    order: tuple[int, ...] = ()
    formats: tuple[str, ...] = ()

    def __bool__(self):
        return self != Comparison()


def compare(template: Template | None, before: Mapping, after: Mapping) -> Comparison:
    """What differs between two canonical documents; `template` is None for a text item.

    Rows belong together when they are the same line of a printed form, else when they agree in
    the `key_columns`, else when they are in the same place.
    """
    texts = _changes(_TEXTS, before, after)
    if template is None:
        return Comparison(texts=texts, formats=_formats(before, after))
    tables = before.get("rows") or [], after.get("rows") or []
    return Comparison(
        header=_changes(
            (field for field in template.header if not field.automatic),
            before.get("header") or {},
            after.get("header") or {},
        ),
        texts=texts,
        totals=_changes(
            (column for column in template.columns if column.total),
            *(totals(template, {"rows": rows}) for rows in tables),
        ),
        **_Rows(template, *tables).changes(),
    )


def is_comparable(old: Template | None, new: Template | None) -> bool:
    """Whether documents of the layout `old` can be compared with those of `new`, perhaps another
    version of it: what they share is of the same type."""
    if old is None or new is None:
        return old is new
    types = {field.key: field.type for field in (*old.header, *old.columns)}
    return bool(old.fixed_rows) == bool(new.fixed_rows) and all(
        types.get(field.key, field.type) == field.type for field in (*new.header, *new.columns)
    )


def key_columns(template: Template, *tables: Iterable[Mapping]) -> tuple[Column, ...]:
    """The fewest of the first required columns of words and dates that tell all rows apart in each
    of `tables` (lists of rows); empty when even all of them do not."""
    candidates = [
        column
        for column in template.columns
        if column.required and column.type in _IDENTIFYING_TYPES
    ]
    for length in range(1, len(candidates) + 1):
        chosen = tuple(candidates[:length])
        if all(_are_distinct(_keys(chosen, rows)) for rows in tables):
            return chosen
    return ()


class _Rows:
    """The rows of two documents, matched."""

    def __init__(self, template, old, new):
        self.columns = template.columns
        self.old, self.new = old, new
        self.fixed = {fixed.key: fixed.label for fixed in template.fixed_rows}
        self.key = key_columns(template, old, new)

    def changes(self):
        """The members of a Comparison that are about rows."""
        gone = {identity: place for place, identity in enumerate(self._identities(self.old))}
        places = [gone.pop(identity, None) for identity in self._identities(self.new)]
        pairs = [self._change(before, after) for after, before in enumerate(places)]
        stayed = tuple(place for place in places if place is not None)
        return {
            "added": tuple(row for row in pairs if row.before is None),
            "removed": tuple(self._change(place, None) for place in gone.values()),
            "changed": tuple(row for row in pairs if row.before is not None and row.cells),
            "order": stayed if stayed != tuple(sorted(stayed)) else (),
        }

    def _identities(self, rows):
        if self.fixed:
            return [row.get("key") for row in rows]
        return _keys(self.key, rows) if self.key else range(len(rows))

    def _change(self, before, after):
        was = {} if before is None else self.old[before]
        now = {} if after is None else self.new[after]
        place, row = (before, was) if after is None else (after, now)
        return RowChange(
            before,
            after,
            name=self._name(place, row),
            words=self._words(row),
            sums=self._sums(row),
            cells=_changes(self.columns, was, now),
        )

    def _name(self, place, row):
        if self.fixed:
            return self.fixed.get(row.get("key"), "")
        words = (values.format(column, row.get(column.key)) for column in self.key)
        return " ".join(filter(None, words)) or f"第{place + 1}行"

    def _words(self, row):
        return tuple(
            row[column.key]
            for column in self.columns
            if column.required and column.type in ("text", "person_name")
            if column not in self.key and row.get(column.key)
        )

    def _sums(self, row):
        filled = ((column, row.get(column.key)) for column in self.columns if column.total)
        return tuple(
            values.format(column, value) + column.unit
            for column, value in filled
            if value and Decimal(value)
        )


def _changes(fields, before, after):
    return tuple(
        Change(field, before.get(field.key), after.get(field.key))
        for field in fields
        if before.get(field.key) != after.get(field.key)
    )


def _formats(before, after):
    if before.get("text") == after.get("text") and before.get("html") != after.get("html"):
        return text_item.editable(before), text_item.editable(after)
    return ()


def _keys(columns, rows):
    return [tuple(row.get(column.key) for column in columns) for row in rows]


def _are_distinct(keys):
    return len(set(keys)) == len(keys)
