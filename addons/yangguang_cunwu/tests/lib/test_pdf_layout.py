from types import SimpleNamespace

import pytest
import reportlab
from hypothesis import given, settings
from hypothesis import strategies as st
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from odoo.addons.yangguang_cunwu.lib import pdf
from odoo.addons.yangguang_cunwu.lib.pdf import columns, fonts, qr, text

URL = "https://cunwu.example/verify/7Q4K9M2TXB6RDPWA"
# the escapes are the full-width forms of , ; : ( )
CLOSING = ",。、;:)》”%*\uff0c\uff1b\uff1a\uff09"
LETTERS = st.text(st.sampled_from(f"村务公开阳光A1234567890.-/ 《“(\uff08{CLOSING}"), max_size=60)


class _Recorder:
    def squares(self, rectangles):
        self.rectangles = rectangles


def test_the_qr_code_shows_its_matrix():
    recorder = _Recorder()
    qr.draw_qr(recorder, URL, 10, 20, 100)
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0, mask_pattern=0)
    code.add_data(URL)
    matrix = code.get_matrix()
    module = 100 / len(matrix)
    dark = {
        (round((y - 20) / module), round((x - 10) / module) + offset)
        for x, y, width, _height in recorder.rectangles
        for offset in range(round(width / module))
    }
    assert dark == {
        (len(matrix) - 1 - row, column)
        for row, line in enumerate(matrix)
        for column, filled in enumerate(line)
        if filled
    }


def test_without_a_font_the_sentence_says_what_to_install(monkeypatch, tmp_path):
    broken = tmp_path / "broken.ttf"
    broken.write_bytes(b"\0\1\0\0 no font")
    monkeypatch.setattr(fonts, "CANDIDATES", (str(broken), str(tmp_path / "absent.ttf")))
    monkeypatch.setattr(fonts, "_installed", list)
    fonts._first_font.cache_clear()
    with pytest.raises(pdf.FontError, match="fonts-wqy-zenhei"):
        pdf.default_font()


@pytest.mark.parametrize("term", ["-1,234.50元", "3.2万元", "+18.6亩", "1.05亿", "2026-03-31"])
def test_a_number_keeps_its_sign_and_what_it_counts(term):
    assert text.units(f"收入{term}了") == ["收", "入", term, "了"]


def test_a_font_without_chinese_is_refused():
    vera = f"{reportlab.__path__[0]}/fonts/Vera.ttf"
    with pytest.raises(pdf.FontError, match="没有汉字"):
        pdf.Font(vera)


def test_characters_without_a_text_layer_count_as_missing(monkeypatch):
    # reportlab would draw this one, but whoever searches for it finds another
    def load(*args, **options):
        codes = dict.fromkeys(map(ord, "阳光村务公开𠮷"), 1)
        glyphs = SimpleNamespace(
            charToGlyph=codes, charWidths={}, defaultWidth=1000, get_table=bytes
        )
        return SimpleNamespace(face=glyphs)

    monkeypatch.setattr(fonts, "TTFont", load)
    missing = set()
    assert pdf.Font("any.ttf").printable("村𠮷", missing) == "村[U+20BB7]"
    assert missing == {"𠮷"}


@given(LETTERS, st.floats(3, 30), st.sampled_from([0.0, 2.0]))
def test_lines_keep_the_text_and_their_width(string, width, indent):
    font = pdf.default_font()
    lines = text.wrap(font, string, width, indent)
    assert "".join(lines).replace(" ", "") == string.replace(" ", "")
    assert all(font.width(line) <= width for line in lines)


@given(LETTERS)
def test_punctuation_stays_with_its_word(string):
    lines = text.wrap(pdf.default_font(), string, 12.0)
    parts = text.units(string)
    assert "".join(parts) == string
    # a part wider than the line is cut wherever the line is full
    if all(len(part) < 10 for part in parts):
        assert not any(line[:1] and line[0] in CLOSING for line in lines[1:])


@settings(max_examples=60)
@given(st.lists(st.lists(LETTERS, min_size=2, max_size=4), min_size=1, max_size=30))
def test_a_plan_places_every_column_within_the_width(table):
    size = max(map(len, table))
    table = [[*column, *[""] * (size - len(column))] for column in table]
    font = pdf.default_font()
    plan = columns.plan(font, [[cell.strip() for cell in column] for column in table], 700.0)
    assert plan.size in columns.SIZES
    repeated = set(range(min(columns.REPEATED, len(table) - 1)))
    placed = [index for part in plan.parts for index in part.indexes if index not in repeated]
    assert sorted([*placed, *repeated]) == list(range(len(table)))
    for part in plan.parts:
        assert repeated <= set(part.indexes)
        assert sum(part.widths) * plan.size == pytest.approx(700.0)
