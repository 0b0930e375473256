"""The totals of a printed sheet once more in capital numerals, where money changes hands."""

from collections.abc import Mapping
from decimal import Decimal

from .amounts import WORDED_LIMIT, in_words

# of several totals, those that say what was received or paid; a rest or a plan is not
_CHANGING_HANDS = frozenset({"receipt", "payment", "income", "expense", "paid", "total"})


def worded_totals(face: Mapping) -> list[str]:
    """Return lines such as 收入金额合计（大写）：叁万元整.

    The only total of money on a form has one, else those of money received and paid. There is none
    in a zero report, on a sheet that is not in yuan, and for more than words are made for.
    """
    if face["zero"] or not face["totals"] or not (face["unit_note"] or "").endswith("：元"):
        return []
    totals = [
        (column, Decimal(text.replace(",", "")))
        for column, text in zip(face["columns"], face["totals"], strict=True)
        if column["type"] == "money" and text is not None
    ]
    if len(totals) > 1:
        totals = [(column, value) for column, value in totals if column["key"] in _CHANGING_HANDS]
    return [
        f"{column['label']}合计（大写）：{in_words(value)}"
        for column, value in totals
        if abs(value) < WORDED_LIMIT
    ]
