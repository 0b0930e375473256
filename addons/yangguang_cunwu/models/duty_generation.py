from datetime import timedelta

from odoo import api, models

from ..lib import clock
from ..lib.deadlines import Deadline
from ..lib.holidays import UnknownYearError, state_calendar
from ..lib.periods import Period

# so long before an item's own period begins its duty is known
WARNING = timedelta(days=10)

# frequency of an item -> kind of its periods
PERIOD_KINDS = {
    "monthly": "month",
    "quarterly": "quarter",
    "half_yearly": "half",
    "yearly": "year",
}


class Duty(models.Model):
    """Makes the duties: those that return with a period, and those that follow an event."""

    _inherit = "yangguang.duty"

    @api.model
    def _cron_generate(self):
        """Every day: the duties of the periods that have ended or are running."""
        today = clock.today()
        for kind in ("village", "community"):
            edition = self.env["yangguang.edition"]._in_force(kind, today)
            divisions = self.env["yangguang.division"].search([("kind", "=", kind)])
            if edition and divisions:
                self._generate(divisions, edition, today)

    @api.model
    def _generate(self, divisions, edition, today):
        """Makes what `divisions` owe by `edition` up to `today` and is not there yet."""
        owed = [
            (item, period, due)
            for item in edition.item_ids
            for period, due in self._owed_periods(item, today)
        ]
        present = {
            (duty.division_id.id, duty.item_id.id, duty.period_key)
            for duty in self.search_fetch(
                [("item_id", "in", edition.item_ids.ids), ("division_id", "in", divisions.ids)],
                ["division_id", "item_id", "period_key"],
            )
        }
        published = self._published_days(divisions, {period.key for _item, period, _due in owed})
        return self.create(
            [
                {
                    "division_id": division.id,
                    "item_id": item.id,
                    "period_key": period.key,
                    "period_label": item._period_label(period),
                    "due": self._not_before(division, item, due),
                    "published_on": published.get((division.id, item.code, period.key)),
                }
                for division in divisions
                for item, period, due in owed
                if (division.id, item.id, period.key) not in present
                and (item.frequency == "permanent" or due >= division.discloses_from)
            ]
        )

    @api.model
    def _published_days(self, divisions, period_keys):
        """`{(division id, item code, period key): day}` of what was published before its duty."""
        publications = self.env["yangguang.publication"].search_fetch(
            [("division_id", "in", divisions.ids), ("period_key", "in", list(period_keys))],
            ["division_id", "item_code", "period_key", "time"],
            order="id desc",
        )
        return {
            (one.division_id.id, one.item_code, one.period_key): clock.to_local(one.time).date()
            for one in publications
        }

    @api.model
    def _not_before(self, division, item, due):
        """A village that joins later has the usual days for what is always shown."""
        if item.frequency != "permanent":
            return due
        deadline = Deadline.parse(item.deadline)
        return max(due, deadline.due_after(division.discloses_from, state_calendar()))

    @api.model
    def _owed_periods(self, item, today):
        """`(period, due)` of each period of `item` since its edition began that is to be
        published by now or next: ended ones, and the running one of items that count in it."""
        deadline = Deadline.parse(item.deadline)
        begin = item.edition_id.date_from
        if deadline.standing:
            yield Period.of("once", begin), deadline.due_after(begin, state_calendar())
            return
        if not deadline.periodic:
            return
        # what counts in its own period is known some days before it begins
        last = today + WARNING if deadline.in_period else today
        for period in Period.between(PERIOD_KINDS[item.frequency], begin, last):
            if period.start >= begin and (deadline.in_period or period.end < today):
                yield period, deadline.due(period)

    @api.model
    def _for_event(self, disclosure):
        """The duty that the event of `disclosure` brings; none without a date, or when no
        calendar of working days says until when."""
        deadline = Deadline.parse(disclosure.item_id.deadline)
        if deadline.periodic or not disclosure.event_date:
            return self.browse()
        try:
            due = deadline.due_after(disclosure.event_date, state_calendar())
        except UnknownYearError:
            return self.browse()
        period = Period.of("once", disclosure.event_date)
        values = {
            "division_id": disclosure.division_id.id,
            "item_id": disclosure.item_id.id,
            "period_key": period.key,
        }
        duties = self.sudo()
        domain = [(name, "=", value) for name, value in values.items()]
        return duties.search(domain) or duties.create(
            {**values, "period_label": period.label, "due": due}
        )
