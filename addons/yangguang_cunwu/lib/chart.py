"""A chart as data: what is compared, by kind and period. Every surface draws it in its own way."""

from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing that is compared: its `values` go with the chart's series, None where unknown.

    `side` is the group it stands in, such as 收入 or 支出; "" when the chart has one group.
    """

    label: str
    values: tuple[Decimal | None, ...]
    side: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in groups. `series` names the periods, the current one first; amounts are in yuan."""

    title: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]

    def to_plain(self) -> dict:
        """The chart as dictionaries, lists and strings, amounts as "1234.50"."""
        return {
            "title": self.title,
            "unit": "元",
            "series": list(self.series),
            "bars": [
                {
                    "side": bar.side or None,
                    "label": bar.label,
                    "values": [None if value is None else f"{value:.2f}" for value in bar.values],
                }
                for bar in self.bars
            ],
        }
