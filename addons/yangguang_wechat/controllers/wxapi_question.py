"""Asking the village, and following up what became of it."""

import re

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import Response, request

from odoo.addons.yangguang_cunwu.controllers.public_publication import find_publication
from odoo.addons.yangguang_cunwu.lib import echo_wall

from ..lib import errors
from .wxapi_account import own_account, village_of
from .wxapi_common import ApiError, Body, number, once, route, wrong

_KEY = re.compile(r"[\w-]{8,64}", re.ASCII)
# characters of a message: what is too long is told by the echo wall
_TEXT = 4000


class WxQuestion(http.Controller):
    @route("/pictures", "POST", largest=echo_wall.PICTURE_BYTES)
    def picture(self, **ignored):
        content = request.httprequest.get_data()
        upload = request.env["yangguang.wechat.upload"]._take(own_account(), content)
        return {"picture": upload.id}

    @route("/questions", "POST")
    def ask(self, **ignored):
        account, body = own_account(), Body()
        key = body.text("key", 64)
        if not _KEY.fullmatch(key):
            raise ApiError(400)
        question = account._sent_before(key) or _asked(account, body, key)
        return _told(account, question)

    @route("/questions")
    def questions(self, after=None, **ignored):
        told, following = own_account()._questions_told(after=number(after))
        return {"questions": told, "next": following and str(following)}

    @route("/questions/<string:code>")
    def question(self, code, **ignored):
        account = own_account()
        return _told(account, _own(account, code))

    @route("/questions/<string:code>/verdict", "POST")
    def verdict(self, code, **ignored):
        account = own_account()
        question, body = _own(account, code), Body()
        question._solved(body.flag("solved"), body.text("words", _TEXT, needed=False))
        return _told(account, question)

    @route("/questions/<string:code>/reopen", "POST")
    def reopen(self, code, **ignored):
        account = own_account()
        question, text = _own(account, code), Body().text("text", _TEXT)
        question._reopen_by_phone(text, _checked(account, text, question.is_accusation))
        return _told(account, question)

    @route("/media/<int:picture>", auth="public")
    def media(self, picture, expires="", signature="", **ignored):
        """A picture for WeChat to look at, by the address that it was given a short while ago."""
        found = request.env["yangguang.wechat.check"]._picture_at(picture, expires, signature)
        if not found:
            raise NotFound
        return Response(
            found._bytes(),
            headers={
                "Content-Type": found.mimetype,
                "Cache-Control": "no-store",
                "X-Content-Type-Options": "nosniff",
            },
        )


def _asked(account, body, key):
    """The question that a message asks, newly taken in."""
    if not account._is_known():
        raise ApiError(403, request.env._("Please give your telephone number first."), name="phone")
    account._check_may_ask()
    text = body.text("text", _TEXT)
    uploads = request.env["yangguang.wechat.upload"]._of_account(
        account, body.numbers("pictures", echo_wall.MOST_PICTURES)
    )
    questions = request.env["yangguang.question"]
    accused = body.flag("is_accusation", False)
    values = {
        "division": village_of(body),
        "publication": _publication(body),
        "text": text,
        "is_anonymous": body.flag("is_anonymous", False),
        "is_accusation": accused,
        "asker_name": account._resident().name or None,
        "asker_phone": account.phone or None,
        "resident": account._resident(),
        "pictures": uploads._bytes(),
        "key": key,
    }
    questions._asker_words(values)
    question = questions._ask_by_phone(account, values, _checked(account, text, accused))
    uploads.unlink()
    return question


def _publication(body):
    code = body.text("publication", 20, needed=False)
    if not code:
        return None
    try:
        return find_publication(code)
    except NotFound as error:
        sentence = request.env._("This sheet is no longer there.")
        raise wrong("publication", sentence) from error


def _checked(account, text, accused):
    """What WeChat says of somebody's words, None when it does not answer: then it is asked again
    later. Asked before anything is written, so that nothing is locked meanwhile. Of an accusation,
    which nobody is shown, it is not told."""
    if accused:
        return None
    client = request.env["yangguang.wechat.client"]
    try:
        return once("text", lambda: client.check_text(account.openid, text))
    except errors.WechatError:
        return None


def _own(account, code):
    question = account._question(code)
    if not question:
        raise NotFound
    return question


def _told(account, question):
    # the list is read from the database
    request.env.flush_all()
    (told,), _following = account._questions_told(code=question.code)
    return told
