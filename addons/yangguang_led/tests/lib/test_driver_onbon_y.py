"""Onbon's BX-Y cards: the published log-in, a card, and servers that mean harm."""

import io
import time
from datetime import UTC, datetime

import pytest
from lxml import etree
from PIL import Image

from odoo.addons.yangguang_led.lib.drivers import web
from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED, DeviceError, Page, Show
from odoo.addons.yangguang_led.lib.drivers.onbon_y import OnbonY as Driver
from odoo.addons.yangguang_led.lib.drivers.onbon_y import session
from odoo.addons.yangguang_led.simulators.onbon_y import OnbonY as Card

OWN = {"password": "own-password"}
RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


def picture(colour):
    target = io.BytesIO()
    Image.new("RGB", (64, 32), colour).save(target, "PNG")
    return target.getvalue()


def show(digest, *colours):
    return Show(digest * 64, 64, 32, tuple(Page(8, picture=picture(name)) for name in colours))


OLD, NEW = show("a", "red"), show("b", "green", "blue", "green")


def colours(card):
    return [image.getpixel((0, 0)) for image in card.pictures()]


def test_the_published_log_in():
    # Y1
    assert (
        session.hashed_password("guest", "20180515184625583374")
        == "e1e10bbcd940ef4356e6d6f71cc6525c7924bab6"
    )


@pytest.mark.parametrize("password", ["", "guest"])
def test_the_factory_password_is_refused(password):
    card = Card(64, 32, password)
    with card.serve() as url:
        answer = Driver(url, {"password": password}).play(OLD)
        assert (answer.state, answer.retryable) == ("failed", False)
        assert "出厂密码" in answer.reason
        assert card.functions == []


def test_a_wrong_password_is_said():
    with Card(64, 32, "another").serve() as url:
        answer, status = Driver(url, OWN).probe()
        assert "密码不对" in answer.reason
        assert (answer.retryable, status) == (False, None)


def test_a_show_takes_the_place_of_the_one_before():
    card = Card(64, 32)
    with card.serve() as url:
        driver = Driver(url, OWN)
        assert driver.play(OLD) == CONFIRMED
        assert colours(card) == [RED]
        assert driver.play(NEW) == CONFIRMED
        assert colours(card) == [GREEN, BLUE, GREEN]
        # nothing of the old show is left
        assert picture("red") not in card.files.values()
        uploads = card.uploads
        assert driver.sync(NEW) == CONFIRMED
        assert card.uploads == uploads
        assert driver.probe()[1].playing == driver.name_of(NEW)
        assert driver.clear() == CONFIRMED
        assert colours(card) == []
        assert card.channels == set()


def test_settings_arrive_and_the_screen_is_seen():
    card = Card(64, 32)
    with card.serve() as url:
        driver = Driver(url, OWN)
        assert driver.set_brightness(40) == CONFIRMED
        assert card.brightness == 102
        assert driver.set_clock(datetime(2026, 3, 31, 16, 5, 9, tzinfo=UTC)) == CONFIRMED
        assert card.time == "2026-04-01 00:05:09"
        assert driver.play(OLD) == CONFIRMED
        answer, seen = driver.screenshot()
        assert answer == CONFIRMED
        assert Image.open(io.BytesIO(seen)).getpixel((5, 5)) == RED
        assert driver.set_power(False) == CONFIRMED
        assert not card.on


def test_video_takes_its_page():
    card = Card(64, 32)
    with card.serve() as url:
        film = b"not really a film"
        page = Page(10, picture=picture("red"), video=film)
        assert Driver(url, OWN).play(Show("c" * 64, 64, 32, (page,))) == CONFIRMED
        assert film in card.files.values()


@pytest.mark.parametrize("damage", ["", "_"], ids=["everything", "the playlist"])
def test_a_damaged_upload_leaves_the_old_show(damage):
    card = Card(64, 32)
    with card.serve() as url:
        driver = Driver(url, OWN)
        assert driver.play(OLD) == CONFIRMED
        card.faults.damage = damage
        answer = driver.play(NEW)
        assert (answer.state, answer.retryable) == ("failed", True)
        assert colours(card) == [RED]
        assert card.channels == set()
        card.faults.damage = None
        assert driver.play(NEW) == CONFIRMED


