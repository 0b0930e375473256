"""Onbon BX-5K and BX-6K: cards that draw text with fonts of their own."""

import contextlib
import time
from datetime import datetime

from ..base import (
    CONFIRMED,
    SENT,
    SHANGHAI,
    TEXT,
    Answer,
    DeviceError,
    Driver,
    Show,
    Status,
    answered,
    answered_with,
    failed,
)
from ..transport import opened
from . import areas, commands, frame
from .link import Link, RefusedError
from .text import COLOURS, FACES, SIZES, Style, area, screens

LEVELS = 15
NAMES = 1000
EVERY_CARD = 0xFFFF
MOST_BLOCK = 900
# what is around a block: lead and end, and header, command, block head, CRC, which may be escaped
MOST_ESCAPED = frame.BUFFER - 9 - 2 * (frame.HEADER.size + 5 + commands.BLOCK_HEAD.size + 2)
# a file is begun anew this often at most when the card has forgotten its beginning
FILE_TRIES = 4
# what a card says that has forgotten the beginning of a file
FORGOTTEN = (commands.NO_SUCH_FILE, commands.DOWNLOAD, commands.BLOCK_NUMBER)


class OnbonK(Driver):
    """BX-5K and BX-6K cards over TCP (port 5005), RS232 or RS485."""

    key = "onbon_k"
    title = "仰邦BX-5K/6K字库卡"
    draws = TEXT
    OPTIONS = {
        "destination": (1, "屏号；65534是任意一张卡，一条485线上有几张卡时不可用"),
        "source": (0x8000, "上位机地址"),
        "device_type": (0xFE, "控制卡型号代码，254是任意型号"),
        "reply": (True, "要求控制卡回答；不要求时只能算“已发送”"),
        "reserved_word": ("length", "命令里的保留字：length内容长度、zero零，或一个数"),
        "display_mode": (0, "0动态区与节目并存，1动态区优先"),
        "pixel_rule": ("5k", "横向坐标的算法：5k每8点一个单位，6k每点一个单位"),
        "baudrate": (57600, "串口速率；经网络转接时是串口一侧的速率"),
        "block_bytes": (MOST_BLOCK, "文件每块的字节数，最多900"),
        "tries": (3, "一帧最多发送的次数"),
        "size": (16, "字高：16、24或32点"),
        "face": ("song", "字体：song宋、kai楷、hei黑、fangsong仿宋、yahei雅黑"),
        "colour": ("red", "颜色：red红、green绿、yellow黄"),
    }

    def __init__(self, address, options=None, timeout=3):
        super().__init__(address, options, timeout)
        chosen = self.options
        word = chosen["reserved_word"]
        numbers = {
            "destination": range(0x10000),
            "source": range(0x10000),
            "device_type": range(0x100),
            "display_mode": range(2),
            "baudrate": range(300, 1_000_000),
            "block_bytes": range(1, MOST_BLOCK + 1),
            "tries": range(1, 11),
        }
        choices = {"pixel_rule": ("5k", "6k"), "size": SIZES, "face": FACES, "colour": COLOURS}
        for option, allowed in (numbers | choices).items():
            if chosen[option] not in allowed:
                raise ValueError(f"选项“{option}”不能是“{chosen[option]}”。")
        if chosen["destination"] == EVERY_CARD and chosen["reply"]:
            raise ValueError("选项“destination”是65535（广播）时，控制卡不会回答。")
        if word not in ("length", "zero") and word not in range(0x10000):
            raise ValueError(f"选项“reserved_word”不能是“{word}”。")

    @answered_with
    def probe(self):
        with self._link() as link:
            return CONFIRMED, _status(_read_status(link))

    def name_of(self, show):
        """One of the card's thousand programme names; None where the card is not to answer."""
        return _name(show) if self.options["reply"] else None

    def lines_of(self, show: Show) -> list[list[str]]:
        """The lines of each screen as the card draws them, for a preview.

        Characters stand on a grid: up to U+007F half as wide as high, beyond as wide as high.
        Raises DeviceError for what `play` would refuse.
        """
        laid_out = screens(show, self._style())
        return [[line.decode("gb2312") for line in screen] for screen in laid_out]

    @answered
    def play(self, show):
        name = _name(show).encode()
        program = areas.Program(name, (area(show, self._style()),))
        data = program.encode(self.options["pixel_rule"] == "6k")
        with self._link() as link:
            if not self.options["reply"]:
                for command, payload in self._file(name, data):
                    link.tell(command, payload)
                    # nobody says when the card has taken it
                    time.sleep(link.line.seconds_for(len(payload)))
                return SENT
            return self._replace(link, name, data)

    @answered
    def clear(self):
        with self._link() as link:
            return self._do(
                link,
                (commands.DYNAMIC, areas.dynamic([], pixels=True, delete=None)),
                (commands.DELETE, commands.delete_files([])),
                (commands.CLEAR, b""),
            )

    @answered
    def set_brightness(self, percent):
        level = round(LEVELS * min(max(percent, 0), 100) / 100)
        with self._link() as link:
            return self._do(link, (commands.BRIGHTNESS, bytes([1, level])))

    @answered
    def set_power(self, on):
        with self._link() as link:
            return self._do(link, (commands.POWER, b"\x01" if on else b"\x02"))

    @answered
    def set_clock(self, moment: datetime):
        local = moment.astimezone(SHANGHAI)
        with self._link() as link:
            return self._do(link, (commands.CLOCK, commands.clock(local)))

    def screenshot(self):
        return failed("这种控制卡不能回传画面。", False), None

    @contextlib.contextmanager
    def _link(self):
        with opened(self.address, self.timeout, self.options["baudrate"]) as line:
            yield Link(line, self.options, self.timeout)

    def _style(self):
        return Style(*(self.options[option] for option in ("size", "face", "colour")))

    def _do(self, link, *steps) -> Answer:
        if not self.options["reply"]:
            for command, payload in steps:
                link.tell(command, payload)
            return SENT
        for command, payload in steps:
            _ask_for_nothing_missing(link, command, payload)
        return CONFIRMED

    def _replace(self, link, name, data) -> Answer:
        """Write the new programme beside the old one, then take the old one away."""
        before = _read_status(link)
        known = [before.program] if before.programs and before.program != name else []
        if before.programs > 1:
            # programmes that nobody here knows by name: they would go on playing in turn
            _ask_for_nothing_missing(link, commands.DELETE, commands.delete_files([]))
            known = []
        self._write_file(link, name, data)
        if known:
            _ask_for_nothing_missing(link, commands.DELETE, commands.delete_files(known))
        after = _read_status(link)
        if after.programs != 1 or after.program != name:
            return failed("控制卡收下了节目，却没有只播放它：稍后再发一次。", True)
        return CONFIRMED

    def _write_file(self, link, name, data):
        # a block is encoded while nobody waits for it: the line is idle only for the card's answer
        frames = [link.encode(command, payload) for command, payload in self._file(name, data)]
        for _try in range(FILE_TRIES):
            try:
                for wire in frames:
                    link.ask_frame(wire)
                return
            except RefusedError as error:
                if error.number not in FORGOTTEN:
                    raise
        raise DeviceError("控制卡一再在收文件时重新开始：请检查它的电源。")

    def _file(self, name, data):
        """The commands that write a file. A block's frame fits the card's buffer even escaped."""
        yield commands.BEGIN_FILE, commands.begin_file(name, len(data))
        offset = number = 0
        while offset < len(data):
            block = _fitting(data[offset : offset + self.options["block_bytes"]])
            last = offset + len(block) == len(data)
            yield commands.FILE_BLOCK, commands.file_block(name, last, number, offset, block)
            offset, number = offset + len(block), number + 1


def _name(show):
    return f"P{int(show.digest[:8], 16) % NAMES:03}"


def _fitting(block):
    while len(frame.escape(block)) > MOST_ESCAPED:
        block = block[: len(block) * 7 // 8]
    return block


def _ask_for_nothing_missing(link, command, payload):
    """Ask; that something to delete is not there is as good as deleted."""
    try:
        link.ask(command, payload)
    except RefusedError as error:
        if command != commands.DELETE or error.number != commands.NO_SUCH_FILE:
            raise


def _read_status(link):
    reply = link.ask(commands.STATUS, least=commands.STATUS_HEAD.size)
    return commands.CardStatus.decode(reply.payload)


def _status(card: commands.CardStatus) -> Status:
    name = card.program.rstrip(b"\0").decode("ascii", "replace")
    playing = name if card.programs == 1 else f"{name}等{card.programs}个节目"
    return Status(
        playing=playing if card.programs else None,
        powered=card.on,
        brightness=round(100 * min(card.level, LEVELS) / LEVELS),
        clock=card.clock and card.clock.replace(tzinfo=SHANGHAI),
    )
