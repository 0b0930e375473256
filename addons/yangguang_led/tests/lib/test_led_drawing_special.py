"""Fillers, urgent words, pages for putting a screen up; the preview; the pictures dot by dot."""

import hashlib
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from led_faces import CODE, SCREENS, URL, lines, receipts, watched
from PIL import Image

from odoo.addons.yangguang_cunwu.lib.summary import summarise
from odoo.addons.yangguang_led.lib.drawing import (
    Screen,
    canvas,
    emergency,
    filler,
    fonts,
    pages,
    preview,
    ruler,
    sample_text,
)
from odoo.addons.yangguang_led.lib.drawing.leaf import Box, Leaf, Run

URGENT = "台风今晚登陆，请低洼处群众立即转移到村小学。"
# SHA-256 of all dots of all pages, in RGB: what villages see changes on purpose only
GOLDEN = {
    "small": ["62c23c950827d4b6", "2dff63955e7fd0a6", "444fdecf86d07564", "ff7b6e349d12f178"],
    "sixteen": ["c36748b4a688564f", "792fd179621d8e13", "31bfda81e0573c43", "d473d5ff7eebe5f0"],
    "full": ["1947aeb78659b3c4", "1392d1c6f6457a2f", "f867c460ff142d38", "b9e355a5efc883d7"],
    "text": ["5984b1a0cfbcfbc1", "5e9af6ebe917addf", "444fdecf86d07564", "355fe88481e678e7"],
}


def rgb(page):
    return Image.open(io.BytesIO(page.picture)).convert("RGB")


@pytest.mark.parametrize("screen", SCREENS.values(), ids=SCREENS)
def test_all_special_pages_fit_every_screen(screen):
    for drawn in (filler("临溪镇东岸村", screen), emergency(URGENT, screen), ruler(screen)):
        assert drawn.pages
        for page in (*drawn.pages, *sample_text(screen).pages):
            assert rgb(page).size == (screen.width, screen.height)
            assert page.seconds >= 5


def test_urgent_words_are_as_large_as_they_go():
    with watched() as leaves:
        emergency("停水", Screen(256, 128))
        emergency(URGENT, Screen(256, 128))
        emergency(URGENT * 9, Screen(256, 128))
    first, second, *others = leaves
    assert lines(first) == ["紧急通知", "停水"]
    assert first.runs[0].font.size > second.runs[0].font.size > 16
    assert len(others) > 1
    said = "".join("".join(lines(leaf)[1:]) for leaf in others)
    assert said == URGENT * 9


def test_a_ruler_shows_the_edges_and_every_colour():
    one = ruler(Screen(128, 64)).pages
    assert [rgb(page).getpixel((127, 63)) for page in one] == [(255, 0, 0)] * 2
    many = ruler(SCREENS["full"]).pages
    assert [rgb(page).getcolors() for page in many[1:]] == [
        [(512 * 256, colour)] for colour in ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 255))
    ]
    (text,) = ruler(SCREENS["text"]).pages
    assert text.text.splitlines()[0] == "1行1234567890123"


def test_a_village_whose_name_cannot_be_shown_is_told():
    assert [each.character for each in filler("喆村", SCREENS["text"]).missing] == ["喆"]


@pytest.mark.parametrize("factor", [1, 2, 3, 5, 8])
@pytest.mark.parametrize("screen", [SCREENS["small"], SCREENS["sixteen"]])
def test_the_preview_is_the_page_dot_by_dot(screen, factor):
    (page,) = filler("东岸村", screen).pages
    shown = Image.open(io.BytesIO(preview(page.picture, factor)))
    assert shown.size == (screen.width * factor, screen.height * factor)
    middle = (factor - 1) // 2
    for channel in "RGB":
        dots = shown.getchannel(channel).tobytes()
        lines = [dots[start:][: shown.width] for start in range(0, len(dots), shown.width)]
        found = b"".join(line[middle::factor] for line in lines[middle::factor])
        lit = rgb(page).getchannel(channel).tobytes()
        # a dark dot is a little lighter than the gaps between dots
        assert found == bytes(max(part, 26) for part in lit)


@given(
    st.lists(
        st.tuples(st.integers(0, 99), st.integers(0, 40), st.text("村务1,g（", max_size=5)),
        max_size=6,
    )
)
def test_a_page_is_its_texts_side_by_side(texts):
    """The shifted integers are the same dots as glyphs pasted one by one."""
    screen = Screen(197, 61)
    font = fonts.font(16)
    leaf = Leaf(tuple(Run(x, y, text, font) for x, y, text in texts), (Box(3, 5, 7, 2),))
    pasted = Image.new("1", (197, 61))
    pasted.paste(1, (3, 5, 10, 7))
    for x, y, text in texts:
        for character in text:
            width, height, dots = font.glyph(character)
            for number in range(width * height):
                if dots >> number & 1:
                    at = width * height - 1 - number
                    pasted.putpixel((x + at % width, y + at // width), 1)
            x += width
    shown = Image.open(io.BytesIO(canvas.png(leaf, screen))).convert("RGB")
    assert shown.getchannel("R").tobytes() == pasted.convert("L").tobytes()
    assert canvas.bits(leaf, screen) == pasted.tobytes()


@pytest.mark.parametrize("at", [(-1, 0), (0, -1), (185, 0), (0, 49)])
def test_what_would_be_outside_is_refused(at):
    leaf = Leaf((Run(*at, "村", fonts.font(16)),))
    with pytest.raises(ValueError, match="outside"):
        canvas.png(leaf, Screen(200, 64))


def digest(drawn):
    return hashlib.sha256(b"".join(rgb(page).tobytes() for page in drawn)).hexdigest()


@pytest.mark.parametrize("name", ["small", "sixteen", "full", "text"])
def test_pages_are_drawn_as_ever(name):
    screen = SCREENS[name]
    face = receipts(4)
    sheet = pages(face, summarise(face), screen, url=URL, public_code=CODE).pages
    kinds = (sheet, filler("东岸村", screen).pages, emergency(URGENT, screen).pages)
    found = [digest(kind)[:16] for kind in (*kinds, ruler(screen).pages)]
    assert found == GOLDEN[name]
