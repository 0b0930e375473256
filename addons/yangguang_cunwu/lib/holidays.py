"""Working days by the yearly notice of the State Council's General Office.

`holidays.csv` holds the notices for 2025 (issued 12 November 2024) and 2026 (4 November 2025).
Each notice names the days off and the weekend days that are worked in exchange. A year whose
notice is not loaded has no calendar: asking for its working days raises UnknownYearError, because
counting plain weekends would give a wrong date without anybody noticing.
"""

import csv
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Self

_SATURDAY = 5


class UnknownYearError(ValueError):
    """The holiday notice of a year is not loaded; the message says so in Chinese."""

    def __init__(self, year: int):
        super().__init__(f"{year}年的节假日安排尚未录入，不能计算工作日")
        self.year = year


@dataclass(frozen=True)
class Calendar:
    """The days off and the swapped working days of the years whose notice is loaded."""

    years: frozenset[int]
    rest_days: frozenset[date]
    work_days: frozenset[date]

    @classmethod
    def from_rows(cls, rows: Iterable[Mapping[str, str]]) -> Self:
        """Build a calendar from rows with the keys of `holidays.csv`.

        `year` is the year of the notice (its first holiday may begin in the December before),
        `first` and `last` are ISO dates, `kind` is "rest" or "work". Raises ValueError when a day
        is given both ways or a weekday is called a swapped working day.
        """
        years = set()
        days = {"rest": set(), "work": set()}
        for row in rows:
            if row["kind"] not in days:
                raise ValueError(f"节假日安排中不认识的类型「{row['kind']}」，应为rest或work")
            years.add(int(row["year"]))
            days[row["kind"]].update(_span(row["first"], row["last"]))
        wrong = [day for day in days["work"] if day in days["rest"] or day.weekday() < _SATURDAY]
        if wrong:
            raise ValueError(f"{min(wrong)}不能作为调休上班的日子")
        return cls(frozenset(years), frozenset(days["rest"]), frozenset(days["work"]))

    def is_workday(self, day: date) -> bool:
        """Tell whether `day` is worked; raises UnknownYearError."""
        if day.year not in self.years:
            raise UnknownYearError(day.year)
        return day in self.work_days or (day.weekday() < _SATURDAY and day not in self.rest_days)

    def add_workdays(self, day: date, count: int) -> date:
        """Return the `count`-th working day after `day`, which itself does not count.

        Raises UnknownYearError when the count runs into a year without a notice.
        """
        while count > 0:
            day += timedelta(days=1)
            count -= self.is_workday(day)
        return day


@cache
def state_calendar() -> Calendar:
    """Return the calendar of the notices shipped with the product."""
    with Path(__file__).with_suffix(".csv").open(encoding="utf-8", newline="") as rows:
        return Calendar.from_rows(csv.DictReader(rows))


def _span(first, last):
    start = date.fromisoformat(first)
    length = (date.fromisoformat(last) - start).days
    if length < 0:
        raise ValueError(f"节假日安排的结束日期{last}早于开始日期{first}")
    return [start + timedelta(days=number) for number in range(length + 1)]
