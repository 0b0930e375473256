"""A Huidu full-colour card: takes files and programmes over SDK 2.0, shows its pictures.

Reads packets with code of its own; can be called or call itself.
"""

import contextlib
import hashlib
import io
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree
from PIL import Image

from . import serving

BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE sdk [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<sdk guid="x"><out method="%s" result="kSuccess">&b;</out></sdk>'
)


@dataclass
class Faults:
    """What it does wrong. `hang_up_after`: bytes of a file after which it drops the connection,
    once; `result`: what it answers to AddProgram; `raw`: bytes it answers to any XML instead."""

    silent: bool = False
    long_version: bool = False
    chatty: bool = False
    split: bool = False
    bomb: bool = False
    result: str = "kSuccess"
    raw: bytes = b""
    hang_up_after: int | None = None


class Huidu:
    """The card of a screen of `width` × `height` px; files stay over a lost connection."""

    def __init__(self, width: int, height: int, identity: str = "A3-0000-0001"):
        self.width, self.height, self.identity = width, height, identity
        self.guid = "0123456789abcdef0123456789abcdef"
        self.faults = Faults()
        self.name = "东岸村委会门口"
        self.files: dict[str, bytes] = {}
        self.partial: dict[str, bytes] = {}
        self.program: etree._Element | None = None
        self.brightness, self.on, self.time = "100", True, "2026-01-01 00:00:00"
        self.methods: list[str] = []
        self.received_file_bytes = 0

    @contextlib.contextmanager
    def serve_tcp(self) -> Iterator[str]:
        """Its address, while it listens."""
        with serving.tcp(self._handle) as port:
            yield f"socket://127.0.0.1:{port}"

    @contextlib.contextmanager
    def calling(self, port: int) -> Iterator[None]:
        """It has called a server of ours, until the end of the block."""
        with socket.create_connection(("127.0.0.1", port)) as connection:
            wire = serving.Wire(connection.fileno())
            thread = threading.Thread(target=self._handle, args=[wire])
            thread.start()
            try:
                yield
            finally:
                connection.shutdown(socket.SHUT_RDWR)
                thread.join()

    def pictures(self) -> list[Image.Image]:
        """What is on, in turn; dark when the screen is off."""
        names = [] if self.program is None else self.program.xpath(".//image/file/@name")
        if not self.on:
            return [Image.new("RGB", (self.width, self.height)) for _name in names]
        return [Image.open(io.BytesIO(self.files[name])).convert("RGB") for name in names]

    def seconds(self) -> list[float]:
        """How long each picture stays."""
        durations = self.program.xpath(".//image/effect/@duration")
        return [int(duration) / 10 for duration in durations]

    def _handle(self, wire):
        kept, state = b"", {"xml": b"", "file": None}
        while data := wire.receive():
            kept += data
            while len(kept) >= 2 and len(kept) >= (size := _number(kept[:2])):
                if size < 4 or not self._packet(wire, state, kept[2:size]):
                    return
                kept = kept[size:]

    def _packet(self, wire, state, body):
        """Whether the conversation goes on."""
        command, payload = _number(body[:2]), body[2:]
        if self.faults.silent:
            return True
        if command == 0x005F:
            self._send(wire, 0x0060, b"")
        elif command == 0x2001:
            answer = payload + (b"\0\0" if self.faults.long_version else b"")
            self._send(wire, 0x2002, answer)
        elif command == 0x2003:
            self._xml_part(wire, state, payload)
        elif command == 0x8001:
            self._file_start(wire, state, payload)
        elif command == 0x8003:
            return self._file_data(state, payload)
        elif command == 0x8005:
            self._send(wire, 0x8006, self._file_end(state).to_bytes(2, "little"))
        return True

    def _send(self, wire, command, payload):
        data = (4 + len(payload)).to_bytes(2, "little") + command.to_bytes(2, "little") + payload
        wire.send(data, in_bytes=self.faults.split)

    def _xml_part(self, wire, state, payload):
        total, offset = _number(payload[:4]), _number(payload[4:8])
        if offset != len(state["xml"]):
            self._send(wire, 0x2000, b"\x15\x00")
            return
        state["xml"] += payload[8:]
        if len(state["xml"]) < total:
            return
        request, state["xml"] = etree.fromstring(state["xml"]), b""
        method = request.find("in").get("method")
        self.methods.append(method)
        if self.faults.raw:
            wire.send(self.faults.raw)
            return
        answer = BOMB % method.encode() if self.faults.bomb else self._answer(request, method)
        if self.faults.chatty:
            self._send(wire, 0x005F, b"")
            late = answer.replace(method.encode(), b"GetSomethingElse")
            self._send_xml(wire, late.replace(b"kSuccess", b"kUnknownMethod"))
        self._send_xml(wire, answer)

    def _send_xml(self, wire, answer):
        for offset in range(0, len(answer), 101):
            head = len(answer).to_bytes(4, "little") + offset.to_bytes(4, "little")
            self._send(wire, 0x2004, head + answer[offset : offset + 101])

    def _answer(self, request, method):
        answer = etree.Element("sdk", guid=self.guid)
        out = etree.SubElement(answer, "out", method=method, result="kSuccess")
        if method != "GetIFVersion" and request.get("guid") != self.guid:
            out.set("result", "kInvalidGUID")
        else:
            obey = getattr(self, f"_{method}", None)
            if obey is None:
                out.set("result", {"GetIFVersion": "kSuccess"}.get(method, "kUnknownMethod"))
            else:
                obey(request.find("in"), out)
        return etree.tostring(answer, encoding="utf-8", xml_declaration=True)

    def _GetDeviceInfo(self, _asked, out):  # noqa: N802
        attributes = {"cpu": "x", "model": "A3", "id": self.identity, "name": self.name}
        etree.SubElement(out, "device", attributes)
        etree.SubElement(out, "version", app="7.6.1")
        size = {"width": str(self.width), "height": str(self.height)}
        etree.SubElement(out, "screen", size)

    def _GetProgram(self, _asked, out):  # noqa: N802
        if self.program is not None:
            for program in self.program.findall("program"):
                etree.SubElement(out, "program", guid=program.get("guid"))

    def _GetLuminancePloy(self, _asked, out):  # noqa: N802
        etree.SubElement(out, "mode", value="default")
        etree.SubElement(out, "default", value=self.brightness)

    def _GetSwitchTime(self, _asked, out):  # noqa: N802
        etree.SubElement(out, "open", enable="true" if self.on else "false")

    def _GetTimeInfo(self, _asked, out):  # noqa: N802
        etree.SubElement(out, "time", value=self.time)

    def _SetLuminancePloy(self, asked, _out):  # noqa: N802
        self.brightness = asked.find("default").get("value")

    def _SetTimeInfo(self, asked, _out):  # noqa: N802
        self.time = asked.find("time").get("value")

    def _OpenScreen(self, _asked, _out):  # noqa: N802
        self.on = True

    def _CloseScreen(self, _asked, _out):  # noqa: N802
        self.on = False

    def _AddProgram(self, asked, out):  # noqa: N802
        screen = asked.find("screen")
        if self.faults.result != "kSuccess":
            out.set("result", self.faults.result)
        elif any(name not in self.files for name in screen.xpath(".//file/@name")):
            out.set("result", "kFileNotFound")
        else:
            self.program = screen

    def _file_start(self, wire, state, payload):
        md5, size, name = payload[:32].decode(), _number(payload[33:41]), payload[43:-1].decode()
        if name in self.files:
            self._send(wire, 0x8002, b"\x01\x00" + size.to_bytes(8, "little"))
            return
        state["file"] = (md5, size, name)
        self.partial.setdefault(name, b"")
        self._send(wire, 0x8002, b"\0\0" + len(self.partial[name]).to_bytes(8, "little"))

    def _file_data(self, state, payload):
        _md5, _size, name = state["file"]
        self.partial[name] += payload
        self.received_file_bytes += len(payload)
        after = self.faults.hang_up_after
        if after is not None and len(self.partial[name]) >= after:
            self.faults.hang_up_after = None
            return False
        return True

    def _file_end(self, state):
        md5, size, name = state["file"]
        data = self.partial.pop(name)
        if len(data) != size or hashlib.md5(data, usedforsecurity=False).hexdigest() != md5:
            return 13
        self.files[name] = data
        return 0


def _number(data):
    return int.from_bytes(data, "little")
