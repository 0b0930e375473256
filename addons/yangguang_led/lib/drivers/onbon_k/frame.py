"""Frames of Onbon's BX-5K and BX-6K cards: eight A5, the escaped body, one 5A.

A body is a header of 14 bytes, the data, and CRC-16/ARC over both, low byte first. A5 and 5A never
occur inside an escaped body, so that a receiver finds the next frame after any disturbance.
"""

import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass

START, END = 0xA5, 0x5A
LEAD = bytes([START]) * 8
HEADER = struct.Struct("<HH3sBBBBBH")
PROTOCOL = 2
ANY_CARD = 0xFFFE
# a card keeps one packet of this many bytes, and its answers are far shorter
BUFFER = 1024
_PARTS = re.compile(rb"[\xa5\x5a]|[^\xa5\x5a]+")


class FrameError(ValueError):
    """Bytes that are no frame, or no command."""


def _words():
    # CRC of a word; CRC is linear, so that each bit doubles the table
    table = [0]
    for bit in range(16):
        basis = 1 << bit
        for _shift in range(16):
            basis = basis >> 1 ^ (0xA001 if basis & 1 else 0)
        table += [entry ^ basis for entry in table]
    return table


_TABLE = _words()


def crc16(data: bytes) -> int:
    """CRC-16/ARC: polynomial 8005h reflected, from 0, no final XOR; two bytes a step."""
    table, crc, size = _TABLE, 0, len(data)
    for word in struct.unpack_from(f"<{size // 2}H", data):
        crc = table[crc ^ word]
    if size % 2:
        # one byte: the high half of the register only moves down
        crc = crc >> 8 ^ table[(crc ^ data[-1]) << 8 & 0xFFFF]
    return crc


def escape(body: bytes) -> bytes:
    """The body as it goes between A5 and 5A."""
    # bytes.replace is many times faster than any loop; what marks an escape goes first
    return (
        body.replace(b"\xa6", b"\xa6\x01")
        .replace(b"\xa5", b"\xa6\x02")
        .replace(b"\x5b", b"\x5b\x01")
        .replace(b"\x5a", b"\x5b\x02")
    )


def unescape(escaped: bytes) -> bytes:
    """The inverse of `escape`; raises FrameError for what it never gives."""
    for mark, one, two in (
        (b"\xa6", b"\xa6\x01", b"\xa6\x02"),
        (b"\x5b", b"\x5b\x01", b"\x5b\x02"),
    ):
        if escaped.count(mark) != escaped.count(one) + escaped.count(two):
            raise FrameError("a mark without its second byte")
    if START in escaped or END in escaped:
        raise FrameError("a frame's edge inside its body")
    return (
        escaped.replace(b"\x5b\x02", b"\x5a")
        .replace(b"\x5b\x01", b"\x5b")
        .replace(b"\xa6\x02", b"\xa5")
        .replace(b"\xa6\x01", b"\xa6")
    )


@dataclass(frozen=True, slots=True)
class Frame:
    """Data with whom they come from and go to.

    `device_type` FE is any card; `display_mode` 0: dynamic areas beside programmes, 1: before them.
    """

    data: bytes
    destination: int = 1
    source: int = 0x8000
    device_type: int = 0xFE
    display_mode: int = 0

    def encode(self) -> bytes:
        """The bytes on the wire."""
        header = HEADER.pack(
            self.destination,
            self.source,
            bytes(3),
            0,
            0,
            self.display_mode,
            self.device_type,
            PROTOCOL,
            len(self.data),
        )
        body = header + self.data
        return LEAD + escape(body + crc16(body).to_bytes(2, "little")) + bytes([END])


def decode(escaped: bytes) -> Frame:
    """The frame of what stood between A5 and 5A; raises FrameError if anything is wrong with it."""
    body = unescape(escaped)
    if len(body) < HEADER.size + 2:
        raise FrameError("too short")
    destination, source, _reserved, barcode, check, mode, device, protocol, size = (
        HEADER.unpack_from(body)
    )
    if barcode or check or protocol != PROTOCOL:
        raise FrameError("a kind of frame that is not in use here")
    if size != len(body) - HEADER.size - 2:
        raise FrameError("the length is not the header's")
    # the CRC of a message with its CRC behind it is 0
    if crc16(body):
        raise FrameError("wrong CRC")
    return Frame(body[HEADER.size : -2], destination, source, device, mode)


class Receiver:
    """Finds frames in a stream of bytes: begins anew at each A5, drops what is wrong or too long.

    What it keeps is bounded whatever comes.
    """

    def __init__(self, most: int = 2 * BUFFER):
        self._most = most
        self._open = False
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[Frame]:
        """The whole frames that end in `data`."""
        for part in _PARTS.findall(data):
            if part == b"\xa5":
                self._open = True
                self._kept.clear()
            elif part == b"\x5a":
                yield from self._ended()
            elif self._open:
                self._kept += part
                if len(self._kept) > self._most:
                    self._open = False
                    self._kept.clear()

    def _ended(self):
        escaped, self._open = bytes(self._kept), False
        self._kept.clear()
        if escaped:
            try:
                yield decode(escaped)
            except FrameError:
                # a disturbed frame is as good as none: its sender asks again
                return
