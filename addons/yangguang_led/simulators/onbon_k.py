"""An Onbon BX-5K or BX-6K card: keeps programmes in its flash, draws their text, answers.

Written from the tables of the protocol, byte by byte, apart from the driver.
"""

import contextlib
import random
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

from PIL import Image

from . import serving

BUFFER = 1024
COLOURS = {"1": (255, 0, 0), "2": (0, 255, 0), "3": (255, 255, 0)}
SIZES = {"0": 16, "1": 24, "2": 32}
CODE = re.compile(r"\\F[OEK][0-2][0-4]([0-2])|\\C([1-3])|\\([nr])|(\\)|([^\\])", re.DOTALL)


@dataclass
class Faults:
    """What the card does wrong. `lose` and `corrupt`: the share of frames, both ways, of which a
    byte is lost or a bit turned; `refuse`: errors to give to the next commands; `restart_at`: the
    number of the block at which it restarts."""

    lose: float = 0.0
    corrupt: float = 0.0
    delay: float = 0.0
    silent: bool = False
    duplicate: bool = False
    split: bool = False
    garbage: bytes = b""
    answer_from: int | None = None
    refuse: list[int] = field(default_factory=list)
    restart_at: int | None = None


@dataclass
class _Transfer:
    name: str
    size: int
    data: bytearray = field(default_factory=bytearray)
    blocks: int = 0


@dataclass(frozen=True)
class Glyph:
    """A character where the card draws it."""

    character: str
    x: int
    y: int
    size: int
    colour: str


