"""The passages of a sheet's document that are read before it is submitted and published."""

from collections.abc import Iterator

from ..tables import Template
from .finding import Passage

# columns that hold such a number on purpose: they are masked, stay inside, or are office phones
_MEANT_TYPES = frozenset({"id_card", "bank_account", "phone"})
# what the form itself prints is chosen, not written: 重度残疾人护理补贴 is a kind of allowance
_UNREAD_TYPES = _MEANT_TYPES | {"selection"}


def passages(template: Template | None, document: dict) -> Iterator[list[Passage]]:
    """Yield the rows of `document` for `find`; paths are ("text",), ("rows", 0, column) and so on.

    Masked and internal columns of identity, bank and telephone numbers are left out: what they
    hold never leaves as it is. Every other cell, header field and text is read.
    """
    for key, label in (("text", "正文"), ("note", "说明")):
        if document.get(key):
            yield [Passage(label, document[key], path=(key,))]
    if not template:
        return
    header = document.get("header") or {}
    for field in template.header:
        if field.type not in _MEANT_TYPES and header.get(field.key):
            path = ("header", field.key)
            yield [Passage(f"表头「{field.label}」", header[field.key], field.label, path)]
    columns = [
        column
        for column in template.columns
        if column.type not in _UNREAD_TYPES and not column.internal
    ]
    for index, row in enumerate(document.get("rows") or []):
        yield [
            Passage(
                f"第{index + 1}行「{column.label}」",
                row[column.key],
                column.label,
                ("rows", index, column.key),
                name=column.type == "person_name",
            )
            for column in columns
            if row.get(column.key)
        ]
