"""Onbon BX-Y: full-colour cards with a web server; pictures, video, screen captures."""

import contextlib
import time

from ..base import (
    CONFIRMED,
    PICTURES,
    SHANGHAI,
    DeviceError,
    Driver,
    Status,
    answered,
    answered_with,
)
from ..web import Site
from . import program
from .session import RefusedError, Session

MODELS = {"Y04": 8280, "Y08": 8536, "Y2L": 9304, "Y2": 8792, "Y3": 9048, "Y5E": 10584}
BRIGHTEST = 255
# bytes of a capture
MOST_PICTURE = 16 << 20
# how often a capture is looked for
POLL = 0.2


class OnbonY(Driver):
    """BX-Y cards by HTTP. The user's password must be one of your own, not the factory's."""

    key = "onbon_y"
    title = "仰邦BX-Y全彩卡"
    draws = PICTURES
    OPTIONS = {
        "model": ("Y2", f"控制卡型号：{'、'.join(MODELS)}"),
        "user": ("guest", "用户名"),
        "password": ("", "密码；出厂密码与用户名相同，必须先改掉"),
    }

    def __init__(self, address, options=None, timeout=3):
        super().__init__(address, options, timeout)
        if self.options["model"] not in MODELS:
            raise ValueError(f"选项“model”只能是{'、'.join(MODELS)}。")

    @answered_with
    def probe(self):
        player = self._session().call("checkPlayer")
        return CONFIRMED, Status(
            playing=_text(player.get("programlist")), model=self.options["model"]
        )

    def name_of(self, show):
        return program.list_path(show)

    @answered
    def play(self, show):
        files, playlist = program.build(show, MODELS[self.options["model"]])
        session = self._session()
        for file in {file.path: file for file in files}.values():
            if not session.has(file.path, len(file.data)):
                session.put(file.name, file.data, file.path)
        path = program.list_path(show)
        # a name that begins with _ is not taken for a digest
        session.put(f"_{path.rpartition('/')[2]}", playlist, path)
        session.call("play", type="program", playlist=path)
        if session.call("checkPlayer").get("programlist") != path:
            raise DeviceError("控制卡收下了节目，却没有播放它：稍后再发一次。")
        # it is on; what is left over only takes room
        with contextlib.suppress(RefusedError):
            session.call("clearUselessMaterial")
        return CONFIRMED

    @answered
    def clear(self):
        return self._do("stopPlay", type="all")

    @answered
    def set_brightness(self, percent):
        level = max(1, round(BRIGHTEST * min(max(percent, 0), 100) / 100))
        return self._do("systemBrightness", brightness=str(level), changemode="no")

    @answered
    def set_power(self, on):
        return self._do("screenOnOff", screenonoffstatus="on" if on else "off")

    @answered
    def set_clock(self, moment):
        local = moment.astimezone(SHANGHAI)
        return self._do("systemClockCorrect", datetime=f"{local:%Y-%m-%d %H:%M:%S}", isutc="no")

    @answered_with
    def screenshot(self):
        session = self._session()
        capture = session.call("screenCapture", suffix="png", framecount="1")
        path = _text(capture.get("filepath"))
        if path is None or ".." in path or not path.isascii() or " " in path:
            raise DeviceError("控制卡没有给出截图。", False)
        deadline = time.monotonic() + self.timeout
        while not _text(session.call("findFile", filename=path).get("mtime")):
            if time.monotonic() > deadline:
                raise DeviceError("控制卡没有及时给出截图。")
            time.sleep(POLL)
        picture = session.get(path, MOST_PICTURE)
        if not picture.startswith((b"\x89PNG\r\n", b"\xff\xd8\xff")):
            raise DeviceError("控制卡给出的截图不是图片。", False)
        return CONFIRMED, picture

    def _do(self, function, **given):
        self._session().call(function, **given)
        return CONFIRMED

    def _session(self):
        user, password = self.options["user"], self.options["password"]
        if password in ("", user):
            raise DeviceError(
                "控制卡还用着出厂密码，谁都能改屏上的内容：请先在卡上改密码，再填到这里。", False
            )
        session = Session(Site(self.address, self.timeout))
        session.log_in(user, password)
        return session


def _text(value):
    return value if isinstance(value, str) and value else None
