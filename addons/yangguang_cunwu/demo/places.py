"""The places of the demo district, read from places.yaml."""

from dataclasses import dataclass, replace
from pathlib import Path
from typing import Self

import yaml

_ORDINALS = "一二三四五六七八九十"


@dataclass(frozen=True)
class Village:
    """A village or community; `farmland` and `forest` are in mu. In a `full` one every item of
    the list is published."""

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
    full: bool = False

    @property
    def short(self) -> str:
        """The name without 村 or 社区."""
        return self.name.removesuffix("社区").removesuffix("村")

    @property
    def is_community(self) -> bool:
        return self.kind == "community"

    @property
    def group_names(self) -> list[str]:
        """第一村民小组 …"""
        people = "居民" if self.is_community else "村民"
        return [f"第{_ORDINALS[number]}{people}小组" for number in range(self.groups)]

    @property
    def collective(self) -> str:
        """Who keeps its books: the collective economic organisation, in a community the committee."""
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
        data = yaml.safe_load(Path(__file__).with_name("places.yaml").read_text("utf-8"))
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
