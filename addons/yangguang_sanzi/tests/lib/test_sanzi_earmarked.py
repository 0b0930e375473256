from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.earmarked import (
    RECEIVED,
    Movement,
    figures,
    left,
    problems,
)

GRANTED = Decimal("150000.00")
KINDS = (RECEIVED, "used", "to_household")


def _movement(day, kind, amount):
    return Movement(date.fromisoformat(day), kind, Decimal(amount))


ROAD = [
    _movement("2025-10-15", RECEIVED, "150000.00"),
    _movement("2026-01-20", "used", "60000.00"),
]
MOVEMENTS = st.lists(
    st.builds(
        Movement,
        st.dates(date(2025, 1, 1), date(2026, 12, 31)),
        st.sampled_from(KINDS),
        st.decimals("0.01", 10**6, places=2, allow_nan=False, allow_infinity=False),
    ),
    max_size=20,
)


def test_a_road_in_january():
    """The sample of the form T_BK02."""
    found = figures(ROAD, date(2026, 1, 1), date(2026, 1, 31))
    assert (found.opening, found.received, found.spent, found.left) == (150000, 0, 60000, 90000)
    assert (found.received_total, found.spent_total) == (150000, 60000)
    assert found.spent_by == {"used": 60000}
    assert problems(GRANTED, ROAD) == []


@given(MOVEMENTS, st.dates(date(2025, 1, 1), date(2026, 12, 31)))
def test_what_is_left_is_what_came_less_what_went(movements, cut):
    before = figures(movements, date.min, cut)
    after = figures(movements, date.fromordinal(cut.toordinal() + 1), date.max)
    assert before.left == after.opening
    assert after.left == after.received_total - after.spent_total == left(movements)
    assert sum(after.spent_by.values()) == after.spent


@given(MOVEMENTS)
def test_a_negative_rest_never_goes_unnamed(movements):
    named = problems(Decimal(10**9), movements)
    days = {one.day for one in movements}
    assert bool(named) == any(figures(movements, date.min, day).left < 0 for day in days)


def test_more_than_was_granted_is_named_once():
    more = [*ROAD, _movement("2026-02-01", RECEIVED, "0.01")]
    more.append(_movement("2026-02-02", RECEIVED, "5.00"))
    (problem,) = problems(GRANTED, more)
    assert problem.startswith("2026-02-01累计到账150000.01元")


def test_money_that_comes_on_the_day_it_is_spent_is_in_time():
    assert problems(GRANTED, [ROAD[1], _movement("2026-01-20", RECEIVED, "60000.00")]) == []
    (problem,) = problems(GRANTED, [ROAD[1], _movement("2026-01-21", RECEIVED, "60000.00")])
    assert problem.startswith("2026-01-20支出60000.00元时结余只有0")
