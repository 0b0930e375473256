"""What the posted lines add up to: trial balance and the ledger of one account.

Balances are signed, debit positive. A key is (account code, counterparty or None), since some
accounts are claims against one counterparty and debts to another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .chart import Chart
from .money import ZERO
from .vouchers import Line

Key = tuple[str, str | None]


@dataclass(frozen=True)
class Balance:
    """Opening balance (debit positive), turnover of both sides, and what comes out."""

    opening: Decimal = ZERO
    debit: Decimal = ZERO
    credit: Decimal = ZERO

    @property
    def closing(self) -> Decimal:
        return self.opening + self.debit - self.credit

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.opening + other.opening, self.debit + other.debit, self.credit + other.credit
        )


def balances(opening: Mapping[Key, Decimal], lines: Iterable[Line]) -> dict[Key, Balance]:
    """Return the balance of each key from its `opening` and the posted `lines` of a period."""
    found = {key: Balance(amount) for key, amount in opening.items()}
    for line in lines:
        key = line.account, line.counterparty
        found[key] = found.get(key, Balance()) + Balance(debit=line.debit, credit=line.credit)
    return found


def trial_balance(chart: Chart, found: Mapping[Key, Balance]) -> dict[str, Balance]:
    """Return the balance of each account that has any, in the order of codes.

    Accounts of a higher level hold the sum of what stands below them. Raises KeyError for an
    account that is not in the chart.
    """
    rows = {}
    for (code, _counterparty), balance in found.items():
        account = chart.by_code[code]
        while account:
            rows[account.code] = rows.get(account.code, Balance()) + balance
            account = chart.parent(account.code)
    return dict(sorted(rows.items()))


def total(chart: Chart, rows: Mapping[str, Balance]) -> Balance:
    """Return the sum over the first level of a trial balance: opening and closing are nil, debit
    equals credit, or the books are wrong."""
    return sum((balance for code, balance in rows.items() if chart.parent(code) is None), Balance())


@dataclass(frozen=True)
class LedgerRow:
    """A line of an account's ledger, with the balance after it (debit positive)."""

    date: date
    number: int
    summary: str
    debit: Decimal
    credit: Decimal
    balance: Decimal


def account_ledger(
    opening: Decimal, entries: Iterable[tuple[date, int, str, Decimal, Decimal]]
) -> list[LedgerRow]:
    """Return the ledger of one account, as the cash and bank books show it.

    `entries` are (date, number, summary, debit, credit) in the order they are booked in.
    """
    rows = []
    balance = opening
    for day, number, summary, debit, credit in entries:
        balance += debit - credit
        rows.append(LedgerRow(day, number, summary, debit, credit, balance))
    return rows
