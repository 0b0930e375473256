"""What the form and its reader have to agree on."""

import hashlib
import json
import unicodedata

from ..tables.plain import to_plain
from ..tables.template import Column, HeaderField, Template

FORMAT = "yangguang.form/1"
MARK_SHEET = "_form"
OPTIONS_SHEET = "_options"
TOTAL = "合计"
REQUIRED = "*"


def heading(field: Column | HeaderField) -> str:
    """The label as the form prints it: with the unit, and a star where it must be filled in."""
    unit = f"({field.unit})" if field.unit else ""
    required = field.required and not getattr(field, "automatic", False)
    return f"{field.label}{unit}{REQUIRED if required else ''}"


def comparable(text) -> str:
    """`text` without what a person or a program may change about a label: width, blanks, star."""
    return "".join(unicodedata.normalize("NFKC", str(text)).split()).rstrip(f"{REQUIRED}:")


def version(template: Template) -> str:
    """A short digest of the columns and header fields: two versions of a form differ in it."""
    layout = [to_plain(field) for field in (*template.header, *template.columns)]
    return hashlib.sha256(json.dumps(layout, sort_keys=True).encode()).hexdigest()[:16]
