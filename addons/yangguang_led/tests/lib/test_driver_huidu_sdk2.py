"""Huidu's full-colour cards: published bytes, a card, and cards that mean harm."""

import hashlib
import io
import socket
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED, DeviceError, Page, Show
from odoo.addons.yangguang_led.lib.drivers.huidu_sdk2 import HuiduSdk2, packet, sdk
from odoo.addons.yangguang_led.simulators.huidu import Huidu


def picture(colour, size=(64, 32)):
    target = io.BytesIO()
    Image.new("RGB", size, colour).save(target, "PNG")
    return target.getvalue()


def show(digest, *colours):
    pages = tuple(Page(8.5, picture=picture(colour)) for colour in colours)
    return Show(digest * 64, 64, 32, pages)


OLD, NEW = show("a", "red"), show("b", "green", "blue", "green")


def colours(card):
    return [image.getpixel((0, 0)) for image in card.pictures()]


RED, GREEN, BLUE = (255, 0, 0), (0, 128, 0), (0, 0, 255)


def test_the_published_bytes():
    md5 = hashlib.md5(b"hello", usedforsecurity=False).hexdigest()
    parts = list(packet.xml(bytes(10_000)))
    assert [part[:12] for part in parts] == [
        bytes.fromhex("00 24 03 20 10 27 00 00 00 00 00 00"),
        bytes.fromhex("28 03 03 20 10 27 00 00 F4 23 00 00"),
    ]
    assert [len(part) - 12 for part in parts] == [9204, 796]
    for published, made in (
        ("08 00 01 20 05 00 00 01", packet.version(0x01000005)),
        ("04 00 5F 00", packet.packet(packet.HEARTBEAT)),
        ("9A 00 03 20 8E 00 00 00 00 00 00 00", next(packet.xml(bytes(142)))[:12]),
        (
            "35 00 01 80 35 64 34 31 34 30 32 61 62 63 34 62 32 61 37 36 62 39 37 31 39 64 39 31 "
            "31 30 31 37 63 35 39 32 00 05 00 00 00 00 00 00 00 00 00 61 2E 70 6E 67 00",
            packet.file_start(md5, 5, packet.IMAGE, "a.png"),
        ),
        ("09 00 03 80 68 65 6C 6C 6F", packet.packet(packet.FILE_DATA, b"hello")),
        ("04 00 05 80", packet.packet(packet.FILE_END)),
    ):
        assert made == bytes.fromhex(published)


@given(
    st.lists(st.tuples(st.integers(0, 0xFFFF), st.binary(max_size=99)), max_size=5),
    st.integers(1, 9),
)
def test_packets_arrive_in_any_pieces(many, size):
    stream, packets = b"".join(packet.packet(*one) for one in many), packet.Packets()
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert [one for piece in pieces for one in packets.feed(piece)] == many


@given(st.binary(max_size=30_000))
def test_an_answer_in_parts_is_whole_again(document):
    answer = packet.Answer()
    payloads = [part[packet.HEAD.size :] for part in packet.xml(document)]
    whole = [answer.add(payload) for payload in payloads]
    assert whole == [*[None] * (len(payloads) - 1), *([document] if document else [])]


@given(st.binary(max_size=200))
def test_whatever_arrives_is_read_or_refused(data):
    for read in (lambda some: list(packet.Packets().feed(some)), packet.Answer().add, sdk.parse):
        try:
            read(data)
        except packet.PacketError:
            continue


@pytest.mark.parametrize("total", [packet.MOST_XML + 1, 0xFFFFFFFF])
def test_an_answer_beyond_reason_is_refused_at_its_first_part(total):
    with pytest.raises(packet.PacketError):
        packet.Answer().add(packet.XML_HEAD.pack(total, 0) + b"<sdk>")


def test_a_request_is_the_documented_one():
    assert sdk.request("G", "OpenScreen") == (
        b'<?xml version="1.0" encoding="utf-8"?><sdk guid="G"><in method="OpenScreen" /></sdk>'
    )


def test_a_show_takes_the_place_of_the_one_before():
    card = Huidu(64, 32)
    with card.serve_tcp() as url:
        driver = HuiduSdk2(url)
        assert driver.play(OLD) == CONFIRMED
        assert colours(card) == [RED]
        assert driver.play(NEW) == CONFIRMED
        assert colours(card) == [GREEN, BLUE, GREEN]
        assert card.seconds() == [8.5] * 3
        sent = card.received_file_bytes
        card.methods.clear()
        assert driver.sync(NEW) == CONFIRMED
        assert "AddProgram" not in card.methods
        assert driver.play(OLD) == CONFIRMED
        # what was there was not sent again
        assert card.received_file_bytes == sent
        assert driver.clear() == CONFIRMED
        assert colours(card) == []


