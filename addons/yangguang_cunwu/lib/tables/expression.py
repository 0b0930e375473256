"""The rule language of the tables: what a formula is, and how it is read and computed.

A formula is parsed into Python's syntax tree, walked by a whitelist (`compiler`) and turned into
closures; nothing of it is ever run as Python. Numbers are `Decimal`, rounding is half up. An empty
number counts as 0; a formula that touches an empty date is skipped.

    balance = prev(balance, opening_balance) + income - expense
    implies(kind in ['all', 'household'], days(notice_date, date) >= 10)
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation, Overflow

from .values import ZERO

NUMBER, TEXT, DATE, BOOLEAN = "number", "text", "date", "boolean"
KIND_LABELS = {NUMBER: "数字", TEXT: "文字", DATE: "日期", BOOLEAN: "是非判断"}

_ASSIGNMENT = re.compile(r"\s*([^\W\d]\w*)\s*=(?!=)(.*)", re.DOTALL)

Value = Decimal | str | date | bool | None


class ExpressionError(ValueError):
    """The formula is not one; the message tells the person who wrote it."""


class EvaluationError(ValueError):
    """The formula cannot be computed from these figures."""


class EmptyDateError(Exception):
    """An empty date was touched."""


@dataclass(slots=True)
class Context:
    """The figures a formula is computed from: numbers as Decimal, dates as date, empty as None.

    `previous` is the row before, None in the first row.
    """

    header: Mapping[str, Value] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Value]] = ()
    today: date | None = None
    row: Mapping[str, Value] = field(default_factory=dict)
    previous: Mapping[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A name formulas may use. `source` is the Context's "row" or "header"; `choices` are the
    values a selection can have."""

    kind: str
    source: str = "row"
    choices: frozenset[str] | None = None


@dataclass(frozen=True, slots=True)
class Scope:
    """What a formula may use: `names`, the number columns `sum` adds up, `prev`, `today`."""

    names: Mapping[str, Name]
    summable: frozenset[str] = frozenset()
    previous: bool = False
    today: bool = True


@dataclass(frozen=True, slots=True)
class Formula:
    """A compiled formula. `names` are those it touches, in order; `current` leaves out what only
    `prev` looks at, so it is what must be computed first. `looks_back` tells that it has a `prev`.
    """

    text: str
    kind: str
    names: tuple[str, ...]
    current: frozenset[str]
    looks_back: bool
    run: Callable[[Context], Value]

    def evaluate(self, context: Context) -> Value:
        """The value; None when the formula is skipped because a date it needs is empty.

        Raises EvaluationError when there is none (division by zero).
        """
        try:
            return self.run(context)
        except EmptyDateError:
            return None
        except (InvalidOperation, Overflow):
            raise EvaluationError("数字过大，无法计算") from None


@dataclass(frozen=True, slots=True)
class Part:
    """A compiled part of a formula. `literals` has the value of a constant, `choices` the values a
    selection can have."""

    kind: str
    run: Callable[[Context], Value]
    literals: tuple[Decimal | str, ...] = ()
    choices: frozenset[str] | None = None


def reader(name: Name, key: str, source: str) -> Callable[[Context], Value]:
    """A closure giving the value `key` of the Context's `source`, an empty one as its kind has it:
    0, no text, or EmptyDateError."""
    empty = {NUMBER: ZERO, TEXT: ""}.get(name.kind)

    def read(context):
        value = getattr(context, source)[key]
        if value is None:
            if empty is None:
                raise EmptyDateError
            return empty
        return value

    return read


def split_assignment(text: str) -> tuple[str, str]:
    """The column and the formula of `column = formula`; raises ExpressionError for other texts."""
    match = _ASSIGNMENT.fullmatch(text)
    if not match:
        raise ExpressionError("计算规则应写成「列 = 公式」")
    return match[1], match[2].strip()
