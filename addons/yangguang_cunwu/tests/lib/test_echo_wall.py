from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import echo_wall
from odoo.addons.yangguang_cunwu.lib.echo_wall import Terms, WordingError
from odoo.addons.yangguang_cunwu.lib.holidays import state_calendar
from odoo.addons.yangguang_cunwu.lib.roles import DISTRICT, ROLES, TOWN, VILLAGE

CALENDAR = state_calendar()
# from Thursday on, eight days off for the national holiday follow
BEFORE_HOLIDAY = date(2026, 9, 30)


def test_table_is_closed():
    for name, step in echo_wall.STEPS.items():
        assert step.sources <= set(echo_wall.STATES), name
        assert step.target is None or step.target in echo_wall.STATES, name
        assert step.by in (echo_wall.ASKER, echo_wall.OFFICE, echo_wall.SYSTEM)
    for roles in echo_wall.OFFICES.values():
        assert roles <= set(ROLES)


def test_every_state_is_reached_and_an_end_is_an_end():
    moves = {(before, after) for _step, before, after in echo_wall.transitions() if before != after}
    assert {after for _before, after in moves} | {"received"} == set(echo_wall.STATES)
    assert not {before for before, _after in moves} & echo_wall.ENDED


def test_only_the_asker_judges_the_answer():
    judging = {
        name
        for name, step in echo_wall.STEPS.items()
        if "answered" in step.sources and step.target not in (None, "answered")
    }
    offices = {name for name in judging if echo_wall.STEPS[name].by == echo_wall.OFFICE}
    assert not offices


@pytest.mark.parametrize(
    "reached, accused, expected",
    [
        (VILLAGE, False, (VILLAGE,)),
        (TOWN, False, (VILLAGE, TOWN)),
        (DISTRICT, False, (VILLAGE, TOWN, DISTRICT)),
        (TOWN, True, (TOWN,)),
        (DISTRICT, True, (TOWN, DISTRICT)),
    ],
)
def test_who_acts(reached, accused, expected):
    assert set(echo_wall.levels(reached, accused)) == set(expected)


def test_terms_count_working_days():
    assert echo_wall.due(date(2026, 11, 20), 1, CALENDAR) == date(2026, 11, 23)
    assert echo_wall.due(date(2026, 11, 20), 5, CALENDAR) == date(2026, 11, 27)
    assert echo_wall.due(BEFORE_HOLIDAY, 1, CALENDAR) == CALENDAR.add_workdays(BEFORE_HOLIDAY, 1)
    assert echo_wall.due(BEFORE_HOLIDAY, 1, CALENDAR) > date(2026, 10, 5)


def test_a_year_without_notice_counts_weekdays():
    last = max(CALENDAR.years)
    counted = echo_wall.due(date(last, 12, 30), 5, CALENDAR)
    assert counted.year == last + 1
    assert counted.weekday() < 5


def test_level():
    asked, terms = date(2026, 11, 2), Terms()
    answer_due = echo_wall.due(asked, terms.answer, CALENDAR)
    assert answer_due == date(2026, 11, 9)

    def level(day, accused=False):
        return echo_wall.level_on(day, answer_due, terms, CALENDAR, accused)

    assert level(date(2026, 11, 9)) == VILLAGE
    assert level(date(2026, 11, 10)) == TOWN
    assert level(date(2026, 11, 16)) == TOWN
    assert level(date(2026, 11, 17)) == DISTRICT
    assert level(date(2026, 11, 9), accused=True) == TOWN
    assert level(date(2026, 11, 10), accused=True) == DISTRICT


@given(st.dates(date(2026, 1, 1), date(2026, 10, 1)), st.integers(0, 60), st.booleans())
def test_level_only_rises(asked, later, accused):
    terms = Terms()
    answer_due = echo_wall.due(asked, terms.answer, CALENDAR)
    days = [date.fromordinal(asked.toordinal() + number) for number in (later, later + 1)]
    first, second = (echo_wall.level_on(day, answer_due, terms, CALENDAR, accused) for day in days)
    assert second <= first


