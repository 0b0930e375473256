"""What all answers to the mini-program share: JSON in and out, a token of its own, no session.

Every error is {"error": {"code", "message", "fields"?}} with a true status; `message` is a sentence
for the person who holds the phone.
"""

import functools
import json
import logging
import re

import psycopg2
from werkzeug.exceptions import HTTPException, MethodNotAllowed

from odoo import http
from odoo.exceptions import AccessDenied, AccessError, MissingError, UserError
from odoo.http import Response, request
from odoo.tools import LazyTranslate

from odoo.addons.yangguang_cunwu.controllers.public_common import LANGUAGE, TIME_ZONE
from odoo.addons.yangguang_cunwu.lib.addresses import neighbourhood

from ..lib import errors, limits

_lt = LazyTranslate(__name__)
_logger = logging.getLogger(__name__)

PREFIX = "/wxapi/v1"
# calls in a minute; behind one address of a mobile operator are many telephones
MOST_OF_ADDRESS = 3000
MOST_OF_ACCOUNT = 240
# bytes of a message
_MESSAGE = 64 * 1024
_HEADERS = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}
# status -> what programs know the error by
_NAMES = {
    400: "bad_request",
    401: "login",
    403: "forbidden",
    404: "not_found",
    405: "method",
    409: "changed",
    413: "too_large",
    422: "refused",
    429: "too_many",
    500: "failed",
    503: "later",
}
# status -> what the person is told unless there is more to say
_WORDS = {
    400: _lt("Something went wrong between the phone and us. Please try again."),
    401: _lt("Please sign in again."),
    403: _lt("This is not open to you."),
    404: _lt("There is nothing here, or it is not open to you."),
    405: _lt("Something went wrong between the phone and us. Please try again."),
    409: _lt("Somebody has changed this meanwhile. Please open it again."),
    413: _lt("This is too large to be sent."),
    422: _lt("This cannot be done. Please check what you have entered."),
    429: _lt("That was too often. Please wait a little and try again."),
    500: _lt("The server has failed. It has been noted; please try again later."),
    503: _lt("This does not work just now. Please try again later."),
}
_UNKEPT = re.compile("[\0\ud800-\udfff]")

counted = limits.Limits()


class ApiError(HTTPException):
    """An error with a sentence of its own. `name` is what programs know it by, `fields` has a
    sentence for each field that has to be mended."""

    def __init__(self, status, message=None, *, name=None, fields=None, headers=None):
        super().__init__()
        self.code, self.message, self.name_of = status, message, name
        self.fields, self.headers = fields, headers or {}


def covers(path):
    """Whether `path` belongs to the mini-program."""
    return path == PREFIX or path.startswith(f"{PREFIX}/")


def route(path, method="GET", auth="wxapp", largest=_MESSAGE):
    """Declare a call of the mini-program. The endpoint takes the arguments of the path, those of
    the query it knows and `**ignored`; it gives what is to be told, or a whole Response.

    Reading runs without the right to write. A call that changes something also renews the token.
    """

    def decorator(endpoint):
        @http.route(
            PREFIX + path,
            type="http",
            auth=auth,
            methods=[method],
            csrf=False,
            save_session=False,
            readonly=method == "GET",
            max_content_length=largest,
        )
        @functools.wraps(endpoint)
        def call(self, **arguments):
            # the framework lets OPTIONS in everywhere
            if request.httprequest.method not in (method, "HEAD" if method == "GET" else method):
                raise MethodNotAllowed([method])
            if auth == "public":
                count_address()
                speak_chinese("base.public_user")
            told = endpoint(self, **arguments)
            if method == "POST" and (caller := getattr(request, "wx_caller", None)):
                request.env["yangguang.wechat.token"]._renew(caller)
            return told if isinstance(told, Response) else answer_json(told)

        return call

    return decorator


def speak_chinese(user):
    """Go on as `user` (an id, or the XML id of one), in Chinese, on Shanghai time."""
    env = request.env
    if isinstance(user, str):
        user = env["ir.model.data"]._xmlid_to_res_id(user)
    language = LANGUAGE if env["res.lang"]._get_data(code=LANGUAGE) else "en_US"
    request.update_env(user=user, context={"lang": language, "tz": TIME_ZONE})


def count_address():
    """Count a call of the caller's address; raises ApiError when there were too many."""
    address = neighbourhood(request.httprequest.remote_addr or "")
    _count(("address", address), MOST_OF_ADDRESS)


def count_account(account_id):
    """Count a call of an account; raises ApiError when there were too many."""
    _count(("account", account_id), MOST_OF_ACCOUNT)


def _count(key, most):
    if wait := counted.wait((request.db, *key), most):
        raise ApiError(429, headers={"Retry-After": str(wait)})


