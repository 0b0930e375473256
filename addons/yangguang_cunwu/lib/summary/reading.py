"""The sentences and bars that the forms are told with."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ..chart import Bar, Chart
from .glossary import said
from .sheet import Sheet
from .words import Period, amount, compared

# kinds that a chart names; the others are added up
_NAMED = 5
_OTHERS = "其余"


@dataclass(frozen=True, slots=True)
class Reading:
    """A sheet with those it is compared with."""

    period: Period
    now: Sheet
    before: Sheet | None = None
    year_ago: Sheet | None = None

    def total(self, lead: str, key: str, none: str) -> str:
        """The total of the column `key`, or `none`, compared with the period before."""
        now = self.now.total(key)
        if now is None:
            return ""
        before = self.before.total(key) if self.before else None
        told = f"{lead}{amount(now)}" if now else none
        return told + compared(now, before, self.period.before)

    def balance(self, lead: str, opening: str, closing: str, none: str) -> str:
        """What is there at the end, or `none`, compared with the beginning of the same period."""
        now = self.now.total(closing)
        if now is None:
            return ""
        told = f"{lead}{amount(now)}" if now else none
        return told + compared(now, self.now.total(opening), self.period.start)

    def plain(self, lead: str, key: str, none: str = "") -> str:
        """The total of the column `key`, or `none` when it is nothing."""
        now = self.now.total(key)
        if now is None:
            return ""
        return f"{lead}{amount(now)}" if now else none

    def past(self, lead: str, *figures: tuple[str, str, str]) -> str:
        """The totals of the same period of the year before: (word, column key, none) each."""
        if not self.year_ago or not lead:
            return ""
        told = [
            f"{word}{amount(total)}" if total else none
            for word, key, none in figures
            if (total := self.year_ago.total(key)) is not None
        ]
        return lead + "，".join(told) if told else ""

    def most(self, lead: str, kind: str, key: str) -> str:
        """The kind with the greatest sum; two when they are alike, nothing when more are."""
        sums = self.now.by(kind, key)
        if not sums:
            return ""
        greatest = max(sums.values())
        found = [label for label, value in sums.items() if value == greatest]
        names = [said(label) for label in found]
        if greatest <= 0 or None in names or len(found) > 2:
            return ""
        if len(found) == 2:
            return f"{lead}最多的是{names[0]}和{names[1]}，各{amount(greatest)}"
        if any(value for label, value in sums.items() if label != found[0]):
            return f"{lead}最多的是{names[0]}，{amount(greatest)}"
        return f"{lead}全部是{names[0]}"

    def count(self, told: str, keep: Callable, key: str = "", none: str = "") -> str:
        """How many rows fulfil `keep`, with their sum of the column `key`.

        `keep` raises KeyError where the form has no such column, and nothing is said then.
        `told` has {count} and, with `key`, {sum} after its comma; `none` is said when there is no
        such row.
        """
        if key and not self.now.is_number(key):
            return ""
        try:
            kept = self.now.rows(keep)
        except KeyError:
            kept = None
        if kept is None:
            return ""
        total = sum((row[key] or Decimal(0) for row in kept), Decimal(0)) if key else None
        if not kept:
            return none
        if key and not total:
            told = told.partition("，")[0]
        return told.format(count=len(kept), sum=key and amount(total))

    def kinds(self, title: str, *columns: tuple[str, str, str]) -> Chart | None:
        """The chart of sums by kind: (side, kind column, value column) each."""
        if any(self.now.by(kind, key) is None for _, kind, key in columns):
            return self.totals(title, *(key for _, _, key in columns))

        def bars(sheet):
            sums = [(side, sheet.by(kind, key)) for side, kind, key in columns]
            if any(found is None for _, found in sums):
                return None
            return {
                (side, label): value
                for side, found in sums
                for label, value in found.items()
                if label is not None
            }

        return self._chart(title, bars, ranked=True)

    def totals(self, title: str, *keys: str) -> Chart | None:
        """The chart of the totals of the columns `keys`."""
        return self._chart(
            title,
            lambda sheet: {
                ("", label): sheet.total(key) for key in keys if (label := sheet.label(key))
            },
        )

    def _chart(self, title, bars, ranked=False):
        """The chart of what `bars` gives for each period, but for those that it gives None for."""
        sheets = [sheet for sheet in (self.now, self.before, self.year_ago) if sheet]
        periods = {sheet.period: found for sheet in sheets if (found := bars(sheet)) is not None}
        return draw_up(title, periods, ranked)


def draw_up(
    title: str, periods: dict[str, dict[tuple[str, str], Decimal | None]], ranked: bool = False
) -> Chart | None:
    """The chart of `periods`: name -> (side, label) -> amount; None when all is nothing.

    Where the bars are `ranked`, the greatest of each side are named and the others are one bar.
    """
    bars = []
    for side in dict.fromkeys(side for values in periods.values() for side, _ in values):
        labels = dict.fromkeys(
            label for values in periods.values() for of, label in values if of == side
        )
        rows = {
            label: tuple(values.get((side, label), Decimal(0)) for values in periods.values())
            for label in labels
        }
        rows = {label: row for label, row in rows.items() if any(row)}
        bars += _ranked(side, rows) if ranked else _named(side, rows)
    return Chart(title, tuple(periods), tuple(bars)) if bars else None


def _named(side, rows):
    return [Bar(said(label) or label, row, side) for label, row in rows.items()]


def _ranked(side, rows):
    order = sorted(rows, key=lambda label: [-abs(value or 0) for value in rows[label]])
    # one kind alone is not worth another name
    count = _NAMED if len(order) > _NAMED + 1 else len(order)
    bars = _named(side, {label: rows[label] for label in order[:count]})
    if others := [rows[label] for label in order[count:]]:
        sums = (sum(value or 0 for value in column) for column in zip(*others, strict=True))
        bars.append(Bar(_OTHERS, tuple(map(Decimal, sums)), side))
    return bars
