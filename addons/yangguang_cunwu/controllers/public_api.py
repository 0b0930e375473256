"""The read API, version 1: one for the mini-program, the LED player and open data.

What it answers is described in data/openapi.json; the tests hold the two against each other.
"""

import json
import re
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.fields import Domain
from odoo.http import request

from ..lib import clock, periods
from .public_common import API_PREFIX, answer_json, public_route
from .public_publication import file_answer, find_publication, is_hidden_from_search

_DOCUMENT = Path(__file__, "../../data/openapi.json").resolve()
_SUMMARY_FIELDS = (
    "code",
    "division_code",
    "division_name",
    "town_name",
    "item_code",
    "item_name",
    "category_number",
    "category_name",
    "title",
    "period_key",
    "period_label",
    "audience",
    "open_web",
    "time",
    "display_until",
    "carried_over",
)
DEFAULT_LIMIT, MAX_LIMIT = 20, 100
# arguments that choose among the publications
_CHOICES = ("division", "category", "item", "period", "q")
_KINDS = ("village", "community")


class PublicApi(http.Controller):
    @public_route(f"{API_PREFIX}/openapi.json")
    def document(self, **ignored):
        return answer_json(self._document())

    def _document(self):
        """What describes the API; an addon with addresses of its own adds them here."""
        return json.loads(_DOCUMENT.read_bytes())

    @public_route(f"{API_PREFIX}/ping")
    def ping(self, **ignored):
        """Answers nothing: whether the server is there, and what an answer costs at least."""
        return answer_json({})

    @public_route(f"{API_PREFIX}/divisions")
    def divisions(self, parent=None, level=None, **ignored):
        directory = request.env["yangguang.division"]._directory()
        chosen = [one for one in directory if one.active]
        if parent:
            above = _place(parent)
            chosen = [one for one in chosen if one.parent == above.code]
        if level:
            number = integer("level", level, 1, 4)
            chosen = [one for one in chosen if one.level == number]
        return answer_json({"items": [_division(one) for one in chosen]})

    @public_route(f"{API_PREFIX}/divisions/<string:code>")
    def division(self, code, **ignored):
        directory = request.env["yangguang.division"]._directory()
        place = directory.find(code)
        if not place:
            raise NotFound
        return answer_json(
            {
                **_division(place),
                "path": [{"code": one.code, "name": one.name} for one in directory.path(place)],
                "children": [
                    {"code": one.code, "name": one.name} for one in directory.children(place)
                ],
                "complaint_phone": directory.complaint_phone(place) or None,
                "phone": place.phone or None,
            }
        )

    @public_route(f"{API_PREFIX}/categories")
    def categories(self, kind=_KINDS[0], **ignored):
        edition = _edition(kind)
        return answer_json(
            {
                "edition": _edition_facts(edition),
                "items": [{"number": one.number, "name": one.name} for one in edition.category_ids],
            }
        )

    @public_route(f"{API_PREFIX}/items")
    def items(self, kind=_KINDS[0], category=None, **ignored):
        edition = _edition(kind)
        items = edition.item_ids
        if category:
            number = integer("category", category, 1, 99)
            items = items.filtered(lambda item: item.category_id.number == number)
        tables = items._with_form(clock.today())
        return answer_json(
            {
                "edition": _edition_facts(edition),
                "items": [{**_item(item), "table": item in tables} for item in items],
            }
        )

    @public_route(f"{API_PREFIX}/publications")
    def publications(self, before=None, limit=None, **arguments):
        publications = request.env["yangguang.publication"]
        query = {name: arguments[name] for name in _CHOICES if arguments.get(name)}
        size = integer("limit", limit, 1, MAX_LIMIT) if limit else DEFAULT_LIMIT
        cursor = integer("before", before, 1, 2**31 - 1) if before else None
        rows, more = publications._newest_rows(
            publications._on_display() & _choice(publications, query), _SUMMARY_FIELDS, size, cursor
        )
        following = {**query, "limit": size, "before": more}
        return answer_json(
            {
                "items": [_summary(row) for row in rows],
                "next": more and f"{API_PREFIX}/publications?{urlencode(following)}",
            }
        )

    @public_route(f"{API_PREFIX}/publications/<string:code>")
    def publication(self, code, **ignored):
        publication = find_publication(code)
        sheet = publication._page()
        digests = {"page": sheet.digest or None, "pdf": sheet.pdf_digest or None}
        return answer_json(
            publication_details(publication, sheet._face() if sheet else None, digests),
            noindex=is_hidden_from_search(publication),
        )

    @public_route(f"{API_PREFIX}/publications/<string:code>.pdf")
    def pdf(self, code, **ignored):
        return file_answer(find_publication(code), "pdf")


