"""The driver of the K cards against a card of its own mind."""

import contextlib
import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, ImageFont

from odoo.addons.yangguang_cunwu.lib.pdf.fonts import default_font
from odoo.addons.yangguang_led.lib.drivers import transport
from odoo.addons.yangguang_led.lib.drivers.base import CONFIRMED, SENT, DeviceError, Page, Show
from odoo.addons.yangguang_led.lib.drivers.onbon_k import OnbonK as Driver
from odoo.addons.yangguang_led.lib.drivers.onbon_k import commands
from odoo.addons.yangguang_led.lib.drivers.onbon_k.commands import Reply
from odoo.addons.yangguang_led.lib.drivers.onbon_k.frame import Frame
from odoo.addons.yangguang_led.lib.drivers.onbon_k.link import Link
from odoo.addons.yangguang_led.simulators.onbon_k import OnbonK as Card

STATUS, BLOCK = b"\xa1\x02", b"\xa1\x06"


def show(digest, *pages):
    return Show(digest * 64, 64, 32, tuple(Page(5, page) for page in pages))


OLD, NEW = show("a", "旧的\n收入", "旧的支出"), show("b", "新的收入", "新的支出", "新的结余")
OLD_TEXTS, NEW_TEXTS = [["旧的", "收入"], ["旧的支出"]], [["新的收入"], ["新的支出"], ["新的结余"]]


@contextlib.contextmanager
def card(seed=0, timeout=3, **options):
    simulated = Card(64, 32, seed=seed, pixels=options.get("pixel_rule") == "6k")
    with simulated.serve_tcp() as url:
        driver = Driver(url, options, timeout)
        assert driver.play(OLD) == CONFIRMED
        simulated.history.clear()
        simulated.history.append(simulated.texts())
        simulated.commands.clear()
        yield simulated, driver


def never_half(simulated, dark=False):
    """Whether only whole shows were on, one or both of them in turn; with `dark`, or nothing."""
    whole = [OLD_TEXTS, NEW_TEXTS, OLD_TEXTS + NEW_TEXTS, *([[]] if dark else [])]
    return all(shown in whole for shown in simulated.history)


@pytest.mark.parametrize("pixel_rule", ["5k", "6k"])
def test_a_show_takes_the_place_of_the_one_before(pixel_rule):
    with card(pixel_rule=pixel_rule) as (simulated, driver):
        assert driver.play(NEW) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS
        assert list(simulated.files) == [driver.name_of(NEW)]
        assert never_half(simulated)


def test_a_long_show_goes_in_many_blocks():
    pages = [f"第{number}页的内容" for number in range(120)]
    with card(block_bytes=200) as (simulated, driver):
        assert driver.play(show("c", *pages)) == CONFIRMED
        assert "".join(line for page in simulated.texts() for line in page) == "".join(pages)
        assert simulated.commands.count(BLOCK) == 10
        assert simulated.dropped == 0


def test_escapes_do_not_burst_the_cards_buffer():
    # every byte of these needs an escape: 5A, 5B
    with card() as (simulated, driver):
        assert driver.play(show("c", "Z[" * 1000)) == CONFIRMED
        assert "".join(line for page in simulated.texts() for line in page) == "Z[" * 1000
        assert simulated.longest_frame <= 1024


def test_a_show_that_is_on_costs_one_status():
    with card() as (simulated, driver):
        assert driver.sync(OLD) == CONFIRMED
        assert simulated.commands == [STATUS]
        assert driver.sync(OLD, last=OLD.digest) == CONFIRMED
        assert simulated.commands == [STATUS] * 2
        assert driver.sync(NEW) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS


def test_shows_of_one_name_are_told_apart_by_who_knows_the_last_one():
    namesake = Show(OLD.digest[:-1] + "f", 64, 32, NEW.pages)
    with card() as (simulated, driver):
        assert driver.name_of(namesake) == driver.name_of(OLD)
        assert driver.sync(namesake, last=OLD.digest) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS


def test_the_picture_is_the_text_in_the_cards_font():
    font = ImageFont.truetype(default_font().truetype.face.filename, 16)

    def drawn(character):
        picture = Image.new("1", (16, 16))
        ImageDraw.Draw(picture).text((0, 0), character, font=font, fill=1)
        return picture

    simulated = Card(64, 32, fonts={16: drawn})
    with simulated.serve_tcp() as url:
        assert Driver(url, {"colour": "green"}).play(show("c", "收A入")) == CONFIRMED
        expected = Image.new("RGB", (64, 32))
        for x, character in ((0, "收"), (16, "A"), (24, "入")):
            expected.paste((0, 255, 0), (x, 0), drawn(character))
        assert expected.getbbox()
        assert simulated.pictures() == [expected]


@pytest.mark.parametrize("pixel_rule", ["5k", "6k"])
def test_a_width_that_is_no_multiple_of_eight(pixel_rule):
    with card(pixel_rule=pixel_rule) as (simulated, driver):
        odd = Show("c" * 64, 60, 32, (Page(5, "一二三四五"),))
        assert driver.play(odd) == CONFIRMED
        assert simulated.texts() == [["一二三", "四五"]] == driver.lines_of(odd)


def test_the_lines_for_a_preview_are_those_that_the_card_draws():
    with card(size=16) as (simulated, driver):
        written = show("c", "东岸村——收入", "一二三四五六七八九十", "a·b\\n")
        assert driver.play(written) == CONFIRMED
        assert driver.lines_of(written) == simulated.texts()
        assert simulated.texts()[0] == ["东岸村―", "―收入"]


def test_strangers_programmes_make_way():
    with card() as (simulated, driver):
        stranger = next(iter(simulated.files.values()))
        simulated.files |= {"P777": stranger, "P778": stranger}
        assert "等3个节目" in driver.probe()[1].playing
        assert driver.sync(NEW) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS


def test_settings_arrive():
    with card() as (simulated, driver):
        assert driver.set_brightness(40) == CONFIRMED
        assert driver.set_power(False) == CONFIRMED
        assert driver.set_clock(datetime(2026, 3, 31, 16, 5, 9, tzinfo=UTC)) == CONFIRMED
        # a Wednesday in Shanghai
        assert simulated.clock == bytes.fromhex("26 20 04 01 00 05 09 03")
        answer, status = driver.probe()
        assert answer == CONFIRMED
        assert (status.powered, status.brightness, status.playing) == (
            False,
            40,
            "P" + "a" * 0 + driver.name_of(OLD)[1:],
        )
        assert status.clock == datetime(2026, 4, 1, 0, 5, 9, tzinfo=ZoneInfo("Asia/Shanghai"))
        assert all(picture.getbbox() is None for picture in simulated.pictures())


def test_nothing_is_left_after_clearing():
    with card() as (simulated, driver):
        simulated.dynamic[0] = bytes(27)
        assert driver.clear() == CONFIRMED
        assert simulated.texts() == []
        assert driver.probe()[1].playing is None
        assert driver.clear() == CONFIRMED


def test_without_replies_nothing_is_confirmed():
    with card() as (simulated, driver):
        mute = Driver(driver.address, {"reply": False, "block_bytes": 100})
        assert mute.sync(NEW) == SENT
        assert mute.set_power(False) == SENT
        until(lambda: not simulated.on)
        assert "新的收入" in str(simulated.texts())


def until(condition):
    deadline = time.monotonic() + 5
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.01)
    assert condition()


@pytest.mark.parametrize(
    "faults",
    [
        {"duplicate": True},
        {"split": True},
        {"garbage": b"\x00\x5a\xa6\xff\xa6" * 20},
        {"garbage": b"\xa5" * 8 + b"\x00\x80\x01"},
        {"delay": 0.03},
        {"refuse": [3, 3]},
        {"refuse": [5]},
        {"restart_at": 1},
    ],
    ids=lambda faults: next(iter(faults)),
)
def test_a_show_arrives_over_a_line_that_is(faults):
    with card(block_bytes=40) as (simulated, driver):
        vars(simulated.faults).update(faults)
        assert driver.play(NEW) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS
        assert never_half(simulated)