def token():
    """The token that the caller shows, or None."""
    kind, _space, value = request.httprequest.headers.get("Authorization", "").partition(" ")
    return value.strip() or None if kind.lower() == "bearer" else None


def answer_json(value, *, status=200, headers=None):
    """Return `value` as JSON that nobody keeps."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Response(body, status=status, headers={**_HEADERS, **(headers or {})})


def once(name, ask):
    """What `ask()` gives, asked once in a request, also when the database makes it run again: a
    code of WeChat's is good for one call."""
    kept = request.__dict__.setdefault("wx_answers", {})
    if name not in kept:
        kept[name] = ask()
    return kept[name]


def error_answer(error):
    """Return the answer to `error`; the cause of a failure of our own is in the log alone."""
    if isinstance(error, HTTPException) and error.response is not None:
        return error.response
    status, name, message, fields, headers = _told(error)
    if status == 500:
        _logger.error("the mini-program was not answered", exc_info=error)
    told = {"code": name or _NAMES[status], "message": message or _say(_WORDS[status])}
    if fields:
        told["fields"] = fields
    return answer_json({"error": told}, status=status, headers=headers)


def _told(error):
    """The status of `error`, its name, its own sentence, its fields and headers, as far as it has
    them."""
    if isinstance(error, ApiError):
        return error.code, error.name_of, error.message, error.fields, error.headers
    if isinstance(error, HTTPException):
        status = error.code if error.code in _NAMES else 400 if (error.code or 500) < 500 else 500
        return status, None, None, None, _headers(error, status)
    if isinstance(error, errors.WechatError):
        return *_of_wechat(error), error.sentence, None, None
    if isinstance(error, psycopg2.OperationalError):
        return 503, None, None, None, None
    if isinstance(error, AccessError | AccessDenied):
        # the framework's own words name records and rules
        return 403, None, None, None, None
    if isinstance(error, MissingError):
        return 404, None, None, None, None
    if isinstance(error, UserError):
        return getattr(error, "http_status", 422), None, str(error), None, None
    return 500, None, None, None, None


def _headers(error, status):
    if status == 401:
        return {"WWW-Authenticate": "Bearer"}
    if status == 405:
        return {"Allow": ", ".join(sorted(set(error.valid_methods or ()) - {"OPTIONS"}))}
    return None


def _of_wechat(error):
    """Status and name of what WeChat has answered."""
    if isinstance(error, errors.CodeInvalidError):
        return 422, "code_invalid"
    if isinstance(error, errors.RefusedError):
        return 403, "risk"
    return 503, "wechat"


def _say(words):
    speak_chinese("base.public_user")
    return request.env._(words)


class Body:
    """The JSON object of a message. What is wrong with a field is told beside it."""

    def __init__(self):
        try:
            self.values = request.get_json_data() if request.httprequest.get_data() else {}
        except (ValueError, RecursionError) as error:
            raise ApiError(400) from error
        if not isinstance(self.values, dict):
            raise ApiError(400)

    def text(self, name, longest, *, needed=True):
        """A text without blanks around it; None when there is none and none is `needed`."""
        value = self.values.get(name)
        if value is None or value == "":
            if needed:
                raise wrong(name, request.env._("Please fill this in."))
            return None
        # PostgreSQL keeps neither NUL nor half a character
        if not isinstance(value, str) or _UNKEPT.search(value):
            raise ApiError(400)
        value = value.strip()
        if needed and not value:
            raise wrong(name, request.env._("Please fill this in."))
        if len(value) > longest:
            raise wrong(
                name, request.env._("This is too long: %(most)s characters at most.", most=longest)
            )
        return value or None

    def flag(self, name, default=None):
        """True or false; `default` when it is not said, which None forbids."""
        value = self.values.get(name, default)
        if not isinstance(value, bool):
            raise ApiError(400)
        return value

    def numbers(self, name, most):
        """A list of at most `most` whole numbers, as records are numbered, none twice."""
        values = self.values.get(name) or []
        if not isinstance(values, list) or len(values) > most:
            raise wrong(name, request.env._("%(most)s at most.", most=most))
        if any(type(value) is not int or not 0 < value < 2**31 for value in values):
            raise ApiError(400)
        return list(dict.fromkeys(values))


def wrong(name, sentence):
    """The error that the field `name` has to be mended, and how."""
    return ApiError(422, sentence, name="invalid", fields={name: sentence})


def number(text, default=None):
    """A whole number of the query that pages are numbered by; `default` when it is not there."""
    if text is None or text == "":
        return default
    if text.isascii() and text.isdigit() and len(text) <= 10 and 0 < int(text) < 2**31:
        return int(text)
    raise ApiError(400)
