"""Remote functions of a BX-Y card: a call is a JSON document posted to its web server."""

import contextlib
import hashlib
import re
from typing import Any

from ..base import DeviceError
from ..web import Site, multipart

# the card refuses other characters
_NAME = re.compile(r"[0-9A-Za-z_.-]+")
SESSION_LOST = 11
ERRORS = {
    10: "没有权限",
    14: "参数不对",
    17: "控制卡不认识这个命令",
    20: "参数不对",
    22: "密码不对",
    24: "路径不对",
    27: "验证码不对",
    30: "播放程序拒绝执行",
}


class RefusedError(DeviceError):
    """The card says no to a function."""


def hashed_password(plain: str, code: str) -> str:
    """What goes over the wire instead of the password."""

    def digest(text):
        return hashlib.sha1(text.encode(), usedforsecurity=False).hexdigest()

    return digest(code + digest(plain))


class Session:
    """A conversation with a card, logged in with `log_in`."""

    def __init__(self, site: Site):
        self._site, self._path = site, "/"

    def log_in(self, user: str, password: str) -> None:
        """Get the session that all other calls need."""
        code = self.call("getVerificationCode", username=user).get("verificationcode", "")
        login = {"username": user, "verificationcode": code}
        output = self.call("userLogin", **login, password=hashed_password(password, str(code)))
        session = output.get("sessionID", "")
        if not isinstance(session, str) or not re.fullmatch(r"[0-9A-Za-z]{8,64}", session):
            raise DeviceError("控制卡没有给出会话编号：可能不是仰邦Y系列。", False)
        self._path = f"/;stok={session}/"

    def call(self, name: str, **given: Any) -> dict[str, Any]:
        """What a function gives; raises RefusedError with its reason."""
        function = {"name": name, "input": given}
        document = {"name": "YQ-COM2", "version": "1.0", "remotefunction": function}
        answer = self._site.call_json(self._path, {"protocol": document})
        # some firmware answers in the envelope, some without
        answer = _member(answer, "protocol", answer)
        answer = _member(answer, "remotefunction", {})
        error = _member(answer, "error", None)
        if error is not None:
            number = _number(_member(error, "code", 255))
            words = ERRORS.get(number, "控制卡没有说明原因")
            raise RefusedError(
                f"控制卡没有执行{name}：{words}（错误{number}）。", number == SESSION_LOST
            )
        output = _member(answer, "output", None)
        if not isinstance(output, dict):
            raise DeviceError("控制卡的回答看不懂：可能不是仰邦Y系列。", False)
        return output

    def put(self, name: str, data: bytes, target: str) -> None:
        """Bring a file to the card, as `target`; the card checks one that is named by its MD5."""
        if not _NAME.fullmatch(name):
            raise ValueError(f"a card takes no file named {name}")
        with self._channel("upload"):
            headers, body = multipart(name, name, data)
            answer = self._site.call("POST", "/upload", body, headers)
            if b"Upload OK" not in answer:
                raise DeviceError("控制卡没有收下文件，可能在传送中损坏。")
            found = self.call("findTempFile", filename=name)
            if _number(found.get("size")) != len(data):
                raise DeviceError("控制卡收到的文件不完整。")
            self.call("moveFile", src=name, dst=target)

    def has(self, path: str, size: int) -> bool:
        """Whether a file of this size lies on the card."""
        try:
            return _number(self.call("findFile", filename=path).get("size")) == size
        except RefusedError:
            return False

    def get(self, path: str, most: int) -> bytes:
        """A file of the card's."""
        with self._channel("download"):
            return self._site.call("GET", f"/download/{path.lstrip('/')}", most=most)

    @contextlib.contextmanager
    def _channel(self, kind):
        self.call("enableUploadDownload", type=kind, flag="on")
        try:
            yield
        finally:
            # an open channel takes files from anybody, but what went wrong before says more
            with contextlib.suppress(DeviceError):
                self.call("enableUploadDownload", type=kind, flag="off")


def _member(value, name, default):
    return value.get(name, default) if isinstance(value, dict) else default


def _number(value):
    return int(value) if str(value).isascii() and str(value).isdigit() else -1
