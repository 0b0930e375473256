"""Book against bank statement (银行存款余额调节表), or against the count of the cash box."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .money import ZERO

# what only one side knows -> (which side has to be adjusted, by what sign)
ITEM_KINDS = {
    "bank_received": ("book", 1),
    "bank_paid": ("book", -1),
    "book_received": ("statement", 1),
    "book_paid": ("statement", -1),
}


@dataclass(frozen=True)
class Reconciliation:
    """Both balances after what only the other side knew; agreed when the difference is nil."""

    book: Decimal
    statement: Decimal

    @property
    def difference(self) -> Decimal:
        return self.book - self.statement


def reconcile(
    book: Decimal, statement: Decimal, items: Iterable[tuple[str, Decimal]] = ()
) -> Reconciliation:
    """Return both balances adjusted by `items`, (kind, amount) with amounts above nil.

    `bank_received` and `bank_paid` stand on the statement and not yet in the book; `book_received`
    and `book_paid` the other way about. Raises ValueError for another kind or amount.
    """
    sums = {"book": book, "statement": statement}
    for kind, amount in items:
        if kind not in ITEM_KINDS:
            raise ValueError(f"没有「{kind}」这种未达账项")
        if amount <= ZERO:
            raise ValueError("未达账项的金额应大于零")
        side, sign = ITEM_KINDS[kind]
        sums[side] += sign * amount
    return Reconciliation(sums["book"], sums["statement"])
