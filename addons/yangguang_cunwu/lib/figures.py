"""The amounts of a face that a reader looks for first, and what else stands around its table."""

import re
from collections.abc import Mapping

_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")
# more than these are no summary
_MOST = 6


def figures(face: Mapping) -> list[tuple[str, str]]:
    """Return pairs of label and value: the opening balance, the totals, the other balances.

    Empty where the table itself is no longer than that, and when there are too many to be seen at
    a glance.
    """
    if face["zero"] or face["detail"] == "totals":
        return []
    balances = [(entry["label"], entry["value"]) for entry in face["header"] if _is_amount(entry)]
    totals = [
        (
            column["label"],
            total if column["type"] == "money" else f"{total} {column['unit']}".strip(),
        )
        for column, total in zip(face["columns"], face["totals"] or (), strict=False)
        if total is not None
    ]
    found = [*balances[:1], *totals, *balances[1:]]
    return found if len(found) <= _MOST else []


def fields(face: Mapping) -> list[Mapping]:
    """Return the header fields that neither the figures nor the page's own head say."""
    shown = figures(face)
    said = {face["division"]["name"], face["period"]}
    return [
        entry
        for entry in face["header"]
        if entry["value"] not in said and not (shown and _is_amount(entry))
    ]


def _is_amount(entry):
    return _AMOUNT.fullmatch(entry["value"]) is not None
