"""A conversation with a Huidu card: handshake, requests one at a time, files."""

import contextlib
import time
from collections.abc import Iterable
from xml.etree.ElementTree import Element

from ..base import DeviceError
from ..transport import Line
from . import packet, sdk
from .packet import Answer, PacketError, Packets

OUR_VERSION = 0x01000007
# numbers of the device's errors that pass, and what the others mean
PASSING = {4, 5, 19}
ERRORS = {
    3: "协议版本太低",
    4: "设备正被别的程序占用",
    5: "文件正被占用",
    9: "设备的存储空间不够",
    13: "文件校验不对",
    14: "文件校验不对",
    18: "没有这个文件",
    23: "设备不支持这个命令",
    43: "会话已经失效",
    49: "没有权限",
}
# the result of a method that passes
DOWNLOADING = "kDownloadingFile"


class RefusedError(DeviceError):
    """The device says no to a method."""


class Session:
    """A conversation over a line. Each wait for the device ends after `timeout` s."""

    def __init__(self, line: Line, timeout: float):
        self._line, self._timeout = line, timeout
        self._packets = Packets()
        self._waiting: list[tuple[int, bytes]] = []
        self._guid = sdk.NO_GUID

    def greet(self) -> None:
        """Agree on a version and get the guid that every later request carries."""
        self._write(packet.version(OUR_VERSION))
        self._expect(packet.VERSION_ANSWER, least=4)
        body = [Element("version", value="1000000")]
        answer = self._ask("GetIFVersion", body)
        guid = answer.get("guid", "")
        if not guid or len(guid) > 64:
            raise DeviceError("设备没有给出会话编号：可能不是灰度全彩卡。", False)
        self._guid = guid

    def ask(self, method: str, *body: Element) -> Element:
        """The `out` of a method's answer; raises RefusedError with the result's name."""
        out = self._ask(method, body).find("out")
        result = "" if out is None else out.get("result", "")
        if result != "kSuccess":
            words = f"设备没有执行{method}（{result or '没有结果'}）。"
            raise RefusedError(words, result == DOWNLOADING)
        return out

    def try_ask(self, method: str) -> Element | None:
        """The same for what older devices do not know: None if refused."""
        with contextlib.suppress(RefusedError):
            return self.ask(method)
        return None

    def upload(self, file: sdk.File) -> None:
        """Bring a file to the device, from where it stopped the last time."""
        self._write(packet.file_start(file.md5, len(file.data), file.kind, file.name))
        answer = self._expect(packet.FILE_ANSWER, least=2)
        status = int.from_bytes(answer[:2], "little")
        # 1: it is there already, whole
        if status == 1:
            return
        self._check(status)
        done = int.from_bytes(answer[2:10], "little")
        for offset in range(min(done, len(file.data)), len(file.data), packet.DATA_PART):
            part = file.data[offset : offset + packet.DATA_PART]
            self._write(packet.packet(packet.FILE_DATA, part))
        self._write(packet.packet(packet.FILE_END))
        ended = self._expect(packet.FILE_END_ANSWER, least=2)
        self._check(int.from_bytes(ended[:2], "little"))

    def beat(self) -> None:
        """Show that we are still there, and that the device is."""
        self._write(packet.packet(packet.HEARTBEAT))
        self._expect(packet.HEARTBEAT_ANSWER)

    def _check(self, status):
        if status:
            words = ERRORS.get(status, "设备没有说明原因")
            raise DeviceError(f"设备拒绝了文件：{words}（错误{status}）。", status in PASSING)

    def _ask(self, method, body: Iterable[Element] = ()):
        for part in packet.xml(sdk.request(self._guid, method, body)):
            self._write(part)
        deadline, answer = time.monotonic() + self._timeout, Answer()
        while True:
            payload = self._expect(packet.XML_ANSWER, deadline=deadline)
            try:
                document = answer.add(payload)
                root = sdk.parse(document) if document is not None else None
            except PacketError as error:
                raise DeviceError("设备的回答看不懂：可能不是灰度全彩卡。") from error
            # an answer that comes late belongs to another question
            if root is not None and (out := root.find("out")) is not None:
                if out.get("method") == method:
                    return root
                answer = Answer()

    def _write(self, data):
        self._line.write(data, self._timeout)

    def _expect(self, command, least=0, deadline=None):
        """The payload of the next packet of a kind; heartbeats are answered in between."""
        deadline = deadline or time.monotonic() + self._timeout
        while True:
            while self._waiting:
                kind, payload = self._waiting.pop(0)
                if kind == command and len(payload) >= least:
                    return payload
                if kind == packet.HEARTBEAT:
                    self._write(packet.packet(packet.HEARTBEAT_ANSWER))
                if kind == packet.ERROR:
                    number = int.from_bytes(payload[:2], "little")
                    words = ERRORS.get(number, "设备没有说明原因")
                    raise DeviceError(f"设备报错：{words}（错误{number}）。", number in PASSING)
            data = self._line.read(deadline)
            if not data:
                raise DeviceError(f"设备（{self._line.place}）没有回答：请检查电源和网络。")
            try:
                self._waiting += self._packets.feed(data)
            except PacketError as error:
                raise DeviceError("设备的回答看不懂：可能不是灰度全彩卡。") from error
