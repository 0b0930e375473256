"""Colorlight's processors: published bytes; nothing is ever confirmed."""

import time
from datetime import UTC, datetime

import pytest

from odoo.addons.yangguang_led.lib.drivers import colorlight_ctl as driver
from odoo.addons.yangguang_led.lib.drivers.base import SENT, Show
from odoo.addons.yangguang_led.lib.drivers.colorlight_ctl import ColorlightCtl
from odoo.addons.yangguang_led.simulators.colorlight import Colorlight


@pytest.mark.parametrize(
    ("published", "frame"),
    [
        (
            "50 10 00 13 00 00 00 FF FF 02 00 00 00 00 00 00 00 88 13",
            driver.brightness("v", 50),
        ),
        ("10 10 00 12 00 00 00 FF FF 02 00 00 00 00 00 00 00 01", driver.black("v", True)),
        (
            "21 00 14 00 00 00 FF FF 00 00 00 00 00 00 00 00 00 00 48 42",
            driver.brightness("z", 50),
        ),
        ("11 00 11 00 00 00 FF FF 00 00 00 00 00 00 00 00 00", driver.black("z", True)),
    ],
    ids=["C1", "C2", "C3", "C4"],
)
def test_the_published_bytes(published, frame):
    assert frame == bytes.fromhex(published)


def until(condition):
    deadline = time.monotonic() + 5
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()


@pytest.mark.parametrize("protocol", ["v", "z"])
def test_what_is_sent_arrives(protocol):
    device = Colorlight(protocol)
    with device.serve_tcp() as url:
        control = ColorlightCtl(url, {"protocol": protocol})
        assert control.probe() == (SENT, None)
        assert control.set_brightness(30) == SENT
        until(lambda: device.brightness == 30)
        assert control.set_power(False) == SENT
        until(lambda: device.black)
        assert control.set_power(True) == SENT
        until(lambda: not device.black)
        until(lambda: device.kept_alive == 4)
        assert device.wrong == 0


def test_what_it_cannot_do_is_said():
    control = ColorlightCtl("socket://127.0.0.1:1")
    assert control.probe()[0].retryable
    for answer in (
        control.play(Show("0" * 64, 1, 1, ())),
        control.set_clock(datetime.now(UTC)),
        control.screenshot()[0],
    ):
        assert (answer.state, answer.retryable) == ("failed", False)


@pytest.mark.parametrize("options", [{"protocol": "x"}, {"device": -1}])
def test_options_that_mean_nothing_are_refused(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        ColorlightCtl("socket://127.0.0.1:1", options)
