"""The money of one village, month by month: what comes in, what goes out, and how it adds up.

The published tables are views of this one ledger, so they agree with one another.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ..lib.periods import Period
from .people import Names
from .places import Village
from .shipped import shipped

CASH, BANK = "cash", "bank"
# accounts of the 2023 chart
RECEIVABLES, PAYABLES, OPERATING_INCOME = "112", "211", "501"
# what the pond's tenant still owed, and what was owed for the road, when the ledger begins
_ARREARS, _DEBT = Decimal("12000.00"), Decimal("26000.00")


@dataclass(frozen=True)
class Entry:
    """One receipt or payment, in yuan; `expense` is its kind among the running costs."""

    day: date
    voucher: str
    channel: str
    line: str
    account: str
    summary: str
    party: str
    proof: str
    amount: Decimal
    expense: str | None

    @property
    def is_receipt(self) -> bool:
        return self.line.startswith("in_")

    @property
    def signed(self) -> Decimal:
        return self.amount if self.is_receipt else -self.amount


class Ledger:
    """The books of `village` over consecutive months, the same each time they are made."""

    def __init__(self, village: Village, months: list[Period]):
        self.village = village
        self.months = months
        self._random = Random(f"ledger {village.code}")
        names = Names(f"ledger {village.code}")
        self.tenant, _sex = names.draw("m")
        self._words = {
            "tenant": self.tenant,
            "labourer": names.draw("m")[0],
            "committee": f"{village.name}{village.villagers}委员会",
        }
        self._opening = {
            CASH: Decimal(self._random.randrange(6000, 9000, 100)),
            BANK: Decimal(self._random.randrange(110_000, 190_000, 250)),
        }
        self._entries = {month: self._month(month) for month in months}

    def entries(self, *months: Period) -> list[Entry]:
        """Receipts and payments of `months` by date."""
        return [entry for month in months for entry in self._entries[month]]

    def payments(self, month: Period) -> list[Entry]:
        """The payments of `month` by date."""
        return [entry for entry in self.entries(month) if not entry.is_receipt]

    def opening(self, month: Period, channel: str | None = None) -> Decimal:
        """What was there when `month` began, in `channel` or in all."""
        channels = (channel,) if channel else (CASH, BANK)
        return sum(self._opening[one] for one in channels) + sum(
            entry.signed for entry in self._before(month) if entry.channel in channels
        )

    def closing(self, month: Period, channel: str | None = None) -> Decimal:
        """What was there when `month` ended."""
        return self.opening(month, channel) + sum(
            entry.signed for entry in self.entries(month) if channel in (None, entry.channel)
        )

    def year_to(self, month: Period) -> list[Period]:
        """The months of the ledger in the year of `month`, up to it."""
        year = month.start.year
        return [one for one in self.months if one.start.year == year and one.start <= month.start]

    def arrears(self, month: Period) -> tuple[Decimal, Decimal]:
        """`(at the beginning of the month, recovered in it)`: the pond tenant's old debt."""
        return self._run_down(month, _ARREARS, RECEIVABLES)

    def debt(self, month: Period) -> tuple[Decimal, Decimal]:
        """`(at the beginning of the month, repaid in it)`: what is still owed for the road."""
        return self._run_down(month, _DEBT, PAYABLES)

    def _run_down(self, month, amount, account):
        before, now = (
            sum((entry.amount for entry in entries if entry.account == account), Decimal(0))
            for entries in (self._before(month), self.entries(month))
        )
        return amount - before, now

    def _before(self, month):
        return self.entries(*(one for one in self.months if one.start < month.start))

    def _month(self, month):
        postings = [
            posting
            for posting in shipped("books")["postings"]
            if month.start.month in posting.get("months", range(1, 13))
            and not (posting.get("collective") and self.village.is_community)
        ]
        days = [self._day(month, posting) for posting in postings]
        numbers = {}
        entries = []
        for day, posting in sorted(zip(days, postings, strict=True), key=lambda pair: pair[0]):
            channel = "现" if posting.get("channel") == CASH else "银"
            series = channel + ("收" if posting["line"].startswith("in_") else "付")
            numbers[series] = numbers.get(series, 0) + 1
            entries.append(self._entry(posting, day, f"{series}{numbers[series]:03}"))
        return entries

    def _day(self, month, posting):
        return month.start + timedelta(days=posting["day"] - 1 - self._random.randrange(2))

    def _entry(self, posting, day, voucher):
        words = {**self._words, "month": day.month, "year": day.year}
        return Entry(
            day=day,
            voucher=voucher,
            channel=posting.get("channel", BANK),
            line=posting["line"],
            account=str(posting["account"]),
            summary=posting["summary"].format(**words),
            party=posting["party"].format(**words),
            proof=posting["proof"],
            amount=self._amount(posting["amount"]),
            expense=posting.get("expense"),
        )

    def _amount(self, amount):
        if isinstance(amount, list):
            low, high = amount
            amount = Decimal(self._random.randrange(low * 100, high * 100)) / 100
        return Decimal(amount).quantize(Decimal("0.01"))
