"""The layout of one disclosure table, as data.

A template is what the bureau issues: header fields, columns, rules, sample. It is stored as a
plain dictionary (`Template.to_dict`), so that staff can make a new version without code, and
read back into these immutable classes, which all of filling, checking, printing and masking share.
"""

from dataclasses import dataclass, field
from typing import Self

from .plain import from_plain, to_plain

TYPES = (
    "text",
    "integer",
    "money",
    "date",
    "selection",
    "area_mu",
    "phone",
    "id_card",
    "bank_account",
    "person_name",
)
NUMERIC_TYPES = frozenset({"integer", "money", "area_mu"})
MASKS = ("none", "partial_name", "id_card", "phone", "bank")
RULE_KINDS = ("compute", "check", "table")


@dataclass(frozen=True, slots=True)
class Option:
    """One choice of a selection: `value` is stored, `label` is shown."""

    value: str
    label: str
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `unit` is text such as 元 or 亩; `total` asks for a sum in the last row;
    `internal` columns serve checking only and never leave the private zone."""

    key: str
    label: str
    type: str
    label_en: str = ""
    required: bool = False
    unit: str = ""
    total: bool = False
    mask: str = "none"
    internal: bool = False
    options: tuple[Option, ...] = ()

    @property
    def numeric(self) -> bool:
        return self.type in NUMERIC_TYPES


@dataclass(frozen=True, slots=True)
class HeaderField:
    """One field above or below the table, such as the opening balance or the preparer.

    An `automatic` field is written in by the program (village, period, who drafted, reviewed and
    signed, dates of display): nobody types it, and a draft is complete without it.
    """

    key: str
    label: str
    type: str
    label_en: str = ""
    required: bool = False
    automatic: bool = False
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """`kind` is compute (assignment), check (per row) or table (whole table)."""

    kind: str
    expression: str
    message: str = ""


@dataclass(frozen=True, slots=True)
class FixedRow:
    """A row that the form prints itself, as on a balance sheet.

    `formula` computes its money cells from other rows, column by column; `cells` holds what is
    printed in its other cells (column key -> value), such as the row number.
    """

    key: str
    label: str
    label_en: str = ""
    formula: str = ""
    cells: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Template:
    """One version of a table form. `sample_header` and `sample_rows` are a filled example."""

    code: str
    item_code: str
    title: str
    columns: tuple[Column, ...]
    title_en: str = ""
    orientation: str = "portrait"
    paper: str = "A4"
    note: str = ""
    header: tuple[HeaderField, ...] = ()
    rules: tuple[Rule, ...] = ()
    fixed_rows: tuple[FixedRow, ...] = ()
    sample_header: dict[str, str | None] = field(default_factory=dict)
    sample_rows: tuple[dict[str, str | None], ...] = ()

    @classmethod
    def from_dict(cls, data: dict) -> Self:
        """The template stored as `data`, the inverse of `to_dict`; ValueError when it is none."""
        return from_plain(cls, data, str(data.get("code", "")))

    def to_dict(self) -> dict:
        """A dictionary of plain lists, dictionaries, strings and booleans."""
        return to_plain(self)

    def column(self, key: str) -> Column:
        """The column called `key`; KeyError when there is none."""
        for column in self.columns:
            if column.key == key:
                return column
        raise KeyError(key)

    @property
    def sample(self) -> dict:
        """The filled example as a document."""
        return {"header": dict(self.sample_header), "rows": [dict(r) for r in self.sample_rows]}
