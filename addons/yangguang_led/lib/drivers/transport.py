"""Byte lines to control cards: serial ports, serial servers and plain TCP, by pyserial's URLs.

A line raises DeviceError with a sentence for whatever happens to it, never waits longer than it was
told, and leaves no socket behind. `socket://` is spoken by an own class: pyserial's waits five
seconds for a connection whatever it was told, sleeps at every close, keeps the socket when the
other side has hung up, and reads for ever at opening from a device that never stops sending.
"""

import contextlib
import errno
import re
import socket
import threading
import time
import weakref
from abc import ABC, abstractmethod
from collections.abc import Iterator
from urllib.parse import urlsplit

import serial

from .base import DeviceError

# what is thrown away at most when stale bytes are dropped, and read at most in one go
MOST_AT_ONCE = 4096
# other handlers of pyserial write files (spy://) or search hardware
ALLOWED = re.compile(
    r"(/dev/(?!.*\.\.)[\w./-]+|COM\d{1,3}|(socket|rfc2217)://[^/?#@]+:\d{1,5}|loop://)"
)

_guard = threading.Lock()
_locks: weakref.WeakValueDictionary = weakref.WeakValueDictionary()


class Line(ABC):
    """An open line. `baudrate` is the speed behind it, also behind a serial server."""

    def __init__(self, place: str, baudrate: int):
        self.place = place
        self.baudrate = baudrate

    def seconds_for(self, size: int) -> float:
        """How long `size` bytes are on the wire: ten bits a byte."""
        return 10 * size / self.baudrate

    def write(self, data: bytes, timeout: float) -> None:
        """Send everything within `timeout` s and the time the bytes take on the wire."""
        try:
            self._write(data, timeout + self.seconds_for(len(data)))
        except (OSError, serial.SerialException) as error:
            raise DeviceError(f"向控制卡（{self.place}）发送时线路中断。") from error

    def read(self, deadline: float) -> bytes:
        """What has come, at least one byte; b"" when nothing comes until `deadline` (monotonic)."""
        left = deadline - time.monotonic()
        if left <= 0:
            return b""
        try:
            return self._read(left)
        except (OSError, serial.SerialException) as error:
            raise DeviceError(f"等控制卡（{self.place}）回答时线路中断。") from error

    def drop_stale(self) -> None:
        """Forget what has come unasked; a bounded amount of it."""
        try:
            self._drop_stale()
        except (OSError, serial.SerialException) as error:
            raise DeviceError(f"与控制卡（{self.place}）的线路中断。") from error

    @abstractmethod
    def close(self) -> None:
        """Give the line back; never raises."""

    @abstractmethod
    def _write(self, data, timeout): ...

    @abstractmethod
    def _read(self, timeout): ...

    @abstractmethod
    def _drop_stale(self): ...


class SocketLine(Line):
    """A line over a connected TCP socket, our own call or one that a device made."""

    def __init__(self, place: str, baudrate: int, connection: socket.socket):
        super().__init__(place, baudrate)
        self._socket = connection
        # an acknowledgement waits for each small frame
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def close(self):
        self._socket.close()

    def _write(self, data, timeout):
        self._socket.settimeout(timeout)
        self._socket.sendall(data)

    def _read(self, timeout):
        self._socket.settimeout(timeout)
        try:
            data = self._socket.recv(MOST_AT_ONCE)
        except TimeoutError:
            return b""
        if not data:
            raise ConnectionResetError(errno.ECONNRESET, "closed by the device")
        return data

    def _drop_stale(self):
        self._socket.setblocking(False)
        with contextlib.suppress(BlockingIOError):
            self._socket.recv(MOST_AT_ONCE)


class SerialLine(Line):
    """A line over a pyserial port."""

    def __init__(self, place: str, baudrate: int, port: serial.SerialBase):
        super().__init__(place, baudrate)
        self._port = port

    def close(self):
        with contextlib.suppress(OSError, serial.SerialException):
            self._port.close()

    def _write(self, data, timeout):
        self._port.write_timeout = timeout
        self._port.write(data)

    def _read(self, timeout):
        self._port.timeout = timeout
        return self._port.read(1) + self._port.read(min(self._port.in_waiting, MOST_AT_ONCE))

    def _drop_stale(self):
        waiting = min(self._port.in_waiting, MOST_AT_ONCE)
        if waiting:
            self._port.timeout = 0
            self._port.read(waiting)


@contextlib.contextmanager
def opened(url: str, timeout: float, baudrate: int = 57600) -> Iterator[Line]:
    """The line at `url`, for one caller at a time: a second one waits `timeout` s.

    Raises DeviceError when it cannot be opened, with a sentence about why.
    """
    port = re.search(r"://.*:(\d+)", url)
    if not ALLOWED.fullmatch(url) or (port and int(port[1]) > 65535):
        raise DeviceError(
            f"设备地址“{url}”写得不对：要写串口（如/dev/ttyUSB0）或socket://主机:端口。", False
        )
    with _guard:
        lock = _locks.get(url) or _locks.setdefault(url, threading.Lock())
    if not lock.acquire(timeout=timeout):
        raise DeviceError(f"控制卡（{url}）的线路正忙，稍后再试。")
    try:
        line = _open(url, timeout, baudrate)
        try:
            yield line
        finally:
            line.close()
    finally:
        lock.release()


def connected(host: str, port: int, timeout: float) -> socket.socket:
    """A TCP connection to a device; raises DeviceError with a sentence."""
    place = f"{host}:{port}"
    try:
        return socket.create_connection((host, port), timeout=timeout)
    except ConnectionRefusedError as error:
        raise DeviceError(f"{place}拒绝连接：请检查设备的电源、地址和端口。") from error
    except TimeoutError as error:
        raise DeviceError(f"连接{place}超时：设备没有通电，或网络不通。") from error
    except socket.gaierror as error:
        raise DeviceError(f"找不到主机“{host}”：请检查设备地址。") from error
    except UnicodeError as error:
        raise DeviceError(f"设备地址“{place}”写得不对。", False) from error
    except OSError as error:
        raise DeviceError(f"连不上{place}：网络不通。") from error


def _open(url, timeout, baudrate):
    if url.startswith("socket://"):
        host, _colon, port = urlsplit(url).netloc.rpartition(":")
        return SocketLine(url, baudrate, connected(host.strip("[]"), int(port), timeout))
    options = {"baudrate": baudrate, "timeout": timeout}
    if url.startswith(("/dev/", "COM")):
        # another program on the same port would mix its bytes with ours
        options["exclusive"] = True
    try:
        return SerialLine(url, baudrate, serial.serial_for_url(url, **options))
    except (OSError, serial.SerialException, ValueError) as error:
        raise _serial_error(url, error) from error


def _serial_error(url, error):
    # pyserial wraps the system's error and keeps its number only sometimes
    number, text = getattr(error, "errno", None), str(error)
    if number == errno.ENOENT or "No such file" in text:
        return DeviceError(f"没有串口“{url}”：请检查转换器是否插好。")
    if number == errno.EACCES or "Permission denied" in text:
        return DeviceError(f"没有使用串口“{url}”的权限：请管理员设置。", False)
    if number in (errno.EBUSY, errno.EAGAIN) or "exclusively lock" in text:
        return DeviceError(f"串口“{url}”正被别的程序占用。")
    if isinstance(error, ValueError):
        return DeviceError(f"设备地址“{url}”或串口参数写得不对。", False)
    return DeviceError(f"打不开“{url}”：请检查设备和网络。")
