"""HTTP to devices in a village's network: no redirects, no proxies, bounded in bytes and time.

`requests` bounds each wait, not their sum: a device that drips one byte a second would hold a
worker for hours. Here a socket knows when everything has to be over.
"""

import http.client
import json
import secrets
import socket
import time
from typing import Any
from urllib.parse import urlsplit

from .base import DeviceError
from .transport import connected

MOST_JSON = 1 << 20


class _Timed(socket.socket):
    """A connected socket on which every wait ends at `deadline` (monotonic)."""

    deadline = 0.0

    def recv_into(self, *args):
        self._set_time_left()
        return super().recv_into(*args)

    def sendall(self, *args):
        self._set_time_left()
        return super().sendall(*args)

    def _set_time_left(self):
        left = self.deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError
        self.settimeout(left)


def multipart(field: str, name: str, data: bytes) -> tuple[dict[str, str], bytes]:
    """Headers and body of a form with one file."""
    boundary = secrets.token_hex(16)
    head = (
        f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n'
        "Content-Type: application/octet-stream\r\n\r\n"
    )
    body = head.encode("ascii") + data + f"\r\n--{boundary}--\r\n".encode("ascii")
    return {"Content-Type": f"multipart/form-data; boundary={boundary}"}, body


class Site:
    """A device's web server at `address` (http://host[:port]); raises DeviceError for that."""

    def __init__(self, address: str, timeout: float):
        parts = urlsplit(address)
        try:
            self._host, self._port = parts.hostname, parts.port or 80
        except ValueError:
            self._host = None
        if parts.scheme != "http" or not self._host or parts.path not in ("", "/"):
            raise DeviceError(f"设备地址“{address}”写得不对：要写http://主机。", False)
        if "@" in parts.netloc:
            raise DeviceError("设备地址里不能写用户名和密码。", False)
        self._address, self._timeout = address, timeout

    def call(
        self,
        method: str,
        path: str,
        body: bytes = b"",
        headers: dict[str, str] | None = None,
        most: int = MOST_JSON,
    ) -> bytes:
        """The body of the device's answer, at most `most` bytes.

        All of it ends within the time-out, and one second more for each megabyte that is sent.
        """
        deadline = time.monotonic() + self._timeout + len(body) / 1e6
        raw = connected(self._host, self._port, self._timeout)
        timed = _Timed(fileno=raw.detach())
        timed.deadline = deadline
        connection = http.client.HTTPConnection(self._host, self._port)
        connection.sock = timed
        try:
            connection.request(method, path, body or None, headers or {})
            answer = connection.getresponse()
            if answer.status != http.client.OK:
                passes = answer.status >= http.client.INTERNAL_SERVER_ERROR
                raise DeviceError(f"设备（{self._address}）回答了错误{answer.status}。", passes)
            data = answer.read(most + 1)
        except TimeoutError as error:
            raise DeviceError(f"设备（{self._address}）没有及时回答。") from error
        except (http.client.HTTPException, OSError, ValueError) as error:
            raise DeviceError(f"与设备（{self._address}）的连接中断，或回答看不懂。") from error
        finally:
            connection.close()
            timed.close()
        if len(data) > most:
            raise DeviceError(f"设备（{self._address}）的回答太长。", False)
        return data

    def call_json(self, path: str, value: Any) -> Any:
        """What the device answers to a value, both as JSON."""
        headers = {"Content-Type": "application/json"}
        answer = self.call("POST", path, json.dumps(value).encode(), headers)
        try:
            return json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise DeviceError(f"设备（{self._address}）的回答看不懂。") from error
