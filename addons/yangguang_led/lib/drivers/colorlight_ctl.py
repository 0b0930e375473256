"""Colorlight video processors: brightness and black screen of what they are fed, over TCP 9999.

Known from the vendor's own control module alone; what the processors answer is not documented, so
nothing is ever more than sent.
"""

import struct

from .base import NOTHING, SENT, Answer, Driver, answered, answered_with, failed
from .transport import opened

ALL = 0xFFFF
ALIVE = {"v": bytes.fromhex("99 99 08 00 00 00 00 00"), "z": bytes.fromhex("99 99 04 00")}
# protocol -> operation, what follows the device's number
BRIGHTNESS = {"v": bytes.fromhex("50 10 00"), "z": bytes.fromhex("21 00")}
BLACK = {"v": bytes.fromhex("10 10 00"), "z": bytes.fromhex("11 00")}
FILL = {"v": b"\x02" + bytes(7), "z": bytes(8)}


def _frame(protocol, operation, device, data):
    size = len(operation) + 4 + 2 + len(FILL[protocol]) + len(data)
    return operation + struct.pack("<IH", size, device) + FILL[protocol] + data


def brightness(protocol: str, percent: int, device: int = ALL) -> bytes:
    """The frame that sets the brightness, 0 to 100 %."""
    data = struct.pack("<H", percent * 100) if protocol == "v" else struct.pack("<f", percent)
    return _frame(protocol, BRIGHTNESS[protocol], device, data)


def black(protocol: str, on: bool, device: int = ALL) -> bytes:
    """The frame that darkens the screen or shows the picture again."""
    # the Z protocol says whether the picture is on
    data = bytes([on if protocol == "v" else not on])
    return _frame(protocol, BLACK[protocol], device, data)


class ColorlightCtl(Driver):
    """Processors of Colorlight beside a PC or box that plays."""

    key = "colorlight_ctl"
    title = "卡莱特视频处理器（只控亮度和黑屏，不能确认）"
    draws = NOTHING
    OPTIONS = {
        "protocol": ("v", "v：U9 Max、X100、X20m、Z4Pro等；z：X2s、X4m、X7、X12、X20、S20等"),
        "device": (ALL, "设备序号，从0起；65535是全部"),
    }

    def __init__(self, address, options=None, timeout=3):
        super().__init__(address, options, timeout)
        if self.options["protocol"] not in FILL:
            raise ValueError("选项“protocol”只能是v或z。")
        if self.options["device"] not in range(0x10000):
            raise ValueError("选项“device”要在0到65535之间。")

    @answered_with
    def probe(self):
        return self._send(b""), None

    def play(self, show):
        return failed("视频处理器不存节目：内容由接在它前面的电脑或播放盒播放。", False)

    def clear(self):
        return self.set_power(False)

    @answered
    def set_brightness(self, percent):
        level = min(max(percent, 0), 100)
        return self._send(brightness(self.options["protocol"], level, self.options["device"]))

    @answered
    def set_power(self, on):
        return self._send(black(self.options["protocol"], not on, self.options["device"]))

    def set_clock(self, moment):
        return failed("视频处理器没有时钟。", False)

    def screenshot(self) -> tuple[Answer, bytes | None]:
        return failed("视频处理器不能回传画面。", False), None

    def _send(self, frame):
        with opened(self.address, self.timeout) as line:
            line.write(ALIVE[self.options["protocol"]] + frame, self.timeout)
        return SENT
