"""An Onbon BX-Y card: a web server that takes files and playlists and shows their pictures."""

import contextlib
import hashlib
import io
import json
import re
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from lxml import etree
from PIL import Image


@dataclass
class Faults:
    """What it does wrong. `errors`: codes by function, for ever; `redirect`: where it sends every
    call; `raw`: the body of every answer; `drip`: it sends that body byte by byte, slowly;
    `headers_only`: it sends headers without end; `damage`: it loses the end of what is
    uploaded by a name that begins so."""

    errors: dict[str, int] = field(default_factory=dict)
    redirect: str = ""
    raw: bytes | None = None
    drip: bool = False
    headers_only: bool = False
    damage: str | None = None
    never_captures: bool = False
    capture: bytes | None = None


class OnbonY:
    """The card of a screen of `width` × `height` px and its password."""

    def __init__(self, width: int, height: int, password: str = "own-password"):
        self.width, self.height = width, height
        self.users = {"guest": password}
        self.faults = Faults()
        self.files: dict[str, bytes] = {}
        self.temporary: dict[str, bytes] = {}
        self.channels: set[str] = set()
        self.playlist: str | None = None
        self.brightness, self.on, self.time = 255, True, ""
        self.functions: list[str] = []
        self.uploads = 0
        self._codes: dict[str, str] = {}
        self._sessions: set[str] = set()

    @contextlib.contextmanager
    def serve(self) -> Iterator[str]:
        """Its address, while it listens."""
        handler = type("Handler", (_Handler,), {"card": self})
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            server.daemon_threads = True
            thread = threading.Thread(target=server.serve_forever, args=[0.02])
            thread.start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()
                thread.join()

    def pictures(self) -> list[Image.Image]:
        """What is on, in turn; dark when the screen is off."""
        pictures = []
        for file in self._parts(self.playlist, "//program/@programFile"):
            for name in self._parts(file, "//picUnit/@file"):
                picture = Image.open(io.BytesIO(self.files[name])).convert("RGB")
                dark = Image.new("RGB", (self.width, self.height))
                pictures.append(picture if self.on else dark)
        return pictures

    def _parts(self, path, query):
        return etree.fromstring(self.files[path]).xpath(query) if path else []

    def call(self, path: str, document: dict) -> dict:
        """What a function answers."""
        function = document["protocol"]["remotefunction"]
        name, given = function["name"], function["input"]
        self.functions.append(name)
        output = self._error(self.faults.errors.get(name)) or self._call(path, name, given)
        return {"remotefunction": {"name": name, **output}}

    def _call(self, path, name, given):
        if name == "getVerificationCode":
            code = f"2026010108000000{len(self._codes):04}"
            self._codes[given["username"]] = code
            return {"output": {"verificationcode": code}}
        if name == "userLogin":
            return self._log_in(given)
        if not any(path == f"/;stok={session}/" for session in self._sessions):
            return self._error(11)
        function = getattr(self, f"_do_{name}", None)
        output = function(given) if function else 17
        return self._error(output) or {"output": output or {}}

    @staticmethod
    def _error(code):
        if not isinstance(code, int):
            return None
        return {"error": {"code": str(code), "mesg": "refused"}}

    def _log_in(self, given):
        plain = self.users.get(given["username"], "")
        inner = hashlib.sha1(plain.encode(), usedforsecurity=False).hexdigest()
        code = self._codes.pop(given["username"], "")
        expected = hashlib.sha1((code + inner).encode(), usedforsecurity=False).hexdigest()
        if given["verificationcode"] != code:
            return self._error(27)
        if given["password"] != expected:
            return self._error(22)
        session = hashlib.md5(code.encode(), usedforsecurity=False).hexdigest()
        self._sessions.add(session)
        return {"output": {"sessionID": session}}

    def _do_checkPlayer(self, _given):  # noqa: N802
        return {"programlist": self.playlist or "", "playstatus": "Unlock"}

    def _do_enableUploadDownload(self, given):  # noqa: N802
        if given["flag"] == "on":
            self.channels.add(given["type"])
        else:
            self.channels.discard(given["type"])

    def _do_findTempFile(self, given):  # noqa: N802
        data = self.temporary.get(given["filename"])
        return 24 if data is None else {"size": str(len(data))}

    def _do_moveFile(self, given):  # noqa: N802
        if given["src"] not in self.temporary:
            return 24
        self.files[given["dst"]] = self.temporary.pop(given["src"])
        return None

    def _do_findFile(self, given):  # noqa: N802
        name = given["filename"]
        if name.startswith("capture/"):
            return {"mtime": "" if self.faults.never_captures else "2026-01-01 08:00:00"}
        return {"size": str(len(self.files[name])), "mtime": "x"} if name in self.files else 24

    def _do_play(self, given):
        if given["playlist"] not in self.files:
            return 30
        self.playlist = given["playlist"]
        return None

    def _do_stopPlay(self, _given):  # noqa: N802
        self.playlist = None

    def _do_clearUselessMaterial(self, _given):  # noqa: N802
        used = {self.playlist, *self._parts(self.playlist, "//program/@programFile")}
        for path in self._parts(self.playlist, "//program/@programFile"):
            used |= set(self._parts(path, "//*/@file"))
        self.files = {path: data for path, data in self.files.items() if path in used}

    def _do_systemBrightness(self, given):  # noqa: N802
        self.brightness = int(given["brightness"])

    def _do_screenOnOff(self, given):  # noqa: N802
        self.on = given["screenonoffstatus"] == "on"

    def _do_systemClockCorrect(self, given):  # noqa: N802
        self.time = given["datetime"]

    def _do_screenCapture(self, _given):  # noqa: N802
        return {"minwaittime": "0", "maxwaittime": "1", "filepath": "capture/1.png"}

    def capture(self) -> bytes:
        """What a capture shows."""
        if self.faults.capture is not None:
            return self.faults.capture
        target = io.BytesIO()
        shown = self.pictures() or [Image.new("RGB", (self.width, self.height))]
        shown[0].save(target, "PNG")
        return target.getvalue()

    def take(self, name: str, data: bytes) -> bool:
        """Whether an uploaded file is what its name says."""
        self.uploads += 1
        if self.faults.damage is not None and name.startswith(self.faults.damage):
            data = data[:-1]
        digest = hashlib.md5(data, usedforsecurity=False).hexdigest()
        if "upload" not in self.channels or (name[0] != "_" and name.split(".")[0] != digest):
            return False
        self.temporary[name] = data
        return True


