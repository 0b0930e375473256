"""Which days count, and how long nothing was on."""

import re
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib import display
from odoo.addons.yangguang_led.lib.display import Promise, Proof

DAY = date(2026, 3, 5)
PROMISE = Promise(6 * 60, 22 * 60, 20)


def proof(grade="device", hours=range(6, 22), seconds=40, plays=0, **values):
    row = [seconds if hour in hours else 0 for hour in range(24)]
    return Proof(
        **{"screen": 1, "day": DAY, **values}, grade=grade, seconds=sum(row), plays=plays, hours=row
    )


def test_half_of_the_lit_hours_is_a_full_day():
    assert display.counts([proof(hours=range(6, 14))], PROMISE, 50)
    assert not display.counts([proof(hours=range(6, 13))], PROMISE, 50)
    assert display.counts([proof(hours=range(6, 13))], PROMISE, 40)


def test_as_often_as_promised_is_a_full_day():
    assert display.counts([proof(hours=[18], plays=20)], PROMISE, 50)
    assert not display.counts([proof(hours=[18], plays=19)], PROMISE, 50)


def test_what_was_only_sent_never_counts():
    assert not display.counts([proof("sent", plays=500)], PROMISE, 50)
    day = display.days([proof("sent")], {1: PROMISE}, 50)[DAY]
    assert (day.grade, day.counts, day.seconds, day.screens) == ("sent", False, 0, 0)
    assert day.sent == 16 * 40


def test_proofs_of_one_screen_add_up_and_screens_do_not():
    halves = [proof("player", hours=range(6, 10)), proof("device", hours=range(10, 14))]
    assert display.counts(halves, PROMISE, 50)
    apart = [proof("player", hours=range(6, 10)), proof(hours=range(10, 14), screen=2)]
    day = display.days(apart, {1: PROMISE, 2: PROMISE}, 50)[DAY]
    assert not day.counts
    assert (day.screens, day.grade) == (2, "player")


def test_a_picture_is_the_best_proof_and_no_turn_of_its_own():
    rows = [proof("screenshot", hours=[], plays=1), proof("player", plays=30)]
    day = display.days(rows, {1: PROMISE}, 50)[DAY]
    assert (day.grade, day.plays, day.counts) == ("screenshot", 30, True)


def test_a_screen_that_is_never_lit_shows_nothing():
    assert not display.counts([proof(hours=[])], Promise(600, 630, 20), 50)


@given(
    st.dictionaries(st.integers(0, 12), st.lists(st.booleans(), min_size=24, max_size=24)),
    st.integers(0, 20),
    st.integers(1, 24),
)
def test_longest_gap(lit, opens, length):
    opening = range(opens, min(24, opens + length))
    shown = {}
    for number, hours in lit.items():
        day = DAY + timedelta(days=number)
        row = [proof(hours=[h for h, on in enumerate(hours) if on], day=day)]
        shown |= display.days(row, {1: PROMISE}, 50)
    line = "".join(
        "x" if number in lit and lit[number][hour] else "."
        for number in range(13)
        for hour in opening
    )
    oracle = max(map(len, re.findall(r"\.+", line)), default=0)
    assert display.longest_gap(shown, opening, DAY, DAY + timedelta(days=12)) == oracle


ROWS = st.lists(
    st.tuples(
        st.integers(1, 3),
        st.integers(0, 9),
        st.sampled_from(display.GRADES),
        st.lists(st.integers(0, 3600), min_size=24, max_size=24),
        st.integers(0, 300),
    ),
    unique_by=lambda row: row[:3],
)


@given(ROWS)
def test_sums_are_those_of_the_rows(rows):
    proofs = [
        Proof(screen, DAY + timedelta(days=number), grade, sum(hours), plays, hours)
        for screen, number, grade, hours, plays in rows
    ]
    days = display.days(proofs, dict.fromkeys((1, 2, 3), PROMISE), 50)
    proven = [one for one in proofs if one.grade != "sent"]
    assert sum(day.seconds for day in days.values()) == sum(one.seconds for one in proven)
    assert sum(sum(day.hours) for day in days.values()) == sum(one.seconds for one in proven)
    assert sum(day.sent for day in days.values()) == sum(one.seconds for one in proofs) - sum(
        one.seconds for one in proven
    )
    assert sum(day.plays for day in days.values()) == sum(
        one.plays for one in proven if one.grade != "screenshot"
    )
