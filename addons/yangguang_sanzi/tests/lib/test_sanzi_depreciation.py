from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.dates import months_later
from odoo.addons.yangguang_sanzi.lib.depreciation import accumulated, monthly

MONEY = st.decimals("0.01", 10**8, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2000, 1, 1), date(2040, 12, 31))
SHOP = Decimal(240000), 20, 5, date(2016, 1, 1)


def test_a_shop_of_twenty_years():
    """The sample of the form: 950.00 a month, 114,000.00 after ten years."""
    assert str(monthly(Decimal(240000), 20, 5)) == "950.00"
    assert accumulated(*SHOP, date(2016, 1, 31)) == 0, "it begins with the month after"
    assert accumulated(*SHOP, date(2016, 2, 1)) == 950
    assert accumulated(*SHOP, date(2026, 1, 31)) == 114000
    assert accumulated(*SHOP, date(2035, 12, 31)) == 227050
    assert accumulated(*SHOP, date(2036, 1, 31)) == 228000
    assert accumulated(*SHOP, date(2060, 1, 31)) == 228000, "not beyond the residual value"
    assert accumulated(*SHOP, date(2010, 1, 31)) == 0


def test_what_has_no_life_is_not_depreciated():
    assert monthly(Decimal(1000), 0, 5) == 0
    assert accumulated(Decimal(1000), 0, 0, date(2020, 1, 1), date(2030, 1, 1)) == 0


def test_older_books_are_continued():
    opening = date(2023, 12, 31), Decimal("90000.00")
    assert accumulated(*SHOP, date(2024, 1, 31), opening) == 90950
    assert accumulated(*SHOP, date(2036, 1, 31), opening) == 228000
    too_much = date(2023, 12, 31), Decimal("235000.00")
    assert accumulated(*SHOP, date(2024, 1, 31), too_much) == 235000, "nothing is taken back"
    assert accumulated(*SHOP, date(2036, 1, 31), too_much) == 235000


@given(MONEY, st.integers(1, 40), st.integers(0, 20), DAYS, st.integers(0, 600))
def test_it_grows_by_a_month_to_the_residual_value(original, years, residual, acquired, months):
    day = months_later(acquired, months)
    now = accumulated(original, years, residual, acquired, day)
    later = accumulated(original, years, residual, acquired, months_later(day, 1))
    assert 0 <= now <= later <= original
    if months + 1 < years * 12:
        assert later - now <= monthly(original, years, residual)
    end = accumulated(original, years, residual, acquired, months_later(acquired, years * 12))
    assert abs(end - original * (100 - residual) / 100) <= Decimal("0.005")
