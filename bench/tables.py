"""What the low-code tables cost against the bare thing: rules against plain Python, the Excel
import against bare openpyxl, the PDF against bare reportlab. Needs no database.

Limits: rules of 2,000 rows 15 times the same sums in plain Python; import of 10,000 rows 1.5 times
openpyxl in read-only mode giving values alone; a PDF of 60 rows 2.5 times reportlab writing the
same texts and lines in the same font.
"""

import io
from datetime import date
from decimal import Decimal
from pathlib import Path
from unittest import mock

import openpyxl
from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfgen.canvas import Canvas

from odoo.addons.yangguang_cunwu.lib import catalogue, excel, face, masking, pdf
from odoo.addons.yangguang_cunwu.lib.pdf import flow
from odoo.addons.yangguang_cunwu.lib.pdf.fonts import default_font
from odoo.addons.yangguang_cunwu.lib.pdf.surface import Surface
from odoo.addons.yangguang_cunwu.lib.tables import check, complete

from . import harness
from .sheets import receipts

RULED_ROWS, IMPORTED_ROWS, PRINTED_ROWS = 2_000, 10_000, 60
TODAY = date(2026, 2, 12)
DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"


def main():
    edition = catalogue.read_directory(DATA, "village")
    template = edition.template("T_CW02")
    _rules(template)
    _import(template)
    _print(template)


def _document(template, rows):
    document = receipts(rows)
    document["header"] = {**template.sample_header, **document["header"]}
    return complete(template, document)


def _rules(template):
    document = _document(template, RULED_ROWS)
    if check(template, document, TODAY):
        raise AssertionError("the rows to measure with break a rule")
    floor, taken = harness.paired(
        lambda: _plain_python(document), lambda: check(template, document, TODAY)
    )
    harness.report("tables", "rules_2000_rows", taken / floor, 15)


def _plain_python(document):
    """The sums and comparisons of the form's rules, written out by hand."""
    header = document["header"]
    balance = Decimal(header["opening_balance"])
    receipts_sum = payments_sum = Decimal(0)
    for row in document["rows"]:
        receipt, payment = Decimal(row["receipt"]), Decimal(row["payment"])
        balance = balance + receipt - payment
        receipts_sum += receipt
        payments_sum += payment
        if balance != Decimal(row["balance"]) or (receipt > 0) == (payment > 0) or balance < 0:
            raise AssertionError("a rule is broken")
    closing = Decimal(header["opening_balance"]) + receipts_sum - payments_sum
    if closing != Decimal(header["closing_balance"]):
        raise AssertionError("the sums do not agree")


def _import(template):
    document = _document(template, IMPORTED_ROWS)
    data = excel.form(template, header=document["header"], rows=document["rows"])
    reading = excel.read(template, data)
    if reading.problems or len(reading.document["rows"]) != IMPORTED_ROWS:
        raise AssertionError("the form to measure with is not read whole")
    floor, taken = harness.paired(
        lambda: _bare_openpyxl(data), lambda: excel.read(template, data), rounds=3
    )
    harness.report("tables", "import_10000_rows", taken / floor, 1.5)


def _bare_openpyxl(data):
    book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    return [list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets]


def _print(template):
    document = _document(template, PRINTED_ROWS)
    context = face.Context(
        division={"code": "990101101201", "name": "东岸村", "town": "临溪镇", "district": "青禾区"},
        item={"code": "CW02", "name": template.title, "category": "财务公开"},
        period="2026年1月",
    )
    shown = face.build(template, document, context, "public", mask=masking.mask)
    font = default_font()
    pages = _pages(shown)
    floor, taken = harness.paired(lambda: _bare_reportlab(font, pages), lambda: _draw(shown))
    harness.report("tables", "pdf_60_rows", taken / floor, 2.5)


def _draw(shown):
    return pdf.draw(shown, public_code="2345679AC", verify_url="http://127.0.0.1/verify/2345679AC")


class _Watched(Surface):
    """A page that notes what is written and drawn on it."""

    pages = []

    def __init__(self, canvas, font):
        super().__init__(canvas, font)
        self.texts, self.rules = [], []
        self.pages.append(self)

    def text(self, x, y, text, size, bold=False):
        self.texts.append((x, y, text, size))
        super().text(x, y, text, size, bold)

    def rule(self, x1, y1, x2, y2, weight):
        self.rules.append((x1, y1, x2, y2, weight))
        super().rule(x1, y1, x2, y2, weight)


def _pages(shown):
    """The texts and lines of each page of the PDF."""
    with mock.patch.object(flow, "Surface", _Watched):
        _draw(shown)
    return [(page.texts, page.rules) for page in _Watched.pages]


def _bare_reportlab(font, pages):
    """The same texts and lines by reportlab's own canvas; no bold, no shades, no QR code."""
    target = io.BytesIO()
    canvas = Canvas(target, invariant=1, pageCompression=1)
    pdfmetrics.registerFont(font.truetype)
    for texts, rules in pages:
        canvas.setPageSize(landscape(A4))
        for x1, y1, x2, y2, weight in rules:
            canvas.setLineWidth(weight)
            canvas.line(x1, y1, x2, y2)
        for x, y, text, size in texts:
            canvas.setFont(font.truetype.fontName, size)
            canvas.drawString(x, y, text)
        canvas.showPage()
    canvas.save()
    return target.getvalue()
