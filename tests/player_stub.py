"""A server as a web player sees it, with the faults that a network has, and boxes that die."""

import hashlib
import io
import json
import threading
import time
from collections import Counter
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psutil
from PIL import Image
from playwright.sync_api import Error

from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import manifest, player_files, programme, proofs
from odoo.addons.yangguang_led.lib.rotation import Rotation
from odoo.addons.yangguang_led.lib.timetable import Timetable

WIDTH, HEIGHT = 64, 32
CODE = "427519"
RED, BLUE, GREEN, BLACK = (255, 0, 0), (0, 0, 255), (0, 128, 0), (0, 0, 0)
# the ground of the page that needs nothing
SAFE = (11, 61, 46)

# How the box's own clocks go: so many times faster, and so many milliseconds ahead. A pause of the
# machine counts for 14 s at most, as it does where time is not fast. When the player starts itself
# anew the time goes on: `running()` is how long the box has been on.
CLOCKS = """
(() => {
    if (location.protocol === "about:") return;
    const [factor, ahead] = [%s, %s];
    const steady = performance.now.bind(performance);
    const [timeout, interval] = [setTimeout, setInterval];
    const kept = sessionStorage.getItem("clock");
    const [on, before] = kept ? JSON.parse(kept) : [Date.now(), 0];
    let [passed, last] = [0, steady()];
    performance.now = () => {
        const now = steady();
        passed += Math.min((now - last) * factor, 14000);
        last = now;
        return passed;
    };
    window.running = () => before + performance.now();
    Date.now = () => on + ahead + window.running();
    addEventListener("pagehide", () => {
        sessionStorage.setItem("clock", JSON.stringify([on, window.running()]));
    });
    window.setTimeout = (call, wait, ...rest) => timeout(call, wait / factor, ...rest);
    window.setInterval = (call, wait, ...rest) => interval(call, wait / factor, ...rest);
})();
"""
# a film, as the browser records it
FILM = """
async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [64, 32];
    const context = canvas.getContext("2d");
    const recorder = new MediaRecorder(canvas.captureStream(20), { mimeType: "video/webm" });
    const parts = [];
    recorder.ondataavailable = (event) => parts.push(event.data);
    const stopped = new Promise((resolve) => (recorder.onstop = resolve));
    recorder.start();
    for (let frame = 0; frame < 40; frame++) {
        context.fillStyle = frame % 2 ? "#ff00ff" : "#f800f8";
        context.fillRect(0, 0, 64, 32);
        await new Promise((resolve) => setTimeout(resolve, 50));
    }
    recorder.stop();
    await stopped;
    return [...new Uint8Array(await new Blob(parts).arrayBuffer())];
}
"""


def picture(colour, size=(WIDTH, HEIGHT)):
    buffer = io.BytesIO()
    Image.new("RGB", size, colour).save(buffer, "PNG")
    return buffer.getvalue()


