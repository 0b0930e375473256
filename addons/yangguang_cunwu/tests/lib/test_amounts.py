import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.amounts import in_words, yuan

AMOUNTS = st.integers(-(10**18) + 1, 10**18 - 1).map(lambda fen: Decimal(fen) / 100)
UNITS = {"仟": 1000, "佰": 100, "拾": 10}


def parse_words(words):
    """Read an amount in words back."""
    match = re.fullmatch(
        r"(负?)(?:([^元]+)元)?零?(?:(.)角)?(?:(.)分)?整?",
        words,
    )
    sign, whole, jiao, fen = match.groups()
    value = Decimal(_whole(whole or "")) + Decimal(_digit(jiao) * 10 + _digit(fen)) / 100
    return -value if sign else value


def _whole(words):
    for name, unit in (("亿", 10**8), ("万", 10**4)):
        if name in words:
            high, low = words.rsplit(name, 1)
            return _whole(high) * unit + _whole(low)
    total = digit = 0
    for char in words:
        if char in UNITS:
            total, digit = total + digit * UNITS[char], 0
        else:
            digit = _digit(char)
    return total + digit


def _digit(char):
    return "零壹贰叁肆伍陆柒捌玖".index(char) if char else 0


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1234.50", "壹仟贰佰叁拾肆元伍角整"),
        ("0", "零元整"),
        ("0.00", "零元整"),
        ("10", "壹拾元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角整"),
        ("6.05", "陆元零伍分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1680.32", "壹仟陆佰捌拾元零叁角贰分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("107000.53", "壹拾万柒仟元零伍角叁分"),
        ("100000005", "壹亿零伍元整"),
        ("100500000", "壹亿零伍拾万元整"),
        ("1000000000000", "壹万亿元整"),
        ("-12.30", "负壹拾贰元叁角整"),
    ],
)
def test_in_words(amount, words):
    assert in_words(Decimal(amount)) == words


@given(AMOUNTS)
def test_the_words_say_the_amount(amount):
    words = in_words(amount)
    assert parse_words(words) == amount
    assert "零零" not in words


@pytest.mark.parametrize("amount", ["0.001", "1E+16", "-1E+16"])
def test_amounts_that_have_no_words(amount):
    with pytest.raises(ValueError, match="金额"):
        in_words(Decimal(amount))


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1234.5", "1,234.50"),
        ("0", "0.00"),
        ("-0.00", "0.00"),
        ("-1234567.89", "-1,234,567.89"),
        ("9999999999999999.99", "9,999,999,999,999,999.99"),
    ],
)
def test_yuan(amount, text):
    assert yuan(Decimal(amount)) == text


def test_unknown_is_empty_and_nothing_is_rounded():
    assert yuan(None) == ""
    with pytest.raises(ValueError, match="两位"):
        yuan(Decimal("0.005"))
