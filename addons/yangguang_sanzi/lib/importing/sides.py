"""On which side an amount stands: two columns, or one of amounts beside one of directions."""

from collections.abc import Mapping
from decimal import Decimal

from ..money import ZERO

_DEBIT = frozenset({"借", "借方", "DR", "J", "1"})
_CREDIT = frozenset({"贷", "贷方", "CR", "-1"})
# a balance of nil stands on neither side
_NEITHER = frozenset({"平"})


def amounts(record: Mapping[str, str]) -> tuple[Decimal, Decimal]:
    """Return debit and credit of a row; ZERO where nothing is said.

    Raises ValueError for an amount whose side is not told.
    """
    amount = Decimal(record.get("amount") or ZERO)
    side = record.get("side", "").upper()
    if side in _DEBIT:
        return amount, ZERO
    if side in _CREDIT:
        return ZERO, amount
    if side and side not in _NEITHER:
        raise ValueError(f"方向应填「借」或者「贷」，这里是「{side}」")
    if amount:
        raise ValueError("写了金额，没有写方向")
    return Decimal(record.get("debit") or ZERO), Decimal(record.get("credit") or ZERO)
