"""Every shipped form, printed and exported: nothing of the face is lost or changed on the way."""

import csv
import io
from datetime import datetime
from decimal import Decimal

import openpyxl
import pypdf
import pytest
from summary_tables import TEMPLATES, public_face

from odoo.addons.yangguang_cunwu.lib import excel, pdf
from odoo.addons.yangguang_cunwu.lib.face import heading
from odoo.addons.yangguang_cunwu.lib.tables import complete
from odoo.addons.yangguang_cunwu.lib.worded import worded_totals

CODE = "7Q4K9M2TXB6RDPWA"
FORMS = {template.code: template for template in TEMPLATES}
NUMBERS = frozenset({"money", "integer", "area_mu"})


def shown(code, **document):
    template = FORMS[code]
    filled = complete(template, template.sample) | document
    return public_face(template, filled, "2026年1月", mask=lambda value, kind: value)


def printed(face):
    drawing = pdf.draw(face, public_code=CODE, verify_url=f"https://cunwu.example/verify/{CODE}")
    reader = pypdf.PdfReader(io.BytesIO(drawing.data))
    assert drawing.missing == []
    # a text that is broken into lines is one text
    return "".join("".join(page.extract_text().split()) for page in reader.pages)


def plain(text):
    return "".join(text.split())


def number(text):
    return Decimal(text.replace(",", ""))


def test_all_forms_are_here():
    village = [code for code in FORMS if not code.endswith("_C")]
    assert len(village) == 63


@pytest.mark.parametrize("code", sorted(FORMS))
def test_printed(code):
    face = shown(code)
    text = printed(face)
    assert plain(face["title"]) in text
    for column in face["columns"]:
        assert plain(column["label"]) in text
    for total in filter(None, face["totals"] or ()):
        assert total in text
    for line in worded_totals(face):
        assert line in text
    for row in face["rows"]:
        for cell in filter(None, row):
            assert plain(cell) in text


def sheet_of(face):
    data = excel.export(face)
    return openpyxl.load_workbook(io.BytesIO(data)).worksheets[0]


def as_read(column, value):
    """What openpyxl gives for a cell, as the face writes it."""
    if value is None:
        return None
    if column["type"] in NUMBERS:
        return Decimal(str(value))
    return value.date().isoformat() if isinstance(value, datetime) else value


def as_shown(column, text):
    if text is None:
        return None
    return number(text) if column["type"] in NUMBERS else text


@pytest.mark.parametrize("code", sorted(FORMS))
def test_exported_to_excel(code):
    face = shown(code)
    lines = list(sheet_of(face).iter_rows(values_only=True))
    heads = tuple(heading(column) for column in face["columns"])
    start = lines.index(heads) + 1
    for row, line in zip(face["rows"], lines[start:], strict=False):
        for column, cell, value in zip(face["columns"], row, line, strict=True):
            assert as_read(column, value) == as_shown(column, cell)
    after = start + len(face["rows"])
    if face["totals"]:
        for column, cell, value in zip(face["columns"], face["totals"], lines[after], strict=True):
            if cell is not None:
                assert as_read(column, value) == number(cell)
    assert lines[0][0] == face["title"]
    texts = [line[0] for line in lines[after:]]
    assert [line for line in worded_totals(face) if line not in texts] == []


@pytest.mark.parametrize("code", sorted(FORMS))
def test_exported_to_csv(code):
    face = shown(code)
    head, *rows = csv.reader(io.StringIO(excel.to_csv(face).decode("utf-8-sig")))
    assert head == [heading(column) for column in face["columns"]]
    assert len(rows) == len(face["rows"])
    for row, line in zip(face["rows"], rows, strict=True):
        for column, cell, value in zip(face["columns"], row, line, strict=True):
            assert (as_shown(column, value) if value else None) == as_shown(column, cell)


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_no_text_of_any_form_becomes_a_formula(start):
    for code, template in FORMS.items():
        texts = [column.key for column in template.columns if column.type == "text"]
        rows = [{**row, **dict.fromkeys(texts, f"{start}1+1")} for row in template.sample_rows]
        face = public_face(template, {"header": {}, "rows": rows}, "", mask=lambda v, kind: v)
        for cell in (cell for row in sheet_of(face).iter_rows() for cell in row):
            assert cell.data_type != "f", code
        _, *lines = csv.reader(io.StringIO(excel.to_csv(face).decode("utf-8-sig"), newline=""))
        for line in lines:
            for column, value in zip(face["columns"], line, strict=True):
                assert column["type"] in NUMBERS or value[:1] != start, code
