import functools
from datetime import UTC, datetime

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL

from ..lib import clock, summary
from ..lib.directory import Place
from ..lib.periods import Period
from ..lib.roles import VILLAGE


class Publication(models.Model):
    """What the public pages and the API ask for. Record rules hold: nobody reads more here than
    the model gives him."""

    _inherit = "yangguang.publication"

    @api.model
    def _on_display(self):
        """Domain of what is neither corrected nor taken down. As ("state", "=", "published"), but
        without the detour over the events' own record rule, which costs more than all the rest."""
        return Domain.custom(
            to_sql=lambda _model, alias, _query: SQL(
                "NOT EXISTS (SELECT FROM yangguang_publication_event WHERE publication_id = %s"
                " AND kind IN ('superseded', 'withdrawn'))",
                SQL.identifier(alias, "id"),
            ),
            predicate=lambda publication: publication.state == "published",
        )

    @api.model
    def _chosen(self, place=None, *, categories=(), items=(), period=None, words=None):
        """Domain of the publications of `place` (a `lib.directory.Place`) and what is below it.

        `categories` are numbers and `items` codes. `period` is a period's key; a year stands for
        all its periods. `words` are searched for in the public pages.
        """
        conditions = [Domain.TRUE]
        if place:
            conditions.append(self._in_place(place))
        if categories:
            conditions.append(Domain("category_number", "in", list(categories)))
        if items:
            conditions.append(Domain("item_code", "in", list(items)))
        if period:
            conditions.append(self._in_period(period))
        if words:
            pages = self.env["yangguang.public.page"]
            conditions.append(Domain("page_ids", "any", pages._matching(words)))
        return Domain.AND(conditions)

    @api.model
    def _in_place(self, place: Place):
        if place.level >= VILLAGE:
            return Domain("division_id", "=", place.id)
        below = self.env["yangguang.division"]._directory().below(place)
        return Domain("division_id", "in", [one.id for one in below])

    @api.model
    def _in_period(self, key):
        if len(key) > len("2026"):
            return Domain("period_key", "=", key)
        begin, end = (
            datetime(int(key) + later, 1, 1, tzinfo=clock.SHANGHAI)
            .astimezone(UTC)
            .replace(tzinfo=None)
            for later in (0, 1)
        )
        # what is about an event has no period: it belongs to the year it was published in
        of_an_event = Domain("period_key", "=", False)
        return Domain("period_key", "=like", f"{key}%") | (
            of_an_event & Domain("time", ">=", begin) & Domain("time", "<", end)
        )

    @api.model
    def _years(self, domain):
        """The years that the publications of `domain` belong to, the newest first."""
        groups = self._read_group(domain, ["period_key", "time:year"])
        return sorted({key[:4] if key else f"{year:%Y}" for key, year in groups}, reverse=True)

    @api.model
    def _newest(self, domain, fields, limit, before=None):
        """The newest publications of `domain`, older than the id `before`.

        Gives the records, with `fields` read, and the id to go on before; None at the end. As
        ids only grow, following these ids meets every row once, whatever is added meanwhile.
        """
        found = self.search_fetch(_older(domain, before), fields, limit=limit + 1, order="id desc")
        newest = found[:limit]
        return newest, newest[-1:].id if len(found) > limit else None

    @api.model
    def _newest_rows(self, domain, fields, limit, before=None):
        """As `_newest`, but dictionaries of the columns `fields`, in a third of the time.

        It is the query that the ORM has put access rights and record rules into.
        """
        query = self._search(_older(domain, before), limit=limit + 1, order="id desc")
        found = self.env.execute_query(query.select(_columns(self._table, ("id", *fields))))
        rows = [dict(zip(fields, row[1:], strict=True)) for row in found[:limit]]
        return rows, found[limit - 1][0] if len(found) > limit else None

    def _page(self):
        """The public page of this publication; empty once it was taken down."""
        self.ensure_one()
        return self.page_ids[:1]

    def _in_plain_words(self, face):
        """What `face`, the public one of this publication, says (a `lib.summary.Summary`).

        It is compared with what the public sees on display of the period before and of the same
        period of the year before. None for an item that is not told in plain words.
        """
        self.ensure_one()
        if not summary.has_summary(self.item_code):
            return None
        return summary.summarise(face, *self._compared_faces())

    def _compared_faces(self):
        """The public faces of the period before and of the year before, None where none is."""
        period = self.period_key and Period.parse(self.period_key)
        if not period or period.kind == "once":
            return None, None
        compared = period.previous(), period.same_last_year()
        of_those_periods = Domain.AND(
            [
                self._on_display(),
                Domain("division_id", "=", self.division_id.id),
                Domain("item_code", "=", self.item_code),
                Domain("period_key", "in", [one.key for one in compared]),
            ]
        )
        pages = self.env["yangguang.public.page"].search_fetch(
            Domain("publication_id", "any", of_those_periods), ["content"], order="id"
        )
        faces = {face["period"]: face for face in (page._face() for page in pages)}
        return tuple(faces.get(one.label) for one in compared)

    def _event(self, kind):
        """The latest event of that kind; empty when there was none."""
        self.ensure_one()
        return self.event_ids.filtered(lambda event: event.kind == kind)[-1:]

    def _successor(self):
        """The publication that corrects this one."""
        self.ensure_one()
        return self.search([("corrects_id", "=", self.id)], limit=1)

    def _predecessor(self):
        """The publication that this one corrects."""
        self.ensure_one()
        return self.search([("id", "=", self.corrects_id.id)])

    def _shown_until(self):
        """The last day of its protected display, with what was added to it; None when it has no
        end."""
        self.ensure_one()
        return self._event("extended").display_until or self.display_until or None

    def _summary(self):
        """What the pages repeat of the sealed envelope, for `lib.verification`."""
        self.ensure_one()
        return {
            "code": self.code,
            "division_code": self.division_code,
            "division_name": self.division_name,
            "item_code": self.item_code,
            "item_name": self.item_name,
            "period": self.period_label or None,
            "audience": self.audience,
            "open_web": self.open_web,
            "time": clock.to_local(self.time).isoformat(),
        }


@functools.cache
def _columns(table, names):
    return SQL(", ").join(SQL.identifier(table, name) for name in names)


def _older(domain, before):
    return domain if before is None else domain & Domain("id", "<", before)
