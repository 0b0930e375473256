"""Calls of WeChat's server API, with its time-outs, repetitions and errors.

Thread-safe as far as the token store is. No database transaction may be open with locks in it while
one of these methods waits.
"""

import json
import logging
import re
import time
from collections.abc import Callable
from typing import Protocol

import requests

from . import errors
from .masking import masked
from .verdict import Verdict, pieces, strictest, verdict

HOST = "https://api.weixin.qq.com"
SEND = "/cgi-bin/message/subscribe/send"
# seconds: until connected, between two pieces of the answer, for all of it
_TIMEOUT = (3, 5)
_WHOLE = 15
_LARGEST = 4 * 1024 * 1024
# seconds before the second and the third try of what WeChat was too busy for
_PAUSES = (0.3, 1.0)
_RID = re.compile(r"\s*,?\s*rid:\s*(\S+)")

_logger = logging.getLogger(__name__)


class TokenStore(Protocol):
    """Where all workers keep the one access token of a mini-program."""

    def token(self) -> str:
        """Return the token that is good now."""

    def renewed(self, used: str) -> str:
        """Return another token, since WeChat did not take `used`."""


class Client:
    """One mini-program at WeChat. Every method raises errors.WechatError."""

    def __init__(
        self,
        appid: str,
        secret: str,
        host: str = HOST,
        sleep: Callable[[float], None] = time.sleep,
    ):
        self._appid, self._secret = appid, secret
        self._tokens: TokenStore | None = None
        self._host, self._sleep = host.rstrip("/"), sleep

    def bound_to(self, tokens: TokenStore) -> "Client":
        """Return this client with the store that its calls take their token from."""
        self._tokens = tokens
        return self

    def fetch_token(self) -> tuple[str, int]:
        """Return the access token and the seconds it lives on; ends no other one's token."""
        answer = self._patiently(
            "POST",
            "/cgi-bin/stable_token",
            json_body={
                "grant_type": "client_credential",
                "appid": self._appid,
                "secret": self._secret,
                "force_refresh": False,
            },
        )
        return _text(answer, "access_token"), _whole(answer, "expires_in")

    def login(self, js_code: str) -> str:
        """Return the openid of whoever got `js_code` from wx.login. The session key is dropped."""
        query = {
            "appid": self._appid,
            "secret": self._secret,
            "js_code": js_code,
            "grant_type": "authorization_code",
        }
        return _text(self._patiently("GET", "/sns/jscode2session", query), "openid")

    def phone_number(self, code: str, openid: str) -> str:
        """Return the phone number that the user with `openid` has agreed to give."""
        try:
            answer = self._call(
                "POST", "/wxa/business/getuserphonenumber", {"code": code, "openid": openid}
            )
        except errors.ConfigurationError as error:
            if error.code == 40013:
                # here it means that the code is another mini-program's
                raise errors.CodeInvalidError(40013, rid=error.rid) from None
            raise
        phone = _object(answer, "phone_info")
        if _object(phone, "watermark").get("appid") != self._appid:
            raise errors.CodeInvalidError
        return _text(phone, "purePhoneNumber")

    def check_text(self, openid: str, text: str) -> Verdict:
        """Have words checked that a user wants to show to others; long ones piece by piece, and
        the strictest verdict counts."""
        return strictest([self._check_piece(openid, piece) for piece in pieces(text)])

    def _check_piece(self, openid, content):
        message = {"version": 2, "openid": openid, "scene": 2, "content": content}
        answer = self._call("POST", "/wxa/msg_sec_check", message)
        return verdict(answer.get("result"), str(answer.get("trace_id", "")))

    def check_picture(self, openid: str, address: str) -> str:
        """Have a picture checked that WeChat fetches from `address`; return the trace by which
        its verdict comes later, as a pushed event."""
        answer = self._call(
            "POST",
            "/wxa/media_check_async",
            {"version": 2, "openid": openid, "scene": 2, "media_type": 2, "media_url": address},
        )
        return _text(answer, "trace_id")

    def send(
        self, openid: str, template: str, page: str, data: dict[str, str], state: str = "formal"
    ) -> str:
        """Send a subscribe message and return its number, "" when WeChat gives none; `data`:
        keyword -> text that the keyword takes."""
        message = {
            "touser": openid,
            "template_id": template,
            "miniprogram_state": state,
            "lang": "zh_CN",
            "data": {keyword: {"value": value} for keyword, value in data.items()},
        }
        if page:
            message["page"] = page
        return str(self._call("POST", SEND, message).get("msgid", ""))

    def code_image(self, scene: str, page: str, version: str = "release") -> bytes:
        """Return the picture of the code that opens `page` with `scene`; good for ever."""
        return self._call(
            "POST",
            "/wxa/getwxacodeunlimit",
            {
                "scene": scene,
                "page": page,
                "check_path": version == "release",
                "env_version": version,
                "width": 430,
            },
            image=True,
        )

    def templates(self) -> list[dict]:
        """Return the account's templates for subscribe messages, as WeChat describes them."""
        return _objects(self._call("GET", "/wxaapi/newtmpl/gettemplate"), "data")

    def push_servers(self) -> list[str]:
        """Return the addresses that WeChat pushes events from, in order."""
        found = self._call("GET", "/cgi-bin/getcallbackip").get("ip_list")
        servers = {one for one in found if isinstance(one, str)} if isinstance(found, list) else ()
        if not servers:
            raise _unexpected()
        return sorted(servers)

    def _call(self, method, path, json_body=None, image=False):
        """A call with the token; one more with another token when this one is not taken."""
        token = self._tokens.token()
        for last in (False, True):
            try:
                return self._patiently(method, path, {"access_token": token}, json_body, image)
            except errors.TokenInvalidError:
                if last:
                    raise
                token = self._tokens.renewed(token)

    def _patiently(self, method, path, query=None, json_body=None, image=False):
        for pause in _PAUSES:
            try:
                return self._once(method, path, query, json_body, image)
            except errors.BusyError:
                self._sleep(pause)
        return self._once(method, path, query, json_body, image)

    def _once(self, method, path, query, json_body, image):
        status, content = self._exchange(method, path, query, json_body)
        if status >= 300 or status < 200:
            _logger.warning("%s answered HTTP %s", path, status)
            raise errors.UnreachableError(taken=status >= 500 and status != 503)
        if image and content[:1] != b"{":
            return content
        answer = _parsed(path, content)
        code = _number_of(answer.get("errcode", 0))
        if code:
            raise _error(path, code, str(answer.get("errmsg", "")))
        if image:
            raise _unexpected()
        return answer

    def _exchange(self, method, path, query, json_body):
        """The status and the bytes of the answer. What requests raises holds the address with
        its secrets and is dropped."""
        body = None if json_body is None else json.dumps(json_body, ensure_ascii=False).encode()
        kind, taken = None, False
        try:
            with requests.request(
                method,
                self._host + path,
                params=query,
                data=body,
                headers={"Content-Type": "application/json"} if body else None,
                timeout=_TIMEOUT,
                allow_redirects=False,
                stream=True,
            ) as response:
                return response.status_code, _read(response)
        except requests.RequestException as error:
            kind, taken = type(error).__name__, _may_be_taken(error)
        _logger.warning("%s was not answered: %s", path, kind)
        raise errors.UnreachableError(taken=taken)


