import io
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from qrcode import QRCode
from qrcode.constants import ERROR_CORRECT_M

from odoo.addons.yangguang_cunwu.lib import share_card
from odoo.addons.yangguang_cunwu.lib.share_card import HEIGHT, QR_SIDE, WIDTH, Card

CARD = Card(
    village="东岸村",
    title="银行存款收支明细表",
    period="2026年1月，金额单位：元",
    is_corrected=False,
    sums=(("收入金额", "30,000.00"), ("支出金额", "2,050.00"), ("期末结余", "147,950.00")),
    sentences=("1月份收入3万元，支出2050元。",),
    day=date(2026, 2, 8),
    code="7KXA-22BC-99DE",
    is_demo=False,
    address="https://cunwu.example.gov.cn/p/7KXA22BC99DE",
)
LONG = Card(
    village="很长的村名" * 20,
    title="很长的标题" * 30,
    period="2026年第三季度" * 9,
    is_corrected=True,
    sums=(("很长的名称" * 20, "1,234,567,890.00"),) * 3,
    sentences=("很长的一句话，" * 60,) * 3,
    day=date(2026, 2, 8),
    code="7KXA-22BC-99DE",
    is_demo=True,
    address="https://cunwu.example.gov.cn/p/7KXA22BC99DE",
)
FACE = {
    "zero": None,
    "detail": "rows",
    "header": [
        {"label": "期初结余", "value": "120,000.00"},
        {"label": "期末结余", "value": "147,950.00"},
    ],
    "columns": [
        {"label": "收入金额", "type": "money", "unit": ""},
        {"label": "支出金额", "type": "money", "unit": ""},
    ],
    "totals": ["30,000.00", "2,050.00"],
    "row_count": "2",
    "text": None,
}


def _drawn(card):
    return Image.open(io.BytesIO(share_card.draw(card)))


@pytest.mark.parametrize("card", [CARD, LONG], ids=["usual", "long"])
def test_five_to_four_and_nothing_beyond_the_margins(card):
    picture = _drawn(card)
    assert picture.size == (WIDTH, HEIGHT)
    assert WIDTH * 4 == HEIGHT * 5
    grey = picture.convert("L")
    for box in ((0, 120, 40, HEIGHT), (WIDTH - 40, 120, WIDTH, HEIGHT), (0, 775, WIDTH, HEIGHT)):
        assert grey.crop(box).getextrema() == (255, 255), box


def test_type_is_large_enough_for_a_chat():
    sizes = [
        value
        for name, value in vars(share_card).items()
        if name in ("_VILLAGE", "_TITLE", "_SUM", "_TEXT", "_SMALL")
    ]
    assert len(sizes) == 5
    assert min(sizes) >= 28


def test_the_code_opens_the_page():
    code = QRCode(error_correction=ERROR_CORRECT_M, border=0)
    code.add_data(CARD.address)
    matrix = code.get_matrix()
    module = QR_SIDE // len(matrix)
    assert module >= 4
    left, top = WIDTH - 50 - QR_SIDE, HEIGHT - 30 - QR_SIDE
    picture = _drawn(CARD).convert("L")
    found = [
        [
            picture.getpixel((left + x * module + module // 2, top + y * module + module // 2))
            < 128
            for x in range(len(matrix))
        ]
        for y in range(len(matrix))
    ]
    assert found == matrix


def test_it_is_drawn_once():
    assert share_card.draw(CARD) is share_card.draw(CARD)
    assert share_card.draw(CARD) != share_card.draw(LONG)


def test_the_newest_sums_come_before_the_oldest():
    assert share_card.sums(FACE) == (
        ("收入金额", "30,000.00"),
        ("支出金额", "2,050.00"),
        ("期末结余", "147,950.00"),
    )
    assert share_card.sums({**FACE, "zero": "1"}) == ()


def test_sentences_are_the_plain_words_or_the_beginning_of_the_text():
    assert share_card.sentences(FACE, ["甲。", "乙。", "丙。", "丁。"]) == ("甲。", "乙。", "丙。")
    assert share_card.sentences({**FACE, "text": "第一段\n\n第二段"}, []) == ("第一段", "第二段")
    assert share_card.sentences({**FACE, "zero": "1"}, []) == ("本期没有发生此类事项（零报告）",)
    assert share_card.sentences(FACE, []) == ("共 2 行，扫码看全文。",)


@given(st.text("村务公开1.，", max_size=80), st.integers(60, 900), st.integers(1, 3))
def test_lines_keep_to_their_width(text, width, lines):
    found = share_card._broken(text, 40, width, lines)
    assert len(found) <= lines
    assert all(share_card._font(40).getlength(line) <= width for line in found)
    whole = "".join(found)
    assert whole == text or (whole.endswith("…") and text.startswith(whole[:-1]))
