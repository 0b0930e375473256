from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib.rent import CYCLES, Step, Terms, end_early, plan, total

MONEY = st.decimals("0.01", 10**6, places=2, allow_nan=False, allow_infinity=False)
PERCENT = Step("percent", 2, Decimal(3))
POND = Terms(date(2024, 1, 1), date(2028, 12, 31), Decimal(30000), "year", PERCENT, 9)
STEPS = st.one_of(
    st.just(Step()),
    st.builds(Step, st.just("percent"), st.integers(1, 5), st.decimals("0.1", 30, places=1)),
    st.builds(Step, st.just("amount"), st.integers(1, 5), MONEY),
)


@st.composite
def terms(draw):
    start = draw(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
    end = start + timedelta(days=draw(st.integers(0, 366 * 12)))
    cycle = draw(st.sampled_from(list(CYCLES)))
    return Terms(start, end, draw(MONEY), cycle, draw(STEPS), draw(st.integers(-30, 60)))


def test_a_pond_that_grows_by_three_per_cent_every_two_years():
    found = plan(POND)
    assert [str(one.amount) for one in found] == [
        "30000.00",
        "30000.00",
        "30900.00",
        "30900.00",
        "31827.00",
    ]
    assert [one.due for one in found] == [date(year, 1, 10) for year in range(2024, 2029)]
    assert total(POND) == Decimal("153627.00")


def test_quarters_of_a_year_are_equal_and_a_short_year_is_a_part():
    shop = Terms(date(2026, 1, 31), date(2027, 4, 29), Decimal("1000.01"), "quarter")
    found = plan(shop)
    assert [one.start for one in found] == [
        date(2026, 1, 31),
        date(2026, 4, 30),
        date(2026, 7, 31),
        date(2026, 10, 31),
        date(2027, 1, 31),
    ]
    assert [str(one.amount) for one in found] == [
        "250.01",
        "250.00",
        "250.00",
        "250.00",
        # 89 of 365 days
        "243.84",
    ]


def test_all_at_once():
    (only,) = plan(Terms(POND.start, POND.end, POND.annual, "once", PERCENT))
    assert only.amount == total(POND)
    assert (only.start, only.end, only.due) == (POND.start, POND.end, POND.start)


def test_a_clause_in_words():
    assert PERCENT.in_words() == "每2年递增3%"
    assert Step("amount", 1, Decimal(-100)).in_words() == "每1年递减100.00元"
    assert Step().in_words() is None


def test_a_fixed_amount_more_each_year():
    step = Step("amount", 1, Decimal("-100.00"))
    assert [step.of_year(Decimal(250), number) for number in range(3)] == [250, 150, 50]
    with pytest.raises(ValueError, match="第4年"):
        step.of_year(Decimal(250), 3)


@given(terms())
def test_a_plan_is_the_whole_rent_and_the_whole_term(one):
    found = plan(one)
    assert sum(part.amount for part in found) == total(one)
    assert found[0].start == one.start
    assert found[-1].end == one.end
    for before, after in pairwise(found):
        assert after.start == before.end + timedelta(days=1)
    for part in found:
        assert part.start <= part.end
        assert part.amount >= 0


@given(terms(), st.integers(0, 366 * 12))
def test_an_early_end_leaves_what_was_due_until_then(one, days):
    full, day = plan(one), one.start + timedelta(days=days)
    found = end_early(full, day)
    assert found[-1].end == min(day, one.end)
    for before, after in zip(full, found, strict=False):
        assert after.start == before.start
        assert after == before if before.end <= day else 0 <= after.amount <= before.amount


def test_what_is_no_contract():
    for values, words in (
        ((date(2026, 1, 2), date(2026, 1, 1), Decimal(1), "year"), "早于"),
        ((date(2026, 1, 1), date(2026, 1, 2), Decimal(1), "week"), "周期"),
        ((date(2026, 1, 1), date(2026, 1, 2), Decimal(-1), "year"), "负数"),
    ):
        with pytest.raises(ValueError, match=words):
            Terms(*values)
    for values in (("percent", 0, Decimal(3)), ("amount", 2, Decimal(0)), ("often", 1, 1)):
        with pytest.raises(ValueError, match="调整"):
            Step(*values)
