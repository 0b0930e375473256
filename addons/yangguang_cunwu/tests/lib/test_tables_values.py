from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.tables import Column, HeaderField, Option, values

OPTIONS = (Option("in", "收入"), Option("out", "支出(含代付)"))
COLUMNS = {
    kind: Column("x", "某列", kind, options=OPTIONS if kind == "selection" else ())
    for kind in (
        "text",
        "integer",
        "money",
        "date",
        "selection",
        "area_mu",
        "phone",
        "id_card",
        "bank_account",
        "person_name",
    )
}


def parse(kind, text):
    return values.parse(COLUMNS[kind], text)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("money", "1234.5", "1234.50"),
        ("money", "1,234.50", "1234.50"),
        ("money", "\uffe51 234.50", "1234.50"),
        ("money", "\xa51,234,567", "1234567.00"),
        ("money", "\uff11\uff0c\uff12\uff13\uff14\uff0e\uff15\uff10", "1234.50"),
        ("money", "-¥5", "-5.00"),
        ("money", "30000元", "30000.00"),
        ("money", "0012", "12.00"),
        ("money", "-0.00", "0.00"),
        ("money", "\u22123.1", "-3.10"),
        ("money", " \u3000", None),
        ("money", "9999999999999.99", "9999999999999.99"),
        ("integer", "\uff11\uff12", "12"),
        ("integer", "12.0", "12"),
        ("integer", "1,200", "1200"),
        ("area_mu", "18.60", "18.60"),
        ("area_mu", "018.6", "18.6"),
        ("date", "2026-3-5", "2026-03-05"),
        ("date", "2026/3/5", "2026-03-05"),
        ("date", "2026.03.05", "2026-03-05"),
        ("date", "2026年3月5日", "2026-03-05"),
        ("date", "20260305", "2026-03-05"),
        ("date", "2026\uff0d03\uff0d05", "2026-03-05"),
        ("date", "2024-02-29", "2024-02-29"),
        ("selection", "收入", "in"),
        ("selection", "支出(含代付)", "out"),
        ("selection", "支出\uff08含代付\uff09", "out"),
        ("selection", "out", "out"),
        ("phone", "138 0000 0000", "13800000000"),
        ("phone", "0663-1234567", "0663-1234567"),
        ("id_card", "44520319000101001x", "44520319000101001X"),
        ("bank_account", "6200 0000 0000 0000", "6200000000000000"),
        ("person_name", " 张  三\n", "张 三"),
        ("text", "\ufeff第一行\r\n第二\x00行\u202e \t", "第一行\n第二行"),
        ("text", "e\u0301", "é"),
        ("text", "\u200b", None),
    ],
)
def test_what_people_type(kind, text, expected):
    assert parse(kind, text) == expected


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("money", "12%", "不要带百分号"),
        ("money", "12\uff05", "不要带百分号"),
        ("money", "1.005", "最多2位小数"),
        ("money", "1.500", "最多2位小数"),
        ("money", "1,23", "如 1234.50"),
        ("money", "5¥3", "如 1234.50"),
        ("money", "1.2万", "如 1234.50"),
        ("money", "1e5", "如 1234.50"),
        ("money", "(5.00)", "如 1234.50"),
        ("money", "10²", "如 1234.50"),
        ("money", "٣", "如 1234.50"),
        ("money", "10000000000000", "数字过大"),
        ("integer", "1.5", "不能有小数"),
        ("integer", "1000000000000", "数字过大"),
        ("area_mu", "1.00001", "最多4位小数"),
        ("date", "2026-02-29", "没有2026年2月29日"),
        ("date", "2026-03", "如 2026-03-05"),
        ("date", "2026-3/5", "如 2026-03-05"),
        ("date", "0206-03-05", "年份"),
        ("selection", "收", "可填：收入、支出"),
        ("phone", "12", "电话"),
        ("id_card", "123", "18位"),
        ("bank_account", "1234567", "账号"),
        ("text", "长" * 2001, "最多2000字"),
        ("person_name", "长" * 101, "最多100字"),
        ("text", 12, "应为文字"),
    ],
)
def test_what_is_refused(kind, text, sentence):
    with pytest.raises(ValueError, match=sentence):
        parse(kind, text)


