"""NovaStar sending cards and video processors: brightness and black screen of what they are fed.

The vendor's central control protocol, over TCP 5200 or a serial line of 115200 baud.
"""

import itertools
import logging
import struct
import time
from dataclasses import dataclass, replace

from .base import (
    CONFIRMED,
    NOTHING,
    Answer,
    DeviceError,
    Driver,
    Status,
    answered,
    answered_with,
    failed,
)
from .transport import opened

_logger = logging.getLogger(__name__)

REQUEST, ANSWER = b"\x55\xaa", b"\xaa\x55"
HEAD = struct.Struct("<2sBBBBBBHBBIH")
HOST = 0xFE
MOST_DATA = 1024

MODEL = 0x00000002
BRIGHTNESS = 0x02000001
BLACK = 0x02000100
DISPLAY_MODE = 0x13000004
NORMAL, BLACKED = 3, 5

_serials = itertools.count()


def checksum(frame: bytes) -> int:
    """The sum that ends a frame, of everything behind its first two bytes."""
    return sum(frame[2:]) + 0x5555 & 0xFFFF


@dataclass(frozen=True, slots=True)
class Message:
    """A request, or an answer to one. `device`: 0 the sender itself, 1 receiving cards; `size`:
    bytes wanted or carried."""

    register: int
    data: bytes = b""
    size: int = 0
    write: bool = True
    device: int = 0
    port: int = 0
    card: int = 0
    destination: int = 0
    serial: int = 0
    source: int = HOST
    error: int = 0
    answer: bool = False

    def encode(self) -> bytes:
        """The bytes on the wire."""
        head = HEAD.pack(
            ANSWER if self.answer else REQUEST,
            self.error,
            self.serial,
            self.source,
            self.destination,
            self.device,
            self.port,
            self.card,
            self.write,
            0,
            self.register,
            self.size or len(self.data),
        )
        return head + self.data + checksum(head + self.data).to_bytes(2, "little")


def to_all(register: int, value: int) -> Message:
    """A write of one byte to every receiving card."""
    return Message(register, bytes([value]), device=1, port=0xFF, card=0xFFFF, destination=0xFF)


def decode(data: bytes, start: bytes = ANSWER) -> tuple[Message | None, int]:
    """The first message in `data`, and how many bytes are dealt with; None: more must come.

    A sum that differs is noted, not refused: the vendor's own example has a wrong one. Behind such
    a message everything is looked at again, for it may have been none.
    """
    begin = data.find(start)
    while begin >= 0 and len(data) - begin >= HEAD.size:
        *_head, write, _zero, _register, size = HEAD.unpack_from(data, begin)
        # a read asks with a size, its answer carries as much; with a write it is the other way
        carried = size if bool(write) == (start == REQUEST) else 0
        if carried <= MOST_DATA:
            end = begin + HEAD.size + carried + 2
            if len(data) < end:
                return None, begin
            frame = data[begin:end]
            right = checksum(frame[:-2]) == int.from_bytes(frame[-2:], "little")
            if not right:
                _logger.info("an answer with a wrong sum: %s", frame.hex(" "))
            return _message(frame), end if right else begin + 1
        begin = data.find(start, begin + 1)
    # the last byte may be the first half of a start
    return None, begin if begin >= 0 else max(0, len(data) - 1)


def _message(frame):
    start, error, serial, source, destination, device, port, card, write, _zero, register, size = (
        HEAD.unpack_from(frame)
    )
    data = frame[HEAD.size : -2]
    return Message(
        register,
        data,
        0 if data else size,
        bool(write),
        device,
        port,
        card,
        destination,
        serial,
        source,
        error,
        start == ANSWER,
    )


class NovastarCtl(Driver):
    """Sending cards and processors of NovaStar beside a PC or box that plays."""

    key = "novastar_ctl"
    title = "诺瓦发送卡、视频处理器（只控亮度和黑屏）"
    draws = NOTHING
    OPTIONS = {
        "kind": ("sender", "sender发送卡，processor带画面切换的视频处理器"),
        "baudrate": (115200, "串口速率"),
        "tries": (3, "一帧最多发送的次数"),
    }

    def __init__(self, address, options=None, timeout=3):
        super().__init__(address, options, timeout)
        if self.options["kind"] not in ("sender", "processor"):
            raise ValueError("选项“kind”只能是sender或processor。")
        if self.options["tries"] not in range(1, 11):
            raise ValueError("选项“tries”要在1到10之间。")

    @answered_with
    def probe(self):
        answer = self._ask(Message(MODEL, size=2, write=False))
        return CONFIRMED, Status(model=answer.data[::-1].hex().upper())

    def play(self, show):
        return failed("发送卡不存节目：内容由接在它前面的电脑或播放盒播放。", False)

    def clear(self):
        return self.set_power(False)

    @answered
    def set_brightness(self, percent):
        self._ask(to_all(BRIGHTNESS, round(255 * min(max(percent, 0), 100) / 100)))
        return CONFIRMED

    @answered
    def set_power(self, on):
        if self.options["kind"] == "processor":
            mode = NORMAL if on else BLACKED
            self._ask(Message(DISPLAY_MODE, mode.to_bytes(2, "little")))
        else:
            self._ask(to_all(BLACK, 0 if on else 0xFF))
        return CONFIRMED

    def set_clock(self, moment):
        return failed("发送卡没有时钟。", False)

    def screenshot(self) -> tuple[Answer, bytes | None]:
        return failed("发送卡不能回传画面。", False), None

    def _ask(self, message):
        tries = self.options["tries"]
        with opened(self.address, self.timeout, self.options["baudrate"]) as line:
            for _try in range(tries):
                asked = replace(message, serial=next(_serials) % 256)
                line.drop_stale()
                line.write(asked.encode(), self.timeout)
                answer = _answer(line, asked, self.timeout / tries)
                if answer is None:
                    continue
                if answer.error:
                    raise DeviceError(f"设备拒绝执行（错误{answer.error}）。", False)
                return answer
        raise DeviceError(f"设备（{self.address}）没有回答：请检查电源和线路。")


def _answer(line, asked, seconds):
    """The answer to exactly this question; None if none comes in time."""
    wanted = (asked.serial, asked.register, asked.write)
    deadline, kept = time.monotonic() + seconds, b""
    while data := line.read(deadline):
        kept += data
        message, done = decode(kept)
        while message is not None:
            whole = message.error or len(message.data) == (0 if asked.write else asked.size)
            if whole and (message.serial, message.register, message.write) == wanted:
                return message
            kept = kept[done:]
            message, done = decode(kept)
        kept = kept[done:]
    return None