class _Handler(BaseHTTPRequestHandler):
    card: OnbonY

    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if self.path == "/upload":
            name = re.search(rb'name="([0-9A-Za-z_.-]+)"', body)[1].decode()
            boundary = body[: body.index(b"\r\n")]
            data = body[body.index(b"\r\n\r\n") + 4 : body.rindex(b"\r\n" + boundary)]
            self._answer(b"Upload OK" if self.card.take(name, data) else b"Upload failed")
        else:
            self._answer(json.dumps(self.card.call(self.path, json.loads(body))).encode())

    def do_GET(self):
        known = self.path == "/download/capture/1.png" and "download" in self.card.channels
        self._answer(self.card.capture() if known else b"", 200 if known else 404)

    def log_message(self, *_args):
        """Nobody reads it."""

    def _answer(self, body, status=200):
        faults = self.card.faults
        body = body if faults.raw is None else faults.raw
        with contextlib.suppress(OSError):
            self.send_response(302 if faults.redirect else status)
            if faults.redirect:
                self.send_header("Location", faults.redirect)
            if faults.headers_only:
                self.flush_headers()
                self._drip(b"X-More: " + b"x" * 1000)
                return
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if faults.drip:
                self._drip(body)
            else:
                self.wfile.write(body)

    def _drip(self, data):
        for byte in data:
            self.wfile.write(bytes([byte]))
            time.sleep(0.02)
