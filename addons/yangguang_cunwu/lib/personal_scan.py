"""Looks for personal numbers in a whole document, before it is submitted and published."""

from collections.abc import Iterator

from . import personal_data
from .tables import Template

# columns that hold such a number on purpose: they are masked, stay inside, or are office phones
_MEANT_TYPES = frozenset({"id_card", "bank_account", "phone"})


def sentences(template: Template | None, document: dict) -> Iterator[str]:
    """One sentence for each number found in `document`, with its place; nothing when clean.

    Masked and internal columns of identity, bank and telephone numbers are left out: what they
    hold never leaves as it is. Every other cell, header field and text is read.
    """
    for place, text in _texts(template, document):
        for hit in personal_data.scan(text):
            label = personal_data.LABELS[hit.kind]
            yield f"{place}：疑似{label} {hit.shown}，不得公开，请删去或改写"


def _texts(template, document):
    for key, label in (("text", "正文"), ("note", "说明")):
        if document.get(key):
            yield label, document[key]
    if not template:
        return
    header = document.get("header") or {}
    for field in template.header:
        if field.type not in _MEANT_TYPES and header.get(field.key):
            yield f"表头「{field.label}」", header[field.key]
    columns = [
        column
        for column in template.columns
        if column.type not in _MEANT_TYPES and not column.internal
    ]
    for number, row in enumerate(document.get("rows") or [], start=1):
        for column in columns:
            if row.get(column.key):
                yield f"第{number}行「{column.label}」", row[column.key]
