"""Where in a file something is found, in words; and what is left of pictures and videos."""

import io
import struct
from datetime import date

import pytest
import samples
from PIL import Image, ImageCms
from pypdf.generic import DecodedStreamObject, NameObject

from odoo.addons.yangguang_cunwu.lib.files import inspect, limits, video

TODAY = date(2026, 3, 31)
MOBILE = "13800001234"
TEXT = f"电话{MOBILE}"


def places(name, content):
    """Where something is found, without the file's name."""
    report = inspect(name, content, TODAY)
    assert report.problems == []
    assert report.content == content
    return [finding.place.removeprefix(f"附件《{name}》") for finding in report.findings]


def in_workbook(fill, **added):
    return places("a.xlsx", samples.repacked(samples.workbook(fill), **added))


def in_document(body="", parts=(), **added):
    return places("a.docx", samples.repacked(samples.document(body, parts), **added))


def hide_row(_book, sheet):
    sheet.write("A7", TEXT)
    sheet.set_row(6, options={"hidden": True})


def hide_column(_book, sheet):
    sheet.write("C7", TEXT)
    sheet.set_column("C:C", options={"hidden": True})


def very_hidden_sheet(book, _sheet):
    sheet = book.add_worksheet("底稿")
    sheet.write("B7", TEXT)
    sheet.write_comment("B7", TEXT)
    sheet.very_hidden()


def name_column(_book, sheet):
    sheet.write_row("A5", ["姓名", "出生日期", "备注"])
    sheet.write_row("A6", ["林建国", 42_500, "残疾二级"])  # 10 May 2016


@pytest.mark.parametrize(
    ("fill", "expected"),
    [
        (lambda _book, sheet: sheet.write("B7", TEXT), ["工作表“收据”B7"]),
        (lambda _book, sheet: sheet.write("B7", 13800001234), ["工作表“收据”B7"]),
        (lambda _book, sheet: sheet.write_formula("B7", f'="{TEXT}"'), ["工作表“收据”B7公式"]),
        (lambda _book, sheet: sheet.write_comment("B7", TEXT), ["工作表“收据”B7批注"]),
        (lambda _book, sheet: sheet.set_header(f"&C{TEXT}"), ["工作表“收据”页眉页脚"]),
        (lambda book, _sheet: book.define_name("a", f'="{TEXT}"'), ["名称管理器“a”"]),
        (lambda book, _sheet: book.set_properties({"author": MOBILE}), ["文件属性"]),
        (lambda _book, sheet: sheet.insert_textbox("D2", TEXT), ["图形文字"]),
        (hide_row, ["工作表“收据”A7（隐藏行）"]),
        (hide_column, ["工作表“收据”C7（隐藏列）"]),
        (very_hidden_sheet, ["工作表“底稿”（深度隐藏）B7", "工作表“底稿”（深度隐藏）B7批注"]),
        (name_column, ["工作表“收据”B6", "工作表“收据”C6"]),
    ],
)
def test_places_in_a_workbook(fill, expected):
    assert in_workbook(fill) == expected


@pytest.mark.parametrize(
    ("part", "content", "place"),
    [
        ("xl__pivotCache__pivotCacheRecords1.xml", f'<r><s v="{TEXT}"/></r>', "数据透视表缓存"),
        ("xl__externalLinks__externalLink1.xml", f"<a><v>{TEXT}</v></a>", "外部链接缓存"),
        ("xl__threadedComments__threadedComment1.xml", f"<a><text>{TEXT}</text></a>", "文件内部"),
        ("customXml__item1.xml", f"<a who='{TEXT}'/>", "自定义数据"),
        ("xl__odd.bin", f"<a><v>{TEXT}</v></a>", "文件内部"),
    ],
)
def test_leftovers_in_a_workbook(part, content, place):
    assert in_workbook(None, **{part: content}) == [place]


def test_texts_that_no_cell_shows():
    def leave_behind(name, part):
        if name != "xl/sharedStrings.xml":
            return part
        return part.replace(b"</sst>", f"<si><t>{TEXT}</t></si></sst>".encode())

    content = samples.repacked(samples.workbook(), leave_behind)
    assert places("a.xlsx", content) == ["没有显示在任何单元格的残留文字"]


