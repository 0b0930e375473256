"""What K cards show: areas with text, sent as they are (dynamic) or in programme files.

`encode` gives the bytes, `decode` the value again or FrameError.
"""

import struct
from dataclasses import dataclass

from .frame import FrameError, crc16

ALL = 0xFF
AREA_HEAD = struct.Struct("<BHHHHBBBHBBBBBBBBBI")
FILE_HEAD = struct.Struct("<B4sIBHB8sBBBB")
PIXELS = 0x8000


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
