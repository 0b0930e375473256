from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import display

# one commit of the hourly job (publications and days)
BATCH = 200
# proofs of the evening have this long (hours) to arrive before a day is found to be dark
GRACE = 6
# after an outage of the server so many days are looked at
FARTHEST = 35


class DisplayProof(models.Model):
    _inherit = "yangguang.display.proof"

    summed = fields.Integer(
        readonly=True, help="Seconds and plays that the day of display was worked out from."
    )

    _changed_idx = models.Index(
        "(day, publication_id) WHERE summed IS DISTINCT FROM seconds + plays"
    )

    def _proof(self):
        """This row as the counting library takes it."""
        return display.Proof(
            self.screen_id.id, self.day, self.grade, self.seconds, self.plays, self.hours
        )


class DisplayDay(models.Model):
    """Worked out from the proofs that screens give."""

    _inherit = "yangguang.display.day"

    @api.model
    def _cron_display(self):
        """Counts what cards have shown, sums up what is new by days, and makes up for days that
        were dark. Run twice it does nothing the second time."""
        showings = self.env["yangguang.screen.showing"]
        for step in (showings._cron_count, self._cron_sum_up, self._cron_examine):
            # what is left when the time is up comes first in the next round
            if not step():
                return
        self.env["ir.cron"]._commit_progress(remaining=0)

    @api.model
    def _cron_sum_up(self):
        """Sums up the proofs that are new; gives whether these were all."""
        while pairs := self._changed():
            self._sum_up(pairs)
            if not self.env["ir.cron"]._commit_progress(len(pairs), remaining=1):
                return False
        return True

    def _changed(self):
        """Publications and days whose proofs have grown since they were summed up."""
        self.env["yangguang.display.proof"].flush_model()
        self.env.cr.execute(
            """
            SELECT DISTINCT day, publication_id
              FROM yangguang_display_proof
             WHERE summed IS DISTINCT FROM seconds + plays
             ORDER BY day, publication_id
             LIMIT %s
            """,
            (BATCH,),
        )
        return [(publication, day) for day, publication in self.env.cr.fetchall()]

    @api.model
    def _sum_up(self, pairs):
        """Works out the rows of `pairs` (publication id, day) afresh."""
        wanted, proofs = set(pairs), self.env["yangguang.display.proof"]
        found = proofs.search(
            [
                ("publication_id", "in", [publication for publication, _day in pairs]),
                ("day", "in", [day for _publication, day in pairs]),
            ]
        ).filtered(lambda row: (row.publication_id.id, row.day) in wanted)
        kept = {
            (row.publication_id.id, row.day): row
            for row in self.search(
                [
                    ("publication_id", "in", found.publication_id.ids),
                    ("day", "in", found.mapped("day")),
                ]
            )
        }
        for publication, rows in found.grouped("publication_id").items():
            for day in self._days_of(rows).values():
                values = {
                    "screens": day.screens,
                    "seconds": day.seconds,
                    "grade": day.grade,
                    "counts": day.counts,
                }
                if row := kept.get((publication.id, day.day)):
                    row.write(values)
                else:
                    self.create(self._row(publication, day.day, **values))
        self.flush_model()
        self.env.cr.execute(
            SQL(
                "UPDATE yangguang_display_proof SET summed = seconds + plays WHERE id IN %s",
                tuple(found.ids) or (0,),
            )
        )
        found.invalidate_recordset(["summed"])

    def _row(self, publication, day, **values):
        return {
            "publication_id": publication.id,
            "division_id": publication.division_id.id,
            "day": day,
            **values,
        }

    @api.model
    def _days_of(self, proofs):
        """The days (`lib.display.Day`, by date) of rows of proofs of one publication."""
        promises = {screen.id: screen._promise() for screen in proofs.screen_id}
        return display.days((row._proof() for row in proofs), promises, self._percent())

    @api.model
    def _percent(self):
        """In how much of the lit hours a publication has to come up for a full day."""
        parameters = self.env["ir.config_parameter"].sudo()
        return int(parameters.get_param("yangguang_led.display_percent", 50))

    @api.model
    def _cron_examine(self):
        """Looks at each day that is over, in order, for what should have been on and was not;
        gives whether these were all."""
        parameters = self.env["ir.config_parameter"].sudo()
        over = (clock.to_local(clock.now()) - timedelta(hours=GRACE)).date() - timedelta(days=1)
        seen = fields.Date.to_date(parameters.get_param("yangguang_led.display_examined"))
        first = max(seen, over - timedelta(days=FARTHEST)) if seen else over - timedelta(days=1)
        for day in display.each_day(first + timedelta(days=1), over):
            self._examine(day)
            parameters.set_param("yangguang_led.display_examined", day.isoformat())
            if not self.env["ir.cron"]._commit_progress(1, remaining=1):
                return False
        return True

    @api.model
    def _examine(self, day):
        """What was protected on `day`, and not on display for a full day, is displayed a day
        longer, and its clerk is told: once."""
        due = self._due_on(day)
        rows = self.search([("publication_id", "in", due.ids), ("day", "=", day)])
        settled = rows.filtered(lambda row: row.counts or row.owed)
        dark = due - settled.publication_id
        (rows - settled).owed = True
        self.create(
            [self._row(one, day, owed=True) for one in dark - (rows - settled).publication_id]
        )
        dark._display_longer(day)

    def _due_on(self, day):
        """Publications under protection on the whole of `day`, in villages that had a screen in
        operation."""
        screens = self.env["yangguang.screen"].search(
            Domain("state", "=", "on")
            & (Domain("commissioned_on", "<", day) | Domain("commissioned_on", "=", False))
        )
        publications = self.env["yangguang.publication"]
        protected = Domain("display_until", ">=", day) | Domain(
            "event_ids", "any", [("kind", "=", "extended"), ("display_until", ">=", day)]
        )
        found = publications.search(
            publications._on_display()
            & Domain("division_id", "in", screens.division_id.ids)
            & Domain("page_ids", "!=", False)
            & protected,
            order="id",
        )
        return found.filtered(lambda one: one._is_protected_on(day))