class OnbonK:
    """The card of a screen of `width` × `height` px. `pixels`: a 6K, which counts x in pixels.

    `fonts`: by height (16, 24, 32) what gives the picture of a character in black and white, as
    the fonts burnt into a card; without them it knows its text but draws nothing.
    `history` holds what was on the screen after each command that changed it.
    """

    def __init__(
        self,
        width: int,
        height: int,
        address: int = 1,
        pixels: bool = False,
        fonts: dict[int, Callable[[str], Image.Image]] | None = None,
        seed: int = 0,
    ):
        self.width, self.height, self.address, self.pixels = width, height, address, pixels
        self.fonts = fonts or {}
        self.faults = Faults()
        self._random = random.Random(seed)
        # what the flash keeps
        self.files: dict[str, bytes] = {}
        self.on, self.level, self.clock = True, 15, bytes(8)
        # what is gone with the power
        self.dynamic: dict[int, bytes] = {}
        self._transfer: _Transfer | None = None
        self.commands: list[bytes] = []
        self.dropped = 0
        self.wires: list[serving.Wire] = []
        self.history: list[list[list[str]]] = [[]]

    def restart(self) -> None:
        """Cut the power for a moment."""
        self.dynamic.clear()
        self._transfer = None

    @contextlib.contextmanager
    def serve_tcp(self) -> Iterator[str]:
        """Its address, while it listens."""
        with serving.tcp(self._handle) as port:
            yield f"socket://127.0.0.1:{port}"

    @contextlib.contextmanager
    def serve_serial(self, baud: int = 57600) -> Iterator[str]:
        """Its serial port, while it is plugged in."""
        with serving.terminal(self._handle, baud) as path:
            yield path

    # what is on the screen

    def screens(self) -> list[list[Glyph]]:
        """All screens in turn: the characters of each where they are."""
        areas = [area for data in self.files.values() for area in _areas_of(data)]
        return [screen for area in [*areas, *self.dynamic.values()] for screen in self._draw(area)]

    def texts(self) -> list[list[str]]:
        """All screens in turn: the lines of each that are not blank."""
        shown = []
        for screen in self.screens():
            rows: dict[int, str] = {}
            for glyph in screen:
                rows[glyph.y] = rows.get(glyph.y, "") + glyph.character
            shown.append([rows[y].rstrip() for y in sorted(rows) if rows[y].strip()])
        return shown

    def pictures(self) -> list[Image.Image]:
        """All screens in turn as the lamps show them; dark when it is off."""
        pictures = []
        for screen in self.screens():
            picture = Image.new("RGB", (self.width, self.height))
            for glyph in screen if self.on else []:
                lamps = self.fonts[glyph.size](glyph.character)
                picture.paste(COLOURS[glyph.colour], (glyph.x, glyph.y), lamps)
            pictures.append(picture)
        return pictures

    def _draw(self, area):
        """The screens of an area, by its 27 bytes of head and its text."""
        left, top = self._across(area[1:3]), _u16(area[3:5])
        width, height = self._across(area[5:7]), _u16(area[7:9])
        wraps = area[18] == 2
        text = area[27:].decode("gb2312")
        size, colour, column, row = 16, "1", 0, 0
        screens: list[list[Glyph]] = [[]]
        for code in CODE.finditer(text):
            sized, coloured, line_end, _backslash, character = code.groups()
            if sized:
                size = SIZES[sized]
            elif coloured:
                colour = coloured
            elif line_end:
                column, row = 0, row + 1
            else:
                advance = size // 2 if ord(character or "\\") < 0x80 else size
                if column + advance > width and wraps:
                    column, row = 0, row + 1
                if (row + 1) * size > height:
                    screens.append([])
                    row = 0
                if column + advance <= width:
                    place = (left + column, top + row * size)
                    screens[-1].append(Glyph(character or "\\", *place, size, colour))
                column += advance
        return screens

    def _across(self, word):
        value = _u16(word)
        if self.pixels:
            return value
        return value & 0x7FFF if value & 0x8000 else value * 8

    # the line

    def _handle(self, wire):
        self.wires.append(wire)
        kept: bytearray | None = None
        while data := wire.receive():
            for byte in data:
                if byte == 0xA5:
                    kept = bytearray()
                elif byte == 0x5A:
                    if kept:
                        self._frame(wire, self._disturbed(bytes(kept)))
                    kept = None
                elif kept is not None:
                    kept.append(byte)

    def _frame(self, wire, escaped):
        body = _unescaped(escaped)
        if body is None or not 21 <= len(body) <= BUFFER or not _crc_holds(body):
            self.dropped += 1
            return
        destination, size = _u16(body[0:2]), _u16(body[12:14])
        if size != len(body) - 16 or destination not in (self.address, 0xFFFE, 0xFFFF):
            self.dropped += 1
            return
        data = body[14:-2]
        self.commands.append(data[:2])
        before = self._contents()
        answer = self._obey(data)
        self._remember(before)
        wanted = data[2] == 1 and destination != 0xFFFF
        if answer is not None and wanted and not self.faults.silent:
            self._answer(wire, body[2:4], answer)

    def _answer(self, wire, host, answer):
        faults = self.faults
        time.sleep(faults.delay)
        source = self.address if faults.answer_from is None else faults.answer_from
        body = host + source.to_bytes(2, "little") + bytes(6) + b"\xfe\x02"
        body += len(answer).to_bytes(2, "little") + answer
        body += _crc(body).to_bytes(2, "little")
        escaped = b"".join(
            {0xA5: b"\xa6\x02", 0xA6: b"\xa6\x01", 0x5A: b"\x5b\x02", 0x5B: b"\x5b\x01"}.get(
                byte, bytes([byte])
            )
            for byte in body
        )
        wire_bytes = faults.garbage + b"\xa5" * 8 + self._disturbed(escaped) + b"\x5a"
        for _copy in range(2 if faults.duplicate else 1):
            wire.send(wire_bytes, in_bytes=faults.split)

    def _disturbed(self, escaped):
        changed = bytearray(escaped)
        if self._random.random() < self.faults.lose:
            del changed[self._random.randrange(len(changed))]
        if self._random.random() < self.faults.corrupt:
            changed[self._random.randrange(len(changed))] ^= 1 << self._random.randrange(8)
        return bytes(changed)

    def _remember(self, before):
        # drawing takes longer than most commands
        if before != self._contents() and (shown := self.texts()) != self.history[-1]:
            self.history.append(shown)

    def _contents(self):
        return [*self.files.values()], [*self.dynamic.values()]

    # the commands; each gives the data of its answer, None for no answer

    def _obey(self, data):
        if self.faults.refuse:
            return bytes([0xA0, 1, self.faults.refuse.pop(0), 0, 0])
        payload = data[5:]
        done = {
            b"\xa2\x00": lambda _payload: 0,
            b"\xa2\x03": self._set_clock,
            b"\xa3\x00": self._set_power,
            b"\xa3\x02": self._set_brightness,
            b"\xa3\x06": self._set_dynamic,
            b"\xa3\x10": lambda _payload: 0,
            b"\xa1\x01": self._delete_files,
            b"\xa1\x02": lambda _payload: self._status(),
            b"\xa1\x05": self._begin_file,
            b"\xa1\x06": self._take_block,
        }.get(data[:2], lambda _payload: 2)(payload)
        if done is None or isinstance(done, bytes):
            return done and b"\xa0\x00\x00\x00\x00" + done
        return bytes([0xA0, 1 if done else 0, done, 0, 0])

    def _set_clock(self, payload):
        if len(payload) != 8 or any(byte >> 4 > 9 or byte & 15 > 9 for byte in payload):
            return 14
        self.clock = payload
        return 0

    def _set_power(self, payload):
        self.on = payload == b"\x01"
        return 0

    def _set_brightness(self, payload):
        self.level = payload[1] & 15
        return 0

    def _set_dynamic(self, payload):
        gone, position = payload[0], 1
        if gone == 0xFF:
            self.dynamic.clear()
        else:
            position += gone
            for number in payload[1:position]:
                self.dynamic.pop(number, None)
        count, position = payload[position], position + 1
        for _area in range(count):
            size = _u16(payload[position : position + 2])
            area = payload[position + 2 : position + 2 + size]
            self.dynamic[area[9]] = area
            position += 2 + size
        return 0

    def _delete_files(self, payload):
        names = [payload[i : i + 4].decode("ascii") for i in range(2, len(payload), 4)]
        if not _u16(payload[:2]):
            names = list(self.files)
        if any(name not in self.files for name in names):
            return 6
        for name in names:
            del self.files[name]
        return 0

    def _status(self):
        # the newest programme is the one that plays
        name = list(self.files)[-1] if self.files else "\0" * 4
        status = bytes([self.on, self.level]) + self.clock
        status += bytes([len(self.files)]) + name.encode("ascii") + bytes(2)
        return status + bytes([len(self.dynamic), *self.dynamic]) + bytes(28)

    def _begin_file(self, payload):
        name = payload[1:5].decode("ascii", "replace")
        if not re.fullmatch(r"P\d{3}", name):
            return 9
        if payload[0] != 1 and name in self.files:
            return 15
        self._transfer = _Transfer(name, int.from_bytes(payload[5:9], "little"))
        return 0

    def _take_block(self, payload):
        number, size = _u16(payload[5:7]), _u16(payload[7:9])
        if number == self.faults.restart_at:
            self.faults.restart_at = None
            self.restart()
            return None
        transfer = self._transfer
        if transfer is None or payload[:4].decode("ascii", "replace") != transfer.name:
            return 6
        offset, data = int.from_bytes(payload[9:13], "little"), payload[13:]
        if number == transfer.blocks - 1 and transfer.data[offset:] == data:
            # its answer was lost
            return 0
        if number != transfer.blocks or offset != len(transfer.data) or size != len(data):
            return 16
        transfer.data += data
        transfer.blocks += 1
        if not payload[4]:
            return 0
        self._transfer = None
        if len(transfer.data) != transfer.size or _crc(transfer.data) or not _is_program(transfer):
            return 11
        self.files.pop(transfer.name, None)
        self.files[transfer.name] = bytes(transfer.data)
        return 0


