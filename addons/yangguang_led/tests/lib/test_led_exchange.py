"""What goes over the wire comes back as it was."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib import exchange, sending
from odoo.addons.yangguang_led.lib.drivers.base import Answer, Status

NOON = datetime(2026, 3, 31, 4, tzinfo=UTC)
PLAIN = {
    "key": 7,
    "turn": 3,
    "kind": sending.POWER,
    "driver": "onbon_k",
    "address": "/dev/ttyUSB0",
    "options": {"tries": "2"},
    "wanted": "on",
    "last": None,
    "outline": None,
}

statuses = st.builds(
    Status,
    playing=st.none() | st.text(max_size=20),
    powered=st.none() | st.booleans(),
    brightness=st.none() | st.integers(0, 100),
    width=st.none() | st.integers(1, 4096),
)
outcomes = st.builds(
    sending.Outcome,
    key=st.integers(0),
    turn=st.integers(0),
    wanted=st.text(),
    answer=st.builds(Answer, st.sampled_from(["confirmed", "failed"]), st.text(), st.booleans()),
    status=st.none() | statuses,
    name=st.none() | st.text(),
)


@given(outcomes)
def test_outcomes(outcome):
    again = exchange.outcome(json.loads(json.dumps(exchange.outcome_values(outcome))))
    if outcome.status == Status():
        assert again.status is None
    else:
        assert again == outcome


@pytest.mark.parametrize(
    ("kind", "wanted", "value"),
    [
        (sending.POWER, "on", True),
        (sending.POWER, "off", False),
        (sending.BRIGHTNESS, "70", 70),
        (sending.CLOCK, "2026-03-31", NOON),
        (sending.LOOK, "2026-03-31 72", None),
    ],
)
def test_errands(kind, wanted, value):
    errand = exchange.errand({**PLAIN, "kind": kind, "wanted": wanted}, NOON, lambda page: b"")
    assert (errand.key, errand.turn, errand.wanted, errand.value) == (7, 3, wanted, value)
    assert (errand.address, errand.options) == ("/dev/ttyUSB0", {"tries": "2"})


def test_a_show_is_put_together_from_its_pictures():
    page = {"digest": "a" * 64, "size": "3", "seconds": "5.00", "text": "收", "type": "image/png"}
    outline = {"digest": "b" * 64, "width": "64", "height": "32", "pages": [page]}
    plain = {**PLAIN, "kind": sending.PLAY, "wanted": "b" * 64, "outline": outline}
    text = exchange.errand(plain, NOON, lambda page: pytest.fail("no card of text takes pictures"))
    assert (text.show.pages[0].picture, text.show.pages[0].text) == (None, "收")
    assert not list(exchange.files([plain]))
    plain["driver"] = "onbon_y"
    show = exchange.errand(plain, NOON, lambda page: page["digest"][:3].encode()).show
    assert (show.digest, show.width, show.height) == ("b" * 64, 64, 32)
    assert (show.pages[0].picture, show.pages[0].text) == (b"aaa", "收")
    assert list(exchange.files([plain, PLAIN])) == ["a" * 64]


@pytest.mark.parametrize("part", sorted(PLAIN))
def test_what_is_no_errand(part):
    broken = {key: value for key, value in PLAIN.items() if key != part}
    with pytest.raises(ValueError):
        exchange.errands_of({"errands": [broken], "tasks": []})
    with pytest.raises(ValueError):
        exchange.errand(broken, NOON, lambda page: b"")


@pytest.mark.parametrize("answer", [{}, {"errands": 1, "tasks": []}, {"errands": [1], "tasks": []}])
def test_what_is_no_answer(answer):
    with pytest.raises(ValueError):
        exchange.errands_of(answer)
