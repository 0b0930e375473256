"""What a named person looks at before content is made public.

Before publication somebody checks by name that it is politically sound, holds no secret, no
personal data and no advertising, and can be read; video for the screens is checked by two. A Party
sheet is checked for secrets apart from that (Regulations on Party Openness, art. 15).
"""

from collections.abc import Collection

from .roles import DRAFTERS

POINTS = ("political", "secret", "personal", "advertising", "quality")
PARTY = "party_secrecy"
# who may check; the second of two is another person, by person and not by login
CHECKERS = DRAFTERS | {"secretary", "director"}


def required(party: bool) -> tuple[str, ...]:
    """The points to confirm, of a Party item or of another."""
    return (*POINTS, PARTY) if party else POINTS


def missing(confirmed: Collection[str], party: bool) -> list[str]:
    """The required points that are not among those `confirmed`, in their order."""
    return [point for point in required(party) if point not in confirmed]


def persons_needed(kinds: Collection[str]) -> int:
    """How many persons check a sheet with files of these `kinds`: two when there is video."""
    return 2 if "video" in kinds else 1
