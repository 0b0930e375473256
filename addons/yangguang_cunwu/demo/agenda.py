"""What one village of the demo district publishes, and when."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from ..lib.catalogue import Edition
from ..lib.catalogue.edition import Item
from ..lib.deadlines import Deadline
from ..lib.holidays import state_calendar
from ..lib.periods import Period
from ..models.duty_generation import PERIOD_KINDS
from .content import Content
from .places import Village
from .shipped import shipped
from .workdays import last_workday, next_workday, workdays_after

# the share of sheets that come late
_LATE = 0.07
_SELDOM = frozenset({"half", "year"})
# an item to be published so many days after its event is prepared before it
_AT_ONCE = 1


@dataclass(eq=False)
class Sheet:
    """A sheet of one village and what becomes of it.

    `day` is the day of its last step: publication, unless it only `reaches` another state. Before
    that the committee returns `first_version` for the reason `objection`. A sheet may correct
    another one, or be taken down: `note` says why, to the public. `query` is what the town asks.
    `record` is the disclosure, once it is there.
    """

    village: Village
    item: Item
    day: date
    document: dict
    period: Period | None = None
    event: date | None = None
    reaches: str = "published"
    objection: str | None = None
    first_version: dict | None = None
    corrects: "Sheet | None" = None
    withdrawn: date | None = None
    note: str | None = None
    query: str | None = None
    carried_over: bool = False
    record: object = field(default=None, repr=False)

    @property
    def published_first(self) -> bool:
        """A warning goes out on the day itself and is reviewed afterwards."""
        return self.item.emergency and Deadline.parse(self.item.deadline).within_days == 0


class Agenda:
    """What the village of `content` publishes from `begin` to `end`, both included."""

    def __init__(self, content: Content, edition: Edition, begin: date, end: date):
        self.village = content.village
        self.edition = edition
        self.begin, self.end = begin, end
        self._content = content
        self._plan = shipped("agenda")[self.village.plan or self.village.kind]
        self._since = date.fromisoformat(edition.effective)
        self._variant = 0 if self.is_full else Random(self.village.code).randrange(9)

    @property
    def is_full(self) -> bool:
        """Whether every item of the list is published."""
        return self.village.plan == "full"

    def sheets(self) -> list[Sheet]:
        """All its sheets in the order of the list, the committee's opinions on them last."""
        items = [item for item in self.edition.items if item.code != "JD03"]
        sheets = [sheet for item in items for sheet in self._of_item(item)]
        opinions = [
            self._opinion(sheet, sheets) for sheet in self._of_item(self.edition.item("JD03"))
        ]
        return sheets + [sheet for sheet in opinions if sheet.day <= self.end]

    def sheet(self, code: str, day: date, event: date | None = None, **values) -> Sheet:
        """A sheet of the item `code` about an event, or about a `period` among `values`."""
        item = self.edition.item(code)
        variant = values.pop("variant", 0)
        document = self._content.document(
            code, bool(item.template_code), event or day, values.get("period"), variant
        )
        return Sheet(self.village, item, day, document, event=event, **values)

    def _of_item(self, item):
        if item.frequency == "anytime":
            return self._of_events(item)
        if item.frequency == "permanent":
            return self._standing(item)
        return self._of_periods(item)

    def _standing(self, item):
        if self._plan["standing"] == "all" or item.code in self._plan["standing"]:
            due = Deadline.parse(item.deadline).due_after(self.begin, state_calendar())
            day = max(last_workday(due), workdays_after(self.begin, 3))
            if day <= self.end:
                yield self.sheet(item.code, day, period=Period.of("once", self._since))

    def _of_events(self, item):
        deadline = Deadline.parse(item.deadline)
        for number, text in enumerate(self._plan["events"].get(item.code, ())):
            event = next_workday(self._in_span(*map(int, text.split("-"))))
            day = event if deadline.within_days == 0 else workdays_after(event, 2)
            if deadline.within_days == _AT_ONCE:
                event = day
            variant = number if item.emergency else number + self._variant
            if day <= self.end:
                yield self.sheet(item.code, day, event, variant=variant)

    def _in_span(self, month, day):
        """That day of a year within the time, or the middle of the time."""
        for year in range(self.begin.year, self.end.year + 1):
            found = date(year, month, day)
            if self.begin + timedelta(days=7) <= found <= self.end - timedelta(days=9):
                return found
        return self.begin + (self.end - self.begin) / 2

    def _of_periods(self, item) -> Iterator[Sheet]:
        found = list(self._days(item))
        for number, (period, day) in enumerate(self._chosen(item, found)):
            yield self.sheet(item.code, day, period=period, variant=number + self._variant)

    def _chosen(self, item, found):
        """All of what is published every month, else so many periods, the newest among them."""
        if item.code in self._plan.get("monthly", ()):
            return found
        count = self._plan["periods"].get(item.code, 1 if self.is_full else 0)
        if not self.is_full:
            return found[-count:] if count else []
        step = max(len(found) // count, 1)
        return found[::-1][::step][:count][::-1]

    def _days(self, item):
        """`(period, day of publication)` of what falls into the time."""
        kind = PERIOD_KINDS[item.frequency]
        deadline = Deadline.parse(item.deadline)
        # what is told once a year is told of the year before the list as well
        since = self._since if kind != "year" else self._since - timedelta(days=1)
        due_since_begin = False
        for period in Period.between(kind, since, self.end):
            day = self._day_before(deadline.due(period))
            if workdays_after(self.begin, 2) <= day <= self.end:
                due_since_begin = True
                yield period, day
        if not due_since_begin and kind in _SELDOM and self.is_full:
            # the newest one was due before, and is late
            yield Period.of(kind, self.begin).previous(), workdays_after(self.begin, 3)

    def _day_before(self, due):
        """The day on which all that is due on `due` is published; seldom it is late."""
        random = Random(f"day {self.village.code} {due}")
        if random.random() < _LATE:
            return next_workday(due + timedelta(days=random.randrange(1, 6)))
        return last_workday(due - timedelta(days=random.randrange(1, 5)))

    def _opinion(self, opinion, sheets):
        """`opinion` with what the committee said about the money of the same period, which is out
        two days before."""
        reviewed = [
            sheet
            for sheet in sheets
            if sheet.period == opinion.period and sheet.item.category_code == "CW"
        ]
        opinion.day = workdays_after(max(sheet.day for sheet in reviewed), 2)
        opinion.document = {
            "rows": [
                {
                    "item_code": sheet.item.code,
                    "item_name": sheet.item.name,
                    "period": sheet.period.label,
                    "draft_date": workdays_after(sheet.day, -2).isoformat(),
                    "review_date": workdays_after(sheet.day, -1).isoformat(),
                    "reviewers": f"{self.village.affairs}监督委员会",
                    "opinion": "agree",
                }
                for sheet in reviewed
            ]
        }
        return opinion