def test_places_in_a_document():
    assert in_document(samples.paragraph("无") + samples.paragraph(TEXT)) == ["正文第2段"]
    hidden = samples.paragraph(TEXT, "<w:rPr><w:vanish/></w:rPr>")
    assert in_document(hidden) == ["正文第1段隐藏文字"]
    shown = samples.paragraph(TEXT, "<w:rPr><w:vanish w:val='0'/></w:rPr>")
    assert in_document(shown) == ["正文第1段"]
    deleted = f"<w:p><w:del><w:r><w:delText>{TEXT}</w:delText></w:r></w:del></w:p>"
    assert in_document(deleted) == ["正文第1段修订中已删除的文字"]
    assert in_document(f"<w:p><w:ins w:author='{MOBILE}'/></w:p>") == ["正文图形说明或修订作者"]
    assert in_document("", [("header1", "header", samples.paragraph(TEXT))]) == ["页眉第1段"]
    note = f"<w:footnote>{samples.paragraph(TEXT)}</w:footnote>"
    assert in_document("", [("footnotes", "footnotes", note)]) == ["脚注第1段"]


def test_tables_in_a_document():
    rows = [("姓名", "备注"), ("林建国", "尿毒症"), ("陈小芳", TEXT)]
    cells = [[f"<w:tc>{samples.paragraph(text)}</w:tc>" for text in row] for row in rows]
    table = "".join(f"<w:tr>{''.join(row)}</w:tr>" for row in cells)
    expected = ["正文表格第2行第2列", "正文表格第3行第2列"]
    assert in_document(f"<w:tbl>{table}</w:tbl>") == expected


def test_a_number_in_pieces_of_a_document_is_read_as_one():
    runs = "".join(f"<w:r><w:t>{digit}</w:t></w:r>" for digit in MOBILE)
    assert in_document(f"<w:p>{runs}</w:p>") == ["正文第1段"]


def test_places_in_a_pdf():
    assert places("a.pdf", samples.pdf(lines=[TEXT])) == ["第1页"]

    def draw(page):
        page.drawString(60, 500, MOBILE)
        page.rect(50, 490, 400, 25, fill=1)

    assert places("a.pdf", samples.pdf(draw)) == ["第1页"]
    assert places("a.pdf", samples.pdf(lambda page: page.setAuthor(MOBILE))) == ["文件属性"]

    def annotate(page):
        page.textAnnotation(TEXT, Rect=(10, 10, 20, 20))

    assert places("a.pdf", samples.pdf(annotate)) == ["第1页批注或表单"]
    fields = samples.pdf(lambda page: page.acroForm.textfield(name="a", value=MOBILE))
    assert "第1页批注或表单" in places("a.pdf", fields)

    def describe(writer):
        stream = DecodedStreamObject()
        stream.set_data(f"<x:xmpmeta>{MOBILE}</x:xmpmeta>".encode())
        stream[NameObject("/Type")] = NameObject("/Metadata")
        writer._root_object[NameObject("/Metadata")] = writer._add_object(stream)

    assert places("a.pdf", samples.changed_pdf(describe)) == ["文件属性（XMP）"]


def test_pictures_inside_other_files():
    photograph = samples.picture(text=TEXT, located=True)
    expected = ["内嵌图片附带信息", "内嵌图片拍摄位置"]
    assert in_document("", **{"word__media__image1.jpeg": photograph}) == expected
    assert in_workbook(None, **{"xl__media__image1.jpeg": photograph}) == expected


def test_a_finding_of_a_file_has_a_stable_key():
    def key(cell, text):
        content = samples.workbook(lambda _book, sheet: sheet.write(cell, text))
        (finding,) = inspect("a.xlsx", content, TODAY).findings
        return finding.key(b"secret")

    assert key("B7", TEXT) == key("B7", f"手机{MOBILE}")
    assert key("B7", TEXT) != key("B8", TEXT)


def test_a_list_of_findings_ends():
    def fill(_book, sheet):
        sheet.write_column(2, 0, [f"1380000{number:04}" for number in range(500)])

    report = inspect("a.xlsx", samples.workbook(fill), TODAY)
    assert len(report.findings) == limits.FINDINGS


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_a_picture_keeps_its_pixels_alone(kind):
    content = samples.picture(kind, text=TEXT, located=True)
    report = inspect(f"a.{kind.lower()}", content, TODAY)
    assert report.findings == []
    assert report.notes[0] == "已去除照片中的拍摄位置。"
    assert TEXT.encode() not in report.content
    with Image.open(io.BytesIO(report.content)) as picture:
        assert not picture.getexif()
        assert picture.size == (64, 48)


