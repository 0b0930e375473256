"""Numbers and periods as they are said aloud.

What is said is rounded half up and never less exact than needed: 3.2万元, 8231元, 12.5元.
"""

import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Self

_WAN, _YI = Decimal(10) ** 4, Decimal(10) ** 8
# amounts below are said to the fen
_SMALL = 100
_MONTH = re.compile(r"(?P<year>\d{4})年(?P<month>\d{1,2})月")
_QUARTER = re.compile(r"\d{4}年第(?P<number>[一二三四])季度")
_HALF = re.compile(r"\d{4}年(?P<half>[上下]半年)")
_YEAR = re.compile(r"\d{4}年")


@dataclass(frozen=True, slots=True)
class Period:
    """How a period, its begin and end, and those it is compared with are called.

    `before` and `year_ago` are empty where there is nothing to compare with.
    """

    name: str
    start: str
    end: str
    before: str = ""
    year_ago: str = ""
    end_year_ago: str = ""

    @classmethod
    def of(cls, label: str) -> Self:
        """The words for the period that a face calls `label`."""
        if match := _MONTH.fullmatch(label):
            month = f"{match['month']}月"
            return cls(f"{month}份", "月初", f"{month}底", "上月", "上年同月", "上年同月底")
        if match := _QUARTER.fullmatch(label):
            quarter = f"{match['number']}季度"
            return cls(quarter, "季初", f"{quarter}末", "上季度", "上年同季度", "上年同季度末")
        if match := _HALF.fullmatch(label):
            half = match["half"]
            return cls(half, f"{half}初", f"{half}末", "前半年", "上年同期", "上年同期末")
        if _YEAR.fullmatch(label):
            return cls(label, "年初", f"{label[:-1]}年底", "上年")
        return cls("本期", "期初", "期末")


def amount(value: Decimal) -> str:
    """Return yuan as said: 3.2万元, 1.05亿元, 8231元, 负12.5元."""
    size = abs(value)
    sign = "负" if value < 0 else ""
    wan = _rounded(size / _WAN, 1)
    if wan >= _WAN:
        return f"{sign}{_digits(_rounded(size / _YI, 2))}亿元"
    if _rounded(size, 0) >= _WAN:
        return f"{sign}{_digits(wan)}万元"
    return f"{sign}{_digits(_rounded(size, 0) if size >= _SMALL else size)}元"


def area(value: Decimal) -> str:
    """Return mu as said: 18.6亩; a piece too small for one decimal is said in full."""
    return f"{_digits(_rounded(value, 1) or value)}亩"


def compared(now: Decimal, before: Decimal | None, name: str) -> str:
    """Return how `now` differs from `before`, as the rest of a sentence; "" when unknown."""
    if before is None or not name:
        return ""
    if now == before:
        return f"，和{name}一样"
    return f"，比{name}{'多' if now > before else '少'}{amount(abs(now - before))}"


def _rounded(value, places):
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def _digits(value):
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
