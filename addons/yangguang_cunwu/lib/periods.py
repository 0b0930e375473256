"""Periods a disclosure can cover: months, quarters, half years, years and single days."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

# kind -> length in months; a thing that happens once has none
MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
KINDS = (*MONTHS, "once")

_QUARTERS = "一二三四"
_HALVES = "上下"
_KEYS = {
    "month": re.compile(r"(?P<year>\d{4})-(?P<number>\d{2})"),
    "quarter": re.compile(r"(?P<year>\d{4})Q(?P<number>[1-4])"),
    "half": re.compile(r"(?P<year>\d{4})H(?P<number>[12])"),
    "year": re.compile(r"(?P<year>\d{4})"),
}


@dataclass(frozen=True)
class Period:
    """A period from its first day to its last, both included.

    `kind` is one of KINDS. A period of kind "once" is the single day of an event; it has no
    neighbours. Raises ValueError when the days do not bound such a period.
    """

    kind: str
    start: date
    end: date

    def __post_init__(self):
        if (self.start, self.end) != _bounds(self.kind, self.start):
            raise ValueError(f"{self.start}至{self.end}不是一个完整的期间（{self.kind}）")

    @classmethod
    def of(cls, kind: str, day: date) -> "Period":
        """Return the period of `kind` that holds `day`."""
        return cls(kind, *_bounds(kind, day))

    @classmethod
    def parse(cls, key: str) -> "Period":
        """Return the period a `key` names; raises ValueError for anything that is not a key."""
        for kind, pattern in _KEYS.items():
            if match := pattern.fullmatch(key):
                number = int(match.groupdict().get("number", 1))
                month = (number - 1) * MONTHS[kind] + 1
                return cls.of(kind, date(int(match["year"]), month, 1))
        day = date.fromisoformat(key)
        if day.isoformat() != key:
            raise ValueError(f"「{key}」不是期间的写法")
        return cls.of("once", day)

    @classmethod
    def between(cls, kind: str, start: date, end: date) -> list["Period"]:
        """Return, in order, the periods of `kind` that share a day with `start` to `end`.

        Raises ValueError for the kind "once", which does not repeat.
        """
        periods = []
        period = cls.of(kind, start)
        while period.start <= end:
            periods.append(period)
            period = period.next()
        return periods

    @property
    def key(self) -> str:
        """The short name used in addresses and files: 2026-03, 2026Q1, 2026H1, 2026."""
        match self.kind:
            case "month":
                return f"{self.start:%Y-%m}"
            case "quarter":
                return f"{self.start:%Y}Q{self._number}"
            case "half":
                return f"{self.start:%Y}H{self._number}"
            case "year":
                return f"{self.start:%Y}"
        return self.start.isoformat()

    @property
    def label(self) -> str:
        """The name people read: 2026年3月, 2026年第一季度, 2026年上半年, 2026年."""
        year = f"{self.start.year}年"
        match self.kind:
            case "month":
                return f"{year}{self.start.month}月"
            case "quarter":
                return f"{year}第{_QUARTERS[self._number - 1]}季度"
            case "half":
                return f"{year}{_HALVES[self._number - 1]}半年"
            case "year":
                return year
        return f"{year}{self.start.month}月{self.start.day}日"

    def next(self) -> "Period":
        """Return the period that begins the day after this one ends."""
        self._check_repeats()
        return self.of(self.kind, self.end + timedelta(days=1))

    def previous(self) -> "Period":
        """Return the period that ends the day before this one begins."""
        self._check_repeats()
        return self.of(self.kind, self.start - timedelta(days=1))

    def same_last_year(self) -> "Period":
        """Return the period at the same place in the year before."""
        self._check_repeats()
        return self.of(self.kind, self.start.replace(year=self.start.year - 1))

    @property
    def _number(self):
        return (self.start.month - 1) // MONTHS[self.kind] + 1

    def _check_repeats(self):
        if self.kind == "once":
            raise ValueError("一次性的公开没有上一期、下一期和上年同期")


def _bounds(kind, day):
    if kind not in KINDS:
        raise ValueError(f"没有「{kind}」这种期间")
    if kind == "once":
        return day, day
    length = MONTHS[kind]
    first = (day.month - 1) // length * length + 1
    year, month = divmod(day.year * 12 + first - 1 + length, 12)
    return date(day.year, first, 1), date(year, month + 1, 1) - timedelta(days=1)
