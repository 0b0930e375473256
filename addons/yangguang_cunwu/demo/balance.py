"""What a village owns and owes: fixed assets, balance sheet, result and its distribution."""

from decimal import ROUND_HALF_UP, Decimal

from ..lib.periods import Period
from .finance import RETENTION
from .ledger import Ledger
from .people import Names

# number, name, kind, nature, place, acquired, source, original value in yuan, life in years,
# months of depreciation taken by the end of 2025, use
_ASSETS = (
    ("001", "村口商铺", "house", "op", "村口市场", "2016-01-01", "build", 240_000, 20, 120, "rent"),
    ("002", "村委会办公楼", "house", "nonop", "村部", "2012-06-30", "grant", 420_000, 30, 162, "self"),
    ("003", "灌溉抽水机组", "machine", "nonop", "东片泵房", "2022-03-15", "buy", 36_000, 8, 45, "self"),
    ("004", "文化广场健身器材", "culture", "nonop", "文化广场", "2021-10-01", "grant", 18_000, 6, 50, "self"),
)  # fmt: skip
_RESIDUAL = 5
_BASE_YEAR = 2025
_CAPITAL, _RESERVE_SHARE = Decimal("100000.00"), Decimal("0.10")
_PER_SHARE = Decimal("60.00")
# yuan of the year before the ledger begins, by row of the result sheet
_RESULT = {
    "op_income": ("51600.00", "50200.00"),
    "invest_income": ("0.00", "0.00"),
    "op_expense": ("6000.00", "5800.00"),
    "tax_surcharge": ("516.00", "502.00"),
    "admin_expense": ("222940.00", "221300.00"),
    "subsidy": ("284400.00", "272400.00"),
    "other_income": ("402.18", "396.40"),
    "public_expense": ("43200.00", "41800.00"),
    "other_expense": ("0.00", "0.00"),
    "income_tax": ("0.00", "0.00"),
    "opening_undist": ("14820.00", "9480.00"),
    "other_transfer": ("0.00", "0.00"),
}
_ADDED = frozenset({"op_income", "invest_income", "subsidy", "other_income"})
_TAKEN = frozenset({"op_expense", "tax_surcharge", "admin_expense", "public_expense"})


