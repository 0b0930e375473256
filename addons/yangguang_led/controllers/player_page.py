"""The player itself: a page, its modules, and the service worker that keeps them."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import Response, request

from ..lib import player_files

_SECURITY = {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; img-src 'self' blob: data:; object-src 'none'; base-uri 'none';"
        " form-action 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


class PlayerPage(http.Controller):
    @http.route(
        [player_files.PAGE, f"{player_files.PAGE}/<string:name>"],
        type="http",
        auth="none",
        methods=["GET"],
        save_session=False,
    )
    def file(self, **ignored):
        found = player_files.get(request.httprequest.path)
        if not found:
            raise NotFound
        content, headers = found
        return Response(content, headers={**headers, **_SECURITY})
