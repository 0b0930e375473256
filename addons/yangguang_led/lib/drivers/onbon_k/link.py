"""Questions and answers over one line to one card."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..base import DeviceError
from ..transport import Line
from .commands import BUSY, CHECKSUM, ERRORS, Reply, Request
from .frame import ANY_CARD, Frame, FrameError, Receiver

# errors of a moment; any other is the same next time
PASSING = (BUSY, CHECKSUM)


class RefusedError(DeviceError):
    """The card answered with an error; `number` is its."""

    def __init__(self, number: int):
        words = ERRORS.get(number, "没有说明原因")
        super().__init__(f"控制卡拒绝执行：{words}（错误{number}）。", number in PASSING)
        self.number = number


@dataclass
class Link:
    """A line with the card's options.

    An answer is waited for `timeout` s in all: a frame is sent up to `tries` times within it.
    """

    line: Line
    options: Mapping[str, Any]
    timeout: float

    def encode(self, command: bytes, payload: bytes = b"", reply: bool = True) -> bytes:
        """The frame of a command."""
        word = self.options["reserved_word"]
        reserved = {"length": len(payload), "zero": 0}.get(word, word)
        return Frame(
            Request(command, payload, reply, reserved).encode(),
            self.options["destination"],
            self.options["source"],
            self.options["device_type"],
            self.options["display_mode"],
        ).encode()

    def tell(self, command: bytes, payload: bytes = b"") -> None:
        """Send a command that the card does not answer."""
        wire = self.encode(command, payload, reply=False)
        self.line.write(wire, self.timeout)

    def ask(self, command: bytes, payload: bytes = b"", least: int = 0) -> Reply:
        """Send a command until the card answers it; raises RefusedError or DeviceError.

        Answers do not say to what. One that carries fewer than the `least` bytes asked for is an
        older one, come twice.
        """
        return self.ask_frame(self.encode(command, payload), least)

    def ask_frame(self, wire: bytes, least: int = 0) -> Reply:
        """The same with a frame that is already made."""
        tries = self.options["tries"]
        refused = None
        for _try in range(tries):
            self.line.drop_stale()
            self.line.write(wire, self.timeout)
            wait = self.line.seconds_for(len(wire)) + self.timeout / tries
            reply = self._answer(time.monotonic() + wait, least)
            if reply is None:
                continue
            if not reply.refused:
                return reply
            refused = RefusedError(reply.error)
            if reply.error not in PASSING:
                break
        raise refused or DeviceError(
            f"控制卡（{self.line.place}）没有回答：请检查电源、线路和屏号。"
        )

    def _answer(self, deadline, least):
        """The card's answer; None when none comes. Frames of others and disturbed ones pass by."""
        receiver = Receiver()
        while data := self.line.read(deadline):
            for frame in receiver.feed(data):
                reply = self._read(frame)
                if reply and (reply.refused or len(reply.payload) >= least):
                    return reply
        return None

    def _read(self, frame):
        """The answer in a frame, if it is one, of our card and to us."""
        destination = self.options["destination"]
        from_card = destination == ANY_CARD or frame.source == destination
        if frame.destination != self.options["source"] or not from_card:
            return None
        try:
            return Reply.decode(frame.data)
        except FrameError:
            return None