def _may_be_taken(error):
    """Whether the request may have reached WeChat: not when there was no connection."""
    refused = isinstance(error, (requests.ConnectTimeout, requests.exceptions.InvalidURL))
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return not refused and type(reason).__name__ not in {
        "NewConnectionError",
        "NameResolutionError",
        "SSLError",
        "ConnectTimeoutError",
    }


def _read(response):
    deadline, pieces, size = time.monotonic() + _WHOLE, [], 0
    for piece in response.iter_content(64 * 1024):
        size += len(piece)
        if size > _LARGEST or time.monotonic() > deadline:
            raise requests.exceptions.ContentDecodingError
        pieces.append(piece)
    return b"".join(pieces)


def _parsed(path, content):
    try:
        answer = json.loads(content)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        _logger.warning("%s answered %d bytes that are no JSON object", path, len(content))
        raise errors.UnreachableError(taken=True)
    return answer


def _error(path, code, words):
    rid = _RID.search(words)
    hint = masked(_RID.sub("", words))[:200]
    error = errors.of(code, rid=rid and rid[1], hint=hint)
    _logger.warning("%s answered %s (%s), rid %s", path, code, hint, error.rid)
    return error


def _number_of(value):
    try:
        return int(value)
    except (TypeError, ValueError):
        return 0


def _unexpected():
    return errors.WechatError(hint="an answer without what it should have")


def _object(answer, name):
    if not isinstance(answer.get(name), dict):
        raise _unexpected()
    return answer[name]


def _objects(answer, name):
    found = answer.get(name)
    return [one for one in found if isinstance(one, dict)] if isinstance(found, list) else []


def _text(answer, name):
    value = answer.get(name)
    if not isinstance(value, str | int) or not str(value):
        raise _unexpected()
    return str(value)


def _whole(answer, name):
    try:
        return int(answer[name])
    except (KeyError, TypeError, ValueError):
        raise _unexpected() from None
