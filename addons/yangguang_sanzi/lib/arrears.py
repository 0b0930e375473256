"""Who has paid what: receipts against instalments, and what is overdue since when."""

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .money import ZERO

# longest age in days -> key; what is older is in the last one
BUCKETS = ((30, "days_30"), (90, "days_90"), (180, "days_180"), (None, "older"))


@dataclass(frozen=True)
class Due:
    """An instalment to be paid on `day`."""

    key: Hashable
    day: date
    amount: Decimal


@dataclass(frozen=True)
class Receipt:
    """Money received; `told` names the instalment it was paid for, if anybody said."""

    key: Hashable
    day: date
    amount: Decimal
    told: Hashable | None = None


@dataclass(frozen=True)
class Part:
    """What of a receipt goes to an instalment."""

    receipt: Receipt
    due: Due
    amount: Decimal


@dataclass(frozen=True)
class Matching:
    """`parts` in the order they were made; `surplus` is paid beyond all instalments."""

    dues: Sequence[Due]
    parts: Sequence[Part]
    surplus: Decimal

    def paid(self, due: Due, until: date, since: date = date.min) -> Decimal:
        """What of an instalment was paid from `since` to `until`, both included."""
        return sum(
            (
                part.amount
                for part in self.parts
                if part.due is due and since <= part.receipt.day <= until
            ),
            ZERO,
        )

    def unpaid(self, due: Due, day: date) -> Decimal:
        """What is left of an instalment when `day` ends."""
        return due.amount - self.paid(due, day)

    def arrears(self, day: date) -> Decimal:
        """What is due before the end of `day` and not paid by then."""
        return sum(self.overdue(day).values(), ZERO)

    def overdue(self, day: date) -> dict[Due, Decimal]:
        """What is left of each instalment that should have been paid by `day`."""
        left = {due: self.unpaid(due, day) for due in self.dues if due.day <= day}
        return {due: amount for due, amount in left.items() if amount}

    def ageing(self, day: date) -> dict[str, Decimal]:
        """The arrears of `day` by age, in the order of BUCKETS."""
        found = {key: ZERO for _days, key in BUCKETS}
        for due, amount in self.overdue(day).items():
            found[bucket((day - due.day).days)] += amount
        return found


@dataclass(frozen=True)
class Row:
    """An instalment in a period: what was owed before, what came due, what was paid."""

    due: Due
    opening: Decimal
    receivable: Decimal
    received: Decimal
    overdue_days: int

    @property
    def closing(self) -> Decimal:
        return self.opening + self.receivable - self.received


def match(dues: Iterable[Due], receipts: Iterable[Receipt]) -> Matching:
    """Return how `receipts` pay `dues`, in the order they came in.

    A receipt pays what it was told to first, and then what has been due for longest; what all
    instalments leave of it is the surplus. Raises KeyError when it names an unknown instalment.
    """
    order = sorted(dues, key=lambda due: due.day)
    by_key = {due.key: due for due in order}
    left = {due.key: due.amount for due in order}
    parts, surplus = [], ZERO
    for receipt in sorted(receipts, key=lambda one: one.day):
        amount = receipt.amount
        first = [by_key[receipt.told]] if receipt.told is not None else []
        for due in (*first, *order):
            part = min(amount, left[due.key])
            if part > 0:
                parts.append(Part(receipt, due, part))
                left[due.key] -= part
                amount -= part
        surplus += amount
    return Matching(order, parts, surplus)


def rows(matching: Matching, start: date, end: date) -> list[Row]:
    """Return the instalments that a period from `start` to `end` is about: those owed before, those
    that come due in it, and those that are paid in it.

    What was paid ahead of the period is no longer receivable in it; what is paid in it ahead of its
    day is receivable by being paid. So over all rows closing arrears are those of `end`, and what
    was received is what was matched.
    """
    found = []
    before = date.fromordinal(start.toordinal() - 1)
    for due in matching.dues:
        received = matching.paid(due, end, start)
        owed = matching.unpaid(due, before)
        if due.day < start:
            opening, receivable = owed, ZERO
        elif due.day <= end:
            opening, receivable = ZERO, owed
        else:
            opening, receivable = ZERO, received
        if opening or receivable or received:
            row = Row(due, opening, receivable, received, 0)
            late = max((end - due.day).days, 0) if row.closing else 0
            found.append(Row(due, opening, receivable, received, late))
    return found


def bucket(days: int) -> str:
    """Return the key of the age that `days` after the due day falls into."""
    return next(key for longest, key in BUCKETS if longest is None or days <= longest)
