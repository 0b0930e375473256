"""The server, spoken to over HTTPS: no proxies, no redirects, everything bounded."""

import contextlib
import http.client
import json
import ssl
from email.utils import parsedate_to_datetime
from typing import Any

from odoo.addons.yangguang_led.lib.exchange import PREFIX

TIMEOUT = 30
_MOST_ANSWER = 8 << 20
_MOST_ERROR = 1 << 10
_LONGEST_WAIT = 600


class ServerError(Exception):
    """The server cannot be reached or does not answer rightly; `wait` (s), if it asked for it."""

    def __init__(self, reason: str, wait: int | None = None):
        super().__init__(reason)
        self.wait = wait


class RevokedError(Exception):
    """The token does not hold any more."""


class Server:
    """What the agent asks of the server that `settings` name."""

    def __init__(self, settings):
        self._settings = settings
        self.wait = 0
        # the server's time, as it last said it
        self.date = None

    def exchange(self, outcomes: list[dict]) -> dict:
        """Give `outcomes`, get what is to be done; `wait` (s) says when to come again."""
        body = json.dumps({"outcomes": outcomes}, ensure_ascii=False).encode()
        return _object(self._call("POST", "/errands", body, _MOST_ANSWER))

    def screens(self) -> dict:
        """Who the server takes us for, and which screens we drive."""
        return _object(self._call("GET", "/screens", None, _MOST_ANSWER))

    def file(self, digest: str, size: int) -> bytes:
        """A picture or film of `size` bytes."""
        return self._call("GET", f"/file/{digest}", None, size)

    def _call(self, method, path, body, most):
        headers = {
            "Authorization": f"Bearer {self._settings.token}",
            "Content-Type": "application/json",
        }
        with contextlib.closing(self._connection()) as connection:
            try:
                connection.request(method, PREFIX + path, body, headers)
                answer = connection.getresponse()
                data = answer.read((most if answer.status == http.client.OK else _MOST_ERROR) + 1)
            except ssl.SSLCertVerificationError as error:
                raise ServerError(f"服务器的证书不可信：{error.verify_message}。") from error
            except (OSError, http.client.HTTPException, ValueError) as error:
                raise ServerError(f"连不上服务器：{error or type(error).__name__}。") from error
        wait = answer.headers.get("Retry-After", "")
        self.wait = min(int(wait), _LONGEST_WAIT) if wait.isdecimal() else 0
        if answer.status == http.client.UNAUTHORIZED and data == b'{"error":"revoked"}':
            raise RevokedError("口令已作废：请到后台重新生成口令，填进配置文件，再启动。")
        if answer.status != http.client.OK:
            raise ServerError(f"服务器回答了错误{answer.status}。", self.wait or None)
        if len(data) > most:
            raise ServerError("服务器的回答太长。")
        with contextlib.suppress(TypeError, ValueError):
            self.date = parsedate_to_datetime(answer.headers.get("Date"))
        return data

    def _connection(self):
        place = self._settings
        if place.context is None:
            return http.client.HTTPConnection(place.host, place.port, timeout=TIMEOUT)
        return http.client.HTTPSConnection(
            place.host, place.port, timeout=TIMEOUT, context=place.context
        )


def _object(data: bytes) -> dict[str, Any]:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError) as error:
        raise ServerError("服务器的回答看不懂。") from error
    if not isinstance(value, dict):
        raise ServerError("服务器的回答看不懂。")
    return value
