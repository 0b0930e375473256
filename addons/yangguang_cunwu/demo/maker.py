"""What makes the documents of certain items of one village."""

from decimal import Decimal
from typing import ClassVar

from ..lib.periods import Period
from .ledger import Ledger

NIL = "0.00"


class Maker:
    """`TABLES` names, by item code, the method that gives the rows for a period."""

    TABLES: ClassVar[dict[str, str]] = {}

    def covers(self, code: str) -> bool:
        """Whether the item `code` is one of those made here."""
        return code in self.TABLES

    def document(self, code: str, period: Period) -> dict:
        """The document of the item `code` for `period`; KeyError for an item not made here."""
        return {"rows": getattr(self, self.TABLES[code])(period)}


class BookMaker(Maker):
    """Makes documents from the `ledger`; `words` names the people of the village (`secretary`,
    `clerk`, `chair` …) and the `resolution` that its plans rest on."""

    def __init__(self, ledger: Ledger, words: dict[str, str]):
        self.ledger = ledger
        self.words = words
        self.village = ledger.village

    def document(self, code: str, period: Period) -> dict:
        """As in `Maker`; a community's committee keeps its own books, no collective does."""
        document = super().document(code, period)
        if self.village.is_community:
            document["header"] = {"org": self.village.collective}
        return document


def added(amounts) -> str:
    """The sum of `amounts` in yuan as a cell holds it."""
    return f"{sum(amounts, Decimal(0)):.2f}"
