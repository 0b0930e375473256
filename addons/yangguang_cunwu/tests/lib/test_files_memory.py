"""What hostile and large files cost: each is read in a process of its own."""

import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
import samples
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
    """A form filled in down to the row `rows`."""
    row = (
        '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>张三</t></is></c>'
        '<c r="B{0}"><v>{0}</v></c></row>'
    )
    head = '<row r="1">{}</row>'.format(
        "".join(
            f'<c r="{letter}1" t="inlineStr"><is><t>{label}</t></is></c>'
            for letter, label in (("A", "姓名"), ("B", "金额(元)"))
        )
    )
    data = head + "".join(map(row.format, range(2, rows + 1)))

    def fill(name, part):
        if not name.endswith("sheet1.xml"):
            return part
        start, end = part.index(b"<sheetData>"), part.index(b"</sheetData>")
        return part[:start] + b"<sheetData>" + data.encode() + part[end:]

    return samples.repacked(samples.workbook(), fill)


def with_part(content, name, pieces):
    """An archive with one more part, written piece by piece."""
    target = io.BytesIO(content)
    with (
        zipfile.ZipFile(target, "a", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open(name, "w", force_zip64=True) as part,
    ):
        part.writelines(pieces)
    return target.getvalue()


@pytest.fixture(scope="module")
def bomb():
    """A workbook of less than 5 MB that would unpack to 1 GB."""
    pieces = (bytes(MEGABYTE) for _ in range(1024))
    return with_part(samples.workbook(), "xl/worksheets/sheet2.xml", pieces)


def elements():
    yield b"<a>"
    yield from (f'<b c="{number * 7919 % 99991}"/>'.encode() for number in range(550_000))
    yield b"</a>"


def drawn(size):
    """A PDF whose page is drawn in `size` bytes."""

    def change(writer):
        stream = DecodedStreamObject()
        stream.set_data(b"0 0 m\n" * (size // 6))
        stream[NameObject("/Subtype")] = NameObject("/OpenType")  # it is not: it is drawn
        writer.pages[0][NameObject("/Contents")] = writer._add_object(stream.flate_encode())

    return samples.changed_pdf(change)


def photograph(width, height, kind="JPEG", **options):
    target = io.BytesIO()
    Image.linear_gradient("L").resize((width, height)).convert("RGB").save(target, kind, **options)
    return target.getvalue()


def test_a_form_of_100_000_rows(tmp_path):
    (problem,) = read("form", large_form(100_000), tmp_path)
    assert problem == "表格超过 20000 行，请分开上传。"


@pytest.mark.parametrize("name", ["form", "a.xlsx"])
def test_a_bomb_of_one_gigabyte(name, bomb, tmp_path):
    assert len(bomb) < 5 * MEGABYTE
    (problem,) = read(name, bomb, tmp_path)
    assert "解压后过大" in problem


def test_a_form_of_many_elements(tmp_path):
    content = with_part(samples.workbook(), "xl/a.xml", elements())
    assert "内容过多" in read("form", content, tmp_path)[0]


def test_an_attached_workbook_of_many_elements_is_read(tmp_path):
    assert read("a.xlsx", with_part(samples.workbook(), "xl/a.xml", elements()), tmp_path) == []


def test_a_large_attached_workbook_is_read(tmp_path):
    assert read("a.xlsx", large_form(20_000), tmp_path) == []


def test_a_page_drawn_in_many_steps(tmp_path):
    assert "过于复杂" in read("a.pdf", drawn(40 * MEGABYTE), tmp_path)[0]
    assert read("a.pdf", drawn(MEGABYTE // 2), tmp_path) == []


def test_large_pictures_are_made_smaller(tmp_path):
    assert read("a.jpg", photograph(10000, 8000), tmp_path) == []
    assert "像素太多" in read("a.jpg", photograph(5000, 4100, progressive=True), tmp_path)[0]
    assert read("a.png", photograph(4000, 4000, "PNG", compress_level=1), tmp_path) == []


def test_a_large_video(tmp_path):
    film = samples.video(beside=samples.box(b"udta", b"place"), after=b"")
    film += samples.box(b"mdat", bytes(90 * MEGABYTE))
    assert read("a.mp4", film, tmp_path) == []
