"""A chart of accounts as data, with the days from and to which an account is in force."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

KINDS = ("asset", "liability", "equity", "cost", "income", "expense")
SIDES = ("debit", "credit")
MONEY = ("cash", "bank")


@dataclass(frozen=True)
class Account:
    """An account. A longer code is a detail of the longest account that begins its code.

    `side` is where its balance stands. `balance`, `owed`, `income` and `distribution` are keys of
    lines in the statements (see `lib/statements.py`); `lines` are public lines that go with it
    besides those of the catalogue, `settles` means that any does, `computed` that none does.
    `date_to` is its last day.
    """

    code: str
    name: str
    kind: str
    side: str
    balance: str
    name_en: str = ""
    money: str | None = None
    owed: str | None = None
    income: str | None = None
    distribution: str | None = None
    settles: bool = False
    computed: bool = False
    lines: tuple[str, ...] = ()
    date_from: date = date.min
    date_to: date = date.max

    def __post_init__(self):
        if not (self.code.isascii() and self.code.isdigit() and len(self.code) >= 3):
            raise ValueError(f"科目编号「{self.code}」应为三位以上数字")
        if not self.name:
            raise ValueError(f"科目{self.code}没有名称")
        for value, choices in ((self.kind, KINDS), (self.side, SIDES)):
            if value not in choices:
                raise ValueError(f"科目{self.code}的「{value}」不在可选范围内")
        if self.money is not None and self.money not in MONEY:
            raise ValueError(f"科目{self.code}的「{self.money}」不在可选范围内")
        if self.date_to < self.date_from:
            raise ValueError(f"科目{self.code}的停用日期早于启用日期")

    @property
    def root(self) -> str:
        """The code of the first level, by which the catalogue's tables name accounts."""
        return self.code[:3]

    @property
    def is_temporary(self) -> bool:
        """Whether it starts every year at nil: income and expense."""
        return self.kind in ("income", "expense")

    def in_force(self, day: date) -> bool:
        """Whether entries of `day` may stand in it."""
        return self.date_from <= day <= self.date_to


@dataclass(frozen=True)
class Chart:
    """The accounts of one system. `result` and `undistributed` are the accounts of the year's
    result and of what is left of it, which the carry-over at the end of a year needs.

    Raises ValueError when codes repeat, a detail has no parent, or a named account is missing.
    """

    code: str
    name: str
    accounts: tuple[Account, ...]
    result: str
    undistributed: str
    basis: str = ""
    date_from: date = date.min
    by_code: Mapping[str, Account] = field(init=False, repr=False, compare=False)

    def __post_init__(self):
        by_code = {account.code: account for account in self.accounts}
        if len(by_code) < len(self.accounts):
            raise ValueError("科目编号重复")
        object.__setattr__(self, "by_code", by_code)
        for account in self.accounts:
            if len(account.code) > 3 and self.parent(account.code) is None:
                raise ValueError(f"明细科目{account.code}没有上级科目")
        for code in (self.result, self.undistributed):
            if code not in by_code:
                raise ValueError(f"没有科目{code}")

    @classmethod
    def from_data(cls, data: Mapping) -> "Chart":
        """Return the chart that `data` (as in data/chart_2023.yaml) describes.

        Accounts without a day of their own begin with the chart.
        """
        begins = date.fromisoformat(data["date_from"])
        accounts = tuple(
            Account(
                **{
                    **one,
                    "lines": tuple(one.get("lines", ())),
                    "date_from": _day(one.get("date_from"), begins),
                    "date_to": _day(one.get("date_to"), date.max),
                }
            )
            for one in data["accounts"]
        )
        return cls(
            data["code"],
            data["name"],
            accounts,
            data["result"],
            data["undistributed"],
            data["basis"],
            begins,
        )

    def with_details(self, details: Iterable[Account]) -> "Chart":
        """Return this chart with the detail accounts of one collective added."""
        return Chart(
            self.code,
            self.name,
            (*self.accounts, *details),
            self.result,
            self.undistributed,
            self.basis,
            self.date_from,
        )

    def parent(self, code: str) -> Account | None:
        """Return the account whose detail `code` is, or None at the first level."""
        for length in range(len(code) - 1, 2, -1):
            if account := self.by_code.get(code[:length]):
                return account
        return None

    def account_of(self, code: str) -> str:
        """Return the code of the account of this chart in which the detail `code` of a collective
        stands: its own if it is in the chart."""
        return code if code in self.by_code else self.parent(code).code

    def is_leaf(self, code: str) -> bool:
        """Whether nothing stands below the account, so that entries may."""
        return code not in self._parents

    @cached_property
    def _parents(self):
        parents = (self.parent(account.code) for account in self.accounts)
        return frozenset(parent.code for parent in parents if parent)


def _day(text, otherwise):
    return date.fromisoformat(text) if text else otherwise
