from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.deadlines import STAGES, Deadline
from odoo.addons.yangguang_cunwu.lib.holidays import UnknownYearError, state_calendar
from odoo.addons.yangguang_cunwu.lib.periods import Period

NUMBERS = st.integers(0, 400)
STAGE_LISTS = st.lists(st.sampled_from(list(STAGES)), unique=True).map(tuple)
PERIODIC = st.builds(
    Deadline,
    stages=STAGE_LISTS,
    months=st.lists(st.integers(1, 12), unique=True).map(tuple),
    day=st.integers(1, 31),
    in_period=st.booleans(),
)
OF_EVENTS = st.builds(
    Deadline,
    standing=st.booleans(),
    on_receipt=st.booleans(),
    stages=STAGE_LISTS,
    before_event_days=st.none() | NUMBERS,
    within_days=NUMBERS,
) | st.builds(Deadline, within_workdays=NUMBERS)


@given(PERIODIC | OF_EVENTS)
def test_parse_is_the_inverse_of_to_text(deadline):
    assert Deadline.parse(deadline.to_text()) == deadline


@pytest.mark.parametrize(
    "text",
    [
        "day=15",
        "months=1,4,7,10;day=20",
        "months=3;day=31;in_period=1",
        "within_days=0",
        "within_workdays=20",
        "standing=1;within_days=5",
        "on_receipt=1;within_days=1",
        "stages=before,after;within_days=5",
        "stages=before,during,after;day=15",
        "before_event_days=10;within_days=1",
    ],
)
def test_the_catalogue_s_spelling_is_kept(text):
    assert Deadline.parse(text).to_text() == text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "不认识的写法「」"),
        ("days=5", "不认识的写法「days=5」"),
        ("day=15; day=16", "不认识的写法「 day=16」"),
        ("day=15;day=16", "「day」写了两次"),
        ("day=32", "「day=32」填写不正确"),
        ("day=", "「day=」填写不正确"),
        ("months=1,13;day=3", "「months=1,13」填写不正确"),
        ("months=1,1;day=3", "「months=1,1」填写不正确"),
        ("within_days=-1", "「within_days=-1」填写不正确"),
        ("within_days=1000", "「within_days=1000」填写不正确"),
        ("within_days=²", "「within_days=²」填写不正确"),
        ("stages=first;day=3", "「stages=first」填写不正确"),
        ("standing=0;within_days=3", "「standing=0」填写不正确"),
        ("standing=1", "只写一项"),
        ("day=3;within_days=3", "只写一项"),
        ("standing=1;day=3", "按周期公开"),
        ("before_event_days=0;day=3", "按周期公开"),
        ("months=1;within_days=3", "与day一起写"),
        ("in_period=1;within_days=3", "与day一起写"),
    ],
)
def test_a_wrong_deadline_is_named(text, message):
    with pytest.raises(ValueError, match=message):
        Deadline.parse(text)


@pytest.mark.parametrize(
    ("text", "period", "due"),
    [
        ("day=15", "2026-03", date(2026, 4, 15)),
        ("day=15", "2026-12", date(2027, 1, 15)),
        ("day=30", "2026-01", date(2026, 2, 28)),
        ("day=30", "2028-01", date(2028, 2, 29)),
        ("day=10;in_period=1", "2026-03", date(2026, 3, 10)),
        ("day=30;in_period=1", "2026-02", date(2026, 2, 28)),
        ("months=1,4,7,10;day=20", "2026Q1", date(2026, 4, 20)),
        ("months=1,4,7,10;day=20", "2026Q4", date(2027, 1, 20)),
        ("months=1,7;day=20", "2026H1", date(2026, 7, 20)),
        ("months=1,7;day=20", "2026H2", date(2027, 1, 20)),
        ("months=1;day=31", "2026", date(2027, 1, 31)),
        ("months=2;day=31", "2027", date(2028, 2, 29)),
        ("months=3;day=31", "2026", date(2027, 3, 31)),
        ("months=3;day=31;in_period=1", "2026", date(2026, 3, 31)),
        ("stages=before,after;day=15", "2026-03", date(2026, 4, 15)),
        # 15 February 2026 opens the Spring Festival: a rest day moves nothing
        ("day=15", "2026-01", date(2026, 2, 15)),
    ],
)
def test_due_of_a_period(text, period, due):
    assert Deadline.parse(text).due(Period.parse(period)) == due


def test_in_period_needs_a_month_inside_the_period():
    with pytest.raises(ValueError, match="2026年第二季度内没有期限所列的月份"):
        Deadline.parse("months=3;day=31;in_period=1").due(Period.parse("2026Q2"))


@given(PERIODIC.filter(lambda deadline: not deadline.in_period), st.dates(date(2000, 1, 1)))
def test_a_due_date_follows_its_period_within_a_year(deadline, day):
    period = Period.of("quarter", day.replace(year=2000 + day.year % 100))
    due = deadline.due(period)
    assert 0 < (due - period.end).days <= 366
    assert not deadline.months or due.month in deadline.months


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("within_days=0", date(2026, 2, 12)),
        ("within_days=5", date(2026, 2, 17)),
        ("standing=1;within_days=5", date(2026, 2, 17)),
        ("on_receipt=1;within_days=1", date(2026, 2, 13)),
        # 13 and 14 February are worked, then nine days off
        ("within_workdays=3", date(2026, 2, 24)),
    ],
)
def test_due_after_an_event(text, due):
    assert Deadline.parse(text).due_after(date(2026, 2, 12), state_calendar()) == due


def test_due_before_a_coming_event():
    auction = date(2026, 5, 20)
    assert Deadline.parse("before_event_days=10;within_days=1").due_before(auction) == date(
        2026, 5, 10
    )
    assert Deadline.parse("within_days=1").due_before(auction) is None


def test_the_two_kinds_are_not_mixed_up():
    with pytest.raises(ValueError, match="不按周期计算"):
        Deadline.parse("within_days=5").due(Period.parse("2026-03"))
    with pytest.raises(ValueError, match="按周期计算"):
        Deadline.parse("day=5").due_after(date(2026, 3, 1), state_calendar())


def test_working_days_into_an_unknown_year_are_not_guessed():
    with pytest.raises(UnknownYearError):
        Deadline.parse("within_workdays=20").due_after(date(2019, 1, 1), state_calendar())
