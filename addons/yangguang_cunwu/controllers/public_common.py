"""What all answers to readers without login share: one language, no cookie, one way to be cached.

Every reader gets the same bytes, so caches in front of Odoo may keep them. The short times add up
to less than five minutes, within which a sheet that was taken down is gone from every channel.
"""

import functools
import hashlib
import json
import re
from urllib.parse import urlsplit

from werkzeug.exceptions import Forbidden
from werkzeug.http import quote_etag

from odoo import http
from odoo.http import Response, request

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
ALLOWED = "GET, HEAD, OPTIONS"
# for what only one reader may see
PRIVATE = {"Cache-Control": "no-store"}


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
                return Response(status=204, headers={"Allow": ALLOWED})
            read_as_everybody()
            return endpoint(self, **arguments)

        return read

    return decorator


def form_route(*paths, most_bytes):
    """Declare a route to which readers without login send a form of at most `most_bytes`.

    There is no session whose rights another site could use. That it does not make its visitors
    send forms either is checked by the address the form was sent from.
    """

    def decorator(endpoint):
        @http.route(
            list(paths),
            type="http",
            auth="public",
            methods=["POST"],
            csrf=False,
            save_session=False,
            max_content_length=most_bytes,
        )
        @functools.wraps(endpoint)
        def take(self, **arguments):
            read_as_everybody()
            if not _is_from_our_page(request.httprequest):
                raise Forbidden
            return endpoint(self, **arguments)

        return take

    return decorator


def _is_from_our_page(httprequest):
    """Whether a form was sent from a page of this host; every browser says so."""
    sent_from = httprequest.headers.get("Origin") or httprequest.headers.get("Referer") or ""
    return urlsplit(sent_from).netloc == httprequest.host


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


def secure(response, *, noindex=False):
    """Give a streamed answer the headers that all public answers have."""
    response.headers.update({"Cache-Control": _CACHE, **_SECURITY})
    if noindex:
        response.headers["X-Robots-Tag"] = "noindex"


def answer_json(value, **options):
    """Return `value` as a JSON answer that pages of other sites may read too."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
    headers = {"Access-Control-Allow-Origin": "*", **options.pop("headers", {})}
    content_type = options.pop("content_type", "application/json; charset=utf-8")
    return answer(body, content_type, headers=headers, **options)
