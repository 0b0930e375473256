"""Carries out what screens are to do, many at a time: plain values in, plain values out, so that
threads need no database and a dead screen keeps nobody waiting."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass, field
from typing import Any

from . import connections
from .drivers.base import Answer, Show, Status, failed

THREADS = 32
# after the first, the second and every further failure (minutes)
BACK_OFF = (1, 5, 30)
PLAY, BRIGHTNESS, POWER, CLOCK, LOOK = "play", "brightness", "power", "clock", "look"


@dataclass(frozen=True, slots=True)
class Errand:
    """One thing that one screen is to do. `value`: the brightness in percent, the power as a
    boolean, the time as an aware datetime. For PLAY, `show` and the digest of the one that the
    screen took `last`. LOOK only asks how it is."""

    key: int
    kind: str
    driver: str
    address: str
    options: Mapping[str, str] = field(default_factory=dict)
    value: Any = None
    show: Show | None = None
    last: str | None = None
    timeout: float = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of the errand `key`: the answer, what the device said of itself if asked, and the
    `name` that it gives the show it was to play."""

    key: int
    answer: Answer
    status: Status | None = None
    name: str | None = None


def run(errands: Iterable[Errand], threads: int = THREADS) -> Iterator[Outcome]:
    """Carry out `errands`, giving each outcome as it comes.

    Devices that share a line have one address and are spoken to in turn; when one errand of an
    address fails for lack of an answer, the others of that screen are not tried in vain.
    """
    lines = defaultdict(list)
    for errand in errands:
        lines[errand.address].append(errand)
    with ThreadPoolExecutor(threads) as pool:
        for done in as_completed([pool.submit(_in_turn, line) for line in lines.values()]):
            yield from done.result()


def wait_minutes(tries: int) -> int:
    """How long to wait after so many failures in a row."""
    return BACK_OFF[min(tries, len(BACK_OFF)) - 1]


def _in_turn(errands):
    outcomes, silent = [], {}
    for errand in errands:
        # several cards on one line are told apart by their options
        device = tuple(sorted(errand.options.items()))
        outcome = silent.get(device) and Outcome(errand.key, silent[device])
        outcome = outcome or carry_out(errand)
        if outcome.answer.retryable:
            silent[device] = outcome.answer
        outcomes.append(outcome)
    return outcomes


def carry_out(errand: Errand) -> Outcome:
    """Carry out one errand; never raises for what the device does."""
    try:
        driver = connections.build(errand.driver, errand.address, errand.options, errand.timeout)
    except ValueError as error:
        return Outcome(errand.key, failed(str(error), retryable=False))
    if errand.kind == PLAY:
        answer = driver.sync(errand.show, errand.last)
        return Outcome(errand.key, answer, name=driver.name_of(errand.show))
    if errand.kind == LOOK:
        answer, status = driver.probe()
        return Outcome(errand.key, answer, status)
    return Outcome(errand.key, _CALLS[errand.kind](driver, errand.value))


_CALLS = {
    BRIGHTNESS: lambda driver, percent: driver.set_brightness(percent),
    POWER: lambda driver, on: driver.set_power(on),
    CLOCK: lambda driver, moment: driver.set_clock(moment),
}
