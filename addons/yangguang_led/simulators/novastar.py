"""A NovaStar sending card with a processor's display mode: registers behind a TCP port."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from . import serving


@dataclass
class Faults:
    """What it does wrong."""

    silent: bool = False
    error: int = 0
    wrong_sum: bool = False
    wrong_serial: bool = False
    garbage: bytes = b""
    split: bool = False
    endless: bool = False


class Novastar:
    """`registers` holds what was written, by register."""

    def __init__(self, model: int = 0x1107):
        self.registers = {0x00000002: model.to_bytes(2, "little")}
        self.faults = Faults()
        self.refused = 0

    @property
    def brightness(self) -> int:
        """Of 255."""
        return self.registers.get(0x02000001, b"\xff")[0]

    @property
    def black(self) -> bool:
        """Whether the screen is dark."""
        mode = self.registers.get(0x13000004, b"\x03\x00")
        return self.registers.get(0x02000100) == b"\xff" or mode == b"\x05\x00"

    @contextlib.contextmanager
    def serve_tcp(self) -> Iterator[str]:
        """Its address, while it listens."""
        with serving.tcp(self._handle) as port:
            yield f"socket://127.0.0.1:{port}"

    def _handle(self, wire):
        kept = b""
        while data := wire.receive():
            kept += data
            while len(kept) >= 20:
                # a read carries no data, a write as many bytes as it says
                size = 20 + (kept[16] + 256 * kept[17] if kept[10] else 0)
                if kept[:2] != b"\x55\xaa" or len(kept) < size:
                    break
                self._obey(wire, kept[:size])
                kept = kept[size:]

    def _obey(self, wire, frame):
        if (sum(frame[2:-2]) + 0x5555) % 65536 != frame[-2] + 256 * frame[-1]:
            self.refused += 1
            return
        register = int.from_bytes(frame[12:16], "little")
        faults, data = self.faults, b""
        if frame[10]:
            if not faults.error:
                self.registers[register] = frame[18:-2]
        else:
            data = self.registers.get(register, b"")
        answer = bytearray(b"\xaa\x55" + frame[2:16] + len(data).to_bytes(2, "little") + data)
        answer[2], answer[4], answer[5] = faults.error, frame[5], frame[4]
        answer[3] ^= faults.wrong_serial
        total = (sum(answer[2:]) + 0x5555 + 0xFF * faults.wrong_sum) % 65536
        answer += total.to_bytes(2, "little")
        for _again in range(500 if faults.endless else 0):
            wire.send(b"\xaa\x55" + b"\xff" * 60)
            time.sleep(0.001)
        if not faults.silent:
            wire.send(faults.garbage + answer, in_bytes=faults.split)
