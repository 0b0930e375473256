"""The public card of an asset or a contract, which the code on its label opens."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.yangguang_cunwu.controllers.public_common import public_route
from odoo.addons.yangguang_cunwu.controllers.public_page import find_place, links, page, redirect
from odoo.addons.yangguang_cunwu.lib import clock, codes
from odoo.addons.yangguang_cunwu.lib.roles import GROUP

# kind -> where the whole ledger is published
_LEDGERS = {"asset": ("SZ02", "SZ04"), "contract": ("SZ05",)}


class PublicCard(http.Controller):
    @public_route("/v/asset/<string:code>", "/v/contract/<string:code>")
    def card(self, code, **ignored):
        kind = request.httprequest.path.split("/")[2]
        card = find_card(code)
        if card.kind != kind:
            raise NotFound
        if card.code != code:
            return redirect(links()(f"/v/{kind}/{card.code}"))
        place = village_of(card)
        document = card._document()
        title = document["title"] if document else request.env._("Taken down")
        edition = request.env["yangguang.edition"]._in_force(place.kind, clock.today())
        ledgers = edition.item_ids.filtered(lambda item: item.code in _LEDGERS[kind])
        return page(
            "yangguang_sanzi.public_card",
            title=f"{title} - {place.name}",
            place=place,
            trail=((title, None),),
            noindex=is_hidden_from_search(card),
            heading=title,
            card=card,
            document=document,
            printed_code=codes.grouped(card.code),
            ledgers=[(item.name, links().item(place.code, item.code)) for item in ledgers],
        )


def find_card(code):
    """The last version of the card with this public code, however it is typed; raises NotFound."""
    known = codes.normalise(code)
    card = known and request.env["yangguang.public.card"]._find(known)
    if not card:
        raise NotFound
    return card


def village_of(card):
    """The village on whose page the card is found: a group's things are on that of its village."""
    place = find_place(card.division_id.code)
    return find_place(place.parent) if place.level == GROUP else place


def is_hidden_from_search(card):
    """Whether search engines are asked to leave a card out: names of parties, masked as they are,
    are for the village."""
    return card.kind == "contract" or not card.content
