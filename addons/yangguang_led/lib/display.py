"""From proofs to days of display: what was on, how well that is known, and which days count."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

SCREENSHOT, PLAYER, DEVICE, SENT = "screenshot", "player", "device", "sent"
# the best first; what was only sent proves nothing
GRADES = (SCREENSHOT, PLAYER, DEVICE, SENT)
PROVEN = GRADES[:3]
LETTERS = dict(zip(GRADES, "ABCD", strict=True))


@dataclass(frozen=True, slots=True)
class Proof:
    """One kind of proof of a publication on `screen` on `day`; `hours`: seconds in each of 24."""

    screen: int
    day: date
    grade: str
    seconds: int
    plays: int
    hours: Sequence[int]


@dataclass(frozen=True, slots=True)
class Promise:
    """What a screen is to do on a day: lit from `opens` to `closes` (minutes of the day), each
    protected publication in turn at least `times`."""

    opens: int
    closes: int
    times: int

    @property
    def hours(self) -> range:
        """The hours of the day in which it is lit from beginning to end."""
        return range(math.ceil(self.opens / 60), self.closes // 60)


@dataclass(frozen=True, slots=True)
class Day:
    """A publication on one day: `seconds`, `plays` and `hours` are proven, on all screens
    together; `sent` are seconds that were sent only; `grade` is the best proof, None without."""

    day: date
    seconds: int
    plays: int
    hours: tuple[int, ...]
    sent: int
    grade: str | None
    screens: int
    counts: bool


def counts(proofs: Iterable[Proof], promise: Promise, percent: int) -> bool:
    """Whether a screen has shown a publication for a full day.

    It has when the publication came up in `percent` of the hours in which the screen is lit, or as
    often as the screen promises, such as in the one part of the day that its category has.
    """
    proven = [proof for proof in proofs if proof.grade in PROVEN]
    seen = sum(1 for hour in promise.hours if any(proof.hours[hour] for proof in proven))
    wanted = math.ceil(len(promise.hours) * percent / 100)
    return seen >= max(wanted, 1) or _plays(proven) >= promise.times


def days(proofs: Iterable[Proof], promises: Mapping[int, Promise], percent: int) -> dict[date, Day]:
    """Sum up the proofs of one publication by day; `promises` by screen."""
    by_day = {}
    for proof in proofs:
        by_day.setdefault(proof.day, []).append(proof)
    return {day: _day(day, by_day[day], promises, percent) for day in sorted(by_day)}


def longest_gap(shown: Mapping[date, Day], opening: Iterable[int], first: date, last: date) -> int:
    """The most hours in a row, of those in which a screen is to be lit, without the publication,
    from `first` to `last`. Nights do not count, and do not interrupt."""
    opening = sorted(opening)
    longest = gap = 0
    for day in each_day(first, last):
        hours = shown[day].hours if day in shown else None
        for hour in opening:
            gap = 0 if hours and hours[hour] else gap + 1
            longest = max(longest, gap)
    return longest


def each_day(first: date, last: date) -> Iterator[date]:
    """Yield the days from `first` to `last`, both included."""
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def rule(percent: int, times: Sequence[int]) -> str:
    """The sentence that says which days count; `times` that the screens promise."""
    often = "、".join(map(str, sorted(set(times)))) or "—"
    return (
        f"在一块屏上，应亮屏的小时中有 {percent}% 以上出现过，或者一天出现不少于 {often} 次，"
        "并且有 A、B 或 C 级证明的，才算展示满一天。"
    )


def extension_note(day: date) -> str:
    """What the public reads when a dark day makes a display longer."""
    return f"{day.month}月{day.day}日户外屏未展示满一天，展示期顺延一天。"


def _day(day, proofs, promises, percent):
    by_screen = {}
    for proof in proofs:
        by_screen.setdefault(proof.screen, []).append(proof)
    # a row of zeros says that something was told to a player, not that it was on
    shown = [one for one in proofs if one.grade in PROVEN and (one.seconds or one.plays)]
    known = {one.grade for one in shown} | {one.grade for one in proofs if one.grade == SENT}
    return Day(
        day=day,
        seconds=sum(one.seconds for one in shown),
        plays=_plays(shown),
        hours=tuple(sum(one.hours[hour] for one in shown) for hour in range(24)),
        sent=sum(one.seconds for one in proofs if one.grade == SENT),
        grade=next((grade for grade in GRADES if grade in known), None),
        screens=len({one.screen for one in shown}),
        counts=any(counts(some, promises[screen], percent) for screen, some in by_screen.items()),
    )


def _plays(proofs):
    # a picture shows a turn that the player counts as well
    return sum(proof.plays for proof in proofs if proof.grade != SCREENSHOT)
