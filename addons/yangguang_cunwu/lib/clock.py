"""The one clock of the product: every time and every "today" comes from here.

Times are naive UTC in whole seconds, as Odoo stores them. A day begins at midnight in Shanghai,
whatever the time zone of the server or of the user.
"""

from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

SHANGHAI = ZoneInfo("Asia/Shanghai")

_offset = timedelta()


def now() -> datetime:
    """Return the present moment as naive UTC in whole seconds."""
    return (datetime.now(UTC) + _offset).replace(tzinfo=None, microsecond=0)


def today() -> date:
    """Return the present day in Shanghai."""
    return to_local(now()).date()


def to_local(moment: datetime) -> datetime:
    """Return `moment` (naive UTC, or aware) as an aware time in Shanghai."""
    return _aware(moment).astimezone(SHANGHAI)


@contextmanager
def travel(moment: datetime):
    """Let the clock run on from `moment` (naive UTC, or aware) until the block ends.

    This is how the demo district and the bench data get a past. Only scripts run in `odoo shell`
    call it: the shift holds for the whole process, and a lint rule keeps it out of models and
    controllers.
    """
    global _offset
    before = _offset
    _offset = _aware(moment) - datetime.now(UTC)
    try:
        yield
    finally:
        _offset = before


def _aware(moment):
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment
