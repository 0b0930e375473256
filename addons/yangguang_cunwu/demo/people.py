"""The people of the demo district: invented names, and who holds which office."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

from .places import District, Town, Village

_SURNAMES = "陈林黄郑吴许蔡杨谢罗方江沈庄洪魏邱卢曾彭"
# first and second character of given names; combinations of well-known people are left out
_GIVEN = {
    "m": ("志建文伟泽锦楚汉镇绍", "强军平彬辉鸿城森涛明"),
    "f": ("丽秀雅淑婉晓佩燕惠锦", "芳英琴娟玲珊敏云莲华"),
}


class Names:
    """Draws invented names, each once, always in the same order for the same `seed`."""

    def __init__(self, seed: str):
        self._random = Random(seed)
        self._drawn = set()

    def draw(self, sex: str | None = None) -> tuple[str, str]:
        """`(name, sex)` of somebody new; sex is "m" or "f"."""
        while True:
            drawn = sex or self._random.choice("mf")
            first, second = _GIVEN[drawn]
            name = self._random.choice(_SURNAMES) + self._random.choice(first)
            name += self._random.choice(second)
            if name not in self._drawn:
                self._drawn.add(name)
                return name, drawn


@dataclass
class Person:
    """Somebody with an account. `home` is the code of the division he belongs to."""

    name: str
    sex: str
    login: str
    home: str
    offices: list["Office"] = field(default_factory=list)


@dataclass(frozen=True)
class Office:
    """A role of `lib.roles` in the division of that code; `department` is a department's code."""

    role: str
    place: str
    department: str | None = None


# role -> start of its logins; the second of two has a 2 behind it
_LOGINS = {
    "clerk": "clerk",
    "deputy_clerk": "deputy",
    "secretary": "secretary",
    "director": "director",
    "supervisor_chair": "chair",
    "supervisor": "supervisor",
    "resident_cadre": "cadre",
    "town_officer": "officer",
    "town_accountant": "accountant",
    "district_officer": "officer",
    "inspector": "inspector",
    "auditor": "auditor",
}
_DEPARTMENTS = ("MZJ", "NYNCJ", "ZZB")


class Staff:
    """Everybody who holds an office in the district, and their close relatives."""

    def __init__(self, district: District):
        self.names = Names(district.name)
        self.people: list[Person] = []
        self._appoint_district(district)
        for town in district.towns:
            self._appoint_town(town)
            for number, village in enumerate(town.villages):
                self._appoint_village(town, village, number)

    def holders(self, role: str, place: str) -> list[Person]:
        """Those who hold `role` in the division with the code `place`."""
        return [
            person
            for person in self.people
            if any((office.role, office.place) == (role, place) for office in person.offices)
        ]

    def holder(self, role: str, place: str) -> Person:
        """The one who holds `role` there, or the first of them."""
        return self.holders(role, place)[0]

    def _appoint_district(self, district):
        for role in ("district_officer", "inspector", "auditor"):
            self._add(role, district.code, district.login)
        for department in _DEPARTMENTS:
            self._add("department_officer", district.code, district.login, department)

    def _appoint_town(self, town: Town):
        self._add("town_officer", town.code, town.login)
        self._add("town_accountant", town.code, town.login)

    def _appoint_village(self, town: Town, village: Village, number: int):
        """Every second village has a deputy clerk; in every third the secretary is director too."""
        place = village.code
        self._add("clerk", place, village.login)
        if number % 2 == 0:
            self._add("deputy_clerk", place, village.login)
        secretary = self._add("secretary", place, village.login)
        if number % 3 == 1:
            secretary.offices.append(Office("director", place))
        else:
            self._add("director", place, village.login)
        self._add("supervisor_chair", place, village.login)
        self._add("supervisor", place, village.login)
        self._add("supervisor", place, village.login)
        self._add("resident_cadre", place, village.login, home=town.code)

    def _add(self, role, place, login_end, department=None, home=None):
        name, sex = self.names.draw()
        start = department.lower() if department else _LOGINS[role]
        second = "2" if not department and self.holders(role, place) else ""
        person = Person(name, sex, f"{start}{second}.{login_end}", home or place)
        person.offices.append(Office(role, place, department))
        self.people.append(person)
        return person

    def relatives(self, district: District) -> Iterator[tuple[str, Person, str, str]]:
        """`(kind, person, name of the relative, code of the relative's home)`: close relatives of
        office holders, who cannot sit on the supervision committee beside them."""
        for village in district.villages:
            clerk = self.holder("clerk", village.code)
            spouse, _sex = self.names.draw("f" if clerk.sex == "m" else "m")
            yield "spouse", clerk, spouse, village.code
        for village in district.villages[::3]:
            sibling, _sex = self.names.draw()
            yield "sibling", self.holder("secretary", village.code), sibling, village.code
