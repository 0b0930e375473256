"""What a player says it has shown: read, and held against what it can have shown."""

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import pairwise

HOUR = timedelta(hours=1)
# a player tells at most so much at once
BATCH = 50
# clocks that both follow the server differ by less (s)
TOLERANCE = 60
_OLDEST = timedelta(days=60)
_LARGEST = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Claim:
    """`seconds` and `plays` of a publication (its public code) in the `hour` that begins then
    (aware, UTC), as the programme `serial` told the player; `sequence` counts its claims."""

    sequence: int
    serial: int
    publication: str
    hour: datetime
    seconds: int
    plays: int


def parse(rows) -> list[Claim]:
    """Read the rows of a player's message, in the order of their numbers.

    Raises ValueError for anything that is not at most BATCH well-formed rows.
    """
    if not isinstance(rows, list) or len(rows) > BATCH:
        raise ValueError(f"rows are a list of at most {BATCH}")
    claims = [_claim(row) for row in rows]
    if any(first.sequence >= second.sequence for first, second in pairwise(claims)):
        raise ValueError("rows are in the order of their numbers")
    return claims


def examine(
    claims: Iterable[Claim],
    known: Mapping[int, Set[str]],
    counted: Mapping[datetime, int],
    since: datetime,
    now: datetime,
) -> tuple[list[Claim], list[tuple[Claim, str]]]:
    """Return the claims that can be true, and the others with the reason.

    `known`: the publications of each of the screen's programmes by number; `counted`: the seconds
    that are counted already for this screen by hour; `since`: when the player was paired. Reasons:
    unknown (not in that programme), future, old, overlap (more seconds than had passed), plays.
    """
    counted = dict(counted)
    good, bad = [], []
    for claim in claims:
        reason = _reason(claim, known, counted.get(claim.hour, 0), since, now)
        if reason:
            bad.append((claim, reason))
        else:
            good.append(claim)
            counted[claim.hour] = counted.get(claim.hour, 0) + claim.seconds
    return good, bad


def publications(programme: Mapping) -> set[str]:
    """The public codes of all publications that a programme may show."""
    return {one["publication"] for one in programme["entries"].values() if one["publication"]}


def publication_of(programme: Mapping, page: str) -> str | None:
    """The public code of the publication that a page (its digest) belongs to."""
    return next(
        (
            one["publication"]
            for one in programme["entries"].values()
            if any(page == other["digest"] for other in one["pages"] + one["short"])
        ),
        None,
    )


def _reason(claim, known, counted, since, now):
    if claim.publication not in known.get(claim.serial, ()):
        return "unknown"
    passed = (min(now, claim.hour + HOUR) - claim.hour).total_seconds()
    if passed <= 0:
        return "future"
    if claim.hour + HOUR <= since or claim.hour <= now - _OLDEST:
        return "old"
    if counted + claim.seconds > passed + TOLERANCE:
        return "overlap"
    return "plays" if claim.plays > claim.seconds else None


def _claim(row):
    if not isinstance(row, dict):
        raise ValueError("a row is an object")
    return Claim(
        sequence=_whole(row, "sequence", 1),
        serial=_whole(row, "serial", 0),
        publication=_text(row, "publication"),
        hour=_hour(_text(row, "hour")),
        seconds=_whole(row, "seconds", 0),
        plays=_whole(row, "plays", 0),
    )


def _whole(row, name, least):
    value = row.get(name)
    if type(value) is not int or not least <= value <= _LARGEST:
        raise ValueError(f"{name} is a whole number from {least} on")
    return value


def _text(row, name):
    value = row.get(name)
    if not isinstance(value, str) or not 1 <= len(value) <= 64:
        raise ValueError(f"{name} is a short text")
    return value


def _hour(text):
    moment = datetime.strptime(text, "%Y-%m-%dT%H:00:00Z")
    return moment.replace(tzinfo=UTC)
