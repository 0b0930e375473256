"""What villagers ask in the demo district, and how the people in office deal with it."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from ..lib import clock
from .desk import Task
from .places import District
from .shipped import shipped
from .workdays import last_workday, workdays_after

_ASKED, _STEP, _NIGHT = time(8, 20), time(10, 0), time(0, 10)
# the clock of the echo wall is run for so many working days
_DAYS = 30


class Wall:
    """The echo wall of `district`; `users` maps (role, code of the place) to users."""

    def __init__(self, env, users: dict, district: District):
        self.env = env
        self.users = users
        self._villages = {one.login: one for one in district.villages}
        self._towns = {one.code: town for town in district.towns for one in town.villages}
        self._data = shipped("questions")
        self._records = {}

    def tasks(self, begin: date, end: date) -> Iterator[Task]:
        """All that is asked and answered until `end`, where the village was there by then."""
        last = last_workday(end)
        for number, each in enumerate(self._data["questions"]):
            village = self._villages.get(each["village"])
            asked = workdays_after(last, -each["asked"])
            if not village or asked < begin:
                continue
            yield Task(_moment(asked, _ASKED, number), partial(self._ask, number, each, village))
            for place, step in enumerate(each["steps"]):
                day = workdays_after(asked, step["after"]) if step["after"] else asked
                if day <= end:
                    run = partial(self._take, number, each, village, step)
                    yield Task(_moment(day, _STEP, number, place), run)
        for count in range(_DAYS):
            day = workdays_after(last, -count) if count else last
            if day >= begin:
                yield Task(_moment(day, _NIGHT), self._tick)

    def _ask(self, number, each, village):
        division = self.env["yangguang.division"].search([("code", "=", village.code)])
        edition = self.env["yangguang.edition"]._in_force(division.kind, clock.today())
        self._records[number] = self.env["yangguang.question"]._ask(
            {
                "division": division,
                "item": edition.item_ids.filtered(lambda item: item.code == each.get("item")),
                "text": each["text"],
                "channel": "web",
                "asker_name": each["asker"],
                "asker_phone": self._data["phone"],
                "is_anonymous": each.get("anonymous", False),
                "is_accusation": each.get("accusation", False),
            }
        )

    def _take(self, number, each, village, step):
        question = self._records[number]
        office, place = ("clerk", village.code)
        if each.get("accusation"):
            office, place = "town_officer", self._towns[village.code].code
        acting = question.with_user(self.users[office, place][0])
        words = step.get("words")
        match step["step"]:
            case "accept":
                acting.action_accept()
            case "show":
                acting.action_show()
            case "hide":
                acting.action_hide(words)
            case "complex":
                acting.action_complex(words)
            case "refuse":
                acting.action_refuse(step["ground"], words)
            case "answer":
                acting.action_answer(words, question.last_event_id.id)
            case "reopen":
                question._reopen(words)
            case verdict:
                question._solved(verdict == "solve")

    def _tick(self):
        for _taken in self.env["yangguang.question"]._by_the_clock():
            pass


def _moment(day, hour, number=0, place=0):
    """A moment of `day` in Shanghai; no two steps fall together."""
    return datetime.combine(
        day, hour.replace(second=number, minute=hour.minute + place * 5), clock.SHANGHAI
    )
