"""NovaStar's central control: published bytes, and a device with moods."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib.drivers import novastar_ctl as driver
from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED, Show
from odoo.addons.yangguang_led.lib.drivers.novastar_ctl import Message, NovastarCtl
from odoo.addons.yangguang_led.simulators.novastar import Novastar

VECTORS = {
    "N1": (
        "55 AA 00 00 FE FF 01 FF FF FF 01 00 01 00 00 02 01 00 00 55 5A",
        driver.to_all(driver.BRIGHTNESS, 0),
    ),
    "N2": (
        "55 AA 00 00 FE FF 01 FF FF FF 01 00 01 00 00 02 01 00 FF 54 5B",
        driver.to_all(driver.BRIGHTNESS, 255),
    ),
    "N3": (
        "55 AA 00 00 FE FF 01 FF FF FF 01 00 00 01 00 02 01 00 FF 54 5B",
        driver.to_all(driver.BLACK, 255),
    ),
    "N4": (
        "55 AA 00 00 FE FF 01 FF FF FF 01 00 02 01 00 02 01 00 FF 56 5B",
        driver.to_all(0x02000102, 255),
    ),
    "N5": (
        "55 AA 00 00 FE 00 00 00 00 00 00 00 02 00 00 00 02 00 57 56",
        Message(driver.MODEL, size=2, write=False),
    ),
    "N6": (
        "55 AA 00 00 FE 00 00 00 00 00 01 00 04 00 00 13 02 00 05 00 72 56",
        Message(driver.DISPLAY_MODE, b"\x05\x00"),
    ),
    "N7": (
        "AA 55 00 5D 00 FE 00 00 00 00 01 00 10 00 00 05 00 00 C6 56",
        Message(0x05000010, serial=0x5D, source=0, destination=0xFE, answer=True),
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_published_bytes_both_ways(name):
    published, message = VECTORS[name]
    wire = bytes.fromhex(published)
    assert message.encode() == wire
    assert driver.decode(wire, wire[:2]) == (message, len(wire))


@given(st.binary(max_size=200))
def test_whatever_arrives_is_dealt_with(data):
    message, done = driver.decode(data)
    assert message is not None or done <= len(data)
    assert message is not None or len(data) - done < driver.HEAD.size + driver.MOST_DATA + 2


@given(st.binary(max_size=60), st.binary(max_size=40))
def test_an_answer_is_found_behind_other_bytes(garbage, data):
    answer = Message(7, data, write=False, answer=True)
    wire = garbage.replace(b"\xaa", b"") + answer.encode()
    assert driver.decode(wire) == (answer, len(wire))


def test_a_length_beyond_reason_is_passed_over():
    false = replace(Message(7, bytes(1025), write=False, answer=True)).encode()
    assert driver.decode(false)[0] is None


def test_many_false_starts_are_passed_over():
    message, done = driver.decode((b"\xaa\x55" + bytes(14) + b"\xff\xff") * 5000)
    assert message is None
    assert done > 89_900


@pytest.mark.parametrize("kind", ["sender", "processor"])
def test_what_is_set_arrives(kind):
    device = Novastar()
    with device.serve_tcp() as url:
        control = NovastarCtl(url, {"kind": kind})
        answer, status = control.probe()
        assert (answer, status.model) == (CONFIRMED, "1107")
        assert control.set_brightness(50) == CONFIRMED
        assert device.brightness == 128
        assert control.set_power(False) == CONFIRMED
        assert device.black
        assert control.set_power(True) == CONFIRMED
        assert not device.black
        assert control.clear() == CONFIRMED
        assert device.black
        assert device.refused == 0


def test_what_it_cannot_do_is_said():
    control = NovastarCtl("socket://127.0.0.1:1")
    for answer in (
        control.play(Show("0" * 64, 1, 1, ())),
        control.set_clock(datetime.now(UTC)),
        control.screenshot()[0],
    ):
        assert (answer.state, answer.retryable) == ("failed", False)


@pytest.mark.parametrize(
    "faults",
    [
        {"wrong_sum": True},
        {"split": True},
        {"garbage": b"\xaa\x55\xaa\x00"},
        {"garbage": b"\xaa\x55" + b"\xff" * 30},
    ],
)
def test_an_odd_answer_is_an_answer(faults):
    device = Novastar()
    vars(device.faults).update(faults)
    with device.serve_tcp() as url:
        assert NovastarCtl(url).set_brightness(1) == CONFIRMED


@pytest.mark.parametrize(
    ("faults", "retryable"),
    [
        ({"silent": True}, True),
        ({"wrong_serial": True}, True),
        ({"endless": True}, True),
        ({"error": 2}, False),
    ],
)
def test_no_answer_is_said_in_time(faults, retryable):
    device = Novastar()
    vars(device.faults).update(faults)
    with device.serve_tcp() as url:
        answer = NovastarCtl(url, timeout=0.3).set_brightness(1)
        assert (answer.state, answer.retryable) == ("failed", retryable)
