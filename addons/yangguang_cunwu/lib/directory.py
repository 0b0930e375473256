"""The tree of divisions as readers need it on every page: small, immutable, kept in memory."""

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple


class Place(NamedTuple):
    """A division. `parent` is the code of the division above, None for a district; an inactive
    one has been merged away, and keeps its address."""

    id: int
    code: str
    name: str
    kind: str
    level: int
    parent: str | None
    active: bool
    phone: str
    complaint_phone: str


class Directory:
    """All divisions, in the order of their codes."""

    def __init__(self, places: Iterable[Place]):
        self._places = {place.code: place for place in sorted(places, key=lambda one: one.code)}
        self._children = defaultdict(list)
        for place in self._places.values():
            self._children[place.parent].append(place)

    def __iter__(self):
        return iter(self._places.values())

    def find(self, code: str) -> Place | None:
        """Return the division of that code, None when there is none."""
        return self._places.get(code)

    def children(self, place: Place | None) -> list[Place]:
        """Return the active divisions right below `place`; the districts for None."""
        return [
            child for child in self._children.get(place.code if place else None, ()) if child.active
        ]

    def path(self, place: Place) -> list[Place]:
        """Return the divisions from the district down to `place`, both included."""
        path = [place]
        while path[0].parent:
            path.insert(0, self._places[path[0].parent])
        return path

    def below(self, place: Place) -> list[Place]:
        """Return `place` and everything below it, inactive divisions included."""
        found = [place]
        for child in self._children.get(place.code, ()):
            found += self.below(child)
        return found

    def complaint_phone(self, place: Place) -> str:
        """Return the supervision phone of `place`, or the nearest one above it, or ""."""
        return next(
            (one.complaint_phone for one in self.path(place)[::-1] if one.complaint_phone), ""
        )