def test_what_a_phone_appends_is_left_out():
    content = samples.picture() + b"SEFT motion photo " + samples.video()
    report = inspect("a.jpg", content, TODAY)
    assert report.problems == []
    assert b"motion" not in report.content
    assert report.content.endswith(b"\xff\xd9")


def test_a_picture_is_turned_upright():
    content = samples.picture(orientation=6, size=(200, 100))
    with Image.open(io.BytesIO(inspect("a.jpg", content, TODAY).content)) as picture:
        assert picture.size == (100, 200)


def test_a_large_picture_is_made_smaller():
    content = samples.picture(size=(limits.PICTURE_SIDE + 640, 400))
    with Image.open(io.BytesIO(inspect("a.jpg", content, TODAY).content)) as picture:
        assert max(picture.size) == limits.PICTURE_SIDE


def test_colours_are_brought_to_srgb():
    target = io.BytesIO()
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    odd = Image.new("RGB", (8, 8), (200, 30, 40))
    odd.save(target, "PNG", icc_profile=profile)  # of another kind of colours: passed over
    report = inspect("a.png", target.getvalue(), TODAY)
    with Image.open(io.BytesIO(report.content)) as picture:
        assert "icc_profile" not in picture.info
        assert picture.getpixel((0, 0)) == (200, 30, 40)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "PA", "1", "I;16", "RGBA", "CMYK"])
def test_every_kind_of_picture_is_drawn(mode):
    if mode == "CMYK":
        kind, name = "JPEG", "a.jpg"
    else:
        kind, name = "PNG", "a.png"
    target = io.BytesIO()
    image = Image.new("RGBA", (8, 8), (200, 30, 40, 128))
    image = Image.new(mode, (8, 8)) if mode == "I;16" else image.convert(mode)
    if mode == "PA":
        image = image.convert("RGBA")
    image.save(target, kind)
    report = inspect(name, target.getvalue(), TODAY)
    assert report.problems == []
    with Image.open(io.BytesIO(report.content)) as picture:
        assert picture.mode == ("RGBA" if mode in ("LA", "P", "PA", "RGBA") else "RGB")


def test_a_video_loses_its_notes_in_place():
    notes = samples.box(b"udta", samples.box(b"\xa9xyz", b"+23.5+116.3/"))
    of_track = samples.track(b"vide", None, samples.box(b"meta", b"iPhone"))
    content = samples.video(of_track, beside=notes, after=samples.box(b"uuid", b"XMP"))
    report = inspect("a.mp4", content, TODAY)
    assert report.notes == ["已去除视频附带的信息（位置、设备、标题等）。"]
    assert len(report.content) == len(content)
    assert report.content.index(b"mdat") == content.index(b"mdat")
    for gone in (b"+23.5", b"iPhone", b"XMP", b"udta", b"meta", b"uuid"):
        assert gone not in report.content
    again = inspect("a.mp4", report.content, TODAY)
    assert again.content == report.content
    assert again.notes == []


def test_a_video_in_boxes_of_64_bits():
    film = struct.pack(">I4sQ", 1, b"mdat", 16 + 4) + b"film"
    report = inspect("a.mp4", samples.video(after=film), TODAY)
    assert report.content.endswith(film)


def test_a_video_without_sound():
    assert inspect("a.mp4", samples.video(samples.track()), TODAY).problems == []


@pytest.mark.parametrize(
    ("header", "seconds"),
    [
        (struct.pack(">B3x2I2I", 0, 0, 0, 600, 4500), 7.5),
        (struct.pack(">B3x2QIQ", 1, 0, 0, 1000, 90_000), 90),
        (bytes(100), 0),
    ],
)
def test_a_film_says_how_long_it_lasts(header, seconds):
    content = samples.video().replace(
        samples.box(b"mvhd", bytes(100)), samples.box(b"mvhd", header.ljust(100, b"\0"))
    )
    assert video.seconds(content) == seconds
