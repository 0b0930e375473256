"""What a village owns and owes: fixed assets, balance sheet, result and its distribution."""

from decimal import ROUND_HALF_UP, Decimal

from .maker import NIL, BookMaker
from .obligations import RETENTION
from .people import Names
from .shipped import shipped

_RESIDUAL_PERCENT = 5
_BASE_YEAR = 2025
_CAPITAL = Decimal("100000.00")
_PER_SHARE = Decimal("60.00")
# rows of the result sheet that make it smaller
_TAKEN = frozenset(
    {"op_expense", "tax_surcharge", "admin_expense", "public_expense", "other_expense"}
    | {"income_tax", "to_reserve"}
)


class Balance(BookMaker):
    """Fixed assets and balance sheet by quarter; result, shares and inventory of the year that was
    closed."""

    TABLES = {
        "CW11": "_sheet",
        "CW12": "_result",
        "CW13": "_shares",
        "SZ02": "_assets",
        "SZ12": "_inventory",
    }

    def _assets(self, quarter):
        copied = ("name", "category", "nature", "location", "acquired", "source", "use")
        return [
            {key: asset[key] for key in copied}
            | {
                "asset_code": f"{self.village.short}固{asset['number']}",
                "qty": "1",
                "qty_unit": "项",
                "original": str(asset["original"]),
                "life": str(asset["life"]),
                "residual": str(_RESIDUAL_PERCENT),
                "accumulated": str(_depreciation(asset, quarter.end)),
                "contract_no": f"{self.village.short}合〔2023〕2号"
                if asset["use"] == "rent"
                else None,
                "keeper": self.words["clerk"],
            }
            for asset in shipped("books")["assets"]
        ]

    def _sheet(self, quarter):
        months = [one for one in self.ledger.months if quarter.start <= one.start <= quarter.end]
        first = self.ledger.year_to(months[-1])[0]
        opening = self._figures(first, first.previous().end, at_end=False)
        closing = self._figures(months[-1], quarter.end, at_end=True)
        # the reserve stays through the year, what changes is the result
        reserve = _net(opening) - _CAPITAL - self._undistributed()
        for figures in (opening, closing):
            left = _net(figures) - _CAPITAL - reserve
            figures |= {"capital": _CAPITAL, "reserve": reserve, "undistributed": left}
        return [
            {
                "key": key,
                "opening": str(opening.get(key, NIL)),
                "closing": str(closing.get(key, NIL)),
            }
            for key in shipped("books")["balance_sheet"]
        ]

    def _figures(self, month, day, at_end):
        """What is there when `month` begins, or ends, in yuan by row of the sheet."""
        arrears, recovered = self.ledger.arrears(month)
        debt, repaid = self.ledger.debt(month)
        assets = shipped("books")["assets"]
        return {
            "cash": self.ledger.closing(month) if at_end else self.ledger.opening(month),
            "receivables": arrears - recovered if at_end else arrears,
            "payables": (debt - repaid if at_end else debt) + RETENTION,
            "fixed_cost": Decimal(sum(asset["original"] for asset in assets)),
            "fixed_depr": sum(_depreciation(asset, day) for asset in assets),
        }

    def _result(self, _year):
        rows = {**shipped("books")["result"], "to_members": (str(self._shared), "42954.40")}
        return [
            {"key": key, "current": current, "previous": previous}
            for key, (current, previous) in rows.items()
        ]

    @property
    def _shared(self):
        return _PER_SHARE * self.village.people

    def _undistributed(self):
        """What the year that was closed left."""
        rows = {key: Decimal(current) for key, (current, _) in shipped("books")["result"].items()}
        added = sum(-amount if key in _TAKEN else amount for key, amount in rows.items())
        return added - self._shared

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
                "deduct": NIL,
                "method": "transfer",
            }
            for number, size in enumerate(sizes)
        ]

    def _inventory(self, year):
        figures = self._figures(self.ledger.months[0], year.end, at_end=False)
        shop = shipped("books")["assets"][0]
        books = {
            "cash": (figures["cash"], NIL),
            "recv": (figures["receivables"], NIL),
            "fixed": (
                figures["fixed_cost"] - figures["fixed_depr"],
                shop["original"] - _depreciation(shop, year.end),
            ),
            "liab": (figures["payables"], NIL),
        }
        return [
            {
                "category": category,
                "book": str(book),
                "checked": str(book),
                "op_part": str(operating),
                "resolution_no": self.words["resolution"],
            }
            for category, (book, operating) in books.items()
        ]


def _depreciation(asset, day):
    """Straight-line depreciation of `asset` in yuan taken by the end of the month of `day`."""
    months = asset["months"] + (day.year - _BASE_YEAR - 1) * 12 + day.month
    most = Decimal(asset["original"]) * (100 - _RESIDUAL_PERCENT) / 100
    monthly = (most / (asset["life"] * 12)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return min(monthly * months, most)


def _net(figures):
    """Assets less liabilities, in yuan."""
    assets = figures["cash"] + figures["receivables"]
    return assets + figures["fixed_cost"] - figures["fixed_depr"] - figures["payables"]


def _household_sizes(people, households):
    """Sizes of `households` that add up to `people`."""
    sizes = [people // households] * households
    for number in range(people % households):
        sizes[number * households // (people % households)] += 1
    for number in range(0, households - 1, 3):
        sizes[number] -= 1
        sizes[number + 1] += 1
    return sizes
