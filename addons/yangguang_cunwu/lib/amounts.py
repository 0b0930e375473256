"""Amounts in yuan as people write them: with separators, and in words for vouchers."""

from decimal import Decimal

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
# yuan; words are made for less than that
WORDED_LIMIT = Decimal(10) ** 16


def yuan(amount: Decimal | None) -> str:
    """Return `amount` as 1,234.50; unknown (None) is empty.

    Raises ValueError for more than two decimals: rounding is not for printing to decide.
    """
    if amount is None:
        return ""
    return f"{_in_fen(amount) / Decimal(100):,.2f}"


def in_words(amount: Decimal) -> str:
    """Return `amount` in capital Chinese numerals: 壹仟贰佰叁拾肆元伍角整.

    Written by the payment rules of the People's Bank (支付结算办法, annex 1): 整 closes an amount
    that ends in 元 or 角, 零 stands for missing places, 负 precedes an amount below zero. Raises
    ValueError for more than two decimals or 10^16 yuan and above.
    """
    total = _in_fen(amount)
    if abs(amount) >= WORDED_LIMIT:
        raise ValueError("金额过大，不能写成大写")
    sign = "负" if total < 0 else ""
    whole, cents = divmod(abs(total), 100)
    jiao, fen = divmod(cents, 10)
    words = f"{_whole(whole)}元" if whole else ""
    if whole and cents and (not jiao or whole % 10 == 0):
        words += "零"
    words += f"{_DIGITS[jiao]}角" if jiao else ""
    words += f"{_DIGITS[fen]}分" if fen else "整"
    return sign + (words if whole or cents else "零元整")


def _in_fen(amount):
    fen = amount * 100
    if fen != int(fen):
        raise ValueError(f"金额{amount}的小数超过两位")
    return int(fen)


def _whole(number):
    for unit, name in ((10**8, "亿"), (10**4, "万")):
        if number >= unit:
            high, low = divmod(number, unit)
            return _whole(high) + name + _rest(low, unit)
    return _below_ten_thousand(number)


def _rest(number, unit):
    if not number:
        return ""
    return ("零" if number < unit // 10 else "") + _whole(number)


def _below_ten_thousand(number):
    words = ""
    for place, digit in zip(reversed(_PLACES), f"{number:04d}", strict=True):
        words += _DIGITS[int(digit)] + (place if digit != "0" else "")
    while "零零" in words:
        words = words.replace("零零", "零")
    return words.strip("零")
