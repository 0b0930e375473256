"""When a phone may ring."""

from datetime import datetime, time, timedelta

from odoo.addons.yangguang_cunwu.lib import clock

# Shanghai time
QUIET_FROM = time(21, 0)
QUIET_UNTIL = time(8, 0)


def next_moment(now: datetime) -> datetime:
    """Return when a message may go out at the earliest (naive UTC): `now` by day, else morning."""
    local = clock.to_local(now)
    if QUIET_UNTIL <= local.time() < QUIET_FROM:
        return now
    day = local.date() + timedelta(days=local.time() >= QUIET_FROM)
    return _utc(datetime.combine(day, QUIET_UNTIL))


def next_midnight(now: datetime) -> datetime:
    """Return when the next day begins in Shanghai (naive UTC): WeChat counts by these days."""
    return _utc(datetime.combine(clock.to_local(now).date() + timedelta(days=1), time()))


def _utc(local):
    local = local.replace(tzinfo=clock.SHANGHAI)
    return (local - local.utcoffset()).replace(tzinfo=None)
