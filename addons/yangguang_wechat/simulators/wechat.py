"""The fake WeChat as a server: its API, and a page to push events and to see what was sent."""

import argparse
import contextlib
import html
import json
import secrets
import socketserver
import sys
import threading
import time
import urllib.parse
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

from . import api
from .state import State

_PAGE = Path(__file__).with_name("page.html")
_LARGEST = 1024 * 1024
# what may be changed through the page or by another process
_SETTINGS = {
    "mode": str,
    "form": str,
    "callback": str,
    "token": str,
    "aes_key": str,
    "slowness": float,
    "is_down": bool,
    "per_minute": int,
    "per_day": int,
    "media": str,
    "media_seconds": float,
    "strict_consents": bool,
}


class Fake:
    """A running fake; `host` is what the product is to call."""

    def __init__(self, state: State, port: int):
        self.state, self.host = state, f"http://127.0.0.1:{port}"

    def push(self, kind: str, openid: str, times: int = 1, **values) -> list[tuple[int, str]]:
        """Push an event of a user; what the product answered, each time."""
        return api.push(self.state, api.event(kind, openid, **values), times)

    def openid(self, user: str) -> str:
        """The openid of a user, who has just opened the mini-program."""
        openid = api.openid_of(user)
        self.state.opened[openid] = time.time()
        return openid

    def called(self, path: str) -> int:
        """How often an address was called, whatever it answered."""
        return sum(call["path"] == path for call in self.state.calls)


class _Handler(BaseHTTPRequestHandler):
    """One request. `server.state` is what the fake knows."""

    protocol_version = "HTTP/1.1"
    timeout = 30

    def log_message(self, *_arguments):
        """Nothing on the console."""

    def do_GET(self):
        self._handle("GET")

    def do_POST(self):
        self._handle("POST")

    def _handle(self, method):
        length = min(int(self.headers.get("Content-Length") or 0), _LARGEST)
        self._body = self.rfile.read(length)
        address = urllib.parse.urlsplit(self.path)
        query = dict(urllib.parse.parse_qsl(address.query))
        if address.path == "/" or address.path.startswith("/_fake"):
            self._control(method, address.path)
            return
        self._speak(method, address.path, query)

    def _speak(self, method, path, query):
        state = self.server.state
        state.calls.append({"path": path, "time": time.time()})
        if state.is_down:
            self._answer(b"", "text/plain", 503)
            return
        time.sleep(state.slowness)
        try:
            found = self._result(method, path, query)
        except api.Failure as failure:
            rid = "-".join(secrets.token_hex(4) for _part in range(3))
            found = {"errcode": failure.code, "errmsg": f"{failure.words} rid: {rid}"}
        if isinstance(found, bytes):
            self._answer(found, "image/png")
        else:
            self._json(found)

    def _result(self, method, path, query):
        state = self.server.state
        if path not in api.CALLS:
            raise api.Failure(40066, "invalid url")
        wanted, needs_token, call = api.CALLS[path]
        if method != wanted:
            raise api.Failure(43002, "require POST method")
        body = self._parsed() if method == "POST" else {}
        if code := state.failure(path):
            raise api.Failure(code, "switched")
        if needs_token and (code := state.token_error(query.get("access_token", ""))):
            raise api.Failure(code, "access_token is invalid or not latest")
        if code := state.limit(path):
            raise api.Failure(code, "reach max api limit")
        return call(state, query, body)

    def _parsed(self):
        if not self._body:
            raise api.Failure(44002, "empty post data")
        if b"\\u" in self._body:
            raise api.Failure(40033, "invalid charset")
        try:
            body = json.loads(self._body)
        except ValueError:
            raise api.Failure(47001, "data format error") from None
        if not isinstance(body, dict):
            raise api.Failure(47001, "data format error")
        return body

    def _control(self, method, path):
        state = self.server.state
        if path == "/_fake/state":
            if method == "POST":
                self._change(json.loads(self._body))
            self._json(_shown(state))
        elif path == "/_fake/push" and method == "POST":
            wanted = json.loads(self._body)
            message = api.event(wanted["event"], wanted["openid"], **wanted.get("values", {}))
            self._json(api.push(state, message, int(wanted.get("times", 1))))
        elif path == "/":
            page = _PAGE.read_text("utf-8").replace("@APPID@", html.escape(state.appid))
            self._answer(page.encode(), "text/html; charset=utf-8")
        else:
            self._answer(b"", "text/plain", 404)

    def _change(self, wanted):
        state = self.server.state
        for name in _SETTINGS.keys() & wanted.keys():
            value = wanted[name]
            setattr(state, name, None if value is None else _SETTINGS[name](value))
        if "fail" in wanted:
            fail = wanted["fail"]
            state.fail(fail["path"], int(fail["code"]), fail.get("times"))
        if wanted.get("expire_tokens"):
            state.expire_tokens()
        for openid, template, count in wanted.get("subscribe", ()):
            state.subscribe(openid, template, count)

    def _json(self, value):
        body = json.dumps(value, ensure_ascii=False).encode()
        self._answer(body, "application/json; charset=utf-8")

    def _answer(self, body, kind, status=200):
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        # who gave up waiting is gone
        with contextlib.suppress(OSError):
            self.wfile.write(body)


def _shown(state):
    shown = _SETTINGS.keys() - {"token", "aes_key"}
    settings = {name: getattr(state, name) for name in shown}
    switches = {
        path: {"code": one.code, "times": one.times} for path, one in state.switches.items()
    }
    return {
        "settings": settings,
        "switches": switches,
        "paths": list(api.CALLS),
        "users": sorted(state.opened),
        "templates": state.templates,
        "sent": state.sent[-50:],
        "pushed": state.pushed[-50:],
        "calls": state.calls[-50:],
    }


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True
    request_queue_size = 128


@contextlib.contextmanager
def running(port: int = 0, **state) -> Iterator[Fake]:
    """A fake on a port of its own (or `port`) for the length of the block."""
    with _Server(("127.0.0.1", port), _Handler) as server:
        server.state = State(**state)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield Fake(server.state, server.server_address[1])
        finally:
            server.shutdown()
            thread.join()


def main() -> None:
    """Run until it is ended; `--callback`: where the product takes events."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--callback", default="")
    arguments = parser.parse_args()
    # whoever tries the demo by hand does not want to subscribe first
    with running(arguments.port, callback=arguments.callback, strict_consents=False) as fake:
        sys.stdout.write(f"{fake.host}\n")
        sys.stdout.flush()
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
