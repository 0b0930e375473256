from odoo import api, models

from ..lib import errors
from ..lib.client import Client
from .shared_token import SharedToken


class WechatClient(models.AbstractModel):
    """WeChat as the other models call it. Every method raises `lib.errors.WechatError`, also where
    no mini-program is set up, and none may be called while something in the database is locked."""

    _name = "yangguang.wechat.client"
    _description = "Calls of WeChat"

    @api.private
    def appid(self):
        """The appid of the district's mini-program."""
        return self._setting().appid

    @api.private
    def login(self, js_code):
        """The openid of whoever got `js_code` from wx.login."""
        return self._client().login(js_code)

    @api.private
    def phone_number(self, code, openid):
        """The phone number that the user with `openid` has agreed to give."""
        return self._client().phone_number(code, openid)

    @api.private
    def check_text(self, openid, text):
        """The verdict on words (`lib.verdict.Verdict`)."""
        return self._client().check_text(openid, text)

    @api.private
    def check_picture(self, openid, address):
        """The trace by which the verdict on the picture at `address` comes later."""
        return self._client().check_picture(openid, address)

    @api.private
    def code_image(self, scene, page):
        """The picture of the code that opens `page` with `scene`."""
        return self._client().code_image(scene, page)

    def _client(self, setting=None):
        """The client of the mini-program, bound to the token that all workers share."""
        setting = setting or self._setting()
        if not setting.secret:
            raise errors.of(41004)
        client = Client(setting.appid, setting.secret, host=setting.api_host)
        store = SharedToken(
            self.env.registry,
            setting.id,
            setting.access_token,
            setting.token_expires,
            client.fetch_token,
        )
        return client.bound_to(store)

    def _setting(self):
        setting = self.env["yangguang.wechat.setting"]._current()
        if not setting:
            raise errors.of(41002)
        return setting
