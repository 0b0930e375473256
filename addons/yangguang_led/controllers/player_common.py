"""What all answers to web players share: JSON without words of any language, no cookie."""

import json
import logging

from werkzeug.exceptions import BadRequest, HTTPException, Unauthorized

from odoo.http import Response, request

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

_logger = logging.getLogger(__name__)


class RevokedError(Unauthorized):
    """The token is not, or no longer, that of a paired player."""


def covers(path):
    """Whether `path` belongs to the web players."""
    return path.startswith("/led/player") or path.startswith(PREFIX + "/")


def answer_json(value, *, status=200, headers=None):
    """Return `value` as JSON that nobody keeps."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(
        body,
        status=status,
        headers={"Content-Type": "application/json", **_NO_STORE, **(headers or {})},
    )


def error_answer(error):
    """Return the answer to `error`; the cause of a failure of our own is in the log alone."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error.response
    status = error.code if isinstance(error, HTTPException) and error.code else 500
    if status >= 500:
        _logger.error("a web player was not answered", exc_info=error)
        return answer_json({"error": "failed"}, status=500)
    return answer_json({"error": _CODES.get(status, "bad_request")}, status=status)


class Message:
    """The JSON object that a player sent; every getter raises BadRequest for what it is not."""

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
