"""The face of a disclosure: what one audience gets to see, as strings, lists and dictionaries.

A face is made once, at publication, and frozen as canonical JSON; the web page, the API, the PDF,
the spreadsheet and the LED all show this and nothing else. So it carries its own labels, its
amounts are written out, what must stay inside is gone, and there is no number or boolean in it.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from . import rich_text
from .tables import complete, totals, values
from .tables.template import Column, Template

FORMAT = "yangguang.face/1"
# audience -> what the face calls it
AUDIENCES = {
    "public": "公开",
    "village": "本村村民",
    "member": "集体经济组织成员",
    "party": "党员",
}
# audiences that have proved who they are, and are entitled to names in full; numbers of persons
# and accounts stay masked for them too
PRIVATE_AUDIENCES = frozenset({"village", "member", "party"})
NAME_MASKS = frozenset({"none", "partial_name"})
# what those see who draft, review and sign: every column as it was entered; it is never frozen
INTERNAL = "internal"
_LABELS = {**AUDIENCES, INTERNAL: "内部"}

_CENTRED_TYPES = frozenset({"date", "selection", "person_name", "phone", "id_card", "bank_account"})


@dataclass(frozen=True, slots=True)
class Context:
    """What is known of a disclosure besides its document.

    `division` has code, name, town, district; `item` has code, name, category. Every member of
    `procedure` has label (编制, 审核, 签名把关, 公开), person and date. `reconstruction` is the
    sentence saying that the form is not the bureau's own, None when it is.
    """

    division: Mapping[str, str]
    item: Mapping[str, str]
    period: str
    title: str = ""
    procedure: tuple[Mapping[str, str | None], ...] = ()
    legal_basis: str | None = None
    reconstruction: str | None = None


def build(
    template: Template | None,
    document: Mapping,
    context: Context,
    audience: str,
    *,
    mask: Callable[[str, str], str],
    totals_only: bool = False,
) -> dict:
    """Return the face of `document` for `audience`, a key of AUDIENCES, or INTERNAL.

    `document` may hold header, rows, text (and html), zero and note; `template` is None for an
    item without a table. `mask(value, kind)` hides personal data. With `totals_only` the rows are
    dropped, while the totals and the number of rows stay.
    """
    label = _LABELS[audience]
    columns = _columns(template, audience)
    rows = document.get("rows") or []

    def hide(value, kind):
        entitled = kind in NAME_MASKS and audience in PRIVATE_AUDIENCES
        return value if entitled or audience == INTERNAL else mask(value, kind)

    face = {
        "format": FORMAT,
        "division": _strings(context.division, "code", "name", "town", "district"),
        "item": _strings(context.item, "code", "name", "category"),
        "title": context.title or (template.title if template else context.item["name"]),
        "period": context.period,
        "orientation": template.orientation if template else "portrait",
        "audience": label,
        "unit_note": _unit_note(document, columns),
        "header": _header(template, document),
        "columns": [_face_column(column) for column in columns],
        "detail": "totals" if totals_only else "rows",
        "row_count": str(len(rows)),
        "rows": [] if totals_only else [_cells(columns, row, hide) for row in rows],
        "totals": _totals(template, columns, rows),
        "text": document.get("text"),
        "zero": document.get("zero"),
        "note": document.get("note"),
        "files": [] if totals_only else _files(document),
        "procedure": [_strings(step, "label", "person", "date") for step in context.procedure],
        "legal_basis": context.legal_basis,
        "reconstruction": context.reconstruction,
    }
    if document.get("html"):
        face["html"] = document["html"]
    return face


def text_html(face: Mapping) -> str:
    """The text of `face` as HTML that may be shown as it is; "" when it has none.

    `face["text"]` is all that is said, in plain lines. `face["html"]` is the same with its format;
    a face whose text has none, or that is older than formats, does not have it.
    """
    return face.get("html") or rich_text.from_plain(face["text"] or "")


def _files(document):
    return [
        _strings(entry, "name", "mimetype", "size", "digest")
        for entry in document.get("files") or []
    ]


def specimen(
    template: Template, audience: str, *, mask: Callable[[str, str], str], totals_only: bool = False
) -> dict:
    """Return the face of the sample of `template`, to show what the form looks like.

    Raises ValueError for a sample or a rule that cannot be read.
    """
    document = complete(template, template.sample)
    context = Context(
        division={"name": document["header"].get("village")},
        item={"code": template.item_code, "name": template.title},
        period=document["header"].get("period") or "",
    )
    return build(template, document, context, audience, mask=mask, totals_only=totals_only)


def heading(column: Mapping[str, str]) -> str:
    """The head of a face's column: its label, and the unit where there is one."""
    return f"{column['label']}({column['unit']})" if column["unit"] else column["label"]


def notice(face: Mapping) -> str | None:
    """The sentence a table shows in place of rows: a zero report, or totals alone; else None."""
    if face["zero"]:
        return "本期没有发生此类事项（零报告）"
    if face["detail"] == "totals":
        return f"明细共 {face['row_count']} 行，按规定在此只公开合计"
    return None


def place(face: Mapping) -> str:
    """The name of the village with those of its district and town before it."""
    return "".join(face["division"][level] or "" for level in ("district", "town", "name"))


def _strings(mapping, *keys):
    return {key: mapping.get(key) for key in keys}


def _columns(template, audience):
    if not template:
        return []
    return [column for column in template.columns if audience == INTERNAL or not column.internal]


def _unit_note(document, columns):
    unit = (document.get("header") or {}).get("unit_note")
    if not unit and any(column.type == "money" for column in columns):
        unit = "元"
    return f"金额单位\uff1a{unit}" if unit else None


def _header(template, document):
    # office holders named here are public (VCO art. 24 and 30), so nothing is masked
    header = document.get("header") or {}
    return [
        {"label": field.label, "value": values.format(field, header[field.key])}
        for field in (template.header if template else ())
        if field.key != "unit_note" and header.get(field.key) is not None
    ]


def _face_column(column):
    return {
        "key": column.key,
        "label": column.label,
        "unit": column.unit,
        "align": _alignment(column),
        "type": column.type,
    }


def _alignment(column):
    if column.numeric:
        return "right"
    return "center" if column.type in _CENTRED_TYPES else "left"


def _cells(columns, row, mask):
    return [_cell(column, row.get(column.key), mask) for column in columns]


def _cell(column: Column, value, mask):
    if value is None:
        return None
    if column.mask != "none" and (masked := mask(value, column.mask)) != value:
        return masked
    return values.format(column, value)


def _totals(template, columns, rows):
    if not any(column.total for column in columns):
        return None
    sums = totals(template, {"rows": rows})
    return [values.format(column, sums[column.key]) if column.total else None for column in columns]
