"""What the agent in a village asks and tells, version 1.

It asks again after a while instead of being held: a held request would keep one of the server's few
workers to itself, for every village one. What it waits for comes from a scheduled action of every
minute anyway.
"""

from werkzeug.exceptions import BadRequest

from odoo import http
from odoo.http import request

from ..lib import exchange
from .device_common import Message, answer_json, file_answer, route

# seconds until an agent with nothing to do asks again
WAIT = 15
# bytes
_MESSAGE = 128 * 1024
_LONGEST = 1000
_STATES = ("confirmed", "sent", "failed")


def _route(path, method, **options):
    return route(exchange.PREFIX + path, method, "agent", readonly=False, **options)


class AgentApi(http.Controller):
    @_route("/errands", "POST", max_content_length=_MESSAGE)
    def errands(self, **ignored):
        outcomes = [_outcome(one) for one in Message().objects("outcomes", exchange.MOST)]
        answer = request.agent._exchange(outcomes)
        wait = 0 if answer["errands"] else WAIT
        return answer_json(answer, headers={"Retry-After": str(wait)})

    @_route("/screens", "GET")
    def screens(self, **ignored):
        return answer_json(request.agent._introduction())

    @_route("/file/<string:digest>", "GET")
    def file(self, digest, **ignored):
        return file_answer(request.agent._file, digest)


def _outcome(message):
    values = {
        "key": message.whole("key"),
        "turn": message.whole("turn"),
        "wanted": message.text("wanted") or "",
        "state": message.text("state"),
        "reason": message.text("reason", _LONGEST) or "",
        "retryable": message.flag("retryable"),
        "name": message.text("name"),
        "status": None,
    }
    if values["state"] not in _STATES:
        raise BadRequest
    if message.values.get("status") is not None:
        values["status"] = _status(Message.of(message.values["status"]))
    return exchange.outcome(values)


def _status(message):
    powered = message.values.get("powered")
    if powered not in (None, True, False):
        raise BadRequest
    return {
        "playing": message.text("playing"),
        "powered": powered,
        "model": message.text("model"),
        "firmware": message.text("firmware"),
        **{
            name: message.whole(name) if message.values.get(name) is not None else None
            for name in ("brightness", "width", "height")
        },
    }
