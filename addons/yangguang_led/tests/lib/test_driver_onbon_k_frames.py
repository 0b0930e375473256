"""The bytes of the K cards: published vectors both ways, and what holds for all bytes."""

from datetime import datetime

import pytest
from driver_vectors_onbon_k import (
    AREA_K7,
    AREA_K12,
    AREA_K13,
    PROGRAM_K11,
    SET_AT,
    VECTORS,
    wire,
)
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib.drivers.onbon_k import areas, commands, frame
from odoo.addons.yangguang_led.lib.drivers.onbon_k.areas import Area, Program
from odoo.addons.yangguang_led.lib.drivers.onbon_k.commands import Reply, Request
from odoo.addons.yangguang_led.lib.drivers.onbon_k.frame import Frame, FrameError

EACH = pytest.mark.parametrize("name", VECTORS)


@EACH
def test_what_is_meant_gives_the_published_bytes(name):
    assert VECTORS[name][1].encode() == wire(name)


@EACH
def test_the_published_bytes_give_what_was_meant(name):
    assert list(frame.Receiver().feed(wire(name))) == [VECTORS[name][1]]


def payload(name):
    return Request.decode(VECTORS[name][1].data).payload


@pytest.mark.parametrize(
    ("name", "pixels", "area"),
    [("K7", False, AREA_K7), ("K12", True, AREA_K12), ("K13", False, AREA_K13)],
)
def test_a_published_area_is_read(name, pixels, area):
    assert areas.read_dynamic(payload(name), pixels) == ([area], b"")


def test_the_other_published_payloads_are_read():
    assert areas.read_dynamic(payload("K4"), False) == ([], None)
    assert commands.read_clock(payload("K6")) == SET_AT
    assert Program.decode(payload("K11")[13:], pixels=False) == PROGRAM_K11
    assert Reply.decode(VECTORS["K18"][1].data) == Reply(commands.BUSY, refused=True)


def test_the_escape_alone_is_the_published_one():
    # K14
    assert frame.escape(b"\xa5\x5a") == bytes.fromhex("A6 02 5B 02")


def test_the_crc_is_the_catalogued_one():
    assert frame.crc16(b"123456789") == 0xBB3D


# bytes that have to do with escapes come often
hostile = st.binary(max_size=300) | st.lists(
    st.sampled_from(b"\xa5\xa6\x5a\x5b\x01\x02\x00"), max_size=60
).map(bytes)


@given(hostile)
def test_unescape_undoes_escape(body):
    escaped = frame.escape(body)
    assert frame.unescape(escaped) == body
    assert 0xA5 not in escaped and 0x5A not in escaped


@given(hostile)
def test_what_is_not_an_escape_is_refused(escaped):
    try:
        body = frame.unescape(escaped)
    except FrameError:
        return
    assert frame.escape(body) == escaped


@given(hostile)
def test_the_crc_of_a_message_with_its_crc_is_nil(message):
    assert frame.crc16(message + frame.crc16(message).to_bytes(2, "little")) == 0


@given(hostile)
def test_the_fast_crc_is_the_crc_by_the_book(message):
    register = 0
    for byte in message:
        register ^= byte
        for _bit in range(8):
            register = register >> 1 ^ (0xA001 if register & 1 else 0)
    assert frame.crc16(message) == register


words = st.integers(0, 0xFFFF)
octets = st.integers(0, 0xFF)
frames = st.builds(Frame, hostile, words, words, octets, octets)


@given(frames, hostile)
def test_a_frame_is_found_after_any_garbage(one, garbage):
    assert list(frame.Receiver().feed(garbage + one.encode()))[-1] == one


@given(st.lists(frames, max_size=3), st.integers(1, 7))
def test_frames_arrive_in_any_pieces(many, size):
    stream = b"".join(one.encode() for one in many)
    receiver = frame.Receiver()
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert [one for piece in pieces for one in receiver.feed(piece)] == many


def received_with_turned_bit(whole, position):
    turned = bytearray(whole)
    turned[position // 8] ^= 1 << position % 8
    # the edge of a next frame, in case the end is what was hit
    return list(frame.Receiver().feed(bytes(turned) + b"\xa5"))


@EACH
def test_a_turned_bit_never_gives_other_content(name):
    """Nothing, or, where one of the seven spare bytes of the lead is hit, what was sent."""
    sent, whole = VECTORS[name][1], wire(name)
    for position in range(8 * len(whole)):
        expected = [sent] if position < 8 * 7 else []
        assert received_with_turned_bit(whole, position) == expected, position


@given(hostile, st.data())
def test_a_turned_bit_never_gives_other_content_whatever_it_is(data, draw):
    sent = Frame(data)
    position = draw.draw(st.integers(0, 8 * len(sent.encode()) - 1))
    assert received_with_turned_bit(sent.encode(), position) in ([], [sent])


@given(hostile, st.integers(-16, 16).filter(bool))
def test_a_wrong_length_is_refused_whatever_the_crc_says(data, more):
    body = bytearray(frame.unescape(Frame(data).encode()[8:-1])[:-2])
    body[12:14] = ((len(data) + more) % 0x10000).to_bytes(2, "little")
    with pytest.raises(FrameError, match="length"):
        frame.decode(frame.escape(body + frame.crc16(body).to_bytes(2, "little")))


@given(st.lists(st.binary(max_size=3000), max_size=20))
def test_a_stream_without_end_takes_no_room(pieces):
    receiver = frame.Receiver(most=100)
    for piece in [b"\xa5", *pieces]:
        list(receiver.feed(piece))
        assert len(receiver._kept) <= 100


some_areas = st.builds(
    Area,
    x=st.integers(0, 0x7FFF),
    y=words,
    width=st.integers(0, 0x7FFF),
    height=words,
    text=hostile,
    number=octets,
    spacing=octets,
    run_mode=st.integers(0, 5),
    limit=words,
    alignment=octets,
    multiline=st.booleans(),
    wraps=st.booleans(),
    effect=st.integers(1, 6),
    speed=st.integers(0, 24),
    stay=octets,
)


@given(st.lists(some_areas, max_size=3), st.none() | st.binary(max_size=9), st.booleans())
def test_dynamic_areas_are_read_as_they_were_written(many, delete, pixels):
    written = areas.dynamic(many, pixels, delete)
    assert areas.read_dynamic(written, pixels) == (many, delete)


programs = st.builds(
    Program,
    st.integers(0, 999).map(lambda number: f"P{number:03}".encode()),
    st.lists(some_areas, max_size=3).map(tuple),
    seconds=words,
    repeats=octets,
)


@given(programs, st.booleans())
def test_a_program_is_read_as_it_was_written(program, pixels):
    assert Program.decode(program.encode(pixels), pixels) == program


@given(hostile)
def test_whatever_arrives_is_read_or_refused(data):
    with_crc = data + frame.crc16(data).to_bytes(2, "little")
    for read, some in (
        (frame.decode, data),
        (Request.decode, data),
        (Reply.decode, data),
        (commands.CardStatus.decode, data),
        (commands.read_clock, data[:8]),
        (lambda payload: areas.read_dynamic(payload, pixels=False), data),
        (lambda file: Program.decode(file, pixels=False), with_crc),
    ):
        try:
            read(some)
        except FrameError:
            continue


@given(st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31)))
def test_a_clock_is_read_as_it_was_set(moment):
    whole = moment.replace(microsecond=0)
    assert commands.read_clock(commands.clock(whole)) == whole
