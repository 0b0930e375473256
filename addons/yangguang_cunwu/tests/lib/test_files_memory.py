"""What hostile and large files cost: each is read in a process of its own."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import samples
import xlsxwriter
from PIL import Image
from pypdf.generic import DecodedStreamObject, NameObject

from odoo.addons.yangguang_cunwu.lib.files import limits

MOST = 300  # megabytes
MEGABYTE = limits.MEGABYTE


def read(name, content, tmp_path):
    """The problems of `content`, and by how many megabytes reading it made the process grow."""
    path = tmp_path / "file"
    path.write_bytes(content)
    command = [sys.executable, Path(__file__).with_name("memory.py"), name, path]
    done = json.loads(subprocess.run(command, capture_output=True, check=True).stdout)
    assert done["grown"] < MOST
    return done["problems"]


def large_form(rows):
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"constant_memory": True})
    sheet = book.add_worksheet()
    sheet.write_row(0, 0, ["姓名", "金额(元)"])
    for number in range(1, rows + 1):
        sheet.write_row(number, 0, ["张三", 1])
    book.close()
    return target.getvalue()


def with_part(content, name, pieces):
    """An archive with one more part, written piece by piece."""
    target = io.BytesIO(content)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        for piece in pieces:
            part.write(piece)
    return target.getvalue()


def gigabyte():
    return (bytes(MEGABYTE) for _ in range(1024))


def elements():
    yield b"<a>"
    yield from (b'<b c="12345"/>' * 60_000 for _ in range(20))
    yield b"</a>"


def drawn(size):
    """A PDF whose page is drawn in `size` bytes."""

    def change(writer):
        stream = DecodedStreamObject()
        stream.set_data(b"0 0 m\n" * (size // 6))
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())

    return samples.changed_pdf(change)


def photograph(width, height, kind="JPEG", **options):
    target = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def test_a_form_of_100_000_rows(tmp_path):
    (problem,) = read("form", large_form(100_000), tmp_path)
    assert problem == "表格超过 20000 行,请分开上传。"


@pytest.mark.parametrize("name", ["form", "a.xlsx"])
def test_a_bomb_of_one_gigabyte(name, tmp_path):
    bomb = with_part(samples.workbook(), "xl/worksheets/sheet2.xml", gigabyte())
    assert len(bomb) < 2 * MEGABYTE
    (problem,) = read(name, bomb, tmp_path)
    assert "解压后过大" in problem


def test_a_form_of_a_million_elements(tmp_path):
    content = with_part(samples.workbook(), "xl/a.xml", elements())
    assert "内容过多" in read("form", content, tmp_path)[0]


def test_an_attached_workbook_of_a_million_elements_is_read(tmp_path):
    assert read("a.xlsx", with_part(samples.workbook(), "xl/a.xml", elements()), tmp_path) == []


def test_a_large_attached_workbook_is_read(tmp_path):
    assert read("a.xlsx", large_form(200_000), tmp_path) == []


def test_a_page_drawn_in_many_steps(tmp_path):
    assert "过于复杂" in read("a.pdf", drawn(40 * MEGABYTE), tmp_path)[0]
    assert read("a.pdf", drawn(limits.PDF_DRAWING - MEGABYTE // 8), tmp_path) == []


def test_large_pictures_are_made_smaller(tmp_path):
    assert read("a.jpg", photograph(12000, 9000), tmp_path) == []
    assert "像素太多" in read("a.jpg", photograph(6000, 5000, progressive=True), tmp_path)[0]
    assert read("a.png", photograph(5000, 4000, "PNG", compress_level=1), tmp_path) == []


def test_a_large_video(tmp_path):
    film = samples.video(beside=samples.box(b"udta", b"place"), after=b"")
    film += samples.box(b"mdat", bytes(90 * MEGABYTE))
    assert read("a.mp4", film, tmp_path) == []