@settings(max_examples=15, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 1 << 32), st.sampled_from(["lose", "corrupt"]), st.integers(0, 8))
def test_a_bad_line_a_refusal_and_a_restart_at_once_converge(seed, fault, block):
    with card(seed, 0.3, block_bytes=30, tries=4) as (simulated, driver):
        vars(simulated.faults).update({fault: 0.1, "refuse": [3], "restart_at": block})
        for _try in range(6):
            if driver.sync(NEW, last=OLD.digest) == CONFIRMED:
                break
        assert simulated.texts() == NEW_TEXTS
        assert list(simulated.files) == [driver.name_of(NEW)]
        # a line that broke between the new programme and the end of the old one leaves two, of
        # which a card names only one: then all make way for a moment
        assert never_half(simulated, dark=True)


@pytest.mark.parametrize("number", [1, 4, 7, 9, 12])
def test_a_refusal_for_good_is_not_tried_again(number):
    with card() as (simulated, driver):
        simulated.faults.refuse = [number]
        answer = driver.play(NEW)
        assert (answer.state, answer.retryable) == ("failed", False)
        assert f"错误{number}" in answer.reason
        assert len(simulated.commands) == 1
        assert simulated.texts() == OLD_TEXTS


def test_a_card_that_stays_busy_is_left_alone_for_now():
    with card(tries=3) as (simulated, driver):
        simulated.faults.refuse = [3] * 50
        answer = driver.play(NEW)
        assert (answer.state, answer.retryable) == ("failed", True)
        assert len(simulated.commands) == 3


def test_a_restart_over_and_over_leaves_the_old_show():
    with card(block_bytes=40) as (simulated, driver):
        original = simulated._take_block

        def forgetful(payload):
            return 6 if payload[5] == 1 else original(payload)

        simulated._take_block = forgetful
        answer = driver.play(NEW)
        assert (answer.state, answer.retryable) == ("failed", True)
        assert "重新开始" in answer.reason
        assert simulated.texts() == OLD_TEXTS


@pytest.mark.parametrize("faults", [{"silent": True}, {"answer_from": 7}], ids=["silent", "other"])
def test_no_answer_or_anothers_is_said_in_time(faults):
    with card(timeout=0.3) as (simulated, driver):
        vars(simulated.faults).update(faults)
        started = time.monotonic()
        answer, status = driver.probe()
        assert time.monotonic() - started < 3
        assert (answer.state, answer.retryable, status) == ("failed", True, None)
        assert "没有回答" in answer.reason


def test_another_cards_number_is_not_obeyed():
    with card() as (simulated, driver):
        answer = Driver(driver.address, {"destination": 2}, timeout=0.1).set_power(False)
        assert answer.state == "failed"
        assert simulated.on


@pytest.mark.parametrize(
    "options",
    [
        {"pixel_rule": "7k"},
        {"tries": 0},
        {"block_bytes": 901},
        {"reserved_word": "x"},
        {"size": 20},
        {"destination": 65535},
    ],
)
def test_options_that_mean_nothing_are_refused(options):
    with pytest.raises(ValueError, match=next(iter(options))):
        Driver("socket://127.0.0.1:1", options)


def test_an_unknown_option_is_refused():
    with pytest.raises(ValueError, match="没有选项：colours"):
        Driver("socket://127.0.0.1:1", {"colours": "red"})


def test_over_a_serial_line():
    simulated = Card(64, 32)
    with simulated.serve_serial(57600) as path:
        driver = Driver(path)
        assert driver.play(OLD) == CONFIRMED
        assert driver.play(NEW) == CONFIRMED
        assert simulated.texts() == NEW_TEXTS


def test_an_echo_is_no_answer():
    answer, _status = Driver("loop://", timeout=0.1).probe()
    assert (answer.state, answer.retryable) == ("failed", True)


def test_an_answer_from_before_is_no_answer():
    options = Driver("loop://", {"tries": 1}).options
    with transport.opened("loop://", 1) as line:
        line.write(Frame(Reply().encode(), 0x8000, 1).encode(), 1)
        with pytest.raises(DeviceError, match="没有回答"):
            Link(line, options, 0.1).ask(commands.PING)
