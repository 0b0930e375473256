import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib.drawing import Screen, fonts, legibility
from odoo.addons.yangguang_led.lib.drivers.base import TEXT

SCREENS = st.builds(
    Screen,
    st.integers(16, 1024),
    st.integers(16, 512),
    st.sampled_from([2.5, 4, 6, 8, 10, 16, 20]),
    st.integers(2, 60),
)


def test_a_page_stays_until_it_is_read():
    assert [legibility.dwell(count) for count in (0, 14, 15, 40)] == [5, 5, 5.25, 11.5]
    assert legibility.scroll_seconds(20) == 4


def test_the_height_of_a_character_follows_from_the_distance():
    # 20 m: 80 mm, at 10 mm a dot 8 dots
    assert legibility.least_height(Screen(128, 64, 10, 20)) == 8
    assert legibility.least_height(Screen(512, 256, 4, 30)) == 30


@pytest.mark.parametrize(
    ("screen", "size"),
    [
        # 16 dots of 10 mm are read at ease from 20 m
        (Screen(128, 64, 10, 20), 16),
        (Screen(512, 256, 4, 30), 56),
        # from 60 m 240 mm are needed, so the smallest that is allowed is taken
        (Screen(128, 64, 10, 60), 28),
        # at ease would leave no room for a few lines
        (Screen(256, 128, 8, 40), 28),
    ],
)
def test_the_size_of_running_text(screen, size):
    assert legibility.choose_size(screen) == size


@given(SCREENS)
def test_no_size_is_too_small_for_the_distance_unless_the_clerk_is_told(screen):
    sizes = legibility.sizes(screen)
    assert list(sizes) == sorted(sizes, reverse=True)
    legible = all(fonts.font(size).ink >= legibility.least_height(screen) for size in sizes)
    assert legible or legibility.warnings(screen)


@pytest.mark.parametrize(
    ("screen", "words"),
    [
        (Screen(128, 32, 10, 120), "最大只能显示250毫米.*换更大的屏"),
        (Screen(64, 64, 10, 60), "一行只放得下2个字.*缩短文字"),
        (Screen(320, 16, 10, 20), "只放得下一行字"),
        (Screen(128, 64, 10, 60, draws=TEXT), "最大只能显示150毫米"),
    ],
)
def test_the_clerk_is_told_what_to_do(screen, words):
    (warning,) = legibility.warnings(screen)
    assert re.search(words, warning), warning


def test_nothing_is_said_of_a_screen_that_suits_its_place():
    assert legibility.warnings(Screen(128, 64, 10, 20)) == ()
    assert legibility.warnings(Screen(512, 256, 4, 30)) == ()


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"width": 15}, "屏幕的宽"),
        ({"height": 9000}, "屏幕的高"),
        ({"pitch": 0}, "点距"),
        ({"distance": -1}, "看屏距离"),
        ({"colours": "two"}, "颜色"),
        ({"lit": "pink"}, "颜色"),
        ({"draws": "nothing"}, "不显示画面"),
    ],
)
def test_what_is_no_screen_is_refused(values, words):
    with pytest.raises(ValueError, match=words):
        Screen(**{"width": 128, "height": 64} | values)
