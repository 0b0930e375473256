"""Shares of the collective, and money divided among those who hold them, to the cent."""

from collections.abc import Hashable, Mapping
from decimal import ROUND_DOWN, Decimal

from .money import ZERO, exact

_CENT = Decimal("0.01")


def divide(total: Decimal, weights: Mapping[Hashable, Decimal | int]) -> dict[Hashable, Decimal]:
    """Return `total` divided by `weights`, in cents that add up to exactly the whole.

    Everybody gets what his weight gives, rounded down; the cents that are left go to the largest
    remainders, of equal ones to those named first. Raises ValueError for a weight below nil, and
    for nobody to give anything to.
    """
    if any(weight < 0 for weight in weights.values()):
        raise ValueError("份额不能是负数")
    whole = sum(weights.values())
    if not whole:
        raise ValueError("没有份额，不能分配")
    cents = int(abs(exact(total)) * 100)
    parts, remainders = {}, {}
    for key, weight in weights.items():
        parts[key], remainders[key] = divmod(cents * Decimal(weight), Decimal(whole))
    left = cents - int(sum(parts.values()))
    for key in sorted(remainders, key=remainders.get, reverse=True)[:left]:
        parts[key] += 1
    sign = -1 if total < 0 else 1
    return {key: sign * part * _CENT for key, part in parts.items()}


def per_share(total: Decimal, shares: int) -> tuple[Decimal, Decimal]:
    """Return what a share brings, in whole cents, and what is left with the collective.

    The form on which dividends are shown multiplies shares by the amount of one share, so what
    cannot be divided is not spread over the households but named.
    """
    if shares <= 0:
        raise ValueError("没有份额，不能分配")
    if total < 0:
        raise ValueError("分配金额不能是负数")
    rate = (exact(total) / shares).quantize(_CENT, ROUND_DOWN)
    return rate, exact(total) - rate * shares


def set_off(amount: Decimal, owed: Decimal) -> tuple[Decimal, Decimal]:
    """Return what of `owed` is taken off a dividend of `amount`, and what is paid out."""
    taken = min(max(owed, ZERO), amount)
    return taken, amount - taken
