"""The rent of a contract, year by year, and the plan of instalments it is paid in."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal

from .dates import months_later, years_later
from .money import ZERO, exact
from .shares import divide

# months between two instalments; once: all of it at the beginning
CYCLES = {"once": None, "year": 12, "half": 6, "quarter": 3, "month": 1}
_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Step:
    """How rent grows: every `years` years by `value`, a per cent or yuan, or not at all.

    `kind` is "none", "percent" or "amount". Raises ValueError for a step that leads nowhere.
    """

    kind: str = "none"
    years: int = 0
    value: Decimal = ZERO

    def __post_init__(self):
        if self.kind not in ("none", "percent", "amount"):
            raise ValueError(f"没有「{self.kind}」这种调整办法")
        if self.kind != "none" and (self.years < 1 or not self.value):
            raise ValueError("租金调整须写明每几年、调整多少")

    def in_words(self) -> str | None:
        """Return the clause as ledgers say it; nothing when rent does not change."""
        if self.kind == "none":
            return None
        by = f"{abs(self.value).normalize():f}%"
        if self.kind == "amount":
            by = f"{abs(self.value):.2f}元"
        return f"每{self.years}年{'递增' if self.value > 0 else '递减'}{by}"

    def of_year(self, first: Decimal, number: int) -> Decimal:
        """Return the rent of the contract's year `number` (0, 1, …) when the first one is `first`.

        A percentage is of the rent before, rounded to the cent each time.
        """
        rent = exact(first)
        if self.kind == "none":
            return rent
        for _each in range(number // self.years):
            if self.kind == "percent":
                rent = (rent * (100 + self.value) / 100).quantize(_CENT, ROUND_HALF_UP)
            else:
                rent += exact(self.value)
        if rent < 0:
            raise ValueError(f"第{number + 1}年的租金成了负数")
        return rent


@dataclass(frozen=True)
class Terms:
    """What an instalment plan follows from; `end` is the last day, `due_days` how many days after
    the beginning of the time it is for an instalment is due (below nil: before)."""

    start: date
    end: date
    annual: Decimal
    cycle: str
    step: Step = Step()
    due_days: int = 0

    def __post_init__(self):
        if self.end < self.start:
            raise ValueError("终止日期早于起始日期")
        if self.cycle not in CYCLES:
            raise ValueError(f"没有「{self.cycle}」这种缴款周期")
        if self.annual < 0:
            raise ValueError("租金不能是负数")


@dataclass(frozen=True)
class Instalment:
    """What is due on a day, for the time from `start` to `end`."""

    start: date
    end: date
    due: date
    amount: Decimal


def total(terms: Terms) -> Decimal:
    """Return the rent of the whole term."""
    return sum((rent for _start, _end, rent in _years(terms)), ZERO)


def plan(terms: Terms) -> list[Instalment]:
    """Return the instalments; they add up to `total` to the cent.

    A year's rent is divided over the days of its instalments in whole months; a last year that is
    not full has the part of its rent that its days are of the full year.
    """
    months = CYCLES[terms.cycle]
    if months is None:
        return [_instalment(terms, terms.start, terms.end, total(terms))]
    found = []
    for start, end, rent in _years(terms):
        spans = list(_spans(start, end, months, terms.start))
        full = years_later(start, 1) - _DAY == end
        # equal parts of a full year are equal, however many days a quarter has
        weights = {span: 1 if full else (span[1] - span[0]).days + 1 for span in spans}
        parts = divide(rent, weights)
        found += [_instalment(terms, *span, parts[span]) for span in spans]
    return found


def end_early(instalments: list[Instalment], day: date) -> list[Instalment]:
    """Return what is left of a plan when the contract ends on `day`, its last.

    The instalment that runs on that day keeps the part that its days are of its time; later ones
    are not owed.
    """
    return [
        one
        if one.end <= day
        else Instalment(one.start, day, one.due, _part(one, (day - one.start).days + 1))
        for one in instalments
        if one.start <= day
    ]


def _part(instalment, days):
    whole = (instalment.end - instalment.start).days + 1
    return (instalment.amount * days / whole).quantize(_CENT, ROUND_HALF_UP)


def _years(terms: Terms) -> Iterator[tuple[date, date, Decimal]]:
    """The years of the contract with their rent; the last one may be short."""
    number = 0
    while (start := years_later(terms.start, number)) <= terms.end:
        full_end = years_later(terms.start, number + 1) - _DAY
        rent = terms.step.of_year(terms.annual, number)
        if full_end > terms.end:
            share = Decimal((terms.end - start).days + 1) / ((full_end - start).days + 1)
            rent = (rent * share).quantize(_CENT, ROUND_HALF_UP)
        yield start, min(full_end, terms.end), rent
        number += 1


def _spans(start, end, months, origin):
    """The times of the instalments of one year; days are counted from the contract's own start, so
    that one that starts on the 31st is not moved for good by a short month."""
    offset = (start.year - origin.year) * 12 + start.month - origin.month
    begins = start
    while begins <= end:
        offset += months
        next_begins = months_later(origin, offset)
        yield begins, min(next_begins - _DAY, end)
        begins = next_begins


def _instalment(terms, start, end, amount):
    return Instalment(start, end, start + timedelta(days=terms.due_days), amount)
