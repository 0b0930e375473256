"""Builds the demo district: people, then eleven months of work, step by step, in their own time."""

import sys
import time
from collections.abc import Callable, Iterable
from datetime import date, timedelta
from itertools import groupby

from ..lib import clock
from ..lib.periods import Period
from ..models.demo_stamp import is_stamped, stamp
from .agenda import Agenda, Sheet
from .content import Content
from .desk import Desk, Task
from .fates import decide
from .founding import found, logins
from .passwords import verified_once
from .people import Staff
from .places import District
from .wall import Wall

PASSWORD = "Qinghe-2026"
MONTHS = 11
# what was done in a quarter is published in the next one
_QUARTER = timedelta(days=92)


class Builder:
    """Makes `district` with a past of `months` full months, in the database of `env`.

    Everything is done by the people in office through the steps of the models; the clock travels,
    so the database is stamped as a demo first. `commit` is called after each month.
    """

    def __init__(self, env, district: District, months: int, commit: Callable[[], None]):
        self.env = env(context={**env.context, "lang": "zh_CN", "tz": "Asia/Shanghai"})
        self.district = district
        self.staff = Staff(district)
        self.commit = commit
        self.end = clock.today() - timedelta(days=1)
        self.editions = self._editions()
        self.begin = self._begin(months)
        self._started = time.monotonic()

    def build(self) -> str:
        """Make it all; gives the table of logins."""
        stamp(self.env.cr)
        self.env["res.lang"]._activate_lang("zh_CN")
        joined = {village.code: self._joined(village) for village in self.district.villages}
        users = found(self.env, self.district, self.staff, joined, PASSWORD)
        self.env["yangguang.duty"]._cron_generate()
        self.commit()
        self._say(f"{len(self.staff.people)} people with their accounts")
        desk = Desk(self.env, users, PASSWORD)
        tasks = desk.tasks(self.sheets(), self.district.towns, self.begin, self.end)
        wall = Wall(self.env, users, self.district)
        tasks = sorted([*tasks, *wall.tasks(self.begin, self.end)], key=lambda task: task.moment)
        with verified_once():
            self._work(tasks)
        self._rest()
        self.commit()
        self._say("built")
        labels = self.env["yangguang.appointment"]._fields["role"]._description_selection(self.env)
        return logins(self.district, self.staff.people, dict(labels), PASSWORD)

    def sheets(self) -> list[Sheet]:
        """All sheets of the district and what becomes of each."""
        months = Period.between("month", *self._books())
        sheets = []
        for town in self.district.towns:
            for village in town.villages:
                content = Content(village, town.name, self.district.name, self.staff, months)
                joined = self._joined(village)
                agenda = Agenda(content, self.editions[village.kind], joined, self.end)
                sheets += decide(agenda, agenda.sheets())
        return sheets

    def _books(self):
        """First and last day of the books: from the January before what is published first."""
        january = (self.begin - _QUARTER).replace(month=1, day=1)
        return max(january, self._since()), self.end.replace(day=1) - timedelta(days=1)

    def _since(self):
        return max(date.fromisoformat(one.effective) for one in self.editions.values())

    def _joined(self, village):
        """The day from which the village is on the platform."""
        if village.days is None:
            return self.begin
        return max(self.begin, self.end - timedelta(days=village.days))

    def _editions(self):
        editions = {}
        for kind in ("village", "community"):
            edition = self.env["yangguang.edition"]._in_force(kind, self.end)
            editions[kind] = edition._catalogue()
        return editions

    def _begin(self, months):
        """The first day of the month `months` before the present one, but not before the list."""
        begin = self.end.replace(day=1)
        for _month in range(months):
            begin = (begin - timedelta(days=1)).replace(day=1)
        return max(begin, self._since())

    def _work(self, tasks: Iterable[Task]):
        for month, of_month in groupby(tasks, key=lambda task: f"{task.moment:%Y-%m}"):
            count = 0
            for task in of_month:
                with clock.travel(task.moment):
                    task.run()
                count += 1
            self.env.flush_all()
            self.commit()
            self.env.invalidate_all()
            self._say(f"{month}: {count} steps")

    def _rest(self):
        """What was told long ago is no news, and nothing is left to be sent."""
        notices = self.env["yangguang.notice"].search([])
        notices.filtered(lambda notice: notice.disclosure_id.state == "published").seen = True
        notices._deliver()
        self.env.ref("mail.ir_cron_mail_scheduler_action").active = False

    def _say(self, text):
        print(f"{time.monotonic() - self._started:8.1f} s  {text}", file=sys.stderr, flush=True)


def build(env) -> str:
    """Build the whole demo district and commit; gives the table of logins.

    In a database that is a demo already it says so and does nothing.
    """
    if is_stamped(env.cr):
        print("This database is a demo already. 演示数据已存在。", file=sys.stderr)
        return ""
    return Builder(env, District.read(), MONTHS, env.cr.commit).build()
