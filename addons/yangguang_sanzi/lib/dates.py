"""Days so many months or years later, as contracts count them."""

import calendar
from datetime import date


def months_later(day: date, months: int) -> date:
    """Return the same day `months` later; the month's last day where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


def years_later(day: date, years: int) -> date:
    """Return the same day `years` later; 28 February where there is no 29th."""
    return months_later(day, 12 * years)
