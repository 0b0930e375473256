"""What is counted of a show that a card says it plays."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import programme, showing

BEGINS = datetime(2026, 3, 5, 6, 50, tzinfo=SHANGHAI)
PARTS = st.lists(st.tuples(st.integers(1, 90_000), st.integers(1, 9)), min_size=1, max_size=90)


def after(seconds):
    return BEGINS + timedelta(seconds=seconds)


def counted(lap, parts, cuts):
    total = Counter()
    for since, until in pairwise(cuts):
        for key, moment, seconds, plays in showing.portions(
            lap, parts, BEGINS, after(since), after(until)
        ):
            total[key, "plays"] += plays
            total[key, moment.replace(minute=0, second=0)] += seconds
    return +total


@given(PARTS, st.integers(0, 500), st.lists(st.integers(0, 60_000), min_size=2, max_size=9))
def test_however_often_it_is_counted_it_is_the_same(parts, filler, cuts):
    lap = sum(length for length, _turns in parts) + filler
    keyed = [(number, *part) for number, part in enumerate(parts)]
    cuts = sorted(cuts)
    assert counted(lap, keyed, cuts) == counted(lap, keyed, [cuts[0], cuts[-1]])


@given(PARTS, st.integers(0, 500), st.integers(0, 60_000))
def test_never_more_than_the_time_allows(parts, filler, length):
    lap = sum(part for part, _turns in parts) + filler
    keyed = [(number, *part) for number, part in enumerate(parts)]
    total = counted(lap, keyed, [0, length])
    seconds = sum(value for (_key, what), value in total.items() if what != "plays")
    assert length * (lap - filler) / lap - len(parts) <= seconds <= length
    by_hour = Counter()
    for (_key, what), value in total.items():
        if what != "plays":
            by_hour[what] += value
    # a second that was begun before the hour is whole within it
    assert all(value <= 3600 + len(parts) for value in by_hour.values())


def test_a_lap_is_shared_by_pages_and_turns():
    pages = [
        programme.page_entry(name * 64, 1, seconds, "", "image/png")
        for name, seconds in (("1", 8), ("2", 5.5), ("3", 10))
    ]
    first = programme.entry("publication", "a", pages[:2], publication="AAAA")
    second = programme.entry("publication", "b", pages[2:], publication="BBBB")
    urgent = programme.entry("insert", "c", pages[2:])
    turns = [
        *((first, page) for page in pages[:2]),
        (second, pages[2]),
        *((first, page) for page in pages[:2]),
        (urgent, pages[2]),
        (None, pages[2]),
    ]
    lap, parts = showing.shares(turns)
    assert lap == 5700
    assert parts == {"AAAA": [2700, 2], "BBBB": [1000, 1]}


def test_silence_is_dark():
    assert showing.continues(BEGINS, after(20 * 60))
    assert not showing.continues(BEGINS, after(20 * 60 + 1))
    late = BEGINS.replace(hour=23, minute=55)
    assert not showing.continues(late, late + timedelta(minutes=10))
    assert not showing.continues(BEGINS, after(-1))
