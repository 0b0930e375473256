import io
from datetime import date
from decimal import Decimal

import pytest
from pypdf import PdfReader

from odoo.addons.yangguang_sanzi.lib import card, label

TODAY = date(2027, 1, 5)


def _content(*lines):
    return card.content("第三鱼塘", [card.Line(*line) for line in lines], TODAY)


def test_a_card_says_what_the_ledger_says():
    assert _content(
        ("编号", "资003"),
        ("面积", card.area(Decimal("18.6000"))),
        ("承包方", "张小三", "partial_name"),
        ("承租方", "某商贸有限公司", "partial_name"),
        ("年租金", card.money(Decimal("30000.00"))),
        ("起始日期", card.day(date(2024, 1, 1))),
        ("权属证号", None),
    ) == {
        "title": "第三鱼塘",
        "lines": [
            ["编号", "资003"],
            ["面积", "18.6 亩"],
            ["承包方", "张**"],
            ["承租方", "某商贸有限公司"],
            ["年租金", "30,000.00 元"],
            ["起始日期", "2024年1月1日"],
        ],
    }


def test_nothing_is_no_line():
    assert (card.money(Decimal("0.00")), card.area(Decimal(0)), card.day(None)) == (None,) * 3
    assert card.area(Decimal("120.0000")) == "120 亩"


@pytest.mark.parametrize("text", ["村东，联系13800138000", "身份证11010519491231002X"])
def test_personal_data_is_refused_with_its_place(text):
    with pytest.raises(card.PersonalDataError, match="「坐落」中有"):
        _content(("坐落", text))
    with pytest.raises(card.PersonalDataError, match="「名称」中有"):
        card.content(text, [], TODAY)


def _labels(count):
    return [
        label.Label("东岸村经济联合社", f"固{number:03}", "村口商铺", f"https://x/v/asset/{number}")
        for number in range(count)
    ]


@pytest.mark.parametrize(("count", "pages"), [(1, 1), (21, 1), (22, 2)])
def test_twenty_one_labels_to_a_sheet(count, pages):
    drawn = label.draw(_labels(count))
    read = PdfReader(io.BytesIO(drawn)).pages
    assert len(read) == pages
    text = "".join(page.extract_text() for page in read)
    for number in range(count):
        assert f"固{number:03}" in text
    assert drawn == label.draw(_labels(count))
