from werkzeug.exceptions import HTTPException

from odoo import models
from odoo.http import SessionExpiredException, request

# what a user with a one-time code may still open
_BEFORE_PASSWORD = ("/yangguang/password", "/web/session/logout")


class PasswordRequired(SessionExpiredException):
    """The user has signed in with a one-time code and has not chosen a password yet."""


class IrHttp(models.AbstractModel):
    _inherit = "ir.http"

    @classmethod
    def _auth_method_user(cls):
        super()._auth_method_user()
        if not request.env.user.must_choose_password:
            return
        if request.httprequest.path.startswith(_BEFORE_PASSWORD):
            return
        if request.dispatcher.routing_type == "http":
            raise HTTPException(response=request.redirect("/yangguang/password"))
        raise PasswordRequired(request.env._("Choose a password first."))
