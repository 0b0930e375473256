"""A telephone that works for an office: bound once by a code, signed in by WeChat after that."""

from odoo import http
from odoo.http import request

from .wxapi_account import opened, own_account, signed_in
from .wxapi_common import ApiError, Body, error_answer, route, wrong


class WxBinding(http.Controller):
    @route("/official/bind", "POST")
    def bind(self, **ignored):
        account = own_account()
        code = "".join(Body().text("code", 20).split())
        if not request.env["yangguang.wechat.binding"]._enter(code, account):
            # an answer, no exception: the wrong try has to be kept
            sentence = request.env._("This code is wrong or has expired. Make a new one.")
            return error_answer(wrong("code", sentence))
        return signed_in(account, "official")

    @route("/official/login", "POST", auth="public")
    def official_login(self, **ignored):
        """As login, for a telephone that is bound: its token works for the office, for hours."""
        account = opened()
        if not account._official():
            raise ApiError(403, name="not_bound")
        return signed_in(account, "official")
