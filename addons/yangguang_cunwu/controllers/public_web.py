"""The pages of districts, towns and villages: what is disclosed there, and where to find it."""

import re

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request
from odoo.tools import LazyTranslate

from ..lib import clock, snippets
from ..lib.roles import GROUP, VILLAGE
from . import public_icons
from .public_common import public_route
from .public_page import find_place, links, page, redirect
from .public_question import newest_questions, shown

_lt = LazyTranslate(__name__)

_HOME_ROWS = 10
_PAGE_ROWS = 20
_HOME_QUESTIONS, _ITEM_QUESTIONS = 3, 5
_LONGEST_QUERY = 50
_ROW_FIELDS = (
    "code",
    "title",
    "division_name",
    "item_name",
    "category_name",
    "period_label",
    "time",
    "carried_over",
)
_ITEM_CODE = re.compile(r"[\w.-]{1,40}")

# The five things the notice wants to be open to everybody, as filters over the twelve categories.
TOPICS = {
    "party": (_lt("Party affairs"), {"categories": (3,)}),
    "village": (_lt("Village affairs"), {"categories": (4, 5, 6, 9, 10, 12)}),
    "finance": (_lt("Finance"), {"categories": (7, 8)}),
    "about": (_lt("About the village"), {"categories": (2,)}),
    "rules": (_lt("Village rules"), {"items": ["GK05"]}),
}


class PublicWeb(http.Controller):
    @public_route("/v")
    def index(self, q="", **ignored):
        directory = request.env["yangguang.division"]._directory()
        words = _words(q)
        return page(
            "public_index",
            title=request.env._("Choose your village"),
            trail=((request.env._("Choose your village"), None),),
            words=words,
            districts=[(one, _towns(directory, one, words)) for one in directory.children(None)],
        )

    @public_route("/v/<string:code>")
    def division(self, code, **ignored):
        place = find_place(code)
        if place.level == GROUP:
            return redirect(links().place(place.parent))
        return _village(place) if place.level == VILLAGE else _above_villages(place)

    @public_route("/v/<string:code>/c/<int:number>")
    def category(self, code, number, **query):
        place = find_place(code, VILLAGE)
        category = _edition(place).category_ids.filtered(lambda one: one.number == number)
        if not category:
            raise NotFound
        return _listing(place, category.name, {"categories": (number,)}, category.item_ids, query)

    @public_route("/v/<string:code>/t/<string:topic>")
    def topic(self, code, topic, **query):
        place = find_place(code, VILLAGE)
        if topic not in TOPICS:
            raise NotFound
        name, choice = TOPICS[topic]
        items = _edition(place).item_ids.filtered(
            lambda item: (
                item.category_id.number in choice.get("categories", ())
                or item.code in choice.get("items", ())
            )
        )
        return _listing(place, request.env._(name), choice, items, query)

    @public_route("/v/<string:code>/i/<string:item_code>")
    def item(self, code, item_code, before=None, **ignored):
        place = find_place(code, VILLAGE)
        if not _ITEM_CODE.fullmatch(item_code):
            raise NotFound
        publications = request.env["yangguang.publication"]
        domain = publications._chosen(place, items=(item_code,))
        rows, more = publications._newest(
            domain, (*_ROW_FIELDS, "item_id"), _PAGE_ROWS, _number(before)
        )
        items = _edition(place).item_ids.filtered(lambda one: one.code == item_code)
        # an item that a newer list has dropped keeps its page
        item = items or rows[:1].item_id
        if not item:
            raise NotFound
        url = links()
        return page(
            "public_item",
            title=f"{item.name} - {place.name}",
            place=place,
            trail=(
                (item.category_id.name, url.category(place.code, item.category_id.number)),
                (item.name, None),
            ),
            noindex=item.audience != "public",
            item=item,
            days=request.env._("%(days)s days", days=item.min_display_days),
            rows=rows,
            more=more and url.item(place.code, item.code, before=more),
            questions=shown(newest_questions(place, _ITEM_QUESTIONS, item_code=item.code)[0]),
        )

    @public_route("/v/<string:code>/search")
    def search(self, code, q="", before=None, **ignored):
        place = find_place(code)
        words = _words(q)
        publications = request.env["yangguang.publication"]
        rows, more = publications.browse(), None
        if words:
            rows, more = publications._newest(
                publications._on_display() & publications._chosen(place, words=words),
                _ROW_FIELDS,
                _PAGE_ROWS,
                _number(before),
            )
        return page(
            "public_search",
            title=f"{request.env._('Search')} - {place.name}",
            place=place,
            trail=((request.env._("Search"), None),),
            noindex=True,
            words=words,
            rows=rows,
            snippets=_snippets(rows, words),
            more=more and links().search(place.code, q=words, before=more),
        )


