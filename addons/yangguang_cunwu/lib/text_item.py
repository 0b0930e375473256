"""The document of an item without a table: a text, or that there is nothing this period.

    {"text": "…", "html": "<p>…</p>", "zero": "1"}

`text` is what is said, always. `html` is the same with its format (`rich_text`), and there only
when plain lines cannot say it.
"""

from collections.abc import Mapping

from . import rich_text
from .tables.values import clean

_KEYS = frozenset({"text", "html", "zero"})


def complete(document: Mapping) -> dict:
    """The stored form of `document`; what `html` says wins over `text`.

    Raises ValueError with a sentence when it has another shape, or is too long.
    """
    values = document.values()
    if document.keys() - _KEYS or any(value and not isinstance(value, str) for value in values):
        raise ValueError("内容只能是文字")
    text, html = document.get("text"), document.get("html")
    result = {"text": text and clean(text), "zero": document.get("zero")}
    if html is not None:
        blocks = rich_text.blocks(html)
        result["text"] = rich_text.to_plain(blocks)
        if not rich_text.is_plain(blocks):
            result["html"] = rich_text.to_html(blocks)
    rich_text.refuse_length(len(result["text"] or ""))
    return result


def editable(document: Mapping) -> str:
    """The text of `document` as HTML, for an editor."""
    return document.get("html") or rich_text.from_plain(document.get("text") or "")
