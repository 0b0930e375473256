"""What a reader without login is told when something is wrong: a page, or a problem of the API."""

from pathlib import Path

from werkzeug.exceptions import HTTPException

from odoo.exceptions import UserError
from odoo.http import request
from odoo.tools import LazyTranslate

from .public_common import ALLOWED, API_PREFIX, answer, answer_json, read_as_everybody
from .public_page import draw

_lt = LazyTranslate(__name__)

# shown when the server fails; the web server in front may serve the same file when Odoo is down
_FAILURE_PAGE = Path(__file__, "../../static/src/public/error.html").resolve().read_bytes()
# HTTP status -> title, what the reader can do
_ERRORS = {
    400: (
        _lt("This address is not right"),
        _lt("Something in the address cannot be understood. Go back and try again."),
    ),
    403: (
        _lt("This was not sent from our own page"),
        _lt("Open the page of your village again, and send it from there."),
    ),
    404: (
        _lt("This page does not exist"),
        _lt("The address may be mistyped, or the sheet is not shown to everybody."),
    ),
    405: (_lt("Reading only"), _lt("These addresses answer GET and HEAD, nothing else.")),
    410: (
        _lt("This file has been taken down"),
        _lt("Its page tells why, and when it was taken down."),
    ),
    413: (
        _lt("The pictures are too large"),
        _lt("Send three pictures of 5 MB each at most."),
    ),
    429: (_lt("Too many requests"), _lt("Please wait a minute and try again.")),
    500: (_lt("The server has failed"), _lt("It has been noted. Please try again later.")),
}


def error_answer(error):
    """Return the answer to `error`: a problem (RFC 9457) from the API, else a page.

    When the server itself fails it is a static page, which needs no database.
    """
    status, reason = _status(error)
    headers = {500: {"Cache-Control": "no-store"}, 405: {"Allow": ALLOWED}}.get(status, {})
    if request.httprequest.path.startswith(API_PREFIX):
        return _problem(status, reason, headers)
    if status == 500:
        return answer(_FAILURE_PAGE, "text/html; charset=utf-8", status=status, headers=headers)
    read_as_everybody()
    title, advice = map(request.env._, _ERRORS[status])
    body = draw("public_error", title, trail=((title, None),), advice=reason or advice)
    return answer(body, "text/html; charset=utf-8", status=status, noindex=True, headers=headers)


def _problem(status, reason, headers):
    read_as_everybody()
    title, advice = map(request.env._, _ERRORS[status])
    return answer_json(
        {"type": "about:blank", "title": title, "status": status, "detail": reason or advice},
        content_type="application/problem+json; charset=utf-8",
        status=status,
        headers=headers,
    )


def _status(error):
    """The HTTP status of an error, and the reason when the product itself gave one."""
    if isinstance(error, HTTPException) and error.code in _ERRORS:
        own = error.description if error.description != type(error).description else None
        return error.code, own
    if isinstance(error, HTTPException) and error.code and error.code < 500:
        return 400, None
    # what a reader may not see does not exist for him
    return (404 if isinstance(error, UserError) else 500), None