class Stub:
    """Serves one player. Attributes are turned by tests while it runs."""

    def __init__(self):
        self.shift = timedelta()
        self.token = None
        self.is_paired = True
        self.is_revoked = False
        self.private, self.public = manifest.new_key()
        self.files = {}
        self.serial = 0
        self.envelope = None
        # what a man in the middle makes of a file
        self.alter = lambda digest, content: content
        self.lose_acknowledgements = 0
        self.heartbeats = []
        self.alarms = {}
        # what was counted, and what the server would not believe
        self.rows = {}
        self.counted = Counter()
        self.refused = []
        self.known = {}
        self.paired_on = None
        self.messages = Counter()
        self.shot_wanted = False
        self.shots = []
        self._http = None

    def now(self):
        return datetime.now(SHANGHAI) + self.shift

    def page(self, content, seconds=5, mimetype="image/png"):
        digest = hashlib.sha256(content).hexdigest()
        self.files[digest] = content
        return programme.page_entry(digest, len(content), seconds, "", mimetype)

    def publish(self, *pages, opens=0, closes=24 * 60, filler=None, **entry):
        """A new programme with one publication a page, in turn; gives its manifest."""
        self.serial += 1
        entries = {
            f"P{number}": programme.entry(
                programme.PUBLICATION, f"P{number}", [page], publication=f"P{number}", **entry
            )
            for number, page in enumerate(pages)
        }
        content = programme.build(
            {"code": "S1", "width": str(WIDTH), "height": str(HEIGHT), "colours": "full"},
            Timetable(opens, closes),
            entries,
            [(0, Rotation(tuple((key, False) for key in entries), 0, 0))],
            [self.page(filler or picture("green"))],
        )
        self.known[self.serial] = proofs.publications(content)
        return self.issue(content)

    def issue(self, content, private=None):
        midnight = self.now().replace(hour=0, minute=0, second=0, microsecond=0)
        signed = manifest.make(content, self.serial, midnight)
        self.envelope = {
            "manifest": signed.decode(),
            "signature": manifest.sign(signed, private or self.private),
            "tag": f"{self.serial}-{hashlib.sha256(signed).hexdigest()[:8]}",
        }
        return self.envelope

    def seconds(self):
        """Seconds that were counted, by publication."""
        total = Counter()
        for row in self.rows.values():
            total[row.publication] += row.seconds
        return total

    # the network

    def start(self, port=0):
        stub = self

        class Handler(BaseHTTPRequestHandler):
            # no connection outlives its answer: a cut is a cut
            protocol_version = "HTTP/1.0"

            def do_GET(self):
                stub.answer(self, b"")

            def do_POST(self):
                stub.answer(self, self.rfile.read(int(self.headers["Content-Length"])))

            def log_message(self, *arguments):
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", port), Handler)
        self._http.daemon_threads = True
        threading.Thread(target=self._http.serve_forever, daemon=True).start()
        self.port = self._http.server_port
        return f"http://127.0.0.1:{self.port}"

    def stop(self):
        if self._http:
            self._http.shutdown()
            self._http.server_close()
            self._http = None

    @contextmanager
    def cut(self):
        """Nothing answers for the length of the block."""
        self.stop()
        try:
            yield
        finally:
            self.start(self.port)

    def answer(self, handler, body):
        path = handler.path.split("?")[0]
        if path.startswith("/led/player"):
            content, headers = player_files.get(path)
            _send(handler, 200, content, headers)
            return
        name, _slash, digest = path.removeprefix("/led/v1/").partition("/")
        if name != "pairing" and self.is_revoked:
            _send(handler, 401, json.dumps({"error": "revoked"}).encode())
        elif name == "file":
            _send(handler, 200, self.alter(digest, self.files[digest]), {})
        elif name == "screenshot":
            self.shots.append(body)
            self.shot_wanted = False
            _send(handler, 200, b"{}")
        else:
            self.messages[name] += 1
            message = json.loads(body) if body else None
            value = getattr(self, f"_{name}")(handler, message)
            if value is not None:
                _send(handler, 200, json.dumps(value).encode())

    def _milliseconds(self):
        return round(self.now().timestamp() * 1000)

    def _pairing(self, handler, message):
        if "Authorization" not in handler.headers:
            self.token = f"token{time.monotonic_ns()}"
            return {"code": CODE, "token": self.token}
        if not self.is_paired:
            return {"state": "waiting"}
        self.is_revoked = False
        self.paired_on = self.now()
        return {
            "state": "paired",
            "screen": "S1",
            "key": self.public,
            "time": self._milliseconds(),
        }

    def _manifest(self, handler, message):
        return self.envelope

    def _heartbeat(self, handler, message):
        assert handler.headers["Authorization"] == f"Bearer {self.token}"
        self.heartbeats.append(message)
        for alarm in message["alarms"]:
            self.alarms[alarm["number"]] = alarm
        return {
            "time": self._milliseconds(),
            "serial": self.serial,
            "manifest": self.envelope and self.envelope["tag"],
            "screenshot": self.shot_wanted,
            "paused": False,
        }

    def _proofs(self, handler, message):
        claims = proofs.parse(message["rows"])
        new = [claim for claim in claims if claim.sequence not in self.rows]
        good, bad = proofs.examine(new, self.known, self.counted, self.paired_on, self.now())
        self.refused += bad
        for claim in good:
            self.rows[claim.sequence] = claim
            self.counted[claim.hour] += claim.seconds
        if self.lose_acknowledgements:
            self.lose_acknowledgements -= 1
            handler.close_connection = True
            handler.connection.close()
            return None
        return {"acknowledged": max(self.rows)}


def _send(handler, status, body, headers=None):
    handler.send_response(status)
    handler.send_header("Content-Length", str(len(body)))
    for name, value in (headers or {"Content-Type": "application/json"}).items():
        handler.send_header(name, value)
    handler.end_headers()
    # a box may have lost its power, or its patience
    with suppress(ConnectionError):
        handler.wfile.write(body)


class Box:
    """A box with a browser and a disk: it may lose its power and is switched on again."""

    def __init__(self, browser_type, options, disk, url):
        self.browser_type = browser_type
        self.options = options
        self.disk = disk
        self.url = f"{url}/led/player"
        self.context = self.page = None

    def start(self, factor=1, ahead=timedelta()):
        """Switches it on and opens the player; its clocks go `factor` times too fast and are
        `ahead`."""
        page = self.switch_on(factor, ahead)
        page.goto(self.url)
        return page

    def switch_on(self, factor=1, ahead=timedelta()):
        self.context = self.browser_type.launch_persistent_context(
            self.disk, **self.options, viewport={"width": 640, "height": 320}
        )
        self.context.add_init_script(CLOCKS % (factor, ahead.total_seconds() * 1000))
        self.page = self.context.pages[0]
        return self.page

    def kill(self):
        """Takes the power away."""
        mark = f"--user-data-dir={self.disk}"
        ours = [one for one in psutil.process_iter() if mark in _arguments(one)]
        assert ours
        for process in ours:
            process.kill()
        psutil.wait_procs(ours)
        self.close()

    def close(self):
        if self.context:
            try:
                self.context.close()
            except Error:
                # it is dead already
                assert not self.context.pages or self.page.is_closed()
            self.context = self.page = None

    def colour(self):
        """The colour in the middle of the canvas, as (r, g, b)."""
        return tuple(
            self.page.evaluate(
                "() => { const stage = document.getElementById('stage');"
                " return [...stage.getContext('2d').getImageData("
                "stage.width / 4, stage.height / 8, 1, 1).data].slice(0, 3); }"
            )
        )

    def wait(self, condition, seconds=30, what=""):
        """Until `condition()` holds; the browser goes on meanwhile."""
        deadline = time.monotonic() + seconds
        while not condition():
            assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
            self.page.wait_for_timeout(50)

    def wait_for_colour(self, *colours, seconds=30):
        self.wait(lambda: self.colour() in colours, seconds, f"{colours}")


def _arguments(process):
    try:
        return process.cmdline()
    except psutil.Error:
        return []
