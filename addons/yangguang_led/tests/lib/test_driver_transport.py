"""Lines to devices: every trouble is a sentence, in time, and leaves nothing open."""

import contextlib
import os
import pty
import socket
import threading
import time

import pytest

from odoo.addons.yangguang_led.lib.drivers import transport
from odoo.addons.yangguang_led.lib.drivers.base import DeviceError
from odoo.addons.yangguang_led.simulators import serving


def trouble(url, words, retryable=True, timeout=0.2, use=lambda line: None):
    """What goes wrong with a line is said so, and no descriptor stays open."""
    before = set(os.listdir("/proc/self/fd"))
    with (
        pytest.raises(DeviceError, match=words) as raised,
        # as fast as a network, so that nothing waits for bytes to pass a slow line
        transport.opened(url, timeout, baudrate=10**9) as line,
    ):
        use(line)
    assert raised.value.answer.retryable == retryable
    del raised
    # what listdir itself has open has another number each time
    assert len(set(os.listdir("/proc/self/fd")) - before) <= 1


@contextlib.contextmanager
def listening(backlog=5):
    with socket.create_server(("127.0.0.1", 0), backlog=backlog) as server:
        yield server, f"socket://127.0.0.1:{server.getsockname()[1]}"


def test_a_refused_connection():
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
    trouble(f"socket://127.0.0.1:{port}", "拒绝连接")
    trouble(f"rfc2217://127.0.0.1:{port}", "打不开")


def test_a_connection_that_never_comes():
    with listening(backlog=0) as (server, url), socket.create_connection(server.getsockname()):
        started = time.monotonic()
        trouble(url, "超时")
        assert time.monotonic() - started < 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "relative",
        "/etc/passwd",
        "/dev/../etc/passwd",
        "spy:///dev/ttyS0?file=trace",
        "hwgrep://.*",
        "socket://host",
        "socket://user@host:1",
        "socket://host:1?logging=debug",
        "http://host:80",
        "socket://127.0.0.1:99999",
        "rfc2217://127.0.0.1:99999",
    ],
)
def test_an_address_that_is_none(url):
    trouble(url, "写得不对", retryable=False)


def test_a_host_without_address():
    trouble("socket://no-such-host.invalid:5005", "找不到主机|连不上")


def test_a_port_that_is_not_there():
    trouble("/dev/ttyNOSUCH7", "没有串口")


def test_a_port_that_another_program_uses():
    master, slave = pty.openpty()
    path = os.ttyname(slave)
    with transport.opened(path, 0.2):
        # the same port by another name is like another program
        trouble(path.replace("/dev/", "/dev//"), "占用")
        trouble(path, "正忙")
    with transport.opened(path, 0.2) as line:
        line.write(b"free again", 1)
    os.close(master)
    os.close(slave)


def hangs_up(server):
    def serve():
        with contextlib.suppress(OSError):
            server.accept()[0].close()

    threading.Thread(target=serve, daemon=True).start()


def test_a_line_that_is_closed_while_waiting():
    with listening() as (server, url):
        hangs_up(server)
        trouble(url, "线路中断", use=lambda line: line.read(time.monotonic() + 2))


def test_a_line_that_takes_nothing():
    with listening() as (_server, url):
        trouble(url, "线路中断", use=lambda line: line.write(bytes(1 << 24), 0.2))


def test_a_device_that_never_stops_sending():
    def chatter(wire):
        for _time in range(2000):
            wire.send(b"x" * 4096)

    with (
        serving.tcp(chatter) as port,
        transport.opened(f"socket://127.0.0.1:{port}", 0.2) as line,
    ):
        line.drop_stale()
        assert 0 < len(line.read(time.monotonic() + 1)) <= transport.MOST_AT_ONCE


def test_the_next_one_waits_for_its_turn():
    with listening() as (_server, url):
        order = []

        def second():
            with transport.opened(url, 2):
                order.append("second")

        with transport.opened(url, 2):
            thread = threading.Thread(target=second)
            thread.start()
            time.sleep(0.05)
            order.append("first")
        thread.join()
        assert order == ["first", "second"]


def test_an_echo():
    with transport.opened("loop://", 0.2) as line:
        line.write(b"abc", 1)
        assert line.read(time.monotonic() + 1) == b"abc"
        line.write(b"stale", 1)
        line.drop_stale()
        assert line.read(time.monotonic() + 0.05) == b""
