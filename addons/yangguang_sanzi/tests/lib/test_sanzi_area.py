from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.area import UNITS, convert, in_mu

AREAS = st.decimals(0, 10**8, places=4, allow_nan=False, allow_infinity=False)


@pytest.mark.parametrize(
    ("value", "unit", "mu"),
    [
        ("18.6", "mu", "18.6000"),
        ("666.6667", "square_metre", "1.0000"),
        ("2000", "square_metre", "3.0000"),
        ("1.24", "hectare", "18.6000"),
        ("0", "hectare", "0.0000"),
        # half a unit in the last place goes up
        ("0.0333333", "square_metre", "0.0000"),
        ("0.0333334", "square_metre", "0.0001"),
    ],
)
def test_areas_are_kept_in_mu(value, unit, mu):
    assert str(in_mu(Decimal(value), unit)) == mu


@given(AREAS, st.sampled_from(list(UNITS)), st.sampled_from(list(UNITS)))
def test_there_and_back_is_the_same_area(value, unit, wanted):
    there = convert(value, unit, wanted, 12)
    assert convert(there, wanted, unit) == value


def test_no_area_is_below_nil():
    with pytest.raises(ValueError, match="负数"):
        in_mu(Decimal("-0.1"), "mu")
