"""What a web player asks and tells, version 1."""

from werkzeug.exceptions import BadRequest, NotFound, TooManyRequests

from odoo import http
from odoo.http import Response, request

from ..lib import proofs
from ..models.yangguang_player_alarm import KINDS
from ..models.yangguang_player_pairing import TooManyError
from .device_common import PREFIX, Message, answer_json, file_answer, route, token

# bytes
_SMALL, _MESSAGE, _PICTURE = 1024, 32 * 1024, 4 * 1024 * 1024
_MOST_ALARMS = 20
_ALARMS = {kind for kind, _words in KINDS} - {"proof"}
_LARGEST_TIME = 2**32


def _route(path, method, auth="player", **options):
    return route(PREFIX + path, method, auth, **options)


class PlayerApi(http.Controller):
    @_route("/pairing", "POST", auth="public", max_content_length=_SMALL)
    def pairing(self, **ignored):
        """Without a token begins a pairing; with the token of one tells how it stands."""
        pairings = request.env["yangguang.player.pairing"]
        if (shown := token()) is not None:
            return answer_json(pairings._state(shown))
        try:
            code, new = pairings._begin(request.httprequest.remote_addr)
        except TooManyError as error:
            raise TooManyRequests from error
        return answer_json({"code": code, "token": new})

    @_route("/manifest", "GET", readonly=True)
    def manifest(self, **ignored):
        tag = request.player.tag()
        if not tag:
            raise NotFound
        headers = {"ETag": f'"{tag}"'}
        # a proxy that compresses makes the tag a weak one
        if request.httprequest.if_none_match.contains_weak(tag):
            return Response(status=304, headers=headers)
        return answer_json(
            request.env["yangguang.player"]._manifest(request.player), headers=headers
        )

    @_route("/file/<string:digest>", "GET", readonly=True)
    def file(self, digest, **ignored):
        players = request.env["yangguang.player"]
        return file_answer(lambda wanted: players._file(request.player, wanted), digest)

    @_route("/heartbeat", "POST", max_content_length=_MESSAGE)
    def heartbeat(self, **ignored):
        message = Message()
        said = {
            "serial": message.number("serial"),
            "playing": message.text("playing"),
            "ahead": message.number("ahead", -(2**31), default=0),
            "full": message.flag("full"),
            "used": message.number("used", most=2**60, default=0) / 1e6,
            "waiting": message.number("waiting"),
            "alarms": [_alarm(alarm) for alarm in message.objects("alarms", _MOST_ALARMS)],
        }
        return answer_json(request.env["yangguang.player"]._heartbeat(request.player, said))

    @_route("/proofs", "POST", max_content_length=_MESSAGE)
    def proofs(self, **ignored):
        try:
            claims = proofs.parse(Message().values.get("rows"))
        except ValueError as error:
            raise BadRequest from error
        last = request.env["yangguang.display.proof"]._take(request.player, claims)
        return answer_json({"acknowledged": last})

    @_route("/screenshot", "POST", max_content_length=_PICTURE)
    def screenshot(self, page="", **ignored):
        if not request.player.shot_wanted:
            raise TooManyRequests
        try:
            request.env["yangguang.player"]._take_shot(
                request.player, request.httprequest.get_data(), page
            )
        except ValueError as error:
            raise BadRequest from error
        return answer_json({})


def _alarm(message):
    kind = message.text("kind")
    number = message.number("number", 1)
    if kind not in _ALARMS or type(number) is not int:
        raise BadRequest
    return {
        "kind": kind,
        "number": number,
        "detail": message.text("detail"),
        "time": message.number("time", most=_LARGEST_TIME),
    }
