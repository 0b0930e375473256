from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.shares import divide, per_share, set_off

MONEY = st.decimals(0, 10**9, places=2, allow_nan=False, allow_infinity=False)
WEIGHTS = st.lists(st.integers(0, 200), min_size=1, max_size=60).filter(any)


def test_the_cents_that_are_left_go_to_the_largest_remainders():
    parts = divide(Decimal("100.00"), {"甲": 1, "乙": 1, "丙": 1})
    assert list(map(str, parts.values())) == ["33.34", "33.33", "33.33"]
    parts = divide(Decimal("0.05"), {"甲": 1, "乙": 2, "丙": 4})
    assert list(map(str, parts.values())) == ["0.01", "0.01", "0.03"]


@given(MONEY, WEIGHTS)
def test_the_parts_are_the_whole_and_fair_to_the_cent(total, weights):
    parts = divide(total, dict(enumerate(weights)))
    assert sum(parts.values()) == total
    for key, weight in enumerate(weights):
        assert abs(parts[key] - total * weight / sum(weights)) < Decimal("0.01")
        if not weight:
            assert parts[key] == 0


@given(MONEY, WEIGHTS)
def test_what_is_taken_back_is_what_was_given(total, weights):
    weights = dict(enumerate(weights))
    assert divide(-total, weights) == {key: -part for key, part in divide(total, weights).items()}


@given(MONEY, st.integers(1, 10**5))
def test_what_a_share_does_not_bring_is_left_and_named(total, shares):
    rate, left = per_share(total, shares)
    assert rate * shares + left == total
    assert 0 <= left < shares * Decimal("0.01")


def test_nobody_holds_less_than_nothing():
    for weights in ({}, {"甲": 0}, {"甲": 2, "乙": -1}):
        with pytest.raises(ValueError, match="份额"):
            divide(Decimal(1), weights)
    with pytest.raises(ValueError, match="份额"):
        per_share(Decimal(1), 0)
    with pytest.raises(ValueError, match="负数"):
        per_share(Decimal(-1), 3)


def test_debts_take_no_more_than_the_dividend():
    assert set_off(Decimal(600), Decimal(200)) == (200, 400)
    assert set_off(Decimal(600), Decimal(900)) == (600, 0)
    assert set_off(Decimal(600), Decimal(-5)) == (0, 600)
