"""Where WeChat pushes events to. It gets `success`, or a status without words: whoever else calls
learns nothing."""

import logging

from werkzeug.exceptions import HTTPException

from odoo import http
from odoo.http import Response, request

from ..lib.callback_message import LARGEST
from ..lib.crypto import CallbackRefusedError

ADDRESS = "/wxapi/callback"
_HEADERS = {"Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store"}

_logger = logging.getLogger(__name__)


def covers(path):
    """Whether `path` is the one WeChat pushes to."""
    return path == ADDRESS


def error_answer(error):
    """Return an empty answer with a status that says whether sending again may help."""
    if isinstance(error, CallbackRefusedError):
        _logger.warning("a push that is not WeChat's was refused: %s", error)
        return Response("", status=403, headers=_HEADERS)
    status = error.code if isinstance(error, HTTPException) and error.code else 503
    if status >= 500:
        _logger.error("a push of WeChat was not stored", exc_info=error)
        status = 503
    return Response("", status=status, headers=_HEADERS)


class Callback(http.Controller):
    """Everything is checked, stored and answered; what it means is for a job."""

    @http.route(
        ADDRESS,
        type="http",
        auth="public",
        methods=["GET"],
        csrf=False,
        save_session=False,
        readonly=True,
    )
    def check(self, **ignored):
        """Tell WeChat's console that the address is ours."""
        query = request.httprequest.args.to_dict()
        return _answer(request.env["yangguang.wechat.callback"]._address_checked(query))

    @http.route(
        ADDRESS,
        type="http",
        auth="public",
        methods=["POST"],
        csrf=False,
        save_session=False,
        max_content_length=LARGEST,
    )
    def take(self, **ignored):
        """Store one message."""
        query = request.httprequest.args.to_dict()
        body = request.httprequest.get_data()
        request.env["yangguang.wechat.callback"]._receive(query, body)
        return _answer("success")


def _answer(text):
    return Response(text, headers=_HEADERS)
