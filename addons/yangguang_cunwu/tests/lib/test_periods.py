import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.periods import KINDS, MONTHS, Period

DAYS = st.dates(date(1990, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize(
    ("kind", "start", "end", "key", "label"),
    [
        ("month", date(2026, 8, 1), date(2026, 8, 31), "2026-08", "2026年8月"),
        ("quarter", date(2026, 7, 1), date(2026, 9, 30), "2026Q3", "2026年第三季度"),
        ("half", date(2026, 7, 1), date(2026, 12, 31), "2026H2", "2026年下半年"),
        ("year", date(2026, 1, 1), date(2026, 12, 31), "2026", "2026年"),
        ("once", date(2026, 8, 15), date(2026, 8, 15), "2026-08-15", "2026年8月15日"),
    ],
)
def test_the_period_of_a_day(kind, start, end, key, label):
    period = Period.of(kind, date(2026, 8, 15))
    assert (period.start, period.end, period.key, period.label) == (start, end, key, label)


def test_first_quarter_and_half():
    january = date(2026, 1, 1)
    assert Period.of("quarter", january).label == "2026年第一季度"
    assert Period.of("half", january).label == "2026年上半年"
    assert Period.of("month", date(2028, 2, 3)).end == date(2028, 2, 29)


@given(st.sampled_from(KINDS), DAYS)
def test_parse_is_the_inverse_of_key(kind, day):
    period = Period.of(kind, day)
    assert Period.parse(period.key) == period
    assert period.start <= day <= period.end


@given(st.sampled_from(list(MONTHS)), DAYS)
def test_periods_follow_each_other_without_a_gap(kind, day):
    period = Period.of(kind, day)
    assert period.next().start - period.end == timedelta(days=1)
    assert period.next().previous() == period
    last_year = period.same_last_year()
    assert last_year.start == period.start.replace(year=period.start.year - 1)
    assert last_year.key == period.key.replace(str(period.start.year), str(period.start.year - 1))


@given(st.sampled_from(list(MONTHS)), DAYS, st.integers(0, 800))
def test_between_covers_the_span(kind, start, days):
    end = start + timedelta(days=days)
    periods = Period.between(kind, start, end)
    assert periods[0] == Period.of(kind, start)
    assert periods[-1] == Period.of(kind, end)
    assert all(one.next() == other for one, other in itertools.pairwise(periods))


def test_between_an_empty_span_is_empty():
    assert Period.between("month", date(2026, 2, 1), date(2026, 1, 31)) == []


@pytest.mark.parametrize("key", ["2026-13", "2026Q5", "2026H3", "20260815", "2026-8", "", "年"])
def test_other_keys_are_refused(key):
    with pytest.raises(ValueError):
        Period.parse(key)


@pytest.mark.parametrize(
    ("kind", "start", "end"),
    [
        ("month", date(2026, 3, 1), date(2026, 3, 30)),
        ("quarter", date(2026, 2, 1), date(2026, 4, 30)),
        ("once", date(2026, 3, 1), date(2026, 3, 2)),
        ("week", date(2026, 3, 2), date(2026, 3, 8)),
    ],
)
def test_other_spans_are_no_periods(kind, start, end):
    with pytest.raises(ValueError, match="期间"):
        Period(kind, start, end)


def test_a_single_event_has_no_neighbours():
    event = Period.of("once", date(2026, 3, 1))
    for neighbour in (event.next, event.previous, event.same_last_year):
        with pytest.raises(ValueError, match="一次性"):
            neighbour()
