from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.holidays import Calendar, UnknownYearError, state_calendar


def row(first, last, kind, year="2030"):
    return {"year": year, "first": first, "last": last, "kind": kind, "name": "节日"}


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        (date(2025, 1, 1), False),
        (date(2025, 1, 26), True),  # a Sunday worked for Spring Festival
        (date(2025, 2, 4), False),
        (date(2025, 10, 8), False),
        (date(2025, 10, 11), True),
        (date(2026, 1, 2), False),
        (date(2026, 1, 4), True),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 3, 14), False),  # an ordinary Saturday
        (date(2026, 9, 20), True),
        (date(2026, 10, 7), False),
    ],
)
def test_the_state_calendar(day, worked):
    assert state_calendar().is_workday(day) is worked


@pytest.mark.parametrize(("year", "count"), [(2025, 248), (2026, 248)])
def test_the_number_of_working_days_of_a_year(year, count):
    days = (date(year, 1, 1) + timedelta(days=number) for number in range(365))
    assert sum(map(state_calendar().is_workday, days)) == count


def test_add_workdays_leaves_out_the_first_day_and_the_holidays():
    calendar = state_calendar()
    # Friday; then Saturday 14 February is worked, the holiday lasts from the 15th to the 23rd
    assert calendar.add_workdays(date(2026, 2, 13), 1) == date(2026, 2, 14)
    assert calendar.add_workdays(date(2026, 2, 13), 2) == date(2026, 2, 24)
    assert calendar.add_workdays(date(2026, 2, 15), 0) == date(2026, 2, 15)


@given(st.dates(date(2025, 1, 1), date(2026, 9, 30)), st.integers(1, 40))
def test_add_workdays_counts_working_days(day, count):
    calendar = state_calendar()
    end = calendar.add_workdays(day, count)
    span = [day + timedelta(days=number) for number in range(1, (end - day).days + 1)]
    assert sum(map(calendar.is_workday, span)) == count
    assert calendar.is_workday(end)


def test_a_year_without_notice_is_not_guessed():
    calendar = Calendar.from_rows([row("2029-12-31", "2030-01-02", "rest")])
    assert not calendar.is_workday(date(2030, 1, 2))
    for day in (date(2029, 12, 28), date(2031, 1, 2)):
        with pytest.raises(UnknownYearError, match=f"{day.year}年的节假日安排尚未录入"):
            calendar.is_workday(day)
    with pytest.raises(UnknownYearError):
        calendar.add_workdays(date(2030, 12, 27), 5)


@pytest.mark.parametrize(
    "rows",
    [
        [row("2030-02-04", "2030-02-04", "work")],
        [row("2030-02-02", "2030-02-02", "work"), row("2030-02-01", "2030-02-07", "rest")],
        [row("2030-02-05", "2030-02-01", "rest")],
        [row("2030-02-05", "2030-02-05", "off")],
    ],
)
def test_a_contradictory_notice_is_refused(rows):
    with pytest.raises(ValueError):
        Calendar.from_rows(rows)
