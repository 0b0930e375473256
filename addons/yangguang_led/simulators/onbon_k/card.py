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

from .. import serving
from .screen import Glyph, areas_of, screens_of
from .wire import crc, crc_holds, escaped, u16, unescaped

BUFFER = 1024
COLOURS = {"1": (255, 0, 0), "2": (0, 255, 0), "3": (255, 255, 0)}


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
        # with its edges, as it came
        self.longest_frame = 0
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
        areas = [area for data in self.files.values() for area in areas_of(data)]
        areas += self.dynamic.values()
        return [screen for area in areas for screen in screens_of(area, self.pixels)]

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
                        self.longest_frame = max(self.longest_frame, len(kept) + 9)
                        self._frame(wire, self._disturbed(bytes(kept)))
                    kept = None
                elif kept is not None:
                    kept.append(byte)

    def _frame(self, wire, between):
        body = unescaped(between)
        if body is None or not 21 <= len(body) <= BUFFER or not crc_holds(body):
            self.dropped += 1
            return
        destination, size = u16(body[0:2]), u16(body[12:14])
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
        body += crc(body).to_bytes(2, "little")
        wire_bytes = faults.garbage + b"\xa5" * 8 + self._disturbed(escaped(body)) + b"\x5a"
        for _copy in range(2 if faults.duplicate else 1):
            wire.send(wire_bytes, in_bytes=faults.split)

    def _disturbed(self, between):
        changed = bytearray(between)
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
            size = u16(payload[position : position + 2])
            area = payload[position + 2 : position + 2 + size]
            self.dynamic[area[9]] = area
            position += 2 + size
        return 0

    def _delete_files(self, payload):
        names = [payload[i : i + 4].decode("ascii") for i in range(2, len(payload), 4)]
        if not u16(payload[:2]):
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
        number, size = u16(payload[5:7]), u16(payload[7:9])
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
        if len(transfer.data) != transfer.size or crc(transfer.data) or not _is_program(transfer):
            return 11
        self.files.pop(transfer.name, None)
        self.files[transfer.name] = bytes(transfer.data)
        return 0


def _is_program(transfer):
    data = transfer.data
    return data[1:5] == transfer.name.encode() and data[5:9] == len(data).to_bytes(4, "little")
