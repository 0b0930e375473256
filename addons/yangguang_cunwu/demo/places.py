"""The places of the demo district, read from places.yaml."""

from dataclasses import dataclass, replace
from typing import Self

from .shipped import shipped

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Village:
    """A village or community; `farmland` and `forest` are in mu. What it publishes, and since how
    many `days`, is explained in places.yaml."""

    name: str
    code: str
    login: str
    groups: int
    households: int
    people: int
    farmland: int
    forest: int
    scene: str
    trade: str
    kind: str = "village"
    days: int | None = None
    plan: str | None = None
    waits: str | None = None

    @property
    def short(self) -> str:
        """The name without 村 or 社区."""
        return self.name.removesuffix("社区").removesuffix("村")

    @property
    def is_community(self) -> bool:
        return self.kind == "community"

    @property
    def villagers(self) -> str:
        """What its people are called."""
        return "居民" if self.is_community else "村民"

    @property
    def affairs(self) -> str:
        """What is disclosed and supervised there."""
        return "居务" if self.is_community else "村务"

    @property
    def group_names(self) -> list[str]:
        """第一村民小组 …"""
        return [f"第{_ORDINALS[number]}{self.villagers}小组" for number in range(self.groups)]

    @property
    def collective(self) -> str:
        """Who keeps its books: the collective organisation, in a community the committee."""
        return f"{self.name}{'居民委员会' if self.is_community else '经济联合社'}"

    @property
    def phone(self) -> str:
        """The office telephone; local numbers never begin with 0, so it is nobody's."""
        return f"0663-0{self.code[6:]}"


@dataclass(frozen=True)
class Town:
    """A unit of the town level with its villages."""

    name: str
    code: str
    kind: str
    login: str
    phone: str
    villages: tuple[Village, ...]


@dataclass(frozen=True)
class District:
    """The invented district."""

    name: str
    code: str
    login: str
    phone: str
    towns: tuple[Town, ...]

    @classmethod
    def read(cls) -> Self:
        """The district of places.yaml."""
        data = shipped("places")
        towns = tuple(
            Town(**{**town, "villages": tuple(Village(**each) for each in town["villages"])})
            for town in data["towns"]
        )
        return cls(**{**data, "towns": towns})

    def with_villages(self, logins: set[str]) -> Self:
        """The same district with those villages alone, and the towns that hold them."""
        towns = (
            replace(town, villages=tuple(one for one in town.villages if one.login in logins))
            for town in self.towns
        )
        return replace(self, towns=tuple(town for town in towns if town.villages))

    @property
    def villages(self) -> list[Village]:
        return [village for town in self.towns for village in town.villages]
