"""The offices a person can hold, as one table that access and procedure both read.

Who drafts, reads, reviews or issues accounts is decided here and nowhere else; the groups of a
user are derived from it every day (`res.users._apply_appointments`).
"""

from dataclasses import dataclass

DISTRICT, TOWN, VILLAGE, GROUP = 1, 2, 3, 4

# kind of division -> level; a division's parent is always one level up
DIVISION_LEVELS = {
    "district": DISTRICT,
    "town": TOWN,
    "subdistrict": TOWN,
    "zone": TOWN,
    "farm": TOWN,
    "village": VILLAGE,
    "community": VILLAGE,
    "group": GROUP,
}


@dataclass(frozen=True, slots=True)
class Role:
    """`levels`: where the office exists. `reads`: sees the private zone of its division and all
    below. `drafts`: writes there. `reviews`: votes there, through the portal. `manages`:
    appoints people and issues accounts below its own division."""

    label: str
    levels: frozenset[int]
    reads: bool = True
    drafts: bool = False
    reviews: bool = False
    manages: bool = False


_VILLAGE = frozenset({VILLAGE})
_TOWN = frozenset({TOWN})
_DISTRICT = frozenset({DISTRICT})

ROLES = {
    "clerk": Role("Clerk", _VILLAGE, drafts=True),
    "deputy_clerk": Role("Deputy clerk", _VILLAGE, drafts=True),
    "secretary": Role("Party secretary", _VILLAGE),
    "director": Role("Village director", _VILLAGE),
    "supervisor_chair": Role("Chair of supervision", _VILLAGE, reads=False, reviews=True),
    "supervisor": Role("Member of supervision", _VILLAGE, reads=False, reviews=True),
    "resident_cadre": Role("Resident cadre", _VILLAGE),
    "town_officer": Role("Town officer", _TOWN, manages=True),
    "town_accountant": Role("Town accountant", _TOWN),
    "district_officer": Role("District officer", _DISTRICT, manages=True),
    # sees the items its department guides, everywhere, and not the rest (requirement R21)
    "department_officer": Role("Department officer", _DISTRICT, reads=False),
    "inspector": Role("Inspector", _DISTRICT | _TOWN),
    "auditor": Role("Auditor", _DISTRICT | _TOWN | _VILLAGE),
}

SUPERVISORS = frozenset(key for key, role in ROLES.items() if role.reviews)
DRAFTERS = frozenset(key for key, role in ROLES.items() if role.drafts)
# Neither these nor their close relatives sit on the supervision committee: VCO art. 32 (2018
# numbering) for the village committee, Rural Collective Economic Organisations Law art. 34 for
# those who keep the books.
BARRED_FROM_SUPERVISION = DRAFTERS | {"secretary", "director", "town_accountant"}