class Balance:
    """Documents of CW11, CW12, CW13, SZ02 and SZ12 for the village of `ledger`."""

    def __init__(self, ledger: Ledger, words: dict[str, str]):
        self.ledger = ledger
        self.village = ledger.village
        self.words = words
        self._tables = {
            "CW11": self._sheet,
            "CW12": self._result,
            "CW13": self._shares,
            "SZ02": self._assets,
            "SZ12": self._inventory,
        }

    def covers(self, code: str) -> bool:
        """Whether the item `code` is one of those made here."""
        return code in self._tables

    def document(self, code: str, period: Period) -> dict:
        """The document of the item `code` for `period`: a quarter for CW11 and SZ02, for the
        others the year that was closed; KeyError for another item."""
        return {"rows": self._tables[code](period)}

    def _assets(self, quarter):
        return [self._asset(asset, quarter) for asset in _ASSETS]

    def _asset(self, asset, quarter):
        number, name, kind, nature, place, acquired, source, original, life, _months, use = asset
        return {
            "asset_code": f"{self.village.short}固{number}",
            "name": name,
            "category": kind,
            "nature": nature,
            "location": place,
            "qty": "1",
            "qty_unit": "项",
            "acquired": acquired,
            "source": source,
            "original": str(original),
            "life": str(life),
            "residual": str(_RESIDUAL),
            "accumulated": str(_depreciation(asset, quarter.end)),
            "use": use,
            "contract_no": f"{self.village.short}合〔2023〕2号" if use == "rent" else None,
            "keeper": self.words["clerk"],
        }

    def _sheet(self, quarter):
        months = [one for one in self.ledger.months if quarter.start <= one.start <= quarter.end]
        first = self.ledger.year_to(months[-1])[0]
        opening = self._figures(first, first.previous().end, at_end=False)
        closing = self._figures(months[-1], quarter.end, at_end=True)
        # capital and reserve stay through the year; what is left over is not distributed yet
        undistributed = _result_left(self.village.people)
        reserve = _net(opening) - _CAPITAL - undistributed
        for figures in (opening, closing):
            figures |= {"capital": _CAPITAL, "reserve": reserve}
            figures["undistributed"] = _net(figures) - _CAPITAL - reserve
        return [
            {"key": key, "opening": str(opening[key]), "closing": str(closing[key])}
            for key in opening
        ]

    def _figures(self, month, day, at_end):
        """What is there at the end of `month`, or at its beginning, in yuan by row of the sheet."""
        arrears, recovered = self.ledger.arrears(month)
        debt, repaid = self.ledger.debt(month)
        figures = dict.fromkeys(_EMPTY_ROWS, Decimal("0.00"))
        figures["cash"] = self.ledger.closing(month) if at_end else self.ledger.opening(month)
        figures["receivables"] = arrears - recovered if at_end else arrears
        figures["payables"] = (debt - repaid if at_end else debt) + RETENTION
        figures["fixed_cost"] = Decimal(sum(asset[7] for asset in _ASSETS))
        figures["fixed_depr"] = sum((_depreciation(asset, day) for asset in _ASSETS), Decimal(0))
        return figures

    def _result(self, _year):
        shared = _PER_SHARE * self.village.people
        rows = [
            {"key": key, "current": current, "previous": previous}
            for key, (current, previous) in _RESULT.items()
        ]
        distributed = {
            "to_reserve": (_reserved(), Decimal("5300.00")),
            "to_members": (shared, Decimal("42954.40")),
            "to_others": (Decimal("0.00"), Decimal("0.00")),
        }
        return rows + [
            {"key": key, "current": str(current), "previous": str(previous)}
            for key, (current, previous) in distributed.items()
        ]

    def _shares(self, _year):
        names = Names(f"households {self.village.code}")
        sizes = _household_sizes(self.village.people, self.village.households)
        groups = self.village.group_names
        return [
            {
                "household_no": f"{self.village.short}{number + 1:03}",
                "head": names.draw()[0],
                "group": groups[number * len(groups) // len(sizes)],
                "members": str(size),
                "shares": str(size),
                "per_share": str(_PER_SHARE),
                "deduct": "0.00",
                "method": "transfer",
            }
            for number, size in enumerate(sizes)
        ]

    def _inventory(self, year):
        first = self.ledger.months[0]
        figures = self._figures(first, year.end, at_end=False)
        fixed = figures["fixed_cost"] - figures["fixed_depr"]
        operating = _ASSETS[0][7] - _depreciation(_ASSETS[0], year.end)
        books = {
            "cash": (figures["cash"], Decimal(0)),
            "recv": (figures["receivables"], Decimal(0)),
            "fixed": (fixed, operating),
            "liab": (figures["payables"], Decimal(0)),
        }
        return [
            {
                "category": category,
                "book": str(book),
                "checked": str(book),
                "op_part": f"{part:.2f}",
                "resolution_no": self.words["resolution"],
            }
            for category, (book, part) in books.items()
        ]


_EMPTY_ROWS = (
    "cash", "short_investment", "receivables", "inventory", "consumable_bio", "long_investment",
    "fixed_cost", "fixed_depr", "construction", "fixed_disposal", "productive_bio_net", "public_bio",
    "intangible_net", "deferred", "pending_loss", "short_loan", "payables", "wages", "labour_fee",
    "tax_payable", "long_loan", "one_case_fund", "special_payable",
)  # fmt: skip


def _depreciation(asset, day):
    """Straight-line depreciation of `asset` in yuan taken by the end of the month of `day`."""
    original, life, months = asset[7:10]
    months += (day.year - _BASE_YEAR - 1) * 12 + day.month
    left = Decimal(original) * (100 - _RESIDUAL) / 100
    monthly = (left / (life * 12)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return min(monthly * months, left)


def _net(figures):
    """Assets less liabilities, in yuan."""
    assets = figures["cash"] + figures["receivables"]
    return assets + figures["fixed_cost"] - figures["fixed_depr"] - figures["payables"]


def _profit():
    return sum(Decimal(_RESULT[key][0]) for key in _ADDED) - sum(
        Decimal(_RESULT[key][0]) for key in _TAKEN
    )


def _reserved():
    return (_profit() * _RESERVE_SHARE).quantize(Decimal("0.01"), ROUND_HALF_UP)


def _result_left(people):
    left = _profit() + Decimal(_RESULT["opening_undist"][0])
    return left - _reserved() - _PER_SHARE * people


def _household_sizes(people, households):
    """Sizes of `households` that add up to `people`, as even as a count allows with a swing."""
    sizes = [people // households] * households
    for number in range(people % households):
        sizes[number * households // (people % households)] += 1
    for number in range(0, households - 1, 3):
        sizes[number] -= 1
        sizes[number + 1] += 1
    return sizes
