"""The picture of a sheet for chats and for whoever shows a preview of its page."""

import hashlib

from werkzeug.exceptions import Gone

from odoo.http import Controller, request

from ..lib import clock, codes, share_card
from .public_common import answer, public_route
from .public_page import links, redirect
from .public_publication import find_publication, is_hidden_from_search


class PublicCard(Controller):
    @public_route("/p/<string:code>/card.png")
    def card(self, code, **ignored):
        publication = find_publication(code)
        if publication.code != code:
            return redirect(links().card(publication.code))
        sheet = publication._page()
        if not sheet:
            raise Gone
        content = share_card.draw(_card(publication, sheet._face()))
        return answer(
            content,
            "image/png",
            tag=hashlib.sha256(content).hexdigest()[:32],
            noindex=is_hidden_from_search(publication),
        )


def _card(publication, face):
    """What the picture says: nothing that the public face does not."""
    told, sums = publication._in_plain_words(face), share_card.sums(face)
    period = (publication.period_label, sums and face["unit_note"])
    return share_card.Card(
        village=publication.division_name,
        title=publication.title,
        period="，".join(filter(None, period)),
        is_corrected=publication.state == "superseded",
        sums=sums,
        sentences=share_card.sentences(face, told.sentences if told else ()),
        day=clock.to_local(publication.time).date(),
        code=codes.grouped(publication.code),
        is_demo=request.env["yangguang.publication"]._is_demo(),
        address=f"{request.httprequest.host_url}p/{publication.code}",
    )
