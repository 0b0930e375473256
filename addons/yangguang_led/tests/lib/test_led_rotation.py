"""Who comes when on a screen, and when the screen is lit."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib.rotation import Turn, rotate
from odoo.addons.yangguang_led.lib.timetable import Timetable

HOURS = 3600


def turn(key, protected=True, order=0, seconds=30.0, short=None):
    return Turn(key, protected, order, seconds, seconds if short is None else short)


def keys(rotation):
    return [key for key, _short in rotation.loop]


def test_protected_first_and_newest_first():
    turns = [turn("old", order=1), turn("standing", protected=False, order=9), turn("new", order=2)]
    rotation = rotate(turns, 16 * HOURS, 20)
    assert keys(rotation) == ["new", "old", "standing"]
    assert rotation.seconds == 90
    assert rotation.times == 16 * HOURS // 90


def test_nothing_to_show():
    rotation = rotate([], 16 * HOURS, 20)
    assert rotation.loop == ()
    assert rotation.times == 0


def test_longest_gain_is_shortened_first():
    turns = [turn("table", seconds=600, short=40, order=2), turn("notice", seconds=60, short=50)]
    assert rotate(turns, 2000, 10).loop == (("table", True), ("notice", False))


def test_what_is_not_protected_waits_for_its_round():
    turns = [turn("due", seconds=60)]
    turns += [turn(f"s{number}", protected=False, order=-number) for number in range(4)]
    rotation = rotate(turns, 1200, 10)
    assert keys(rotation) == ["due", "s0", "s1", "due", "s2", "s3"]
    assert rotation.times == 10


def test_too_much_for_a_day_is_said():
    turns = [turn(str(number), order=number, seconds=100) for number in range(10)]
    rotation = rotate(turns, 3000, 20)
    assert len(rotation.loop) == 10
    assert rotation.times == 3


turns_strategy = st.lists(
    st.builds(
        lambda protected, order, seconds, gain: (protected, order, seconds, seconds * gain),
        st.booleans(),
        st.integers(0, 1000),
        st.floats(5, 900),
        st.floats(0.05, 1),
    ),
    max_size=40,
).map(lambda rows: [Turn(str(number), *row) for number, row in enumerate(rows)])


@given(turns_strategy, st.integers(1, 60), st.integers(1, 24))
def test_everybody_has_a_turn_and_the_promise_is_kept(turns, times, hours):
    rotation = rotate(turns, hours * HOURS, times)
    played = keys(rotation)
    assert set(played) == {one.key for one in turns}
    lengths = {one.key: one for one in turns}
    seconds = sum(
        lengths[key].short if short else lengths[key].seconds for key, short in rotation.loop
    )
    assert abs(seconds - rotation.seconds) < 1e-6
    protected = [one for one in turns if one.protected]
    others = [one for one in turns if not one.protected]
    for one in protected:
        # each round has every protected one once
        assert played.count(one.key) == played.count(protected[0].key)
    for one in others:
        assert played.count(one.key) == 1
    shortest = sum(one.short for one in protected) + max((one.short for one in others), default=0)
    if protected and shortest <= hours * HOURS / times - 1e-6:
        assert rotation.times >= times


TABLE = Timetable(6 * 60, 22 * 60, ((7 * 60, 80), (18 * 60, 30)))


def at(hour, minute=0):
    return datetime(2026, 3, 5, hour, minute)


def test_lit_in_opening_hours_only():
    assert [TABLE.is_open(at(hour)) for hour in (5, 6, 21, 22)] == [False, True, True, False]
    assert TABLE.open_seconds == 16 * HOURS
    assert Timetable(0, 24 * 60).is_open(at(23, 59))


def test_brightness_holds_until_the_next_step():
    assert [TABLE.percent(at(hour)) for hour in (6, 7, 17, 18, 23)] == [30, 80, 80, 30, 30]
    assert Timetable(0, 60).percent(at(0)) is None


def test_next_change():
    assert TABLE.next_change(at(5)) == at(6)
    assert TABLE.next_change(at(6)) == at(7)
    assert TABLE.next_change(at(18, 30), [19 * 60]) == at(19)
    assert TABLE.next_change(at(22)) == at(6) + timedelta(days=1)
    assert Timetable(0, 24 * 60).next_change(at(12)) == at(0) + timedelta(days=1)
