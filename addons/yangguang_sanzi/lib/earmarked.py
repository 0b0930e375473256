"""Money bound to a purpose: granted, received, spent, left. Grants and land compensation are such.

Nothing is refused here: money may have come late or been spent before. But whatever is out of order
at any moment is named, with its day.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .money import ZERO

RECEIVED = "received"


@dataclass(frozen=True)
class Movement:
    """Money that came in (kind RECEIVED) or went out (any other kind), above nil."""

    day: date
    kind: str
    amount: Decimal
    note: str = ""


@dataclass(frozen=True)
class Figures:
    """What a period shows. `spent_by` tells the outflow of the period by kind; `received_total` and
    `spent_total` count from the beginning to its end."""

    opening: Decimal
    received: Decimal
    spent: Decimal
    spent_by: Mapping[str, Decimal]
    received_total: Decimal
    spent_total: Decimal

    @property
    def left(self) -> Decimal:
        return self.opening + self.received - self.spent


def figures(movements: Iterable[Movement], start: date, end: date) -> Figures:
    """Return the figures from `start` to `end`, both included."""
    known = [one for one in movements if one.day <= end]
    before = [one for one in known if one.day < start]
    within = [one for one in known if one.day >= start]
    spent_by = {}
    for one in within:
        if one.kind != RECEIVED:
            spent_by[one.kind] = spent_by.get(one.kind, ZERO) + one.amount
    return Figures(
        _received(before) - _spent(before),
        _received(within),
        _spent(within),
        spent_by,
        _received(known),
        _spent(known),
    )


def left(movements: Iterable[Movement]) -> Decimal:
    """Return received less spent."""
    movements = list(movements)
    return _received(movements) - _spent(movements)


def problems(granted: Decimal, movements: Iterable[Movement]) -> list[str]:
    """Return what is out of order, in the order of days; empty when nothing is.

    Receipts of a day come before what is spent on it.
    """
    found = []
    received = balance = ZERO
    for one in sorted(movements, key=lambda move: (move.day, move.kind != RECEIVED)):
        if one.kind == RECEIVED:
            if received <= granted < received + one.amount:
                found.append(
                    f"{one.day}累计到账{received + one.amount}元，多于下达的{granted}元，请核对。"
                )
            received += one.amount
            balance += one.amount
            continue
        if balance >= 0 > balance - one.amount:
            found.append(
                f"{one.day}支出{one.amount}元时结余只有{balance}元，超支{one.amount - balance}元，"
                "请核对。"
            )
        balance -= one.amount
    return found


def _received(movements):
    return sum((one.amount for one in movements if one.kind == RECEIVED), ZERO)


def _spent(movements):
    return sum((one.amount for one in movements if one.kind != RECEIVED), ZERO)