def _is_program(transfer):
    data = transfer.data
    return data[1:5] == transfer.name.encode() and data[5:9] == len(data).to_bytes(4, "little")


def _areas_of(data):
    position, areas = 25 + 6 * data[23], []
    for _area in range(data[24 + 6 * data[23]]):
        size = int.from_bytes(data[position : position + 4], "little")
        areas.append(data[position + 4 : position + size])
        position += size
    return areas


def _u16(two):
    return two[0] | two[1] << 8


def _unescaped(escaped):
    """None if a mark is followed by anything but 1 or 2."""
    body, position = bytearray(), 0
    while position < len(escaped):
        byte = escaped[position]
        position += 1
        if byte in (0xA6, 0x5B):
            if position == len(escaped) or escaped[position] not in (1, 2):
                return None
            byte -= escaped[position] - 1
            position += 1
        body.append(byte)
    return bytes(body)


def _crc_of_byte(byte):
    for _bit in range(8):
        byte = byte >> 1 ^ (0xA001 if byte & 1 else 0)
    return byte


_CRC_OF_BYTES = [_crc_of_byte(byte) for byte in range(256)]


def _crc(data):
    register = 0
    for byte in data:
        register = register >> 8 ^ _CRC_OF_BYTES[(register ^ byte) & 0xFF]
    return register


def _crc_holds(body):
    return _crc(body[:-2]) == _u16(body[-2:])
