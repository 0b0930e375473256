"""Which claims of a player can be true."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_led.lib import proofs

NINE = datetime(2026, 3, 5, 9, tzinfo=UTC)
ROW = {
    "sequence": 1,
    "serial": 7,
    "publication": "AAAA",
    "hour": "2026-03-05T09:00:00Z",
    "seconds": 600,
    "plays": 10,
}


def reasons(rows, counted=None, since=NINE - timedelta(days=1), now=NINE + timedelta(hours=2)):
    claims = proofs.parse([ROW | {"sequence": n} | row for n, row in enumerate(rows, start=1)])
    _good, bad = proofs.examine(claims, {7: {"AAAA", "BBBB"}}, counted or {}, since, now)
    return {claim.sequence: reason for claim, reason in bad}


def test_what_can_be_true_is_taken():
    assert reasons([{}, {"publication": "BBBB", "seconds": 3000}]) == {}


def test_only_what_the_programme_had():
    assert reasons([{"publication": "CCCC"}, {"serial": 8}]) == {1: "unknown", 2: "unknown"}


def test_nothing_from_the_future():
    assert reasons([{}], now=NINE) == {1: "future"}
    assert reasons([{"seconds": 600}], now=NINE + timedelta(minutes=5)) == {1: "overlap"}
    assert reasons([{"seconds": 600}], now=NINE + timedelta(minutes=10)) == {}


def test_nothing_from_before_the_pairing():
    assert reasons([{}], since=NINE + timedelta(minutes=59)) == {}
    assert reasons([{}], since=NINE + timedelta(hours=1)) == {1: "old"}
    assert reasons([{}], now=NINE + timedelta(days=60)) == {1: "old"}


def test_an_hour_has_3600_seconds_whoever_had_them():
    assert reasons([{"seconds": 3000}, {"publication": "BBBB", "seconds": 700}]) == {2: "overlap"}
    assert reasons([{"seconds": 700}], counted={NINE: 3000}) == {1: "overlap"}
    assert reasons([{"seconds": 650}], counted={NINE: 3000}) == {}


def test_a_play_takes_time():
    assert reasons([{"plays": 601}]) == {1: "plays"}


@given(st.lists(st.integers(0, 4000), max_size=50), st.integers(0, 7200))
def test_never_more_than_the_time_that_passed(lengths, passed):
    rows = [ROW | {"sequence": n, "seconds": s, "plays": 0} for n, s in enumerate(lengths, 1)]
    claims = proofs.parse(rows)
    now = NINE + timedelta(seconds=passed)
    good, bad = proofs.examine(claims, {7: {"AAAA"}}, {}, NINE, now)
    assert sum(claim.seconds for claim in good) <= min(3600, passed) + proofs.TOLERANCE
    assert sorted(good + [claim for claim, _reason in bad], key=lambda one: one.sequence) == claims


@pytest.mark.parametrize(
    "rows",
    [
        None,
        {},
        [1],
        [{}],
        [ROW | {"seconds": -1}],
        [ROW | {"seconds": 1.5}],
        [ROW | {"seconds": True}],
        [ROW | {"seconds": 2**31}],
        [ROW | {"sequence": 0}],
        [ROW | {"publication": ""}],
        [ROW | {"publication": None}],
        [ROW | {"hour": "2026-03-05T09:30:00Z"}],
        [ROW | {"hour": "2026-03-05T09:00:00+08:00"}],
        [ROW, ROW],
        [ROW | {"sequence": n} for n in range(1, 52)],
    ],
)
def test_what_is_no_message(rows):
    with pytest.raises(ValueError):
        proofs.parse(rows)
