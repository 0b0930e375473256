from datetime import date

import pytest

from odoo.addons.yangguang_sanzi.lib.terms import (
    latest_end,
    limit,
    outsider_problems,
    problems,
    years,
)

START = date(2024, 1, 1)


@pytest.mark.parametrize(
    ("start", "end", "count"),
    [
        (START, date(2028, 12, 31), 5),
        (START, date(2029, 1, 1), 6),
        (START, START, 1),
        (date(2024, 2, 29), date(2025, 2, 27), 1),
        (date(2024, 2, 29), date(2025, 2, 28), 2),
    ],
)
def test_a_begun_year_counts(start, end, count):
    assert years(start, end) == count


@pytest.mark.parametrize(
    ("kind", "land", "longest", "words"),
    [
        ("asset", None, 20, "第七百零五条"),
        ("construction", "construction", 20, "第七百零五条"),
        ("family", "arable", 30, "第二十一条"),
        ("family", "grass", 50, "第二十一条"),
        ("family", "forest", 70, "第二十一条"),
        ("land", "waste", 50, "四荒"),
    ],
)
def test_the_excess_is_named_with_its_law(kind, land, longest, words):
    last = latest_end(START, longest)
    assert problems(kind, START, last, land) == []
    assert years(START, last) == longest
    (problem,) = problems(kind, START, date.fromordinal(last.toordinal() + 1), land)
    assert words in problem
    assert f"{last}以后的部分无效" in problem


def test_a_term_of_households_is_not_short_either():
    (problem,) = problems("family", START, date(2053, 12, 30), "arable")
    assert "短于30年" in problem


def test_what_no_law_limits():
    for kind, land in (("works", None), ("loan", None), ("water", "water"), ("land", "arable")):
        assert problems(kind, START, date(2123, 12, 31), land) == []
    assert limit("works") is None


def test_a_renewal_counts_from_its_own_day():
    renewed = date(2023, 7, 1)
    assert problems("asset", START, date(2043, 6, 30), renewed_on=renewed) == []
    (problem,) = problems("asset", START, date(2043, 7, 1), renewed_on=renewed)
    assert "2043-06-30以后" in problem


def test_land_passed_on_ends_with_the_contract_it_comes_from():
    assert problems("land", START, date(2028, 12, 31), head_lease_ends=date(2028, 12, 31)) == []
    (problem,) = problems("land", START, date(2029, 1, 1), head_lease_ends=date(2028, 12, 31))
    assert "第三十八条" in problem


@pytest.mark.parametrize(
    ("kind", "member", "votes", "approved", "count"),
    [
        ("land", False, (30, 45), True, 0),
        ("land", False, (29, 45), True, 1),
        ("water", False, (None, None), False, 2),
        ("land", True, (None, None), False, 0),
        ("asset", False, (None, None), False, 0),
    ],
)
def test_outsiders_need_two_thirds_and_the_town(kind, member, votes, approved, count):
    assert len(outsider_problems(kind, member, *votes, approved)) == count


def test_nothing_ends_before_it_starts():
    with pytest.raises(ValueError, match="早于"):
        years(START, date(2023, 12, 31))
