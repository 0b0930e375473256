"""What all answers to readers without login share: one language, no cookie, one way to be cached.

Every reader gets the same bytes, so caches in front of Odoo may keep them. The short times add up
to less than five minutes, within which a sheet that was taken down is gone from every channel.
"""

import functools
import hashlib
import json
import re
from pathlib import Path

from werkzeug.exceptions import HTTPException
from werkzeug.http import quote_etag

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response, request
from odoo.tools import LazyTranslate

_lt = LazyTranslate(__name__)

LANGUAGE = "zh_CN"
TIME_ZONE = "Asia/Shanghai"
API_PREFIX = "/api/v1"
_PUBLIC = re.compile(rf"(?:/v|/p|/verify|{API_PREFIX})(?:/|$)")

_CACHE = "public, max-age=30, s-maxage=30, stale-while-revalidate=30"
_SECURITY = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
        " frame-ancestors 'self'"
    ),
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
_ALLOWED = "GET, HEAD, OPTIONS"

# shown when the server fails; the web server in front may serve the same file when Odoo is down
_FAILURE_PAGE = Path(__file__, "../../static/src/public/error.html").resolve().read_bytes()
# HTTP status -> title, what the reader can do
_ERRORS = {
    400: (
        _lt("This address is not right"),
        _lt("Something in the address cannot be understood. Go back and try again."),
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
    429: (_lt("Too many requests"), _lt("Please wait a minute and try again.")),
    500: (_lt("The server has failed"), _lt("It has been noted. Please try again later.")),
}


def covers(path):
    """Whether `path` belongs to the public pages or the API."""
    return _PUBLIC.match(path) is not None


def public_route(*paths):
    """Declare a route for readers without login. The endpoint takes the arguments of the path,
    those of the query it knows and `**ignored`, and returns what `answer` made."""

    def decorator(endpoint):
        @http.route(
            list(paths),
            type="http",
            auth="public",
            methods=["GET"],
            readonly=True,
            save_session=False,
        )
        @functools.wraps(endpoint)
        def read(self, **arguments):
            if request.httprequest.method == "OPTIONS":
                return Response(status=204, headers={"Allow": _ALLOWED})
            read_as_everybody()
            return endpoint(self, **arguments)

        return read

    return decorator


def read_as_everybody():
    """Go on as the public user, in Chinese, on Shanghai time, whoever is signed in: what one
    reader gets is kept for the next."""
    env = request.env
    language = LANGUAGE if env["res.lang"]._get_data(code=LANGUAGE) else "en_US"
    request.update_env(
        user=env["ir.model.data"]._xmlid_to_res_id("base.public_user"),
        context={"lang": language, "tz": TIME_ZONE},
    )


def answer(body, content_type, *, status=200, tag=None, noindex=False, headers=None):
    """Return a response that may be cached, or 304 when the reader has these bytes already.

    `tag` is the ETag, the digest of `body` when there is none; `noindex` keeps the answer out of
    search engines.
    """
    sent = {"Content-Type": content_type, "Cache-Control": _CACHE, **_SECURITY, **(headers or {})}
    if noindex:
        sent["X-Robots-Tag"] = "noindex"
    if status == 200:
        tag = tag or hashlib.sha256(body).hexdigest()[:32]
        sent["ETag"] = quote_etag(tag)
        # a proxy that compresses makes the tag a weak one
        if request.httprequest.if_none_match.contains_weak(tag):
            return Response(status=304, headers=sent)
    return Response(body, status=status, headers=sent)


def answer_json(value, **options):
    """Return `value` as a JSON answer that pages of other sites may read too."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Access-Control-Allow-Origin": "*", **options.pop("headers", {})}
    content_type = options.pop("content_type", "application/json; charset=utf-8")
    return answer(body, content_type, headers=headers, **options)


def render(template, **values):
    """Return the page that the QWeb `template` of this addon makes of `values`, as bytes."""
    html = request.env["ir.qweb"]._render(
        f"yangguang_cunwu.{template}", values, minimal_qcontext=True
    )
    return b"<!DOCTYPE html>\n" + html.strip().encode()


def error_answer(error, page):
    """Return the answer to `error`: a problem of the API (RFC 9457), or a page.

    `page(title, advice)` renders the page. What the reader cannot mend is one static page that
    needs no database.
    """
    status, reason = _status(error)
    read_as_everybody()
    headers = {"Allow": _ALLOWED} if status == 405 else {}
    if status == 500:
        headers["Cache-Control"] = "no-store"
    api = request.httprequest.path.startswith(API_PREFIX)
    if status == 500 and not api:
        return answer(_FAILURE_PAGE, "text/html; charset=utf-8", status=status, headers=headers)
    title, advice = map(request.env._, _ERRORS[status])
    if api:
        return answer_json(
            {"type": "about:blank", "title": title, "status": status, "detail": reason or advice},
            content_type="application/problem+json; charset=utf-8",
            status=status,
            headers=headers,
        )
    return answer(
        page(title, reason or advice),
        "text/html; charset=utf-8",
        status=status,
        noindex=True,
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
