"""What a village writes in a sheet: from its books, its registers, or what is shipped."""

from collections.abc import Mapping
from datetime import date, timedelta
from random import Random

from ..lib.periods import Period
from .balance import Balance
from .cashbook import Cashbook
from .ledger import Ledger
from .obligations import Obligations
from .people import Names, Staff
from .places import Village
from .register import Register
from .shipped import shipped

_OFFICES = {
    "clerk": "clerk",
    "secretary": "secretary",
    "director": "director",
    "chair": "supervisor_chair",
}


class Content:
    """Makes the documents of one village, the same ones each time."""

    def __init__(
        self, village: Village, town: str, district: str, staff: Staff, months: list[Period]
    ):
        self.village = village
        self._words = _village_words(village, town, district, staff)
        ledger = Ledger(village, months)
        self._words |= {"tenant": ledger.tenant}
        self.makers = (
            Cashbook(ledger, self._words),
            Obligations(ledger, self._words),
            Balance(ledger, self._words),
            Register(village, staff),
        )

    def document(
        self, code: str, has_table: bool, day: date, period: Period | None = None, variant: int = 0
    ) -> dict:
        """The document of the item `code` about `period`, or about the event of `day`.

        `variant` chooses among the texts of an item without a table. Raises KeyError for an item
        of which nothing is shipped.
        """
        for maker in self.makers:
            if maker.covers(code):
                return maker.document(code, period)
        anchor = period.end if period and period.kind != "once" else day
        words = Words(self._words, f"{self.village.code} {code} {day}", anchor, period)
        words |= {"year": day.year, "last": day.year - 1, "month": day.month}
        if not has_table:
            texts = self._texts(code)
            return {"text": texts[variant % len(texts)].format_map(words)}
        table = shipped("rows")[code]
        document = {"rows": table} if isinstance(table, list) else table
        return {**document, "rows": list(self._rows(document.get("rows", ()), words))}

    def _texts(self, code):
        texts = shipped("texts")
        return texts.get(f"{code}_C", texts[code]) if self.village.is_community else texts[code]

    def _rows(self, patterns, words):
        for pattern in patterns:
            cells = dict(pattern)
            groups = self.village.group_names if cells.pop("for_groups", None) else [None]
            for _time in range(cells.pop("times", 1)):
                for group in groups:
                    words.group = group
                    yield {key: words.fill(value) for key, value in cells.items()}


class Words(dict):
    """What the braces of a text stand for; names, numbers and days are made as they are asked."""

    def __init__(self, known: Mapping, seed: str, anchor: date, period: Period | None):
        super().__init__(known)
        self.group = None
        self._random = Random(seed)
        self._names = Names(seed)
        self._anchors = {"d": anchor, "md": anchor, "s": period.start if period else anchor}

    def fill(self, pattern: str | list[str]) -> str:
        """`pattern`, or one of a list of patterns, with its braces filled."""
        if isinstance(pattern, list):
            pattern = self._random.choice(pattern)
        return pattern.format_map(self)

    def __missing__(self, key):
        if key == "villager":
            return self._names.draw()[0]
        if key == "group":
            return self.group or self._random.choice(self["group_names"])
        if key in ("n", "yuan"):
            return _Number(self._random, ".00" if key == "yuan" else "")
        return self._day(key)

    def _day(self, key):
        for sign in "+-":
            name, found, days = key.partition(sign)
            if found and name in self._anchors:
                day = self._anchors[name] + timedelta(days=int(sign + days))
                return f"{day.month}月{day.day}日" if name == "md" else day.isoformat()
        raise KeyError(key)


class _Number:
    """`{n:2-6}` is a number from 2 to 6, `{yuan:100-500/10}` an amount in steps of ten."""

    def __init__(self, random, ending):
        self._random = random
        self._ending = ending

    def __format__(self, spec):
        span, _slash, step = spec.partition("/")
        low, high = map(int, span.split("-"))
        return f"{self._random.randrange(low, high + 1, int(step or 1))}{self._ending}"


def _village_words(village, town, district, staff):
    words = {key: staff.holder(role, village.code).name for key, role in _OFFICES.items()}
    supervisors = staff.holders("supervisor", village.code)
    words |= {"supervisor": supervisors[0].name, "supervisor2": supervisors[1].name}
    words |= {
        "village": village.name,
        "short": village.short,
        "town": town,
        "district": district,
        "villagers": village.villagers,
        "committee": f"{village.villagers}委员会",
        "supervision": f"{village.affairs}监督委员会",
        "resolution": f"{village.short}代决〔2026〕1号",
        "group_names": village.group_names,
    }
    shown = ("groups", "households", "people", "farmland", "forest", "scene", "trade", "phone")
    return words | {key: getattr(village, key) for key in shown}
