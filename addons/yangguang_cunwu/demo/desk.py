"""Takes the sheets of the demo district through their real steps, by the people in office."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import partial

from odoo.fields import Domain

from ..lib import clock, content_check
from ..lib.periods import Period
from .agenda import Sheet
from .places import Town
from .workdays import last_workday, workdays_after

# when in the day a step is taken, in Shanghai
_HOURS = {
    "submit": time(9, 0),
    "vote": time(10, 30),
    "resubmit": time(13, 0),
    "sign": time(14, 30),
    "publish": time(15, 30),
    "late": time(17, 0),
}
_BETWEEN = timedelta(minutes=3)
# working days from the first step to the one that leads to a state
_LEAD = {"draft": 0, "review": 0, "agreed": 1, "signed": 2, "published": 2}
# the town has looked at a filing after so many days
_FILING_DAYS = timedelta(days=8)


@dataclass(frozen=True)
class Task:
    """What somebody does at `moment` (in Shanghai)."""

    moment: datetime
    run: Callable[[], None]


class Desk:
    """The people of the district at work.

    `users` maps (role, code of the place) to users; every one has the password `password`.
    """

    def __init__(self, env, users: dict, password: str):
        self.env = env
        self.users = users
        self.password = password
        self._divisions = {one.code: one for one in env["yangguang.division"].search([])}
        self._items = {
            (item.edition_id.division_kind, item.code): item
            for item in env["yangguang.item"].search([("edition_id.state", "=", "effective")])
        }

    def tasks(
        self, sheets: list[Sheet], towns: tuple[Town, ...], begin: date, end: date
    ) -> list[Task]:
        """All that is done with `sheets` from `begin` to `end`, in the order of time."""
        queues = defaultdict(list)
        to_sign = defaultdict(list)
        for sheet in sheets:
            for step, day, run in self._steps(sheet):
                if step == "sign":
                    to_sign[sheet.village.code, day].append(sheet)
                else:
                    queues[step, sheet.village.code, day].append(run)
        # a secretary signs once a day, all that waits for him
        for (code, day), signed in to_sign.items():
            queues["sign", code, day].append(partial(self._sign, signed))
        for town in towns:
            for month in Period.between("month", begin, end):
                for day in (month.start.replace(day=15), month.end):
                    if day <= end:
                        receive = partial(self._receive, town)
                        queues["late", town.code, last_workday(day)].append(receive)
        tasks = [
            Task(_moment(day, step) + place * _BETWEEN, run)
            for (step, _code, day), runs in queues.items()
            for place, run in enumerate(runs)
        ]
        return sorted(tasks, key=lambda task: task.moment)

    def _steps(self, sheet) -> Iterator[tuple[str, date, Callable[[], None]]]:
        """`(step, day, what to run)` for the way of a sheet."""
        if sheet.published_first:
            yield "submit", sheet.day, partial(self._warn, sheet)
            yield "sign", sheet.day, None
            yield "publish", sheet.day, partial(self._publish, sheet)
            yield "late", sheet.day, partial(self._vote, sheet)
            return
        begin = workdays_after(sheet.day, -_LEAD[sheet.reaches])
        yield from self._first_steps(sheet, begin)
        if sheet.reaches in ("agreed", "signed", "published"):
            yield "vote", workdays_after(begin, 1), partial(self._vote, sheet)
        if sheet.reaches in ("signed", "published") and sheet.item.needs_signature:
            yield "sign", sheet.day, None
        if sheet.reaches == "published":
            yield "publish", sheet.day, partial(self._publish, sheet)
            yield from self._later_steps(sheet)

    def _first_steps(self, sheet, begin):
        if sheet.objection:
            before = workdays_after(begin, -1)
            yield "submit", before, partial(self._submit, sheet, sheet.first_version)
            yield "vote", begin, partial(self._object, sheet)
            if sheet.reaches != "draft":
                yield "resubmit", begin, partial(self._resubmit, sheet)
        elif sheet.reaches == "draft":
            yield "submit", begin, partial(self._draft, sheet, sheet.document)
        else:
            yield "submit", begin, partial(self._submit, sheet, sheet.document)
            if sheet.reaches == "review":
                yield "late", begin, partial(self._vote, sheet, count=1)

    def _later_steps(self, sheet):
        if sheet.query:
            yield "late", workdays_after(sheet.day, 2), partial(self._query, sheet)
        if sheet.withdrawn:
            yield "vote", sheet.withdrawn, partial(self._withdraw, sheet)
            yield "late", sheet.withdrawn, partial(self._confirm, sheet)

    # what they do

    def _draft(self, sheet, document):
        """A clerk begins the sheet, from its duty where there is one, and fills it in."""
        clerk = self._drafter(sheet)
        disclosures = self.env["yangguang.disclosure"].with_user(clerk)
        values = self._beginning(sheet)
        duty = self._duty(values)
        if duty and not (sheet.corrects or sheet.carried_over):
            record = disclosures.browse(duty.with_user(clerk).action_draft()["res_id"])
        else:
            record = disclosures.create({**values, "duty_id": duty.id})
        record.save_content(record.revision, document)
        sheet.record = record

    def _warn(self, sheet):
        """An emergency: drafted and checked, for the secretary to sign at once."""
        self._draft(sheet, sheet.document)
        self._record(sheet, "clerk").action_check_content(content_check.POINTS)

    def _beginning(self, sheet):
        values = {
            "division_id": self._divisions[sheet.village.code].id,
            "item_id": self._items[sheet.village.kind, sheet.item.code].id,
            "carried_over": sheet.carried_over,
        }
        if sheet.corrects:
            values["corrects_id"] = sheet.corrects.record.publication_id.id
            values["correction_reason"] = sheet.note
        if sheet.event:
            return values | {"event_date": sheet.event}
        return values | {"period_key": sheet.period.key}

    def _duty(self, values):
        if "period_key" not in values:
            return self.env["yangguang.duty"]
        names = ("division_id", "item_id", "period_key")
        return self.env["yangguang.duty"].search(
            Domain.AND(Domain(name, "=", values[name]) for name in names)
        )

    def _submit(self, sheet, document):
        self._draft(sheet, document)
        self._hand_in(sheet)

    def _resubmit(self, sheet):
        record = self._record(sheet, "clerk")
        record.save_content(record.revision, sheet.document)
        self._hand_in(sheet)

    def _hand_in(self, sheet):
        clerk = self._record(sheet, "clerk")
        clerk.action_submit(content_check.required(sheet.item.secrecy_check))

    def _vote(self, sheet, count=2):
        for user in self._supervisors(sheet)[:count]:
            sheet.record.with_user(user).action_vote(True)

    def _object(self, sheet):
        for user in self._supervisors(sheet)[:2]:
            sheet.record.with_user(user).action_vote(False, sheet.objection)

    def _sign(self, sheets):
        records = self.env["yangguang.disclosure"].union(*(sheet.record for sheet in sheets))
        records = records.with_user(self._user("secretary", sheets[0]))
        records.action_sign(self.password, {str(one.id): one._digest() for one in records})

    def _publish(self, sheet):
        self._record(sheet, "clerk").action_publish()

    def _query(self, sheet):
        self._filing(sheet).action_query(sheet.query)

    def _withdraw(self, sheet):
        publication = self._record(sheet, "clerk").publication_id
        publication.action_withdraw("privacy", sheet.note)

    def _confirm(self, sheet):
        self._record(sheet, "secretary").publication_id.action_confirm_withdrawal()

    def _receive(self, town):
        """The town officer receives what was filed a while ago."""
        officer = self.users["town_officer", town.code][0]
        filings = self.env["yangguang.filing"].with_user(officer)
        waiting = filings.search(
            [("state", "!=", "received"), ("date_sent", "<", clock.now() - _FILING_DAYS)]
        )
        if waiting:
            waiting.action_receive()

    # who and what

    def _user(self, role, sheet):
        return self.users[role, sheet.village.code][0]

    def _drafter(self, sheet):
        """The deputy helps out on some days."""
        deputies = self.users.get(("deputy_clerk", sheet.village.code))
        return deputies[0] if deputies and sheet.day.day % 4 == 0 else self._user("clerk", sheet)

    def _supervisors(self, sheet):
        code = sheet.village.code
        return self.users["supervisor_chair", code] + self.users["supervisor", code]

    def _record(self, sheet, role):
        return sheet.record.with_user(self._user(role, sheet))

    def _filing(self, sheet):
        town = self._divisions[sheet.village.code].parent_id
        officer = self.users["town_officer", town.code][0]
        filings = self.env["yangguang.filing"].with_user(officer)
        return filings.search([("disclosure_id", "=", sheet.record.id)])


def _moment(day, step):
    return datetime.combine(day, _HOURS[step], tzinfo=clock.SHANGHAI)
