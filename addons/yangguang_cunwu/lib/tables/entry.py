"""What a person types or pastes into a cell, beyond the forms that `values.parse` reads.

A spreadsheet's ways of writing are understood here: (1,234.50) for a negative amount, 12.5% where
the unit is %, the number of a day, a day without its year where the period leaves no doubt.
For every canonical value, `read(column, values.format(column, value)) == value`.
"""

import re
from datetime import date, timedelta

from ..periods import Period
from . import values
from .template import Column, HeaderField

_PARENTHESES = re.compile(r"\(([^-+()]+)\)")
# day 1 is 1900-01-01 and 1900-02-29 is counted: so all later days count from here
_DAY_ZERO = date(1899, 12, 30)
_SERIAL = re.compile(r"[0-9]{5}(?:\.0+)?")
_MIDNIGHT = re.compile(r"[ T]0?0:00(?::00)?$")
_DAY_OF_YEAR = re.compile(r"([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]")


def read(field: Column | HeaderField, text: str | None, period: Period | None = None) -> str | None:
    """The canonical value of `text` as somebody entered it for `field`; None for nothing.

    `period` is what the sheet is about, None when that is unknown. Raises ValueError with a
    sentence for the person who entered it.
    """
    if isinstance(text, str):
        if field.type == "date":
            text = _date(values.narrow(values.clean(text)), period)
        elif field.type in values.PLACES:
            text = _number(values.narrow(values.clean(text)), field.unit)
    return values.parse(field, text)


def _number(text, unit):
    if values.narrow(unit) == "%":
        text = text.removesuffix("%").rstrip()
    if match := _PARENTHESES.fullmatch(text):
        return f"-{match[1].strip()}"
    return text


def _date(text, period):
    text = _MIDNIGHT.sub("", text)
    if _SERIAL.fullmatch(text):
        return (_DAY_ZERO + timedelta(days=int(text[:5]))).isoformat()
    if match := _DAY_OF_YEAR.fullmatch(text):
        return _in_period(int(match[1]), int(match[2]), period)
    return text


def _in_period(month, day, period):
    years = range(period.start.year, period.end.year + 1) if period else ()
    for year in years:
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        # no period is longer than a year, so there is no second one
        if period.start <= found <= period.end:
            return found.isoformat()
    raise ValueError(f"请写明年份，如 2026年{month}月{day}日")
