"""Text for cards that draw it: nothing is dropped, nothing becomes a command."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib.drivers.base import DeviceError, Page, Show
from odoo.addons.yangguang_led.lib.drivers.onbon_k import text
from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK

gb2312 = st.characters(codec="gb2312", exclude_categories=["C"])


def show(*pages, width=64, height=32, seconds=5.0):
    return Show("0" * 64, width, height, tuple(Page(seconds, page) for page in pages))


def drawn(shown, style=None):
    """What a card makes of the bytes."""
    card = OnbonK(shown.width, shown.height)
    area = text.area(shown, style or text.Style())
    card.dynamic[0] = area.encode(pixels=False)
    return card.texts()


@pytest.mark.parametrize(
    ("hostile", "safe"),
    [("\\n", "＼n"), ("\\C1红", "＼C1红"), ("C:\\", "C:＼"), ("\\\\", "＼＼"), ("a—b·", "a―b・")],
)
def test_what_people_wrote_stays_text(hostile, safe):
    assert drawn(show(hostile)) == [[safe]]


@pytest.mark.parametrize(
    ("character", "words"),
    [
        ("𠮷", "第2页第1行的“𠮷”（U+20BB7）不在控制卡的字库"),
        ("镕", "“镕”（U+9555）"),
        ("\x07", "第2页第1行有控制字符（U+0007）"),
        ("\x1b", "U+001B"),
        ("\t", "U+0009"),
        ("\ud800", "U+D800"),
    ],
)
def test_what_the_card_cannot_draw_is_named(character, words):
    with pytest.raises(DeviceError, match=words.replace("+", r"\+")) as raised:
        text.area(show("收入", f"王{character}"), text.Style())
    assert not raised.value.answer.retryable


def test_a_page_stays_as_long_as_the_longest_asked_for():
    pages = (Page(5, "甲"), Page(7.3, "乙"))
    assert text.area(Show("0" * 64, 64, 32, pages), text.Style()).stay == 15
    assert text.area(show("甲", seconds=900), text.Style()).stay == 255


def test_each_page_begins_on_a_screen_of_its_own():
    assert drawn(show("甲", "乙\n丙", "丁")) == [
        ["甲"],
        ["乙", "丙"],
        ["丁"],
    ]


@pytest.mark.parametrize("size", text.SIZES)
@given(pages=st.lists(st.text(gb2312 | st.just("\n"), max_size=40), min_size=1, max_size=3))
def test_nothing_is_lost(size, pages):
    shown = drawn(show(*pages, width=96, height=64), text.Style(size=size, colour="green"))
    expected = "".join("".join(pages).split()).translate(text._SAME)
    assert "".join("".join("".join(lines) for lines in shown).split()) == expected


def test_a_screen_too_small_for_the_font_is_refused():
    with pytest.raises(DeviceError, match="64×16点的屏放不下24点的字"):
        text.area(show("甲", height=16), text.Style(size=24))


def test_a_show_without_pages_is_refused():
    with pytest.raises(DeviceError, match="没有一页"):
        text.area(show(), text.Style())


def test_the_codes_are_the_documented_ones():
    assert text.Style().codes() == rb"\FO000\C1"
    assert text.Style(24, "hei", "yellow").codes() == rb"\FO021\C3"
