"""Working days, also of years whose holiday notice is not out yet."""

from datetime import date, timedelta

from ..lib.holidays import UnknownYearError, state_calendar

_SATURDAY = 5


def next_workday(day: date) -> date:
    """`day` itself, or the first working day after it."""
    return workdays_after(day - timedelta(days=1), 1)


def last_workday(day: date) -> date:
    """`day` itself, or the last working day before it."""
    return workdays_after(day + timedelta(days=1), -1)


def workdays_after(day: date, count: int) -> date:
    """The `count`-th working day after `day`; before it when `count` is negative."""
    step = timedelta(days=1 if count > 0 else -1)
    while count:
        day += step
        if _is_worked(day):
            count -= step.days
    return day


def _is_worked(day):
    try:
        return state_calendar().is_workday(day)
    except UnknownYearError:
        return day.weekday() < _SATURDAY
