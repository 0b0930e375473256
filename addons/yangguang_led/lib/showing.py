"""What a card has shown, by its own answers: how long each publication of a show was on.

A card is asked every few minutes what it plays. Between two answers that name the same show it is
taken to have played that show if they are no further apart than SILENCE; any other time is dark,
and is never guessed to have been lit.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from decimal import Decimal

SILENCE = timedelta(minutes=20)
_HOUR = timedelta(hours=1)


def continues(ends: datetime, now: datetime) -> bool:
    """Whether an answer at `now` goes on from one at `ends` (aware local times). Screens are dark
    at night: nothing goes on over midnight."""
    return ends.date() == now.date() and timedelta() <= now - ends <= SILENCE


def shares(turns: Iterable[tuple[Mapping | None, Mapping]]) -> tuple[int, dict[str, list[int]]]:
    """What each publication has of one lap of a show: `turns` is what `programme.due` gives.

    Returns the length of the lap and, by public code, [time, turns]; times in hundredths of a
    second.
    """
    lap, parts = 0, {}
    for entry, page in turns:
        length = int(Decimal(page["seconds"]) * 100)
        lap += length
        if entry and entry["publication"]:
            part = parts.setdefault(entry["publication"], [0, 0])
            part[0] += length
            part[1] += page["digest"] in (form[0]["digest"] for form in _forms(entry))
    return lap, parts


def portions(
    lap: int,
    parts: Iterable[tuple[str, int, int]],
    begins: datetime,
    since: datetime,
    until: datetime,
) -> Iterator[tuple[str, datetime, int, int]]:
    """Yield (key, time, seconds, plays) for each hour from `since` to `until` (aware local times)
    of a show that has been on since `begins`; `parts` are (key, time, turns) of one `lap`.

    However a stretch of time is cut up, its pieces add up to the same: each is what there was up
    to its end less what there was up to its start, in whole seconds and whole turns.
    """
    parts = list(parts)
    for start, end in _hours(since, until):
        before, after = (int((moment - begins).total_seconds()) for moment in (start, end))
        for key, length, turns in parts:
            yield (
                key,
                start,
                after * length // lap - before * length // lap,
                after * 100 * turns // lap - before * 100 * turns // lap,
            )


def _forms(entry):
    return [form for form in (entry["pages"], entry["short"]) if form]


def _hours(since, until):
    start = since
    while True:
        end = min(until, start.replace(minute=0, second=0, microsecond=0) + _HOUR)
        yield start, end
        if end >= until:
            return
        start = end
