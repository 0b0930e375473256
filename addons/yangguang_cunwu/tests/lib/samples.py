"""Makes small files of every kind, clean or with something in a chosen place, for the tests."""

import io
import struct
import zipfile

import xlsxwriter
from PIL import ExifTags, Image, PngImagePlugin
from pypdf import PdfWriter
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen import canvas

TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_WORD_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def repacked(content, change=lambda name, part: part, **added):
    """An archive with its parts changed, and parts added (`/` in names written as `__`)."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)), zipfile.ZIP_DEFLATED)
        for name, part in added.items():
            archive.writestr(name.replace("__", "/"), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def archive(parts):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, part in parts.items():
            packed.writestr(name, part)
    return target.getvalue()


def workbook(fill=None):
    """A workbook; `fill(book, sheet)` writes more into it."""
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"in_memory": True})
    sheet = book.add_worksheet("收据")
    sheet.write_row(0, 0, ["项目", "金额"])
    sheet.write_row(1, 0, ["承包款", 1200])
    if fill:
        fill(book, sheet)
    book.close()
    return target.getvalue()


def paragraph(text, properties=""):
    return f"<w:p><w:r>{properties}<w:t xml:space='preserve'>{text}</w:t></w:r></w:p>"


def document(body="", parts=(), relations=""):
    """A Word file; `parts` are (name without folder, kind, content of its root element)."""
    overrides = [("document.main", "document.xml", "document", f"<w:body>{body}</w:body>")]
    overrides += [
        (kind, f"{name}.xml", name.rstrip("0123456789"), xml) for name, kind, xml in parts
    ]
    roots = {"header": "hdr", "footer": "ftr"}
    types = "".join(
        f'<Override PartName="/word/{name}" ContentType="{_WORD_TYPE}.{kind}+xml"/>'
        for kind, name, _root, _xml in overrides
    )
    content = {
        "[Content_Types].xml": f'<Types xmlns="{TYPES}"><Default Extension="xml" '
        f'ContentType="application/xml"/>{types}</Types>',
        "_rels/.rels": _relations(
            f'<Relationship Id="r1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
        ),
        "word/_rels/document.xml.rels": _relations(relations),
    }
    for _kind, name, root, xml in overrides:
        tag = roots.get(root, root)
        content[f"word/{name}"] = f'<w:{tag} xmlns:w="{WORD}">{xml}</w:{tag}>'
    return archive(content)


def _relations(inner):
    return f'<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def pdf(draw=None, lines=("会议纪要",)):
    """A PDF of Chinese text; `draw(page)` draws more."""
    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    target = io.BytesIO()
    page = canvas.Canvas(target)
    page.setFont("STSong-Light", 11)
    for number, line in enumerate(lines):
        page.drawString(60, 780 - 18 * number, line)
    if draw:
        draw(page)
    page.showPage()
    page.save()
    return target.getvalue()


def changed_pdf(change, content=None):
    """A PDF that `change(writer)` has worked on."""
    writer = PdfWriter(io.BytesIO(content or pdf()))
    change(writer)
    target = io.BytesIO()
    writer.write(target)
    return target.getvalue()


def picture(kind="JPEG", size=(64, 48), text=None, located=False, orientation=None, **options):
    """A picture of noise; `text` goes into its description or text chunk."""
    image = Image.effect_noise(size, 60).convert("RGB")
    exif = Image.Exif()
    if text and kind != "PNG":
        exif[ExifTags.Base.ImageDescription] = text
    if orientation:
        exif[ExifTags.Base.Orientation] = orientation
    if located:
        exif[ExifTags.IFD.GPSInfo] = {1: "N", 2: (23.0, 33.0, 12.0), 3: "E", 4: (116.0, 21.0, 3.0)}
    if kind == "PNG" and text:
        options["pnginfo"] = PngImagePlugin.PngInfo()
        options["pnginfo"].add_itxt("Comment", text)
    target = io.BytesIO()
    image.save(target, kind, exif=exif, **options)
    return target.getvalue()


def box(kind, *payload):
    content = b"".join(payload)
    return struct.pack(">I4s", 8 + len(content), kind) + content


def _sound_entry(object_type):
    config = b"\x04\x11" + bytes([object_type]) + bytes(12) + b"\x05\x02\x12\x10"
    descriptor = b"\x03" + bytes([3 + len(config)]) + b"\x00\x01\x00" + config
    return box(b"mp4a", bytes(28), box(b"esds", bytes(4), descriptor))


def track(kind=b"vide", entry=None, *more):
    """A track of an MP4: by default H.264 video."""
    entry = entry or box(b"avc1", bytes(78))
    table = box(b"stbl", box(b"stsd", bytes(4), struct.pack(">I", 1), entry))
    return box(
        b"trak",
        box(b"tkhd", bytes(84)),
        box(
            b"mdia",
            box(b"mdhd", bytes(24)),
            box(b"hdlr", bytes(8), kind, bytes(13)),
            box(b"minf", table),
        ),
        *more,
    )


def sound(object_type=0x40):
    return track(b"soun", _sound_entry(object_type))


def video(*tracks, beside=b"", after=b"", brand=b"isom"):
    """An MP4 of `tracks`; `beside` goes into its index, `after` behind the film."""
    tracks = tracks or (track(), sound())
    return b"".join(
        (
            box(b"ftyp", brand, bytes(4), b"isommp42"),
            box(b"moov", box(b"mvhd", bytes(100)), *tracks, beside),
            box(b"mdat", b"film" * 50),
            after,
        )
    )
