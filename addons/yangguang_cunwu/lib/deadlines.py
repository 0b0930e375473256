"""When an item has to be published: the deadline grammar of the catalogue.

`;` joins parts, `,` separates the values of one part. An item that returns with each period:

    day=15                     15th of the month after the period
    months=1,4,7,10;day=20     20th of the first of these months after the period
    day=10;in_period=1         the same, but counted from the period's own first month on

The day is cut to the length of the month (30 in February is its last day). An item that follows
an event:

    within_days=5              calendar days; the day of the event does not count
    within_workdays=20         working days by the State Council's calendar
    on_receipt=1;…             the event is the receipt of a document from above
    standing=1;…               always shown; the event is a change
    before_event_days=10;…     notice length: shown that many days before a coming event as well

`stages=before,after` asks for one publication at each stage, with either kind of count. A
deadline on a rest day stays where it is: no rule moves it.
"""

from calendar import monthrange
from dataclasses import dataclass, fields
from datetime import date, timedelta
from typing import Self

from .holidays import Calendar
from .periods import Period

STAGES = {
    "before": "事前",
    "during": "事中",
    "after": "事后",
    "resolution": "决议",
    "result": "结果",
}

_MOST_DAYS = 999


@dataclass(frozen=True)
class Deadline:
    """A deadline in parts; exactly one of `day`, `within_days`, `within_workdays` is set.

    Every part is named as in the grammar; `to_text` writes them in the order given here.
    """

    standing: bool = False
    on_receipt: bool = False
    stages: tuple[str, ...] = ()
    before_event_days: int | None = None
    months: tuple[int, ...] = ()
    day: int | None = None
    in_period: bool = False
    within_days: int | None = None
    within_workdays: int | None = None

    def __post_init__(self):
        counts = (self.day, self.within_days, self.within_workdays)
        if sum(count is not None for count in counts) != 1:
            raise ValueError("期限应写明day、within_days、within_workdays其中一项，且只写一项")
        of_events = self.standing or self.on_receipt or self.before_event_days is not None
        if self.periodic and of_events:
            raise ValueError("按周期公开的期限不能再写standing、on_receipt、before_event_days")
        if not self.periodic and (self.months or self.in_period):
            raise ValueError("months、in_period要与day一起写")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read a deadline; raises ValueError with a Chinese sentence that names the wrong part."""
        parts = {}
        for part in text.split(";"):
            name, _, value = part.partition("=")
            if name not in _READERS:
                raise ValueError(f"期限「{text}」中有不认识的写法「{part}」")
            if name in parts:
                raise ValueError(f"期限「{text}」中「{name}」写了两次")
            try:
                parts[name] = _READERS[name](value)
            except ValueError as error:
                raise ValueError(f"期限「{text}」中「{part}」填写不正确") from error
        return cls(**parts)

    def to_text(self) -> str:
        """Write the deadline in the grammar; the inverse of `parse`."""
        values = [
            (part.name, value)
            for part in fields(self)
            if (value := getattr(self, part.name)) != part.default
        ]
        return ";".join(f"{name}={_written(value)}" for name, value in values)

    @property
    def periodic(self) -> bool:
        """Whether the deadline follows a period (`due`), not an event (`due_after`)."""
        return self.day is not None

    def due(self, period: Period) -> date:
        """Return the last day to publish what belongs to `period`.

        Raises ValueError when the deadline follows an event, or when `in_period` finds none of
        its months inside the period.
        """
        if not self.periodic:
            raise ValueError("这个期限按事情发生的日期计算，不按周期计算")
        first = period.start if self.in_period else period.end + timedelta(days=1)
        year, month = first.year, first.month
        while self.months and month not in self.months:
            year, month = (year + 1, 1) if month == 12 else (year, month + 1)
        due = date(year, month, min(self.day, monthrange(year, month)[1]))
        if self.in_period and due > period.end:
            raise ValueError(f"{period.label}内没有期限所列的月份")
        return due

    def due_after(self, event_date: date, calendar: Calendar) -> date:
        """Return the last day to publish after an event (or receipt, or change).

        Raises ValueError when the deadline follows a period, UnknownYearError when `calendar`
        does not know a year the working days run through.
        """
        if self.periodic:
            raise ValueError("这个期限按周期计算，不按事情发生的日期计算")
        if self.within_workdays is not None:
            return calendar.add_workdays(event_date, self.within_workdays)
        return event_date + timedelta(days=self.within_days)

    def due_before(self, event_date: date) -> date | None:
        """Return the last day that leaves the notice length before a coming event, if any is set.

        Where `due_after` gives a day too, the earlier one holds.
        """
        if self.before_event_days is None:
            return None
        return event_date - timedelta(days=self.before_event_days)


def _flag(value):
    if value != "1":
        raise ValueError(value)
    return True


def _number(lowest, highest):
    def read(value):
        if not (value.isascii() and value.isdigit() and lowest <= int(value) <= highest):
            raise ValueError(value)
        return int(value)

    return read


def _stage(value):
    if value not in STAGES:
        raise ValueError(value)
    return value


def _list(read):
    def read_all(value):
        values = tuple(map(read, value.split(",")))
        if len(set(values)) < len(values):
            raise ValueError(value)
        return values

    return read_all


def _written(value):
    if value is True:
        return "1"
    return ",".join(map(str, value)) if isinstance(value, tuple) else str(value)


_READERS = {
    "standing": _flag,
    "on_receipt": _flag,
    "stages": _list(_stage),
    "before_event_days": _number(0, _MOST_DAYS),
    "months": _list(_number(1, 12)),
    "day": _number(1, 31),
    "in_period": _flag,
    "within_days": _number(0, _MOST_DAYS),
    "within_workdays": _number(0, _MOST_DAYS),
}
