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
    closing = [
        f"{clock.to_local(publication.time):%Y-%m-%d} 公开",
        f"编号 {codes.grouped(publication.code)}",
        "扫码看全文，更正也在里面",
    ]
    if request.env["yangguang.publication"]._is_demo():
        closing.append("演示：内容都是虚构的")
    return share_card.Card(
        village=publication.division_name,
        title=publication.title,
        period="，".join(filter(None, period)),
        mark="已更正" if publication.state == "superseded" else "",
        sums=sums,
        sentences=share_card.sentences(face, told.sentences if told else ()),
        closing=tuple(closing),
        address=f"{request.httprequest.host_url}p/{publication.code}",
    )
