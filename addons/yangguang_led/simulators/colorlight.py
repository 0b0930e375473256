"""A Colorlight processor: takes frames of one protocol, never answers."""

import contextlib
import struct
from collections.abc import Iterator

from . import serving


class Colorlight:
    """`protocol` v or z. `brightness` in percent; `wrong`: frames that it did not understand."""

    def __init__(self, protocol: str = "v"):
        self.protocol = protocol
        self.brightness, self.black = 100.0, False
        self.kept_alive = self.wrong = 0

    @contextlib.contextmanager
    def serve_tcp(self) -> Iterator[str]:
        """Its address, while it listens."""
        with serving.tcp(self._handle) as port:
            yield f"socket://127.0.0.1:{port}"

    def _handle(self, wire):
        kept = b""
        while data := wire.receive():
            kept += data
            while (size := self._size(kept)) and len(kept) >= size:
                self._obey(kept[:size])
                kept = kept[size:]

    def _size(self, kept):
        if kept[:2] == b"\x99\x99":
            return 8 if self.protocol == "v" else 4
        at = 3 if self.protocol == "v" else 2
        return struct.unpack_from("<I", kept, at)[0] if len(kept) >= at + 4 else 0

    def _obey(self, frame):
        if frame[:2] == b"\x99\x99":
            self.kept_alive += 1
        elif self.protocol == "v" and frame[:3] == b"\x50\x10\x00":
            self.brightness = int.from_bytes(frame[17:19], "little") / 100
        elif self.protocol == "v" and frame[:3] == b"\x10\x10\x00":
            self.black = frame[17] == 1
        elif self.protocol == "z" and frame[:2] == b"\x21\x00":
            (self.brightness,) = struct.unpack("<f", frame[16:20])
        elif self.protocol == "z" and frame[:2] == b"\x11\x00":
            self.black = frame[16] == 0
        else:
            self.wrong += 1
