"""What follows what on a screen: the statutory minimum first, the newest first, and everybody's
turn often enough."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Turn:
    """A publication that wants to be shown. `protected`: it still owes days of display by law.
    `order`: larger is newer. `seconds`: how long all its pages take; `short`: how long the short
    form takes, the same where there is none."""

    key: str
    protected: bool
    order: int
    seconds: float
    short: float


@dataclass(frozen=True, slots=True)
class Rotation:
    """`loop`: (key, whether in short form), played over and over, taking `seconds`. Everything
    that is protected has at least `times` turns in the open hours of a day, and at least one in
    every loop has whatever else there is."""

    loop: tuple[tuple[str, bool], ...]
    seconds: float
    times: int


def rotate(turns: Iterable[Turn], open_seconds: float, times: int) -> Rotation:
    """Arrange `turns` so that each protected one comes `times` times in `open_seconds` a day.

    Where that is too much for the day, long publications take their short form, the longest gain
    first; what is not protected then waits for its turn over several rounds. Where even that does
    not suffice the rotation says how many `times` a day it comes to.
    """
    newest_first = sorted(turns, key=lambda turn: -turn.order)
    protected = [turn for turn in newest_first if turn.protected]
    others = [turn for turn in newest_first if not turn.protected]
    budget = open_seconds / times
    # a round also has room for one of the others, be it the longest
    shortened = _shortened(protected, budget - max((turn.short for turn in others), default=0))
    first = [(turn.key, turn.key in shortened) for turn in protected]
    spent = sum(_length(turn, shortened) for turn in protected)
    rounds = list(_rounds(others, budget - spent))
    loop, seconds = [], 0.0
    for chunk, length in rounds or [([], 0.0)]:
        loop += first + chunk
        seconds += spent + length
    in_a_day = int(open_seconds * max(len(rounds), 1) / seconds) if seconds else 0
    return Rotation(tuple(loop), seconds, in_a_day)


def _length(turn, shortened):
    return turn.short if turn.key in shortened else turn.seconds


def _shortened(turns, budget):
    """The keys of those that give up their long form so that all fit into `budget`."""
    shortened = set()
    excess = sum(turn.seconds for turn in turns) - budget
    for turn in sorted(turns, key=lambda turn: turn.short - turn.seconds):
        if excess <= 0 or turn.short >= turn.seconds:
            break
        shortened.add(turn.key)
        excess -= turn.seconds - turn.short
    return shortened


def _rounds(turns, room):
    """Shares `turns` out over rounds of at most `room` seconds; a round has at least one."""
    chunk, length = [], 0.0
    for turn in turns:
        short = turn.seconds > room
        seconds = turn.short if short else turn.seconds
        if chunk and length + seconds > room:
            yield chunk, length
            chunk, length = [], 0.0
        chunk.append((turn.key, short and turn.short < turn.seconds))
        length += seconds
    if chunk:
        yield chunk, length
