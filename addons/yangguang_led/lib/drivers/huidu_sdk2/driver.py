"""Huidu's full-colour cards: pictures and video, over TCP 10001 or calling us themselves."""

import contextlib
import socket
import threading
import time
from datetime import datetime
from typing import Self
from xml.etree.ElementTree import Element

from ..base import CONFIRMED, PICTURES, SHANGHAI, Driver, Status, answered, answered_with, failed
from ..transport import SocketLine, opened
from . import sdk
from .session import Session

TIMEZONE = "(UTC+08:00)Beijing,Chongqing,HongKong,Urumchi"
# behind TCP there is no slow line to wait for
NETWORK = 10_000_000


class HuiduSdk2(Driver):
    """Cards of SDK 2.0. One that calls us is driven by `accepted` over its own connection."""

    key = "huidu_sdk2"
    title = "灰度全彩卡（SDK 2.0）"
    draws = PICTURES
    OPTIONS = {}

    def __init__(self, address, options=None, timeout=3):
        super().__init__(address, options, timeout)
        self._called: Session | None = None
        self._taking_turns = threading.Lock()

    @classmethod
    def accepted(cls, connection: socket.socket, place: str, timeout: float = 3) -> Self:
        """The driver of a device that has called: `connection` is what `accept` gave.

        It stays the caller's to close. Raises DeviceError when the caller is no such device;
        `probe` tells which one it is.
        """
        driver = cls(place, timeout=timeout)
        session = Session(SocketLine(place, NETWORK, connection), timeout)
        session.greet()
        driver._called = session
        return driver

    @answered
    def beat(self):
        """Keep the connection of a device that called, every 30 s; failed: it has gone."""
        with self._session() as session:
            session.beat()
        return CONFIRMED

    @answered_with
    def probe(self):
        with self._session() as session:
            info = session.ask("GetDeviceInfo")
            programs = session.try_ask("GetProgram")
            luminance = session.try_ask("GetLuminancePloy")
            switch = session.try_ask("GetSwitchTime")
            clock = session.try_ask("GetTimeInfo")
        enabled = _attribute(switch, "open", "enable")
        return CONFIRMED, Status(
            playing=_attribute(programs, "program", "guid"),
            powered=None if enabled is None else enabled == "true",
            brightness=_number(_attribute(luminance, "default", "value")),
            clock=_moment(_attribute(clock, "time", "value")),
            width=_number(_attribute(info, "screen", "width")),
            height=_number(_attribute(info, "screen", "height")),
            model=_attribute(info, "device", "model"),
            firmware=_attribute(info, "version", "app"),
            identity=_attribute(info, "device", "id"),
        )

    def name_of(self, show):
        return sdk.guid_of(show)

    @answered
    def play(self, show):
        pages = sdk.files(show)
        with self._session() as session:
            for file in {file.name: file for file in pages}.values():
                session.upload(file)
            session.ask("AddProgram", sdk.screen(show, pages, int(time.time())))
        return CONFIRMED

    @answered
    def clear(self):
        return self._do("AddProgram", Element("screen", timeStamps=str(int(time.time()))))

    @answered
    def set_brightness(self, percent):
        level = str(min(max(percent, 1), 100))
        return self._do(
            "SetLuminancePloy", Element("mode", value="default"), Element("default", value=level)
        )

    @answered
    def set_power(self, on):
        return self._do("OpenScreen" if on else "CloseScreen")

    @answered
    def set_clock(self, moment):
        local = moment.astimezone(SHANGHAI)
        return self._do(
            "SetTimeInfo",
            Element("timezone", value=TIMEZONE),
            Element("summer", enable="false"),
            Element("sync", value="none"),
            Element("time", value=f"{local:%Y-%m-%d %H:%M:%S}"),
        )

    def screenshot(self):
        return failed("这种控制卡不能回传画面。", False), None

    def _do(self, method, *body):
        with self._session() as session:
            session.ask(method, *body)
        return CONFIRMED

    @contextlib.contextmanager
    def _session(self):
        if self._called is not None:
            with self._taking_turns:
                yield self._called
            return
        with opened(self.address, self.timeout, NETWORK) as line:
            session = Session(line, self.timeout)
            session.greet()
            yield session


def _attribute(element, tag, name):
    """An attribute of the first such element in an answer, if there is one."""
    found = None if element is None else element.find(f".//{tag}")
    return None if found is None else (found.get(name) or None)


def _number(text):
    return int(text) if text is not None and text.isascii() and text.isdigit() else None


def _moment(text):
    try:
        return datetime.strptime(text or "", "%Y-%m-%d %H:%M:%S").replace(tzinfo=SHANGHAI)
    except ValueError:
        return None
