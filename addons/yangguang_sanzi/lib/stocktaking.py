"""The yearly check of what there is against the books (清产核资): surplus and shortage."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from .money import ZERO

# in the order of the form
CATEGORIES = (
    "cash",
    "short",
    "recv",
    "stock",
    "bio",
    "long",
    "fixed",
    "cip",
    "intan",
    "defer",
    "liab",
)


@dataclass(frozen=True)
class Counted:
    """One thing, or a whole category, as the books and as those who checked have it."""

    category: str
    name: str
    book: Decimal
    checked: Decimal
    income_earning: bool = False
    reason: str | None = None
    handling: str | None = None

    @property
    def difference(self) -> Decimal:
        """More found than booked (盘盈) is positive, less (盘亏) negative."""
        return self.checked - self.book


@dataclass(frozen=True)
class Result:
    """A category in the result; `surplus` and `shortage` are both positive, never netted."""

    category: str
    book: Decimal = ZERO
    checked: Decimal = ZERO
    income_earning: Decimal = ZERO
    surplus: Decimal = ZERO
    shortage: Decimal = ZERO
    reasons: tuple[str, ...] = ()
    handlings: tuple[str, ...] = ()

    @property
    def difference(self) -> Decimal:
        return self.checked - self.book


def results(lines: Iterable[Counted]) -> list[Result]:
    """Return one result for each category that was checked, in the order of the form."""
    by_category = {}
    for line in lines:
        by_category.setdefault(line.category, []).append(line)
    return [
        _result(category, by_category[category])
        for category in CATEGORIES
        if category in by_category
    ]


def problems(lines: Iterable[Counted]) -> list[str]:
    """Return what keeps a check from being confirmed: differences that nobody has explained."""
    return [
        f"「{line.name}」账实相差{line.difference}元，请写明差异原因和处理意见。"
        for line in lines
        if line.difference and not (line.reason and line.handling)
    ]


def _result(category, lines):
    differences = [line.difference for line in lines]
    return Result(
        category,
        sum((line.book for line in lines), ZERO),
        sum((line.checked for line in lines), ZERO),
        sum((line.checked for line in lines if line.income_earning), ZERO),
        sum((one for one in differences if one > 0), ZERO),
        -sum((one for one in differences if one < 0), ZERO),
        _said(lines, "reason"),
        _said(lines, "handling"),
    )


def _said(lines, name):
    return tuple(dict.fromkeys(filter(None, (getattr(line, name) for line in lines))))
