"""What is said to Onbon's K cards and what they answer: requests, replies, status.

Everything here is values: `encode` gives the bytes, `decode` the value again or FrameError.
"""

import struct
from dataclasses import dataclass
from datetime import datetime

from .frame import FrameError

# group and command
PING = b"\xa2\x00"
CLOCK = b"\xa2\x03"
POWER = b"\xa3\x00"
BRIGHTNESS = b"\xa3\x02"
DYNAMIC = b"\xa3\x06"
CLEAR = b"\xa3\x10"
DELETE = b"\xa1\x01"
STATUS = b"\xa1\x02"
BEGIN_FILE = b"\xa1\x05"
FILE_BLOCK = b"\xa1\x06"

ACKNOWLEDGED, REFUSED = b"\xa0\x00", b"\xa0\x01"

BUSY, CHECKSUM, NO_SUCH_FILE, DOWNLOAD, BLOCK_NUMBER = 3, 5, 6, 8, 16
ERRORS = {
    1: "命令组不对",
    2: "不认识的命令",
    BUSY: "控制卡正忙",
    4: "控制卡内存不够",
    CHECKSUM: "收到的数据校验不对",
    NO_SUCH_FILE: "没有这个文件",
    7: "控制卡的存储出错",
    DOWNLOAD: "下载出错",
    9: "文件名不对",
    10: "文件类型不对",
    11: "文件校验不对",
    12: "控制卡里没有这种字体",
    13: "固件类型不对",
    14: "日期时间格式不对",
    15: "文件已经存在",
    BLOCK_NUMBER: "文件分块的编号不对",
}

BLOCK_HEAD = struct.Struct("<4sBHHI")
STATUS_HEAD = struct.Struct("<BB8sB4s")


@dataclass(frozen=True, slots=True)
class Request:
    """A command to a card; `reply`: whether it must answer; `reserved`: a word cards ignore."""

    command: bytes
    payload: bytes = b""
    reply: bool = True
    reserved: int = 0

    def encode(self) -> bytes:
        """The data part of a frame."""
        flag = 1 if self.reply else 2
        return self.command + struct.pack("<BH", flag, self.reserved) + self.payload

    @classmethod
    def decode(cls, data: bytes) -> "Request":
        """The request in a frame's data part."""
        if len(data) < 5 or data[2] not in (1, 2):
            raise FrameError("not a request")
        return cls(data[:2], data[5:], data[2] == 1, int.from_bytes(data[3:5], "little"))


@dataclass(frozen=True, slots=True)
class Reply:
    """A card's answer: what was asked for, or that it is `refused`, and why by `error`."""

    error: int = 0
    payload: bytes = b""
    refused: bool = False

    @classmethod
    def decode(cls, data: bytes) -> "Reply":
        """The answer in a frame's data part."""
        if len(data) < 5 or data[:2] not in (ACKNOWLEDGED, REFUSED):
            raise FrameError("not an answer")
        # a card that acknowledges with an error has not done it
        return cls(data[2], data[5:], data[:2] == REFUSED or data[2] != 0)

    def encode(self) -> bytes:
        """The data part of a frame."""
        return (
            (REFUSED if self.refused else ACKNOWLEDGED) + bytes([self.error, 0, 0]) + self.payload
        )


def bcd(value: int) -> int:
    """Two decimal digits in a byte."""
    return value // 10 << 4 | value % 10


def clock(moment: datetime) -> bytes:
    """A local time as cards keep it: year low byte first, weekday 1 Monday to 7 Sunday."""
    century, year = divmod(moment.year, 100)
    parts = (year, century, moment.month, moment.day)
    parts += (moment.hour, moment.minute, moment.second, moment.isoweekday())
    return bytes(map(bcd, parts))


def read_clock(data: bytes) -> datetime:
    """The local time in a card's eight bytes; FrameError if there is no such time."""
    try:
        year, century, *parts, _weekday = (int(f"{byte:02x}") for byte in data)
        return datetime(century * 100 + year, *parts)
    except (ValueError, TypeError) as error:
        raise FrameError("no such time") from error


def begin_file(name: bytes, size: int) -> bytes:
    """The payload that announces a file; one of that name is overwritten when it is whole."""
    return b"\x01" + name + struct.pack("<I", size)


def file_block(name: bytes, last: bool, number: int, offset: int, data: bytes) -> bytes:
    """The payload of one block, `offset` in bytes."""
    return BLOCK_HEAD.pack(name, last, number, len(data), offset) + data


def delete_files(names: list[bytes]) -> bytes:
    """The payload that deletes programmes; none named: all of them."""
    return struct.pack("<H", len(names)) + b"".join(names)


@dataclass(frozen=True, slots=True)
class CardStatus:
    """What a card says of itself; `level` of 15; `program` is the one it is playing."""

    on: bool
    level: int
    clock: datetime | None
    programs: int
    program: bytes

    @classmethod
    def decode(cls, payload: bytes) -> "CardStatus":
        """What a card's long answer begins with; what follows differs between cards."""
        if len(payload) < STATUS_HEAD.size:
            raise FrameError("a status is too short")
        on, level, moment, programs, program = STATUS_HEAD.unpack_from(payload)
        try:
            when = read_clock(moment)
        except FrameError:
            # a card whose battery is empty has no time, and is well otherwise
            when = None
        return cls(on == 1, level, when, programs, program)
