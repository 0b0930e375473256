"""What is said to Onbon's K cards and what they answer: requests, replies, areas, programme files.

Everything here is values: `encode` gives the bytes, `decode` the value again or FrameError.
"""

import struct
from dataclasses import dataclass
from datetime import datetime

from .frame import FrameError, crc16

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

ALL = 0xFF
AREA_HEAD = struct.Struct("<BHHHHBBBHBBBBBBBBBI")
FILE_HEAD = struct.Struct("<B4sIBHB8sBBBB")
BLOCK_HEAD = struct.Struct("<4sBHHI")
STATUS_HEAD = struct.Struct("<BB8sB4s")
PIXELS = 0x8000


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


@dataclass(frozen=True, slots=True)
class Area:
    """A part of the screen with its text; places in pixels.

    `run_mode` 0: over and over, 1: once and stay; `limit` (s) belongs to it; `alignment` 0 left
    top; `effect` 1 still, 2 at once, 3 from the right; `speed` 0 fast to 24; `stay` in half
    seconds.
    """

    x: int
    y: int
    width: int
    height: int
    text: bytes
    number: int = ALL
    spacing: int = 0
    run_mode: int = 0
    limit: int = 0
    alignment: int = 0
    multiline: bool = True
    wraps: bool = False
    effect: int = 2
    speed: int = 0
    stay: int = 10

    def encode(self, pixels: bool) -> bytes:
        """The area; `pixels`: a 6K card, which counts x and width in pixels, not in eights."""
        across = (lambda value: value) if pixels else _eights
        head = AREA_HEAD.pack(
            0,
            across(self.x),
            self.y,
            across(self.width),
            self.height,
            self.number,
            self.spacing,
            self.run_mode,
            self.limit,
            0,
            0,
            self.alignment,
            1 + self.multiline,
            1 + self.wraps,
            self.effect,
            0,
            self.speed,
            self.stay,
            len(self.text),
        )
        return head + self.text

    @classmethod
    def decode(cls, data: bytes, pixels: bool) -> "Area":
        """The area in `data`, all of it."""
        if len(data) < AREA_HEAD.size:
            raise FrameError("an area is too short")
        (kind, x, y, width, height, number, spacing, run_mode, limit, sound, extra) = (
            head := AREA_HEAD.unpack_from(data)
        )[:11]
        alignment, lines, wrap, effect, leave, speed, stay, size = head[11:]
        text = data[AREA_HEAD.size :]
        if kind or sound or extra or leave or len(text) != size:
            raise FrameError("an area of a kind that is not in use here")
        if lines not in (1, 2) or wrap not in (1, 2):
            raise FrameError("lines are single or many")
        across = (lambda value: value) if pixels else _from_eights
        return cls(
            x=across(x),
            y=y,
            width=across(width),
            height=height,
            text=text,
            number=number,
            spacing=spacing,
            run_mode=run_mode,
            limit=limit,
            alignment=alignment,
            multiline=lines == 2,
            wraps=wrap == 2,
            effect=effect,
            speed=speed,
            stay=stay,
        )


def _eights(pixels):
    return pixels // 8 if pixels % 8 == 0 else pixels | PIXELS


def _from_eights(value):
    return value & ~PIXELS if value & PIXELS else value * 8


def dynamic(areas: list[Area], pixels: bool, delete: bytes | None = b"") -> bytes:
    """The payload that sets dynamic areas and deletes those numbered in `delete`; None: all."""
    payload = bytes([ALL]) if delete is None else bytes([len(delete)]) + delete
    payload += bytes([len(areas)])
    for area in areas:
        encoded = area.encode(pixels)
        payload += struct.pack("<H", len(encoded)) + encoded
    return payload


def read_dynamic(payload: bytes, pixels: bool) -> tuple[list[Area], bytes | None]:
    """The inverse of `dynamic`."""
    try:
        position = 1
        delete = None
        if payload[0] != ALL:
            delete = payload[1 : 1 + payload[0]]
            position += payload[0]
        count, position = payload[position], position + 1
        areas = []
        for _area in range(count):
            (size,) = struct.unpack_from("<H", payload, position)
            areas.append(Area.decode(payload[position + 2 : position + 2 + size], pixels))
            position += 2 + size
    except (IndexError, struct.error) as error:
        raise FrameError("the areas end early") from error
    if position != len(payload):
        raise FrameError("something follows the areas")
    return areas, delete


@dataclass(frozen=True, slots=True)
class Program:
    """A programme file: what a card keeps in its flash and plays from it.

    `name` is P and three digits; `seconds` 0: as long as its text takes; `repeats` times in turn.
    """

    name: bytes
    areas: tuple[Area, ...]
    priority: int = ALL
    seconds: int = 0
    repeats: int = 1
    week: int = 1

    def encode(self, pixels: bool) -> bytes:
        """The file with its CRC."""
        encoded = b""
        for area in self.areas:
            one = area.encode(pixels)
            encoded += struct.pack("<I", 4 + len(one)) + one
        head = FILE_HEAD.pack(
            0,
            self.name,
            FILE_HEAD.size + len(encoded) + 2,
            self.priority,
            self.seconds,
            self.repeats,
            b"\xff" * 8,
            self.week,
            0,
            0,
            len(self.areas),
        )
        return head + encoded + crc16(head + encoded).to_bytes(2, "little")

    @classmethod
    def decode(cls, data: bytes, pixels: bool) -> "Program":
        """The programme in a file."""
        if len(data) < FILE_HEAD.size + 2 or crc16(data):
            raise FrameError("a file is damaged")
        kind, name, size, priority, seconds, repeats, life, week, timing, periods, count = (
            FILE_HEAD.unpack_from(data)
        )
        if kind or size != len(data) or timing or periods or life != b"\xff" * 8:
            raise FrameError("a file of a kind that is not in use here")
        areas, position, end = [], FILE_HEAD.size, len(data) - 2
        for _area in range(count):
            if position + 4 > end:
                raise FrameError("the areas end early")
            (length,) = struct.unpack_from("<I", data, position)
            if length < 4 or position + length > end:
                raise FrameError("an area ends beyond its file")
            areas.append(Area.decode(data[position + 4 : position + length], pixels))
            position += length
        if position != end:
            raise FrameError("something follows the areas")
        return cls(name, tuple(areas), priority, seconds, repeats, week)


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
