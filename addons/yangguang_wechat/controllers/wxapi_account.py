"""Who holds the phone: signing in and out, village, telephone, residence, closing the account."""

from odoo import http
from odoo.http import request

from odoo.addons.yangguang_cunwu.lib import clock

from .wxapi_common import Body, once, route, wrong

_CODE = 256


class WxAccount(http.Controller):
    @route("/login", "POST", auth="public")
    def login(self, **ignored):
        return signed_in(opened(), "villager")

    @route("/logout", "POST")
    def logout(self, **ignored):
        request.env["yangguang.wechat.token"]._end(request.wx_caller)
        return {}

    @route("/me")
    def me(self, **ignored):
        return own_account()._told()

    @route("/phone", "POST")
    def phone(self, **ignored):
        account = own_account()
        code = Body().text("code", _CODE)
        client = request.env["yangguang.wechat.client"]
        account._keep_phone(once("phone", lambda: client.phone_number(code, account.openid)))
        return account._told()

    @route("/phone/forget", "POST")
    def forget_phone(self, **ignored):
        account = own_account()
        account._forget_phone()
        return account._told()

    @route("/village", "POST")
    def village(self, **ignored):
        account = own_account()
        account._choose(village_of(Body()))
        return account._told()

    @route("/residence", "POST")
    def residence(self, **ignored):
        account = own_account()
        body = Body()
        request.env["yangguang.wechat.residence"]._claim(
            account, village_of(body), body.text("name", 20), body.text("phone", 20, needed=False)
        )
        return account._told()

    @route("/account/close", "POST")
    def close(self, **ignored):
        own_account()._erase()
        return {}


def own_account():
    """The account whose token the caller shows."""
    return request.env["yangguang.wechat.account"]._of(request.wx_caller)


def village_of(body, name="village"):
    """The village that a message names by its code."""
    directory = request.env["yangguang.division"]._directory()
    place = directory.find(body.text(name, 20))
    if not place or place.level != 3 or not place.active:
        raise wrong(name, request.env._("There is no such village. Choose it from the list."))
    return request.env["yangguang.division"].browse(place.id)


def opened():
    """The account of whoever got the code of wx.login that a message has."""
    code = Body().text("code", _CODE)
    client = request.env["yangguang.wechat.client"]
    openid = once("login", lambda: client.login(code))
    return request.env["yangguang.wechat.account"]._opened(client.appid(), openid)


def signed_in(account, kind):
    """What a telephone gets whose owner has signed in."""
    token, expires = request.env["yangguang.wechat.token"]._issue(account, kind)
    return {
        "token": token,
        "expires": clock.to_local(expires).isoformat(),
        "me": account._told(),
    }