def test_settings_arrive():
    card = Huidu(64, 32)
    with card.serve_tcp() as url:
        driver = HuiduSdk2(url)
        assert driver.set_brightness(0) == CONFIRMED
        assert card.brightness == "1"
        assert driver.set_brightness(40) == CONFIRMED
        assert driver.set_clock(datetime(2026, 3, 31, 16, 5, 9, tzinfo=UTC)) == CONFIRMED
        assert card.time == "2026-04-01 00:05:09"
        assert driver.set_power(False) == CONFIRMED
        answer, status = driver.probe()
        assert answer == CONFIRMED
        assert (status.brightness, status.powered, status.width) == (40, False, 64)
        assert status.clock == datetime(2026, 3, 31, 16, 5, 9, tzinfo=UTC)
        assert status.identity == card.identity
        assert driver.set_power(True) == CONFIRMED
        assert card.on


def test_video_takes_its_page():
    card = Huidu(64, 32)
    with card.serve_tcp() as url:
        page = Page(10, picture=picture("red"), video=b"not really a film" * 1000)
        assert HuiduSdk2(url).play(Show("c" * 64, 64, 32, (page,))) == CONFIRMED
        (name,) = card.program.xpath(".//video/file/@name")
        assert card.files[name] == page.video


def test_a_broken_upload_leaves_the_old_show_and_goes_on_where_it_stopped():
    card = Huidu(64, 32)
    film = bytes(range(256)) * 400
    with card.serve_tcp() as url:
        driver = HuiduSdk2(url)
        assert driver.play(OLD) == CONFIRMED
        card.faults.hang_up_after, card.received_file_bytes = 24_000, 0
        new = Show("c" * 64, 64, 32, (Page(10, video=film),))
        answer = driver.play(new)
        assert (answer.state, answer.retryable) == ("failed", True)
        assert colours(card) == [RED]
        assert driver.play(new) == CONFIRMED
        assert card.received_file_bytes == len(film)


@pytest.mark.parametrize("fault", ["long_version", "chatty", "split"])
def test_an_odd_card_is_driven(fault):
    card = Huidu(64, 32)
    setattr(card.faults, fault, True)
    with card.serve_tcp() as url:
        assert HuiduSdk2(url).play(OLD) == CONFIRMED
        assert colours(card) == [RED]


@pytest.mark.parametrize(
    ("faults", "retryable"),
    [
        ({"silent": True}, True),
        ({"bomb": True}, True),
        ({"result": "kDownloadingFile"}, True),
        ({"result": "kFileNotFound"}, False),
        ({"raw": b"\x06\x00\x00\x20\x31\x00"}, False),
        ({"raw": b"\xff\xff\x04\x20" + b"x" * 99}, True),
        ({"raw": b"\x0c\x00\x04\x20\xff\xff\xff\xff\x00\x00\x00\x00"}, True),
        ({"raw": b"\x0c\x00\x04\x20\x10\x00\x00\x00\x09\x00\x00\x00"}, True),
        ({"raw": b"\x00\x00\x00\x00"}, True),
        ({"raw": b"\x04\x00\x60\x00" * 100_000}, True),
    ],
)
def test_a_card_that_means_harm_is_left_in_time(faults, retryable):
    card = Huidu(64, 32)
    vars(card.faults).update(faults)
    with card.serve_tcp() as url:
        answer = HuiduSdk2(url, timeout=0.5).play(OLD)
        assert (answer.state, answer.retryable) == ("failed", retryable)


def test_a_card_that_calls_is_driven_over_its_call():
    card = Huidu(64, 32)
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        card.calling(server.getsockname()[1]),
        server.accept()[0] as connection,
    ):
        driver = HuiduSdk2.accepted(connection, "来电")
        assert driver.probe()[1].identity == card.identity
        assert driver.play(OLD) == CONFIRMED
        assert driver.beat() == CONFIRMED
        assert driver.sync(NEW) == CONFIRMED
        assert colours(card) == [GREEN, BLUE, GREEN]


def test_a_stranger_that_calls_is_refused():
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname()) as stranger,
        server.accept()[0] as connection,
    ):
        stranger.sendall(b"GET / HTTP/1.1\r\n\r\n")
        with pytest.raises(DeviceError, match="看不懂"):
            HuiduSdk2.accepted(connection, "来电", timeout=0.2)


def test_a_page_without_picture_is_refused_before_anything_is_sent():
    answer = HuiduSdk2("socket://127.0.0.1:1").play(Show("c" * 64, 64, 32, (Page(5, "甲"),)))
    assert "第1页没有图片" in answer.reason
    assert not answer.retryable
