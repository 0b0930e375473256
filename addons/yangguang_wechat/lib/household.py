"""Which rows of a published list are about one household.

A row is shown to a household when the list names it without doubt. Where a list numbers the
households, by the number alone; elsewhere by the name of the person it is about, and then only by
names that nobody else in the village has.
"""

from collections.abc import Collection, Mapping

_NUMBER = "household_no"
# the columns that say whom a row is about; who handled or approved something is none of these
_ABOUT = ("head", "name", "member")


def own_rows(face: Mapping, number: str | None, names: Collection[str]) -> list[tuple[int, list]]:
    """Return the rows of `face` about one household: (number of the row from 1, cells).

    `number` is the household's own, `names` those of its people that nobody else in the village
    has. A cell is {"label", "value"}; empty ones are left out.
    """
    columns = face["columns"]
    places = {column["key"]: place for place, column in enumerate(columns)}
    if _NUMBER in places:
        wanted, about = {number} - {None, ""}, [places[_NUMBER]]
    else:
        wanted = set(names)
        about = [
            places[key]
            for key in _ABOUT
            if key in places and columns[places[key]]["type"] == "person_name"
        ]
    return [
        (position, _cells(columns, row))
        for position, row in enumerate(face["rows"], start=1)
        if any(row[place] in wanted for place in about)
    ]


def _cells(columns, row):
    return [
        {"label": column["label"], "value": f"{value}{column['unit'] or ''}"}
        for column, value in zip(columns, row, strict=True)
        if value is not None
    ]