@pytest.mark.parametrize(
    "state, day, colour",
    [
        ("received", date(2026, 11, 3), "green"),
        ("accepted", date(2026, 11, 8), "yellow"),
        ("accepted", date(2026, 11, 9), "yellow"),
        ("reopened", date(2026, 11, 10), "red"),
        ("answered", date(2026, 11, 30), "blue"),
        ("unsolved", date(2026, 11, 30), "blue"),
        ("solved", date(2026, 11, 30), "grey"),
        ("withdrawn", date(2026, 11, 30), "grey"),
    ],
)
def test_lamp(state, day, colour):
    assert echo_wall.lamp(state, date(2026, 11, 9), day) == colour


def test_days_waiting():
    asked = date(2026, 11, 2)
    assert echo_wall.days_waiting(asked, None, date(2026, 11, 9)) == 7
    assert echo_wall.days_waiting(asked, date(2026, 11, 4), date(2026, 11, 9)) == 2


@pytest.mark.parametrize(
    "name, anonymous, shown",
    [
        ("王五", False, "王*"),
        ("欧阳小六", False, "欧***"),
        ("王五", True, "村民"),
        ("", False, "村民"),
        (None, True, "村民"),
    ],
)
def test_asker(name, anonymous, shown):
    assert echo_wall.asker(name, anonymous) == shown


def test_words():
    assert echo_wall.words("  路灯为什么不亮？\r\n\r\n\r\n\r\n请答复。\u202e ") == (
        "路灯为什么不亮？\n\n请答复。"
    )
    with pytest.raises(WordingError, match="请写上内容。"):
        echo_wall.words(" \n\u200b ")
    with pytest.raises(WordingError, match="至少 5 个字"):
        echo_wall.words("路灯")
    with pytest.raises(WordingError, match="最多写 500 个字，现在是 501 个字"):
        echo_wall.words("路" * 501)


@given(st.text(max_size=600))
def test_words_are_taken_once(text):
    try:
        kept = echo_wall.words(text)
    except WordingError:
        return
    assert echo_wall.words(kept) == kept
    assert "\0" not in kept


@pytest.mark.parametrize(
    "written, digits",
    [
        ("138 0013 8000", "13800138000"),
        ("+86 138-0013-8000", "13800138000"),
        ("１３８００１３８０００", "13800138000"),
        ("0663-3300000", "06633300000"),
        ("（0663）3300000", "06633300000"),
        ("", ""),
        (None, ""),
    ],
)
def test_phone(written, digits):
    assert echo_wall.phone(written) == digits


@pytest.mark.parametrize("written", ["12345", "110", "abc", "23800138000"])
def test_wrong_phone(written):
    with pytest.raises(WordingError, match="电话号码不对"):
        echo_wall.phone(written)


def test_name():
    assert echo_wall.name(" 王 五 ") == "王五"
    assert echo_wall.name("") == ""
    for wrong in ("王", "王5", "王" * 21):
        with pytest.raises(WordingError, match="真实姓名"):
            echo_wall.name(wrong)


def test_public_words_are_masked():
    text = "路灯坏了，请打我的手机13800138000。"
    shown = echo_wall.shown(text, date(2026, 11, 2))
    assert "13800138000" not in shown
    assert shown.startswith("路灯坏了")


def test_personal_data_in_an_answer():
    today = date(2026, 11, 2)
    answer = "请打0663-3300000，或找李四13800138000。"
    found = echo_wall.personal(answer, today, ["0663-3300000"])
    assert [hit.kind for hit in found] == ["mobile"]
    assert len(echo_wall.personal(answer, today)) == 2


def test_everybody_may_ask_on_the_busiest_day():
    shares = [echo_wall.share(asked) for asked in range(3 * echo_wall.BUSY_DAY)]
    assert shares == sorted(shares, reverse=True)
    assert 0 < shares[-1] < shares[0] < echo_wall.BUSY_DAY
