from pathlib import Path

from odoo import http
from odoo.http import Response

from .wxapi_common import route

_DOCUMENT = Path(__file__, "../../data/wxapi.json").resolve()


class WxDocument(http.Controller):
    @route("/openapi.json", auth="public")
    def document(self, **ignored):
        """What this interface answers; the tests hold the two against each other."""
        return Response(
            _DOCUMENT.read_bytes(), headers={"Content-Type": "application/json; charset=utf-8"}
        )
