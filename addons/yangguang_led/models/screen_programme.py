from datetime import datetime, time, timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

from odoo.addons.yangguang_cunwu.lib import canonical, clock

from ..lib import connections, drawing, programme
from ..lib.rotation import Rotation, Turn, rotate


class Screen(models.Model):
    """What a screen shows follows from what is on display in its village."""

    _inherit = "yangguang.screen"

    test_page = fields.Selection(
        [("ruler", "Ruler"), ("text", "Test text")],
        copy=False,
        readonly=True,
        help="Shown while the screen is being set up.",
    )

    def _surface(self):
        """The screen as the drawing library sees it."""
        self.ensure_one()
        return drawing.Screen(
            width=self.width,
            height=self.height,
            pitch=self.pitch,
            distance=self.distance,
            colours=self.colours,
            lit=self.lit,
            draws=connections.draws(self.driver),
        )

    @api.model
    def _cron_arrange(self):
        """Gives a new programme to each screen whose own is no longer right, and sees to it that
        it gets there."""
        for _screen in self._arrange_changed():
            self.env["ir.cron"]._commit_progress(1)
        self.search([])._want_now()
        self.env["yangguang.screen.task"]._cron_send()

    @api.model
    def _arrange_changed(self):
        """Arranges the screens for which something has changed, giving each when it is done."""
        for screen, signature in self.search([])._signatures().items():
            contact = screen._contact()
            if contact.arranged != signature:
                screen._arrange()
                contact.arranged = signature
                yield screen

    def _signatures(self):
        """What the programmes follow from, in short: while it is the same, so are they."""
        self.env.cr.execute(
            SQL(
                """
                SELECT screen.id,
                    concat_ws(' ', %s, screen.write_date, max(event.id),
                        (SELECT max(id) FROM yangguang_screen_recall
                          WHERE division_id = screen.division_id),
                        (SELECT max(id) FROM yangguang_screen_decision),
                        (SELECT max(write_date) FROM yangguang_screen_brightness
                          WHERE screen_id = screen.id),
                        (SELECT count(*) FROM yangguang_screen_brightness
                          WHERE screen_id = screen.id),
                        (SELECT max(write_date) FROM yangguang_screen_daypart
                          WHERE screen_id = screen.id),
                        (SELECT count(*) FROM yangguang_screen_daypart
                          WHERE screen_id = screen.id))
                FROM yangguang_screen screen
                LEFT JOIN yangguang_publication publication
                    ON publication.division_id = screen.division_id
                LEFT JOIN yangguang_publication_event event
                    ON event.publication_id = publication.id
                WHERE screen.id IN %s
                GROUP BY screen.id
                """,
                clock.today().isoformat(),
                tuple(self.ids) or (0,),
            )
        )
        return {self.browse(number): signature for number, signature in self.env.cr.fetchall()}

    def _arrange(self):
        """Computes the programme; keeps it when it differs from the last one.

        Runs in the scheduled action alone, which never runs twice at once: so nobody else numbers
        programmes.
        """
        self.ensure_one()
        entries, protected, warnings = self._entries()
        plans = [(0, Rotation(((key, False) for key in entries), 0, 0))] if self.test_page else []
        times = 0
        if not self.test_page:
            plans, times = self._plans(entries, protected)
        if protected and times < self.times:
            warnings.append(
                self.env._(
                    "There is more to show than fits: each publication comes %(times)s times a"
                    " day, not %(wanted)s.",
                    times=times,
                    wanted=self.times,
                )
            )
        filler = self.env["yangguang.rendering"]._of_filler(self, self._surface())
        content = programme.build(
            {
                "code": self.code,
                "width": str(self.width),
                "height": str(self.height),
                "colours": self.colours,
            },
            self._timetable(),
            entries,
            plans,
            filler.pages,
        )
        sealed = canonical.canonical(content)
        if canonical.digest(sealed) == self.programme_id.digest:
            return
        self.env["yangguang.programme"].create(
            {
                "screen_id": self.id,
                "number": self.programme_id.number + 1,
                "time": clock.now(),
                "digest": canonical.digest(sealed),
                "content": sealed.decode(),
                "times": times,
                "warnings": "\n".join(warnings),
            }
        )
        self.invalidate_recordset(["programme_id"])

    def _entries(self):
        """What there is to show: `{key: entry}`, the keys of what is protected, the warnings."""
        renderings = self.env["yangguang.rendering"]
        surface = self._surface()
        if self.test_page:
            pages = renderings._of_test(self.test_page, surface).pages
            return {"test": programme.entry(programme.TEST, "", pages)}, set(), []
        entries, protected, warnings = {}, set(), []
        publications = self._publications()
        drawn = renderings._of_publications(publications, surface)
        for publication, rendering in drawn.items():
            until = publication._shown_until()
            entries[publication.code] = programme.entry(
                programme.PUBLICATION,
                publication.title,
                rendering.pages,
                rendering.short or (),
                publication=publication.code,
                page=publication._page().digest,
                ends=_end_of(until) if until else None,
            )
            if until:
                protected.add(publication.code)
            if rendering.warnings:
                warnings.append(f"{publication.title}：{rendering.warnings}")
        for message in self.env["yangguang.screen.message"]._in_force_at(self):
            entries[f"message/{message.id}"] = programme.entry(
                programme.INSERT,
                message.title,
                renderings._of_message(message.title, message.text, surface).pages,
                begins=clock.to_local(message.begins),
                ends=clock.to_local(message.ends),
            )
        return entries, protected, warnings

    def _publications(self):
        """What this village has on display today, the newest first, without what was recalled."""
        publications = self.env["yangguang.publication"]
        found = publications.search(
            publications._on_display() & self._domain_of_place(), order="id desc"
        )
        today = clock.today()
        recalled = self.env["yangguang.screen.recall"]._recalled(found)
        return (found - recalled).filtered(
            lambda one: not one._shown_until() or one._shown_until() >= today
        )

    def _domain_of_place(self):
        return Domain("division_id", "=", self.division_id.id) & Domain("page_ids", "!=", False)

    def _plans(self, entries, protected):
        """The rotations of the parts of the day, and the least number of turns a day."""
        timetable = self._timetable()
        parts = self._parts_of_day()
        plans, least = [], []
        for (begins, categories), ends in zip(
            parts, [start for start, _categories in parts[1:]] + [24 * 60], strict=True
        ):
            lit = max(0, min(ends, timetable.closes) - max(begins, timetable.opens)) * 60
            share = max(1, round(self.times * lit / timetable.open_seconds))
            turns = [
                _turn(key, one, number, key in protected)
                for number, (key, one) in enumerate(reversed(list(entries.items())))
                if one["kind"] == programme.PUBLICATION
                and (not categories or self._category_of(key) in categories)
            ]
            rotation = rotate(turns, max(lit, 1), share)
            plans.append((begins, rotation))
            if lit and any(turn.protected for turn in turns):
                least.append(rotation.times)
        return plans, sum(least)

    def _category_of(self, code):
        return self.env["yangguang.publication"].search_fetch([("code", "=", code)]).category_number

    def _parts_of_day(self):
        """(minute, numbers of the categories in turn; empty for all), from midnight on."""
        parts = [
            (round(part.hour * 60), set(map(int, _numbers(part.category_numbers))))
            for part in self.daypart_ids.sorted("hour")
        ]
        if not parts or parts[0][0]:
            parts.insert(0, (0, set()))
        return parts


def _turn(key, entry, order, protected):
    seconds, short = (
        sum(float(page["seconds"]) for page in entry[form]) for form in ("pages", "short")
    )
    return Turn(key, protected, order, seconds, short or seconds)


def _end_of(day):
    return datetime.combine(day + timedelta(days=1), time(), clock.SHANGHAI)


def _numbers(text):
    return "".join(char if char.isdigit() else " " for char in text or "").split()
