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
    """One connection seen from the device. `idle`: seconds the host let pass after each answer.

    With a `baud` it is a pseudo-terminal, which knows no end: `stopped` is its end.
    """

    def __init__(
        self,
        descriptor: int,
        baud: int | None = None,
        stopped: threading.Event | None = None,
    ):
        self._descriptor = descriptor
        self._baud = baud
        self._stopped = stopped
        self._free_at = 0.0
        self._answered_at: float | None = None
        self.idle = 0.0
        self.received = 0

    def receive(self) -> bytes:
        """Some bytes, at the speed of the line; b"" when the host has hung up or all is over."""
        late = 0.0
        if self._baud is None:
            data = self._read(1 << 16)
        else:
            data, late = self._read_terminal()
        if self._answered_at is not None:
            self.idle += time.monotonic() - self._answered_at
            self._answered_at = None
        self.received += len(data)
        self._pass_time(len(data), late)
        return data

    def _read(self, size):
        try:
            return os.read(self._descriptor, size)
        except OSError:
            return b""

    def _read_terminal(self):
        """Some bytes, and how long ago they may have begun to come while we were busy."""
        late = LATE
        poll = select.poll()
        poll.register(self._descriptor, select.POLLIN)
        while not self._stopped.is_set():
            if poll.poll(0 if late else POLL * 1000) and (data := self._read(CHUNK)):
                return data, late
            late = 0.0
        return b"", late

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
    """A server on a port of its own (or `port`); every connection is handled in a thread.

    Nothing of it polls, so that thousands can stand idle side by side.
    """
    connections: dict[threading.Thread, socket.socket] = {}

    def talk(connection):
        with connection:
            connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            handle(Wire(connection.fileno()))
        connections.pop(threading.current_thread(), None)

    def accept():
        with contextlib.suppress(OSError):
            while True:
                connection = server.accept()[0]
                thread = threading.Thread(target=talk, args=[connection])
                connections[thread] = connection
                thread.start()

    with socket.create_server(("127.0.0.1", port)) as server:
        accepting = threading.Thread(target=accept)
        accepting.start()
        try:
            yield server.getsockname()[1]
        finally:
            # wakes the threads that wait
            server.shutdown(socket.SHUT_RDWR)
            accepting.join()
            for thread, connection in list(connections.items()):
                with contextlib.suppress(OSError):
                    connection.shutdown(socket.SHUT_RDWR)
                thread.join()


@contextlib.contextmanager
def terminal(handle: Callable[[Wire], None], baud: int = 57600) -> Iterator[str]:
    """A pseudo-terminal whose device side takes and gives one byte per 10/`baud` s."""
    stopped = threading.Event()
    master, slave = pty.openpty()
    tty.setraw(slave)
    thread = threading.Thread(target=lambda: handle(Wire(master, baud, stopped)))
    thread.start()
    try:
        yield os.ttyname(slave)
    finally:
        stopped.set()
        thread.join()
        os.close(master)
        os.close(slave)
