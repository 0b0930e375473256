from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.periods import Period
from odoo.addons.yangguang_cunwu.lib.tables import Column, Option, values
from odoo.addons.yangguang_cunwu.lib.tables.entry import read

MARCH = Period.parse("2026-03")
MONEY = Column("x", "某列", "money", unit="元")
SHARE = Column("x", "比例", "area_mu", unit="%")
DATE = Column("x", "日期", "date")
OPTIONS = (Option("in", "收入"), Option("out", "支出(含代付)"))
SELECTION = Column("x", "方向", "selection", options=OPTIONS)


@pytest.mark.parametrize(
    ("field", "text", "expected"),
    [
        (MONEY, "1,234.50", "1234.50"),
        (MONEY, "\uffe51 234.50", "1234.50"),
        (MONEY, "(1,234.50)", "-1234.50"),
        (MONEY, "\uff08\uffe51,234.50\uff09", "-1234.50"),
        (MONEY, " \t", None),
        (MONEY, "\uff11\uff12\uff0e\uff15", "12.50"),
        (SHARE, "12.5%", "12.5"),
        (SHARE, "12.5\uff05", "12.5"),
        (SHARE, "12.5", "12.5"),
        (DATE, "2026/3/5", "2026-03-05"),
        (DATE, "2026年3月5日", "2026-03-05"),
        (DATE, "2026/3/5 0:00:00", "2026-03-05"),
        (DATE, "2026-03-05 00:00", "2026-03-05"),
        (DATE, "46086", "2026-03-05"),
        (DATE, "\uff14\uff16\uff10\uff18\uff16", "2026-03-05"),
        (DATE, "20260305", "2026-03-05"),
        (DATE, "3月5日", "2026-03-05"),
        (DATE, "3月31号", "2026-03-31"),
        (SELECTION, "支出\uff08含代付\uff09", "out"),
        (SELECTION, "in", "in"),
        (Column("x", "摘要", "text"), "(5)", "(5)"),
        (Column("x", "摘要", "text"), "46086", "46086"),
        (MONEY, None, None),
    ],
)
def test_what_people_enter(field, text, expected):
    assert read(field, text, MARCH) == expected


@pytest.mark.parametrize(
    ("field", "text", "sentence"),
    [
        (MONEY, "12.5%", "不要带百分号"),
        (MONEY, "(-5)", "应填数字"),
        (MONEY, "()", "应填数字"),
        (MONEY, "( 5 )元", "应填数字"),
        (MONEY, "1.2万", "应填数字"),
        (DATE, "2月28日", "请写明年份"),
        (DATE, "3月32日", "请写明年份"),
        (DATE, "999999", "应填日期"),
        (DATE, "00001", "年份"),
        (DATE, "2026/3/5 8:30", "应填日期"),
        (SELECTION, "收", "可填"),
        (MONEY, 5, "应为文字"),
    ],
)
def test_what_is_refused_with_a_sentence(field, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        read(field, text, MARCH)


def test_a_day_without_its_year_needs_a_period():
    assert read(DATE, "2月28日", Period.parse("2026Q1")) == "2026-02-28"
    assert read(DATE, "2月29日", Period.parse("2024")) == "2024-02-29"
    with pytest.raises(ValueError, match="请写明年份"):
        read(DATE, "3月5日")


VALUES = {
    "money": st.integers(-(10**13), 10**13).map(lambda fen: f"{Decimal(fen) / 100:.2f}"),
    "integer": st.integers(-(10**12) + 1, 10**12 - 1).map(str),
    "area_mu": st.integers(0, 10**12).map(lambda n: f"{n // 10**4}.{n % 10**4:04}"),
    "date": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    "selection": st.sampled_from([option.value for option in OPTIONS]),
    "text": st.text(max_size=50).map(lambda text: values.clean(text) or None),
    "person_name": st.text(max_size=50).map(lambda text: " ".join(values.clean(text).split())),
}


@given(st.data())
@pytest.mark.parametrize("kind", sorted(VALUES))
def test_what_is_shown_reads_back(kind, data):
    column = Column("x", "某列", kind, unit="%", options=OPTIONS if kind == "selection" else ())
    value = values.parse(column, data.draw(VALUES[kind]))
    assert read(column, values.format(column, value), MARCH) == value


@given(st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_the_number_of_a_day_is_that_day(day):
    assert read(DATE, str((day - date(1899, 12, 30)) // timedelta(days=1))) == day.isoformat()
