from werkzeug.exceptions import Unauthorized

from odoo import models
from odoo.http import request

from ..controllers.wxapi_common import (
    ApiError,
    count_account,
    count_address,
    covers,
    error_answer,
    speak_chinese,
    token,
)


class IrHttp(models.AbstractModel):
    """The mini-program comes with a token of its own, and never with a session."""

    _inherit = "ir.http"

    @classmethod
    def _auth_method_wxapp(cls):
        """Go on as the public user for the account (`request.wx_caller`) whose token it is."""
        cls._identify_wxapp()
        speak_chinese("base.public_user")

    @classmethod
    def _auth_method_wxapp_official(cls):
        """Go on as the user of the official whose token it is: what he may see and do is what his
        offices allow, as in the browser."""
        caller = cls._identify_wxapp()
        if caller.kind != "official" or not caller.user_id:
            raise ApiError(403, name="not_bound")
        speak_chinese(caller.user_id)

    @classmethod
    def _identify_wxapp(cls):
        count_address()
        shown = token()
        caller = shown and request.env["yangguang.wechat.token"]._identify(shown)
        if not caller:
            raise Unauthorized
        count_account(caller.account_id)
        request.wx_caller = caller
        return caller

    @classmethod
    def _answers_errors_of(cls, path):
        return error_answer if covers(path) else super()._answers_errors_of(path)