def _village(place):
    publications = request.env["yangguang.publication"]
    here = publications._on_display() & publications._chosen(place)
    counts = dict(publications._read_group(here, ["category_number"], ["__count"]))
    newest, _more = publications._newest(here, _ROW_FIELDS, _HOME_ROWS)
    return page(
        "public_village",
        title=place.name,
        place=place,
        newest=newest,
        questions=shown(newest_questions(place, _HOME_QUESTIONS)[0]),
        topics=[(key, request.env._(name)) for key, (name, _choice) in TOPICS.items()],
        tiles=[
            {
                "number": category.number,
                "name": category.name,
                "count": counts.get(category.number) and _count(counts[category.number]),
                "icon": public_icons.category(category.number),
            }
            for category in _edition(place).category_ids
        ],
    )


def _above_villages(place):
    directory = request.env["yangguang.division"]._directory()
    publications = request.env["yangguang.publication"]
    newest, _more = publications._newest(
        publications._on_display() & publications._chosen(place), _ROW_FIELDS, _HOME_ROWS
    )
    return page(
        "public_town",
        title=place.name,
        place=place,
        children=directory.children(place),
        newest=newest,
    )


def _listing(place, name, choice, items, query):
    """The page of a category or a topic: its items, and what was published, by year."""
    publications = request.env["yangguang.publication"]
    url = links()
    everything = publications._on_display() & publications._chosen(place, **choice)
    years = publications._years(everything)
    year = query.get("year") if query.get("year") in years else None
    rows, more = publications._newest(
        publications._on_display() & publications._chosen(place, period=year, **choice),
        _ROW_FIELDS,
        _PAGE_ROWS,
        _number(query.get("before")),
    )
    here = request.httprequest.path
    return page(
        "public_listing",
        title=f"{name} - {place.name}",
        heading=name,
        place=place,
        trail=((name, None),),
        items=_item_rows(items, everything),
        year=year,
        years=[(one, url(here, year=one)) for one in years],
        all_years=url(here),
        rows=rows,
        more=more and url(here, year=year, before=more),
    )


def _item_rows(items, domain):
    """For each item the number of its publications in `domain`, and the newest of them."""
    publications = request.env["yangguang.publication"]
    groups = {
        code: (count, newest)
        for code, count, newest in publications._read_group(
            domain, ["item_code"], ["__count", "id:max"]
        )
    }
    newest = publications.search_fetch(
        [("id", "in", [last for _count, last in groups.values()])], ["item_code", "period_label"]
    )
    by_item = {publication.item_code: publication for publication in newest}
    return [
        {
            "item": item,
            "count": _count(groups[item.code][0]) if item.code in groups else None,
            "newest": by_item.get(item.code, publications),
        }
        for item in items
    ]


def _count(number):
    return request.env._("%(count)s sheets", count=number)


def _edition(place):
    """The list of items in force today for this kind of village; empty above villages."""
    return request.env["yangguang.edition"]._in_force(place.kind, clock.today())


def _towns(directory, district, words):
    """Pairs of a town and its villages, those whose names hold `words` only."""
    towns = []
    for town in directory.children(district):
        villages = directory.children(town)
        if words not in town.name:
            villages = [village for village in villages if words in village.name]
        if villages or words in town.name:
            towns.append((town, villages))
    return towns


def _snippets(rows, words):
    """For each publication, where its page holds the words."""
    pages = request.env["yangguang.public.page"].search_fetch(
        [("publication_id", "in", rows.ids)], ["publication_id", "content"]
    )
    return {one.publication_id.id: snippets.snippet(_texts(one._face()), words) for one in pages}


def _texts(face):
    yield from filter(None, (face["text"], face["note"]))
    for row in face["rows"]:
        yield " · ".join(filter(None, row))


def _words(text):
    return "".join(one for one in text if one.isprintable()).strip()[:_LONGEST_QUERY]


def _number(text):
    """A row's number from the address; None for none, or for what is no number."""
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 10 else None
