"""The official's desk. Every call runs as his own user; signing stays in the browser."""

import base64

from odoo import http
from odoo.exceptions import AccessError
from odoo.http import request

from odoo.addons.yangguang_cunwu.lib import clock
from odoo.addons.yangguang_cunwu.lib.files import signature

from .wxapi_common import ApiError, Body, number, route, wrong

_REASON = 2000
_MOST_SCREENS = 60


def _route(path, method="GET"):
    return route(f"/official{path}", method, auth="wxapp_official")


class WxOfficial(http.Controller):
    @_route("/todo")
    def todo(self, **ignored):
        return _desk()._todo()

    @_route("/overdue")
    def overdue(self, after=None, **ignored):
        rows, following = _desk()._overdue(number(after))
        return {"rows": rows, "next": following and str(following)}

    @_route("/screens")
    def screens(self, **ignored):
        return [_screen(shown) for shown in _desk()._screens()[:_MOST_SCREENS]]

    @_route("/search")
    def search(self, q="", **ignored):
        words = q.strip()[:50]
        return {"rows": _desk()._search_sheets(words) if words else []}

    @_route("/disclosures/<int:sheet>")
    def sheet(self, sheet, **ignored):
        return _desk()._sheet(sheet)

    @_route("/disclosures/<int:sheet>/vote", "POST")
    def vote(self, sheet, **ignored):
        body = Body()
        sheet = _desk()._find_sheet(sheet)
        if body.values.get("revision") != sheet.revision:
            raise ApiError(409)
        agrees = body.flag("agree")
        reason = body.text("reason", _REASON, needed=False)
        if not agrees and not reason:
            raise wrong("reason", request.env._("Say why you do not agree."))
        try:
            sheet.action_vote(agrees, None if agrees else reason)
        except AccessError as refusal:
            # the rules of procedure, in their own words
            raise ApiError(403, str(refusal)) from refusal
        return {}

    @_route("/filings/<int:filing>", "POST")
    def filing(self, filing, **ignored):
        body = Body()
        filing = _desk()._find_filing(filing)
        if body.flag("receive", False):
            filing.action_receive()
        else:
            filing.action_query(body.text("query", _REASON))
        return {}


def _desk():
    return request.env["yangguang.wechat.desk"]


def _screen(shown):
    """A screen; its picture is small and part of the answer, since an <image> shows no token."""
    picture, time = shown["picture"], shown["time"]
    kind = picture and signature.detect(picture)
    return {
        "screen": shown["screen"],
        "place": shown["place"],
        "publication": shown["publication_code"],
        "title": shown["title"],
        "picture_url": kind and f"data:image/{kind};base64,{base64.b64encode(picture).decode()}",
        "time": time and clock.to_local(time).isoformat(),
    }
