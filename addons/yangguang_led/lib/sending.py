"""Carries out what screens are to do, many at a time: plain values in, plain values out, so that
threads need no database and a dead screen keeps nobody waiting."""

import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, ThreadPoolExecutor, wait
from dataclasses import dataclass, field
from typing import Any

from . import connections
from .drivers.base import Answer, Show, Status, failed

THREADS = 32
# outcomes are given together, when there are so many of them or the first has waited so long (s)
BUNCH, PATIENCE = 64, 1.0
# after the first, the second and every further failure (minutes)
BACK_OFF = (1, 5, 30)
PLAY, BRIGHTNESS, POWER, CLOCK, LOOK = "play", "brightness", "power", "clock", "look"


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that one screen is to do. `value`: the brightness in percent, the power as a
    boolean, the time as an aware datetime. For PLAY, `show` and the digest of the one that the
    screen took `last`. LOOK only asks how it is.

    `key` says whose errand it is, `turn` how often that one has been given away, `wanted` what was
    wanted then: the outcome brings them back, so that it is not taken for another's."""

    key: int
    kind: str
    driver: str
    address: str
    options: Mapping[str, str] = field(default_factory=dict)
    value: Any = None
    show: Show | None = None
    last: str | None = None
    timeout: float = 3
    turn: int = 0
    wanted: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the errand of this `key`, `turn` and `wanted`: the answer, what the device said
    of itself if asked, and the `name` that it gives the show it was to play."""

    key: int
    turn: int
    wanted: str
    answer: Answer
    status: Status | None = None
    name: str | None = None


def run(errands: Iterable[Errand], threads: int = THREADS) -> Iterator[Outcome]:
    """Carry out `errands`, giving each outcome as it comes."""
    once = iter([list(errands)])
    for outcomes in stream(lambda: next(once, []), threads):
        yield from outcomes


def stream(more: Callable[[], Iterable[Errand]], threads: int = THREADS) -> Iterator[list[Outcome]]:
    """Carry out whatever `more` gives, giving outcomes in bunches: to keep them one by one takes
    the caller longer than the screens need.

    `more` is asked again before threads run out of work, until it has nothing: what is dead holds
    one thread for its time-out, and nobody else. Devices that share a line have one address and
    are spoken to in turn; when one errand of a device fails for lack of an answer, the others that
    wait with it are not tried in vain.
    """
    waiting, running, has_more = {}, {}, True
    bunch, begun = [], 0.0
    with ThreadPoolExecutor(threads) as pool:
        while has_more or waiting or running:
            while has_more and len(waiting) + len(running) < 2 * threads:
                errands = list(more())
                has_more = bool(errands)
                for errand in errands:
                    waiting.setdefault(errand.address, []).append(errand)
            busy = set(running.values())
            free = [address for address in waiting if address not in busy]
            for address in free[: threads - len(running)]:
                running[pool.submit(_in_turn, waiting.pop(address))] = address
            patience = max(0, begun + PATIENCE - time.monotonic()) if bunch else None
            done, _going_on = wait(running, patience, return_when=FIRST_COMPLETED)
            begun = begun if bunch else time.monotonic()
            for future in done:
                del running[future]
                bunch += future.result()
            if len(bunch) >= BUNCH or (bunch and time.monotonic() >= begun + PATIENCE):
                yield bunch
                bunch = []
    if bunch:
        yield bunch


def wait_minutes(tries: int) -> int:
    """How long to wait after so many failures in a row."""
    return BACK_OFF[min(tries, len(BACK_OFF)) - 1]


def _in_turn(errands):
    outcomes, silent = [], {}
    # a card that is told not to answer leaves this one question open, and does the rest
    for errand in sorted(errands, key=lambda one: one.kind == LOOK):
        # several cards on one line are told apart by their options
        device = tuple(sorted(errand.options.items()))
        reason = silent.get(device)
        outcome = _outcome(errand, reason) if reason else carry_out(errand)
        if outcome.answer.retryable:
            silent[device] = outcome.answer
        outcomes.append(outcome)
    return outcomes


def carry_out(errand: Errand) -> Outcome:
    """Carry out one errand; never raises for what the device does."""
    try:
        driver = connections.build(errand.driver, errand.address, errand.options, errand.timeout)
    except ValueError as error:
        return _outcome(errand, failed(str(error), retryable=False))
    if errand.kind == PLAY:
        answer = driver.sync(errand.show, errand.last)
        return _outcome(errand, answer, name=driver.name_of(errand.show))
    if errand.kind == LOOK:
        return _outcome(errand, *driver.probe())
    return _outcome(errand, _CALLS[errand.kind](driver, errand.value))


def _outcome(errand, answer, status=None, name=None):
    return Outcome(errand.key, errand.turn, errand.wanted, answer, status, name)


_CALLS = {
    BRIGHTNESS: lambda driver, percent: driver.set_brightness(percent),
    POWER: lambda driver, on: driver.set_power(on),
    CLOCK: lambda driver, moment: driver.set_clock(moment),
}