@pytest.mark.parametrize(
    ("function", "code", "retryable"),
    [("play", 30, False), ("moveFile", 24, False), ("checkPlayer", 11, True)],
)
def test_a_refusal_is_said(function, code, retryable):
    card = Card(64, 32)
    card.faults.errors = {function: code}
    with card.serve() as url:
        answer = Driver(url, OWN).play(OLD)
        assert f"错误{code}" in answer.reason
        assert (answer.state, answer.retryable) == ("failed", retryable)


@pytest.mark.parametrize(
    "faults",
    [
        {"raw": b"x" * (web.MOST_JSON + 1)},
        {"raw": b"[" * 100_000},
        {"raw": b"\xff\xfe"},
        {"raw": b"[]"},
        {"raw": b'{"remotefunction": []}'},
        {"raw": b'{"remotefunction": {"error": 7}}'},
        {"raw": b'{"remotefunction": {"output": {"sessionID": {}, "verificationcode": []}}}'},
        {"raw": b'{"remotefunction": {"output": {"sessionID": "../../etc/x"}}}'},
        {"raw": b"x" * 1000, "drip": True},
        {"headers_only": True},
    ],
)
def test_a_server_that_means_harm_is_left_in_time(faults):
    card = Card(64, 32)
    vars(card.faults).update(faults)
    with card.serve() as url:
        started = time.monotonic()
        answer = Driver(url, OWN, timeout=0.4).play(OLD)
        assert answer.state == "failed"
        assert time.monotonic() - started < 3


def test_a_redirect_is_not_followed():
    elsewhere, card = Card(64, 32), Card(64, 32)
    with elsewhere.serve() as away, card.serve() as url:
        card.faults.redirect = f"{away}/"
        answer = Driver(url, OWN).play(OLD)
        assert "错误302" in answer.reason
        assert elsewhere.functions == []


@pytest.mark.parametrize(
    ("faults", "words"),
    [({"never_captures": True}, "没有及时"), ({"capture": b"<html>"}, "不是图片")],
)
def test_a_capture_that_is_none(faults, words):
    card = Card(64, 32)
    vars(card.faults).update(faults)
    with card.serve() as url:
        answer, seen = Driver(url, OWN, timeout=0.5).screenshot()
        assert words in answer.reason
        assert seen is None


def test_a_long_answer_is_refused():
    card = Card(64, 32)
    card.faults.raw = b"x" * 11
    with card.serve() as url:
        site = web.Site(url, 1)
        headers, form = web.multipart("_a.xml", "_a.xml", b"")
        assert site.call("POST", "/upload", form, headers, most=11) == b"x" * 11
        with pytest.raises(DeviceError, match="太长"):
            site.call("POST", "/upload", form, headers, most=10)


@pytest.mark.parametrize(
    "address", ["", "host", "https://host", "http://", "http://host:x", "http://u:p@host"]
)
def test_an_address_that_is_none(address):
    with pytest.raises(DeviceError, match="设备地址"):
        web.Site(address, 1)


def test_a_page_without_picture_is_refused_before_anything_is_sent():
    answer = Driver("http://127.0.0.1:1", OWN).play(Show("c" * 64, 64, 32, (Page(5, "甲"),)))
    assert "第1页没有图片" in answer.reason
    assert not answer.retryable


def test_a_model_that_is_none_is_refused():
    with pytest.raises(ValueError, match="model"):
        Driver("http://127.0.0.1:1", {"model": "Y9"})


def test_more_pages_than_a_list_has_programmes():
    card = Card(64, 32)
    colours_in_turn = ["red", "green", "blue"] * 100
    with card.serve() as url:
        driver = Driver(url, OWN)
        assert driver.play(show("d", *colours_in_turn)) == CONFIRMED
        assert colours(card) == [RED, GREEN, BLUE] * 100
        playlist = etree.fromstring(card.files[card.playlist])
        assert [int(one.get("playTime")) for one in playlist] == [128 * 8, 128 * 8, 44 * 8]


def test_too_many_films_are_refused_before_anything_is_sent():
    card = Card(64, 32)
    pages = (Page(5, picture=picture("red")), Page(5, video=b"a film")) * 40
    with card.serve() as url:
        answer = Driver(url, OWN).play(Show("e" * 64, 64, 32, pages))
    assert (answer.state, answer.retryable) == ("failed", False)
    assert "录像" in answer.reason
    assert not card.files
