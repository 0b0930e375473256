from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.arrears import Due, Receipt, bucket, match, rows

MONEY = st.decimals("0.01", 10**6, places=2, allow_nan=False, allow_infinity=False)
DAYS = st.dates(date(2025, 1, 1), date(2026, 12, 31))


@st.composite
def accounts(draw):
    dues = [
        Due(key, day, amount)
        for key, (day, amount) in enumerate(draw(st.lists(st.tuples(DAYS, MONEY), max_size=8)))
    ]
    told = st.sampled_from([None, *(due.key for due in dues)])
    receipts = [
        Receipt(key, *values)
        for key, values in enumerate(draw(st.lists(st.tuples(DAYS, MONEY, told), max_size=8)))
    ]
    return dues, receipts


def _due(key, day, amount):
    return Due(key, date.fromisoformat(day), Decimal(amount))


def _receipt(day, amount, told=None):
    return Receipt("收", date.fromisoformat(day), Decimal(amount), told)


YEARS = [_due("2025", "2025-01-10", 12000), _due("2026", "2026-01-10", 30000)]


def test_a_pond_in_january():
    """The sample of the form T_SZ06: 12,000 owed, 30,000 due, 35,000 paid, 7,000 left."""
    found = match(YEARS, [_receipt("2026-01-12", 35000)])
    first, second = rows(found, date(2026, 1, 1), date(2026, 1, 31))
    assert (first.opening, first.received, first.closing) == (12000, 12000, 0)
    assert (second.receivable, second.received, second.closing) == (30000, 23000, 7000)
    assert (first.overdue_days, second.overdue_days) == (0, 21)
    assert found.arrears(date(2026, 1, 31)) == 7000


def test_money_goes_where_it_was_told_and_then_to_the_oldest():
    found = match(YEARS, [_receipt("2026-01-12", 35000, "2026")])
    assert [(part.due.key, part.amount) for part in found.parts] == [
        ("2026", 30000),
        ("2025", 5000),
    ]
    with pytest.raises(KeyError):
        match(YEARS, [_receipt("2026-01-12", 1, "2031")])


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (0, "days_30"),
        (30, "days_30"),
        (31, "days_90"),
        (90, "days_90"),
        (91, "days_180"),
        (180, "days_180"),
        (181, "older"),
    ],
)
def test_ages(days, key):
    assert bucket(days) == key


def test_arrears_by_age():
    found = match(YEARS, [_receipt("2025-06-01", 2000)])
    assert found.ageing(date(2025, 1, 9)) == dict.fromkeys(
        ("days_30", "days_90", "days_180", "older"), 0
    )
    assert found.ageing(date(2025, 2, 9))["days_30"] == 12000, "the receipt came later"
    assert found.ageing(date(2026, 1, 10)) == {
        "days_30": 30000,
        "days_90": 0,
        "days_180": 0,
        "older": 10000,
    }


@given(accounts())
def test_every_cent_is_matched_once(account):
    dues, receipts = account
    found = match(dues, receipts)
    assert sum(part.amount for part in found.parts) + found.surplus == sum(
        receipt.amount for receipt in receipts
    )
    for due in dues:
        assert 0 <= found.paid(due, date.max) <= due.amount
    if found.surplus:
        assert found.arrears(date(2027, 1, 1)) == 0


@given(accounts(), DAYS, DAYS)
def test_a_period_begins_where_the_one_before_has_ended(account, first, second):
    start, end = sorted((first, second))
    found = match(*account)
    period = rows(found, start, end)
    before = date.fromordinal(start.toordinal() - 1)
    assert sum(row.opening for row in period) == found.arrears(before)
    assert sum(row.closing for row in period) == found.arrears(end)
    assert sum(row.closing for row in period) == sum(found.ageing(end).values())
    assert all(row.closing >= 0 for row in period)
    within = [part for part in found.parts if start <= part.receipt.day <= end]
    assert sum(row.received for row in period) == sum(part.amount for part in within)
