"""Straight-line depreciation by month.

By the accounting system of 2023 (财会〔2023〕14号) an asset is depreciated from the month after it
was added, to the month in which it leaves, and not beyond its residual value. What a kind of asset
is depreciated by is data (`data/asset_categories.yaml`).
"""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .money import ZERO, exact

_CENT = Decimal("0.01")


def monthly(original: Decimal, years: int, residual: int) -> Decimal:
    """Return the depreciation of one month.

    `years` is the useful life, nil for what is not depreciated; `residual` a per cent of the
    original value. Rounded half up, as the register's form computes it.
    """
    if not years:
        return ZERO
    depreciable = exact(original) * (100 - residual) / 100
    return (depreciable / (years * 12)).quantize(_CENT, ROUND_HALF_UP)


def accumulated(
    original: Decimal,
    years: int,
    residual: int,
    acquired: date,
    day: date,
    opening: tuple[date, Decimal] | None = None,
) -> Decimal:
    """Return what is depreciated when the month of `day` ends.

    The last month takes what rounding has left, so that a whole life comes to the depreciable value
    exactly. `opening` is a last day of a month and what older books had depreciated by then; the
    months after it count on from there.
    """
    limit = _depreciable(original, residual)
    begun, before = opening or (acquired, ZERO)
    months = _months(begun, day)
    if months < 0:
        return ZERO
    if not years:
        return before
    if _months(acquired, day) >= years * 12:
        return max(limit, before)
    return max(before, min(limit, before + months * monthly(original, years, residual)))


def _depreciable(original, residual):
    return (exact(original) * (100 - residual) / 100).quantize(_CENT, ROUND_HALF_UP)


def _months(start, end):
    return (end.year - start.year) * 12 + end.month - start.month
