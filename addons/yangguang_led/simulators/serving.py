"""How simulated devices are reached: over TCP or a pseudo-terminal that keeps the line's speed."""

import contextlib
import os
import pty
import select
import socket
import threading
import time
import tty
from collections.abc import Callable, Iterator

POLL = 0.02
CHUNK = 64
# how long a device may be busy while its line goes on taking bytes
LATE = 0.1


class Wire:
    """One connection seen from the device. `idle`: seconds the host let pass after each answer."""

    def __init__(self, descriptor: int, stopped: threading.Event, baud: int | None = None):
        self._descriptor = descriptor
        self._stopped = stopped
        self._baud = baud
        self._free_at = 0.0
        self._answered_at: float | None = None
        self.idle = 0.0
        self.received = 0

    def receive(self) -> bytes:
        """Some bytes, at the speed of the line; b"" when the host has hung up or all is over."""
        waited = False
        while not self._stopped.is_set():
            if not select.select([self._descriptor], [], [], POLL if waited else 0)[0]:
                waited = True
                continue
            try:
                data = os.read(self._descriptor, CHUNK if self._baud else 1 << 16)
            except OSError:
                # the other side of a pseudo-terminal is closed, or the connection was reset
                if self._baud is None:
                    return b""
                time.sleep(POLL)
                continue
            if self._answered_at is not None:
                self.idle += time.monotonic() - self._answered_at
                self._answered_at = None
            self.received += len(data)
            # what was there already came over the line while we were busy
            self._pass_time(len(data), 0 if waited else LATE)
            return data
        return b""

    def send(self, data: bytes, in_bytes: bool = False) -> None:
        """Answer, at the speed of the line; `in_bytes`: each byte by itself."""
        for piece in [data[i : i + 1] for i in range(len(data))] if in_bytes else [data]:
            self._pass_time(len(piece))
            with contextlib.suppress(OSError):
                _write_all(self._descriptor, piece)
        self._answered_at = time.monotonic()

    def _pass_time(self, size, late=0.0):
        if self._baud:
            begun = max(self._free_at, time.monotonic() - late)
            self._free_at = begun + 10 * size / self._baud
            time.sleep(max(0.0, self._free_at - time.monotonic()))


def _write_all(descriptor, data):
    while data:
        data = data[os.write(descriptor, data) :]


@contextlib.contextmanager
def tcp(handle: Callable[[Wire], None], port: int = 0) -> Iterator[int]:
    """A server on a port of its own (or `port`); every connection is handled in a thread."""
    stopped = threading.Event()
    threads: list[threading.Thread] = []

    def talk(connection):
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            handle(Wire(connection.fileno(), stopped))

    def accept():
        while not stopped.is_set():
            if select.select([server], [], [], POLL)[0]:
                threads.append(threading.Thread(target=talk, args=[server.accept()[0]]))
                threads[-1].start()

    with socket.create_server(("127.0.0.1", port)) as server:
        threads.append(threading.Thread(target=accept))
        threads[0].start()
        try:
            yield server.getsockname()[1]
        finally:
            stopped.set()
            for thread in threads:
                thread.join()


@contextlib.contextmanager
def terminal(handle: Callable[[Wire], None], baud: int = 57600) -> Iterator[str]:
    """A pseudo-terminal whose device side takes and gives one byte per 10/`baud` s."""
    stopped = threading.Event()
    master, slave = pty.openpty()
    tty.setraw(slave)
    thread = threading.Thread(target=lambda: handle(Wire(master, stopped, baud)))
    thread.start()
    try:
        yield os.ttyname(slave)
    finally:
        stopped.set()
        thread.join()
        os.close(master)
        os.close(slave)