class Publication(models.Model):
    _inherit = "yangguang.publication"

    def _is_protected_on(self, day):
        """Whether it was to be displayed for the whole of `day`, by what was known on that day."""
        self.ensure_one()
        longer = self.event_ids.filtered(
            lambda event: event.kind == "extended" and clock.to_local(event.time).date() <= day
        )
        until = longer[-1:].display_until or self.display_until
        return clock.to_local(self.time).date() < day <= until

    def _display_longer(self, day):
        """Adds a day for the dark one, after yesterday at the earliest; tells the clerks."""
        now, yesterday = clock.now(), clock.today() - timedelta(days=1)
        self.env["yangguang.publication.event"].create(
            [
                {
                    "publication_id": publication.id,
                    "kind": "extended",
                    "time": now,
                    "reason": "display",
                    "note": display.extension_note(day),
                    "display_until": max(publication._shown_until(), yesterday) + timedelta(days=1),
                }
                for publication in self
            ]
        )
        offices = self.env["yangguang.appointment"]._offices(self.division_id)
        sheets = self.env["yangguang.disclosure"].search([("publication_id", "in", self.ids)])
        for sheet in sheets:
            clerks = (
                offices[sheet.division_id, "clerk"] | offices[sheet.division_id, "deputy_clerk"]
            )
            self.env["yangguang.notice"]._tell(clerks, sheet, "dark")


class Notice(models.Model):
    _inherit = "yangguang.notice"

    kind = fields.Selection(
        selection_add=[("dark", "A protected sheet was not on the screen for a full day")],
        ondelete={"dark": "cascade"},
    )


class Screen(models.Model):
    _inherit = "yangguang.screen"

    def _promise(self):
        """What is to be seen on it in a day (a `lib.display.Promise`)."""
        self.ensure_one()
        timetable = self._timetable()
        return display.Promise(timetable.opens, timetable.closes, self.times)
