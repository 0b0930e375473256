"""Packets of Huidu's SDK 2.0: whole length, command, payload, all little-endian."""

import struct
from collections.abc import Iterator

HEARTBEAT, HEARTBEAT_ANSWER = 0x005F, 0x0060
ERROR = 0x2000
VERSION, VERSION_ANSWER = 0x2001, 0x2002
XML, XML_ANSWER = 0x2003, 0x2004
FILE, FILE_ANSWER = 0x8001, 0x8002
FILE_DATA = 0x8003
FILE_END, FILE_END_ANSWER = 0x8005, 0x8006

HEAD = struct.Struct("<HH")
XML_HEAD = struct.Struct("<II")
LONGEST = 9216
XML_PART = LONGEST - HEAD.size - XML_HEAD.size
DATA_PART = 8000
# an answer beyond this is no answer: the largest known is some kilobytes
MOST_XML = 1 << 18

IMAGE, VIDEO = 0, 1


class PacketError(ValueError):
    """Bytes that are no packet."""


def packet(command: int, payload: bytes = b"") -> bytes:
    """One packet."""
    return HEAD.pack(HEAD.size + len(payload), command) + payload


def version(number: int) -> bytes:
    """Ask for the device's version of the language, telling ours."""
    return packet(VERSION, struct.pack("<I", number))


def xml(document: bytes) -> Iterator[bytes]:
    """The packets of a request; each says the whole length and where it belongs, in bytes."""
    for offset in range(0, len(document), XML_PART):
        part = document[offset : offset + XML_PART]
        yield packet(XML, XML_HEAD.pack(len(document), offset) + part)


def file_start(md5: str, size: int, kind: int, name: str) -> bytes:
    """Announce a file; the device says how much of it is there already."""
    payload = md5.encode("ascii") + b"\0" + struct.pack("<QH", size, kind)
    return packet(FILE, payload + name.encode("ascii") + b"\0")


class Packets:
    """Finds packets in a stream; raises PacketError for a length that no packet has."""

    def __init__(self):
        self._kept = bytearray()

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Command and payload of the packets that end in `data`."""
        self._kept += data
        while len(self._kept) >= HEAD.size:
            size, command = HEAD.unpack_from(self._kept)
            if not HEAD.size <= size <= LONGEST:
                raise PacketError(f"a packet of {size} bytes")
            if len(self._kept) < size:
                return
            payload = bytes(self._kept[HEAD.size : size])
            del self._kept[:size]
            yield command, payload


class Answer:
    """Puts the parts of an XML answer together; raises PacketError for parts that do not fit."""

    def __init__(self):
        self._kept = b""

    def add(self, payload: bytes) -> bytes | None:
        """The whole answer, once `payload` was its last part."""
        if len(payload) < XML_HEAD.size:
            raise PacketError("a part without its head")
        total, offset = XML_HEAD.unpack_from(payload)
        if offset == 0:
            self._kept = b""
        if total > MOST_XML or offset != len(self._kept):
            raise PacketError(f"a part at {offset} of {total} bytes")
        self._kept += payload[XML_HEAD.size :]
        if len(self._kept) > total:
            raise PacketError("a part beyond the end")
        return self._kept if len(self._kept) == total else None