def test_the_unit_of_a_column_may_be_typed_but_not_a_percentage():
    assert values.parse(Column("x", "人数", "integer", unit="人"), "12人") == "12"
    assert values.parse(Column("x", "面积", "area_mu", unit="亩"), "18.6 亩") == "18.6"
    with pytest.raises(ValueError, match="百分号"):
        values.parse(Column("x", "进度", "integer", unit="%"), "60%")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("money", "1234567.50", "1,234,567.50"),
        ("money", "-1234.00", "-1,234.00"),
        ("integer", "12345", "12345"),
        ("area_mu", "18.60", "18.60"),
        ("date", "2026-03-05", "2026-03-05"),
        ("selection", "in", "收入"),
        ("text", None, ""),
    ],
)
def test_how_a_value_reads(kind, value, shown):
    assert values.format(COLUMNS[kind], value) == shown


MONEY = st.decimals("-9999999999999.99", "9999999999999.99", places=2).map(
    lambda number: values.decimal_text(COLUMNS["money"], number)
)
CANONICAL = {
    "money": MONEY,
    "integer": st.integers(-(10**12) + 1, 10**12 - 1).map(str),
    "area_mu": st.decimals(0, 10**9 - 1, places=4).map(lambda number: f"{number:f}"),
    "date": st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(date.isoformat),
    "selection": st.sampled_from([option.value for option in OPTIONS]),
    "phone": st.from_regex(r"\A1[0-9]{10}\Z"),
    "id_card": st.from_regex(r"\A[0-9]{17}[0-9X]\Z"),
    "bank_account": st.from_regex(r"\A[0-9]{8,30}\Z"),
    "text": st.text(max_size=200).map(values.clean).filter(bool),
    "person_name": st.text(max_size=50)
    .map(lambda t: " ".join(values.clean(t).split()))
    .filter(bool),
}


@settings(deadline=None)
@given(st.sampled_from(sorted(CANONICAL)).flatmap(lambda k: st.tuples(st.just(k), CANONICAL[k])))
def test_reading_what_was_shown_gives_the_value_back(case):
    kind, value = case
    column = COLUMNS[kind]
    assert values.parse(column, values.format(column, value)) == value
    assert values.is_canonical(column, value)


@settings(deadline=None)
@given(st.sampled_from(sorted(COLUMNS)), st.text(max_size=30))
def test_a_parsed_value_is_canonical(kind, text):
    try:
        value = parse(kind, text)
    except ValueError:
        return
    assert value is None or values.is_canonical(COLUMNS[kind], value)


@settings(deadline=None)
@given(st.decimals(-(10**11), 10**11, places=6), st.sampled_from(["money", "integer"]))
def test_a_computed_number_is_rounded_half_up(number, kind):
    text = values.from_decimal(COLUMNS[kind], number)
    unit = Decimal(1).scaleb(-values.PLACES[kind])
    difference = Decimal(text) - number
    assert abs(difference) <= unit / 2
    assert abs(difference) < unit / 2 or abs(Decimal(text)) > abs(number)
    assert values.is_canonical(COLUMNS[kind], text)


@pytest.mark.parametrize("number", ["1E+13", "9999999999999.995", "-1E+200", "1E+900"])
def test_a_computed_number_the_column_cannot_hold_is_refused(number):
    with pytest.raises(ValueError, match="过大"):
        values.from_decimal(COLUMNS["money"], Decimal(number))


def test_header_fields_are_read_as_columns_are():
    field = HeaderField("opening_balance", "期初结余", "money", unit="元")
    assert values.parse(field, "1,000 元") == "1000.00"
    assert values.format(field, "1000.00") == "1,000.00"


@settings(deadline=None)
@given(st.dates(date(1900, 1, 2), date(2100, 12, 31)))
def test_dates_compute(day):
    column = COLUMNS["date"]
    before = values.to_python(column, (day - timedelta(days=1)).isoformat())
    assert (values.to_python(column, day.isoformat()) - before).days == 1
