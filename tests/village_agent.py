"""The agent's file run as a process, and what stands between it and the server."""

import contextlib
import http.client
import json
import os
import subprocess
import sys
import threading
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

# the status with which the program ends when starting again cannot help
STOPPED = 78


class Between:
    """The line from the village to the server. It hurries the agent on, is `cut`, loses so many
    answers, or is cut after the next answer that gives the agent something to do."""

    def __init__(self, base_url):
        self._place = urlsplit(base_url).netloc
        self.cut = self.cut_when_given = False
        self.lose = 0
        self.paths = Counter()
        self.errands = []

    @contextlib.contextmanager
    def serve(self):
        handler = type("Handler", (_Handler,), {"between": self})
        with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
            server.daemon_threads = True
            threading.Thread(target=server.serve_forever, args=[0.02]).start()
            try:
                yield f"http://127.0.0.1:{server.server_port}"
            finally:
                server.shutdown()

    def forward(self, handler, body):
        """The status, headers and body to answer with; None for no answer."""
        if self.cut:
            return None
        connection = http.client.HTTPConnection(self._place, timeout=60)
        headers = {name: value for name, value in handler.headers.items() if name != "Host"}
        connection.request(handler.command, handler.path, body, headers)
        answer = connection.getresponse()
        content, said = answer.read(), dict(answer.getheaders())
        connection.close()
        self.paths[handler.path] += 1
        given = json.loads(content).get("errands") if answer.status == 200 and body else None
        self.errands += given or []
        if given and self.cut_when_given:
            self.cut, self.cut_when_given = True, False
        elif self.lose:
            self.lose -= 1
            return None
        if int(said.get("Retry-After", 0)):
            said["Retry-After"] = "1"
        return answer.status, said, content


class _Handler(BaseHTTPRequestHandler):
    between: Between

    def do_GET(self):
        self._answer(None)

    def do_POST(self):
        self._answer(self.rfile.read(int(self.headers["Content-Length"])))

    def log_message(self, *_arguments):
        """Nobody reads it."""

    def _answer(self, body):
        answer = self.between.forward(self, body)
        if answer is None:
            self.connection.close()
            return
        status, headers, content = answer
        self.send_response_only(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()
        with contextlib.suppress(ConnectionError):
            self.wfile.write(content)


class Box:
    """A small computer with the agent's file on it. It may lose its power."""

    def __init__(self, directory, file, address, token, **settings):
        self.disk = directory / "disk"
        self.config = directory / "agent.conf"
        self.log = directory / "log"
        self._file = file
        lines = {"server": address, "token": token, **settings}
        self.config.write_text(
            "\n".join(["[agent]", *(f"{name} = {value}" for name, value in lines.items())])
        )
        self._process = None

    def start(self):
        with self.log.open("a") as log:
            self._process = subprocess.Popen(
                self._command(), env=self._environment(), stdout=log, stderr=log
            )

    def kill(self):
        """Takes the power away."""
        if self._process:
            self._process.kill()
            self._process.wait()

    def ended(self):
        """The status with which it ends by itself."""
        return self._process.wait(60)

    def check(self):
        """What --check prints, and its status."""
        done = subprocess.run(
            [*self._command(), "--check"],
            env=self._environment(),
            capture_output=True,
            text=True,
            timeout=60,
        )
        assert not done.stderr
        return done.stdout, done.returncode

    def kept(self):
        """What is on its disk."""
        return json.loads((self.disk / "state.json").read_text("utf-8"))

    def _command(self):
        # neither the checkout nor the installed Odoo is there to help
        return [sys.executable, "-P", str(self._file), str(self.config)]

    def _environment(self):
        return {"PATH": os.environ["PATH"], "STATE_DIRECTORY": str(self.disk)}


def wait(condition, what, seconds=90):
    """Until `condition()` holds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)
