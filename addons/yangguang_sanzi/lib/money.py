"""Amounts of the books: Decimal yuan with two places, never rounded on the way."""

from decimal import Decimal

ZERO = Decimal("0.00")
_CENT = Decimal("0.01")


def exact(value: Decimal | str | int) -> Decimal:
    """Return `value` with two places.

    Raises ValueError when it has more, or is no number: what is not exact is not booked.
    """
    if isinstance(value, float):
        raise ValueError("金额不能是浮点数")
    try:
        amount = Decimal(value)
        rounded = amount.quantize(_CENT)
    except ArithmeticError as error:
        raise ValueError(f"「{value}」不是金额") from error
    if rounded != amount:
        raise ValueError(f"金额{value}的小数超过两位")
    return rounded
