"""The printed sheet of a face: title, header fields, table or text, signatures, QR code."""

import io
from dataclasses import dataclass

from reportlab.pdfgen.canvas import Canvas

from ..face import place
from .closing import Closing
from .flow import COLON, Flow
from .fonts import Font, default_font, embedding
from .formatted import draw_formatted
from .table import draw_table
from .text import wrap

_TITLE, _SUBTITLE, _META, _FIELD, _TEXT = 20.0, 12.0, 10.5, 9.5, 12.0
_TEXT_LEADING = 1.7
# header fields side by side
_FIELDS = {"portrait": 3, "landscape": 4}


@dataclass(frozen=True, slots=True)
class Drawing:
    """A PDF file; `missing` are the characters the font lacks, shown as [U+20BB7]."""

    data: bytes
    pages: int
    missing: list[str]


def draw(
    face: dict, *, public_code: str, verify_url: str, drawn_at: str = "", font: Font | None = None
) -> Drawing:
    """Return `face` as an A4 PDF; the same input gives the same bytes.

    `verify_url` is what the QR code says, `drawn_at` the time as printed, if any. `font` is the
    process's own unless another is given; raises FontError when the machine has none.
    """
    font = font or default_font()
    missing = set()
    face = _printable(face, font, missing)
    code = " ".join(public_code[i : i + 4] for i in range(0, len(public_code), 4))
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    canvas.setTitle(face["title"])
    canvas.setAuthor(face["division"]["name"])
    flow = Flow(canvas, font, f"{face['title']}（{face['period']}）", face["orientation"])
    canvas.setPageSize(flow.size)
    closing = Closing(flow, face, code, verify_url)
    _draw_head(flow, face)
    _draw_fields(flow, face)
    if face["columns"]:
        draw_table(flow, face, closing.height)
    if face.get("html"):
        flow.skip(6)
        draw_formatted(flow, face["html"], closing.height)
    elif face["text"]:
        flow.skip(6)
        flow.paragraph(face["text"], _TEXT, _TEXT_LEADING, indent=2, tail=closing.height)
    closing.draw()
    flow.finish(f"公开编号 {code}", f"制表时间 {drawn_at}" if drawn_at else "")
    with embedding:
        canvas.save()
    return Drawing(target.getvalue(), len(flow.pages), sorted(missing))


def _printable(value, font, missing):
    if isinstance(value, str):
        return font.printable(value, missing)
    if isinstance(value, dict):
        return {key: _printable(item, font, missing) for key, item in value.items()}
    if isinstance(value, list):
        return [_printable(item, font, missing) for item in value]
    return value


def _draw_head(flow, face):
    division, item = face["division"], face["item"]
    flow.paragraph(face["title"], _TITLE, align="center", bold=True)
    flow.skip(2)
    flow.line(face["period"], _SUBTITLE, "center")
    flow.skip(8)
    subject = " ".join(filter(None, (item["category"], item["code"], item["name"])))
    _pair(flow, f"公开单位{COLON}{place(face)}（{division['code']}）", face["unit_note"] or "")
    _pair(flow, f"公开事项{COLON}{subject}", f"公开范围{COLON}{face['audience']}")
    flow.skip(4)


def _pair(flow, left, right):
    """One text at the left margin, another at the right one; the left one may need more lines."""
    room = flow.width / _META - flow.font.width(right) - 1
    for number, line in enumerate(wrap(flow.font, left, room)):
        flow.line(line, _META)
        if number == 0:
            flow.write(flow.left, flow.width, right, _META, "right")


def _draw_fields(flow, face):
    """The header fields in columns, but for what the lines above say already."""
    said = {face["division"]["name"], face["period"]}
    fields = [
        f"{field['label']}{COLON}{field['value']}"
        for field in face["header"]
        if field["value"] not in said
    ]
    count = _FIELDS[face["orientation"]]
    width = flow.width / count
    for start in range(0, len(fields), count):
        cells = [wrap(flow.font, text, width / _FIELD - 1) for text in fields[start:][:count]]
        for number in range(max(map(len, cells))):
            flow.line("", _FIELD)
            for column, lines in enumerate(cells):
                if number < len(lines):
                    flow.write(flow.left + column * width, width, lines[number], _FIELD)
    flow.skip(6)
