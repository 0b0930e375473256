"""When a screen is lit, and how brightly: plain minutes of the day, in Shanghai."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

DAY = 24 * 60


def minute_of(moment: datetime) -> int:
    """The minute of the day of a local time."""
    return moment.hour * 60 + moment.minute


@dataclass(frozen=True, slots=True)
class Timetable:
    """`opens` and `closes`: minutes of the day, closes later than opens; `brightness`: (from
    minute, percent), each until the next one, the last one until the first of the next day."""

    opens: int
    closes: int
    brightness: tuple[tuple[int, int], ...] = ()

    @property
    def open_seconds(self) -> int:
        """How long the screen is lit on a day."""
        return (self.closes - self.opens) * 60

    def is_open(self, moment: datetime) -> bool:
        """Whether the screen is to be lit at a local time."""
        return self.opens <= minute_of(moment) < self.closes

    def percent(self, moment: datetime) -> int | None:
        """The brightness at a local time; None where no table says so."""
        if not self.brightness:
            return None
        minute = minute_of(moment)
        steps = sorted(self.brightness)
        begun = [percent for start, percent in steps if start <= minute]
        return begun[-1] if begun else steps[-1][1]

    def next_change(self, moment: datetime, others: Iterable[int] = ()) -> datetime:
        """The first time after a local time at which something changes; `others` are minutes of
        the day at which something else does."""
        minute = minute_of(moment)
        changes = {self.opens, self.closes % DAY, *(start for start, _percent in self.brightness)}
        changes |= {other % DAY for other in others}
        ahead = min((change - minute - 1) % DAY + 1 for change in changes)
        return moment.replace(second=0, microsecond=0) + timedelta(minutes=ahead)
