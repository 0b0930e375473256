"""What all answers to web players and agents share: JSON without words of any language, no cookie,
a token of their own."""

import json
import logging
import re

from werkzeug.exceptions import BadRequest, HTTPException, NotFound, Unauthorized

from odoo import http
from odoo.http import Response, request

from ..lib import exchange

PREFIX = "/led/v1"
_NO_STORE = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# HTTP status -> what the player is told; any other status below 500 is a bad request
_CODES = {
    401: "revoked",
    404: "not_found",
    405: "method",
    413: "too_large",
    429: "too_many",
}

_DIGEST = re.compile(r"[0-9a-f]{64}")

_logger = logging.getLogger(__name__)


class RevokedError(Unauthorized):
    """The token is not, or no longer, that of a player or an agent."""


def covers(path):
    """Whether `path` belongs to the web players or the agents."""
    return path.startswith(("/led/player", PREFIX + "/", exchange.PREFIX + "/"))


def route(path, method, auth, **options):
    """A route for devices, which have no session."""
    return http.route(
        path,
        type="http",
        auth=auth,
        methods=[method],
        csrf=False,
        save_session=False,
        **options,
    )


def token():
    """The token that the caller shows, if any."""
    kind, _space, value = request.httprequest.headers.get("Authorization", "").partition(" ")
    return value if kind == "Bearer" else None


def answer_json(value, *, status=200, headers=None):
    """Return `value` as JSON that nobody keeps."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(
        body,
        status=status,
        headers={"Content-Type": "application/json", **_NO_STORE, **(headers or {})},
    )


def file_answer(find, digest):
    """Return the file of a digest; `find(digest)` gives its record, empty for none of theirs."""
    record = _DIGEST.fullmatch(digest) and find(digest)
    if not record:
        raise NotFound
    stream = request.env["ir.binary"]._get_stream_from(
        record, "content", mimetype="application/octet-stream"
    )
    response = stream.get_response(etag=digest, max_age=None, content_security_policy=None)
    response.headers["Cache-Control"] = "private, max-age=31536000, immutable"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


def error_answer(error):
    """Return the answer to `error`; the cause of a failure of our own is in the log alone."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error.response
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    if status >= 500:
        _logger.error("a player or agent was not answered", exc_info=error)
        return answer_json({"error": "failed"}, status=500)
    return answer_json({"error": _CODES.get(status, "bad_request")}, status=status)


class Message:
    """The JSON object that a device sent; every getter raises BadRequest for what it is not."""

    def __init__(self):
        try:
            self.values = request.get_json_data()
        except ValueError as error:
            raise BadRequest from error
        if not isinstance(self.values, dict):
            raise BadRequest

    def number(self, name, least=0, most=2**31 - 1, default=None):
        """A number; null stands for `default`."""
        value = self.values.get(name)
        if value is None:
            return default
        if type(value) not in (int, float) or not least <= value <= most:
            raise BadRequest
        return value

    def text(self, name, longest=80):
        """A text, or None."""
        value = self.values.get(name)
        if value is not None and not (isinstance(value, str) and len(value) <= longest):
            raise BadRequest
        # PostgreSQL keeps no NUL
        return value and value.replace("\0", "")

    def whole(self, name):
        """A whole number from 0 on, as records are numbered."""
        value = self.values.get(name)
        if type(value) is not int or not 0 <= value < 2**31:
            raise BadRequest
        return value

    def flag(self, name):
        return self.values.get(name) is True

    def objects(self, name, most):
        """A list of at most `most` messages."""
        values = self.values.get(name, [])
        if not isinstance(values, list) or len(values) > most:
            raise BadRequest
        return [Message.of(value) for value in values]

    @classmethod
    def of(cls, value):
        """The message that is a part of another one."""
        if not isinstance(value, dict):
            raise BadRequest
        message = cls.__new__(cls)
        message.values = value
        return message
