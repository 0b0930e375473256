"""The lines under which money that comes in or goes out is disclosed (农经发〔2011〕13号).

The accounts of 2023 and the lines of 2011 do not match one to one (发包及上交收入 is no account any
more), so every entry that moves money names its line, among those that go with the account.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .chart import Account


@dataclass(frozen=True)
class PublicLine:
    """A line; `direction` is "in" or "out", `accounts` are codes of the first level."""

    code: str
    name: str
    direction: str
    accounts: frozenset[str]


@dataclass(frozen=True)
class PublicLines:
    """All lines by code."""

    by_code: Mapping[str, PublicLine]

    @classmethod
    def from_data(cls, data: Iterable[Mapping]) -> "PublicLines":
        """Return the lines that `data` lists; raises ValueError for an unknown direction."""
        lines = {}
        for one in data:
            if one["direction"] not in ("in", "out"):
                raise ValueError(f"「{one['name']}」的方向不明")
            lines[one["code"]] = PublicLine(
                one["code"], one["name"], one["direction"], frozenset(one["accounts"])
            )
        return cls(lines)

    def fits(self, code: str, account: Account) -> bool:
        """Whether entries in `account` may be disclosed under the line `code`."""
        line = self.by_code.get(code)
        return (line is not None and not account.computed) and (
            account.settles or account.root in line.accounts or code in account.lines
        )

    def choices(self, account: Account, direction: str) -> list[str]:
        """Return the codes of the lines of `direction` that go with `account`, in order."""
        return [
            code
            for code, line in self.by_code.items()
            if line.direction == direction and self.fits(code, account)
        ]
