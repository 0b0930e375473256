"""The public cards in the read API; data/openapi.json describes what is added to it."""

import json
from pathlib import Path

from werkzeug.exceptions import Gone

from odoo.http import request

from odoo.addons.yangguang_cunwu.controllers.public_api import PublicApi, day
from odoo.addons.yangguang_cunwu.controllers.public_common import (
    API_PREFIX,
    answer_json,
    public_route,
)
from odoo.addons.yangguang_cunwu.lib import clock

from .public_card import find_card, is_hidden_from_search, village_of

_DOCUMENT = Path(__file__, "../../data/openapi.json").resolve()


class PublicCardApi(PublicApi):
    @public_route(f"{API_PREFIX}/cards/<string:code>")
    def card(self, code, **ignored):
        card = find_card(code)
        document = card._document()
        if not document:
            raise Gone(request.env._("The village does not show this card any more."))
        place = village_of(card)
        return answer_json(
            {
                "code": card.code,
                "kind": card.kind,
                "division_code": place.code,
                "division_name": place.name,
                "title": document["title"],
                "lines": [{"label": label, "value": value} for label, value in document["lines"]],
                "shown_on": day(clock.to_local(card.shown_on).date()),
            },
            noindex=is_hidden_from_search(card),
        )

    def _document(self):
        document = super()._document()
        own = json.loads(_DOCUMENT.read_bytes())
        document["paths"] |= own["paths"]
        document["components"]["schemas"] |= own["components"]["schemas"]
        return document
