"""The money of one village, month by month: what comes in, what goes out, and how it adds up.

The published tables (`finance.py`) are views of this one ledger, so they agree with one another.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from ..lib.periods import Period
from .people import Names

CASH, BANK = "cash", "bank"
# public line -> account of the 2023 chart
ACCOUNTS = {
    "in_contract": "501",
    "in_lease": "501",
    "in_running": "503",
    "in_other": "504",
    "out_office": "513",
    "out_press": "513",
    "out_pay": "212",
    "out_public": "514",
    "out_asset": "211",
}
POND_RENT, SHOP_RENT = Decimal("30000.00"), Decimal("5400.00")
# what the pond's tenant still owed, and what was owed for the road, when the ledger begins
ARREARS, DEBT = Decimal("12000.00"), Decimal("26000.00")
_RECEIVABLES, _PAYABLES = "112", "211"
# monthly grant for running the village: what for -> (persons, yuan for each)
GRANT = {
    "pay": (6, Decimal("2600.00")),
    "office": (None, Decimal("2500.00")),
    "service": (None, Decimal("4500.00")),
    "vsc": (3, Decimal("200.00")),
    "clerk": (1, Decimal("500.00")),
}
_GRANTED = sum((persons or 1) * each for persons, each in GRANT.values())
_PAID_OUT = sum(persons * each for persons, each in GRANT.values() if persons)


@dataclass(frozen=True)
class _Posting:
    """What happens in certain months of a year, on `day` or the day after, for an amount between
    `low` and `high` yuan. `{month}`, `{year}`, `{committee}`,
    `{tenant}` and `{labourer}` are filled in."""

    months: tuple[int, ...]
    day: int
    line: str
    summary: str
    party: str
    proof: str
    low: Decimal | int
    high: Decimal | int | None = None
    channel: str = BANK
    expense: str | None = None
    account: str | None = None
    communities: bool = True


_ALWAYS = tuple(range(1, 13))
_POSTINGS = (
    _Posting(_ALWAYS, 6, "in_running", "收{month}月村级组织运转经费", "镇财政所", "fiscal", _GRANTED),
    _Posting(
        (1,), 9, "in_contract", "收第三鱼塘{year}年度承包款", "{tenant}", "fin_receipt", POND_RENT,
        communities=False,
    ),
    _Posting(
        (1, 4, 7, 10), 11, "in_lease", "收村口商铺季度租金", "惠民商行", "fin_receipt", SHOP_RENT,
        communities=False,
    ),
    _Posting(
        (2, 5, 8, 11), 19, "in_contract", "收回鱼塘承包旧欠款", "{tenant}", "fin_receipt", 1500,
        account=_RECEIVABLES, communities=False,
    ),
    _Posting((3, 6, 9, 12), 21, "in_other", "收季度存款利息", "青禾农商银行", "receipt", 62, 118),
    _Posting(
        _ALWAYS, 8, "out_office", "付{month}月办公电费", "青禾供电所", "vat", 620, 1480,
        expense="utility",
    ),
    _Posting(
        _ALWAYS, 10, "out_office", "付网络和电话费", "青禾电信服务部", "vat", 260, 380,
        expense="comm",
    ),
    _Posting((1,), 12, "out_press", "订阅全年报刊", "青禾邮政支局", "vat", 980, 1260, expense="press"),
    _Posting((5,), 13, "out_public", "更换道路路灯六盏", "青禾明光照明工程队", "vat", 1900, 2600),
    _Posting(_ALWAYS, 15, "out_pay", "发{month}月干部报酬和补贴", "{committee}", "self", _PAID_OUT),
    _Posting((10,), 16, "out_public", "重阳节慰问老人", "{committee}", "self", 1800, 2800),
    _Posting(
        _ALWAYS, 18, "out_public", "付{month}月环卫保洁费", "青禾清源环卫服务有限公司", "vat", 2600, 3400
    ),
    _Posting(
        _ALWAYS, 20, "out_office", "购打印纸和办公用品", "青禾文具商店", "vat", 86, 340,
        channel=CASH, expense="office",
    ),
    _Posting(
        (2, 6, 10), 22, "out_public", "雇工清理路面塌方泥土", "{labourer}", "slip", 180, 360, channel=CASH
    ),
    _Posting(
        (6,), 25, "out_asset", "付村道硬底化工程欠款", "青禾建筑工程有限公司", "vat", 10000,
        account=_PAYABLES, communities=False,
    ),
)  # fmt: skip


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

    def __init__(self, village, months: list[Period]):
        self.village = village
        self.months = months
        self._random = Random(f"ledger {village.code}")
        names = Names(f"ledger {village.code}")
        (self.tenant, _sex), (self.labourer, _sex) = names.draw("m"), names.draw("m")
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
        entries = self.entries(*(one for one in self.months if one.start < month.start))
        return sum(self._opening[one] for one in channels) + sum(
            entry.signed for entry in entries if entry.channel in channels
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
        """`(at the beginning of the month, recovered in it)`: the old debt of the pond's tenant."""
        return self._run_down(month, ARREARS, _RECEIVABLES)

    def debt(self, month: Period) -> tuple[Decimal, Decimal]:
        """`(at the beginning of the month, repaid in it)`: what is still owed for the road."""
        return self._run_down(month, DEBT, _PAYABLES)

    def _run_down(self, month, amount, account):
        earlier = self.entries(*(one for one in self.months if one.start < month.start))
        before, now = (
            sum((entry.amount for entry in entries if entry.account == account), Decimal(0))
            for entries in (earlier, self.entries(month))
        )
        return amount - before, now

    def _month(self, month):
        postings = [
            posting
            for posting in _POSTINGS
            if month.start.month in posting.months
            and (posting.communities or not self.village.is_community)
        ]
        drawn = [(self._day(month, posting), posting) for posting in postings]
        numbers = {}
        entries = []
        for day, posting in sorted(drawn, key=lambda pair: pair[0]):
            direction = "收" if posting.line.startswith("in_") else "付"
            series = f"{'现' if posting.channel == CASH else '银'}{direction}"
            numbers[series] = numbers.get(series, 0) + 1
            entries.append(self._entry(posting, day, f"{series}{numbers[series]:03}"))
        return entries

    def _day(self, month, posting):
        return month.start + timedelta(days=posting.day - self._random.randrange(2))

    def _entry(self, posting, day, voucher):
        people = "居民" if self.village.is_community else "村民"
        words = {
            "month": day.month,
            "year": day.year,
            "tenant": self.tenant,
            "labourer": self.labourer,
            "committee": f"{self.village.name}{people}委员会",
        }
        return Entry(
            day=day,
            voucher=voucher,
            channel=posting.channel,
            line=posting.line,
            account=posting.account or ACCOUNTS[posting.line],
            summary=posting.summary.format(**words),
            party=posting.party.format(**words),
            proof=posting.proof,
            amount=self._amount(posting),
            expense=posting.expense,
        )

    def _amount(self, posting):
        if posting.high is None:
            return Decimal(posting.low)
        return Decimal(self._random.randrange(posting.low * 100, posting.high * 100)) / 100
