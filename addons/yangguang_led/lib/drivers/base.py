"""What every driver takes and gives: plain values, so that drivers run in threads, in the agent
beside the screen, and in tests, without a database."""

import functools
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

# what a card does with a show: draws the text with its own fonts, shows our pictures, or nothing,
# because it only dims and darkens what another device plays
TEXT, PICTURES, NOTHING = "text", "pictures", "nothing"
# clocks of devices show its time
SHANGHAI = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a call. `confirmed`: the device says it did it; `sent`: the device does not
    answer such calls; `failed`: with the `reason` in a sentence, and whether trying again later
    can help."""

    state: str
    reason: str = ""
    retryable: bool = False

    @property
    def ok(self) -> bool:
        return self.state != "failed"


CONFIRMED = Answer("confirmed")
SENT = Answer("sent")


def failed(reason: str, retryable: bool) -> Answer:
    """The answer of a call that did not work; `reason` is a Chinese sentence."""
    return Answer("failed", reason, retryable)


class DeviceError(Exception):
    """What went wrong with a device or its line; `answer` says it as a call does. Stays inside the
    drivers: their public calls give the answer."""

    def __init__(self, reason: str, retryable: bool = True):
        super().__init__(reason)
        self.answer = failed(reason, retryable)


def answered(call: Callable[..., Answer]) -> Callable[..., Answer]:
    """A method that gives an answer, where a DeviceError becomes one."""

    @functools.wraps(call)
    def wrapped(*args, **kwargs):
        try:
            return call(*args, **kwargs)
        except DeviceError as error:
            return error.answer

    return wrapped


def answered_with(call: Callable[..., tuple[Answer, Any]]) -> Callable[..., tuple[Answer, Any]]:
    """The same for a method that gives something beside its answer."""

    @functools.wraps(call)
    def wrapped(*args, **kwargs):
        try:
            return call(*args, **kwargs)
        except DeviceError as error:
            return error.answer, None

    return wrapped


@dataclass(frozen=True, slots=True)
class Page:
    """One picture of a show. `text`: its lines, for cards that draw text themselves; `picture`: a
    PNG of the screen's size; `video`: an MP4 that takes its place, for cards that play it."""

    seconds: float
    text: str = ""
    picture: bytes | None = None
    video: bytes | None = None


@dataclass(frozen=True, slots=True)
class Show:
    """All that a screen plays in turn, over and over. `digest` (64 hexadecimal digits) stands for
    exactly these pages on a screen of `width` × `height` px."""

    digest: str
    width: int
    height: int
    pages: tuple[Page, ...]


@dataclass(frozen=True, slots=True)
class Status:
    """What a device says of itself; None is what it does not say.

    `playing` is whatever the device calls its current show, to be compared with `Driver.name_of`.
    """

    playing: str | None = None
    powered: bool | None = None
    brightness: int | None = None
    clock: datetime | None = None
    width: int | None = None
    height: int | None = None
    model: str | None = None
    firmware: str | None = None
    # the device's own number, by which one that called us is known
    identity: str | None = None


class Driver(ABC):
    """A control card at `address`, spoken to in its own language.

    `address` is a pyserial URL (device, `socket://`, `rfc2217://`, `loop://`) or an HTTP address.
    `options` are the driver's own, named and explained in `OPTIONS`; an unknown one raises
    ValueError. `timeout` (s) bounds every wait for the device. Calls raise nothing for what the
    device or the line does: that is in their answers.
    """

    key = ""
    title = ""
    draws = NOTHING
    # option -> (default, Chinese sentence that explains it)
    OPTIONS: Mapping[str, tuple[Any, str]] = {}

    def __init__(self, address: str, options: Mapping[str, Any] | None = None, timeout: float = 3):
        unknown = set(options or {}) - set(self.OPTIONS)
        if unknown:
            raise ValueError(f"驱动“{self.title}”没有选项：{'、'.join(sorted(unknown))}。")
        self.address = address
        self.options = {key: default for key, (default, _words) in self.OPTIONS.items()}
        self.options |= options or {}
        self.timeout = timeout

    @abstractmethod
    def probe(self) -> tuple[Answer, Status | None]:
        """Ask the device what it is and what it is doing."""

    def name_of(self, show: Show) -> str | None:
        """What `Status.playing` says while `show` is on; None if the device cannot tell.

        Names can be short: two shows may share one, but a show has one name for ever.
        """
        return None

    def sync(self, show: Show, last: str | None = None) -> Answer:
        """`play`, unless the device says that it plays `show` already: then asking was all.

        `last` is the digest of the show that the device confirmed last, where the caller knows: a
        different show is sent even if the device's name for it is the same.
        """
        if self.name_of(show) is not None and last in (None, show.digest):
            answer, status = self.probe()
            if not answer.ok:
                return answer
            if status is not None and status.playing == self.name_of(show):
                return CONFIRMED
        return self.play(show)

    @abstractmethod
    def play(self, show: Show) -> Answer:
        """Put `show` on instead of whatever is on. Sending it again changes nothing, and a break
        in the middle leaves the old show or the new one, never half."""

    @abstractmethod
    def clear(self) -> Answer:
        """Take everything off the screen."""

    @abstractmethod
    def set_brightness(self, percent: int) -> Answer:
        """Set the brightness, 0 to 100 %."""

    @abstractmethod
    def set_power(self, on: bool) -> Answer:
        """Light the screen up or darken it."""

    @abstractmethod
    def set_clock(self, moment: datetime) -> Answer:
        """Set the device's clock to `moment`, an aware time, shown in Shanghai's."""

    @abstractmethod
    def screenshot(self) -> tuple[Answer, bytes | None]:
        """A picture (PNG or JPEG) of what the device shows now, where it can tell."""
