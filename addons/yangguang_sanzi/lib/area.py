"""Areas of land in the units people use: 亩, square metres, hectares.

One hectare is 15 亩 and 10,000 square metres, so a 亩 is 2,000/3 square metres, which no decimal
number is. Conversion is exact inside and rounded once, when the result is written.
"""

from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

# in square metres
UNITS = {"mu": Fraction(2000, 3), "square_metre": Fraction(1), "hectare": Fraction(10000)}
# as the tables write 亩; a unit in the last place is 0.07 square metres
PLACES = 4
# more digits than any area with its places has
_DIGITS = 60


def convert(value: Decimal, unit: str, wanted: str, places: int = PLACES) -> Decimal:
    """Return `value` in `wanted` instead of `unit`, rounded half up to `places`.

    Raises ValueError for an area below nil, KeyError for an unknown unit.
    """
    if value < 0:
        raise ValueError(f"面积不能是负数：{value}")
    exact = Fraction(value) * UNITS[unit] / UNITS[wanted]
    with localcontext(prec=_DIGITS):
        quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
        return quotient.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


def in_mu(value: Decimal, unit: str) -> Decimal:
    """Return `value` in 亩, as registers keep it."""
    return convert(value, unit, "mu")