def publication_details(publication, face, digests):
    """What is told of one publication to a reader who gets `face`, None for nothing."""
    (row,), _more = publication._newest_rows(Domain("id", "=", publication.id), _SUMMARY_FIELDS, 1)
    told = face and publication._in_plain_words(face)
    return {
        **_summary(row),
        "state": publication.state,
        "corrects": publication._predecessor().code or None,
        "corrected_by": publication._successor().code or None,
        "events": [_event(event) for event in publication.event_ids],
        "chain": {
            "position": publication.position,
            "previous": publication.previous,
            "link": publication.link,
            "envelope": publication.envelope,
        },
        "digests": digests,
        "face": face,
        "summary": told and told.to_plain(),
    }


def _choice(publications, query):
    """The domain that the arguments of the address ask for."""
    return publications._chosen(
        _place(query["division"]) if "division" in query else None,
        categories=(integer("category", query["category"], 1, 99),) if "category" in query else (),
        items=(item_code(query["item"]),) if "item" in query else (),
        period=_period(query["period"]) if "period" in query else None,
        words=query.get("q"),
    )


def _place(code):
    place = request.env["yangguang.division"]._directory().find(code)
    if not place:
        raise BadRequest(request.env._("There is no division with this code."))
    return place


def integer(name, text, least, most):
    """The whole number that an argument of the address holds; raises BadRequest."""
    if text.isascii() and text.isdigit() and len(text) <= 10 and least <= int(text) <= most:
        return int(text)
    raise BadRequest(
        request.env._(
            "“%(name)s” is a whole number from %(least)s to %(most)s.",
            name=name,
            least=least,
            most=most,
        )
    )


def item_code(text):
    """The code of an item in an argument of the address; raises BadRequest."""
    if re.fullmatch(r"[\w.-]{1,40}", text):
        return text
    raise BadRequest(request.env._("This is not the code of an item."))


def _period(text):
    try:
        return periods.Period.parse(text).key
    except ValueError as error:
        raise BadRequest(
            request.env._("A period is written 2026, 2026H1, 2026Q1 or 2026-03.")
        ) from error


def _edition(kind):
    if kind not in _KINDS:
        raise BadRequest(request.env._("“kind” is village or community."))
    return request.env["yangguang.edition"]._in_force(kind, clock.today())


def _edition_facts(edition):
    if not edition:
        return None
    return {
        "name": edition.name,
        "kind": edition.division_kind,
        "date_from": edition.date_from.isoformat(),
        "paper": edition.paper or None,
        "reconstruction": edition.reconstruction,
    }


def _division(place):
    return {
        "code": place.code,
        "name": place.name,
        "kind": place.kind,
        "level": place.level,
        "parent": place.parent,
    }


def _item(item):
    return {
        "code": item.code,
        "name": item.name,
        "category": item.category_id.number,
        "content": item.content or None,
        "frequency": item.frequency,
        "deadline": item.deadline_text or None,
        "min_display_days": item.min_display_days or None,
        "audience": item.audience,
        "open_web": item.open_web,
        "legal_basis": item.legal_basis or None,
        "departments": item.department_ids.mapped("name"),
    }


def _summary(row):
    """One publication of a list, from the columns of _SUMMARY_FIELDS."""
    return {
        **row,
        "time": _time(row["time"]),
        "display_until": day(row["display_until"]),
        "carried_over": bool(row["carried_over"]),
    }


def _event(event):
    return {
        "kind": event.kind,
        "time": _time(event.time),
        "reason": event.reason or None,
        "note": event.note or None,
        "display_until": day(event.display_until),
    }


def _time(moment):
    return clock.to_local(moment).isoformat()


def day(date):
    """A day as it is written in an answer, None for none."""
    return date.isoformat() if date else None
