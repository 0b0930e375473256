from werkzeug.exceptions import MethodNotAllowed, abort

from odoo import models
from odoo.http import request

from ..controllers.device_common import RevokedError, covers, error_answer, token


class IrHttp(models.AbstractModel):
    """Web players and agents come with a token of their own, and never with a session."""

    _inherit = "ir.http"

    @classmethod
    def _auth_method_player(cls):
        """Go on as the public user for the player (`request.player`) whose token it is."""
        request.player = cls._holder_of_token("yangguang.player")

    @classmethod
    def _auth_method_agent(cls):
        """Go on as the public user for the agent (`request.agent`) whose token it is."""
        request.agent = cls._holder_of_token("yangguang.agent")

    @classmethod
    def _holder_of_token(cls, model):
        # no answer has words; a language that is given saves looking for one
        request.update_env(
            user=request.env["ir.model.data"]._xmlid_to_res_id("base.public_user"),
            context={"lang": "en_US"},
        )
        shown = token()
        holder = shown and request.env[model]._identify(shown)
        if not holder:
            raise RevokedError
        return holder

    @classmethod
    def _match(cls, path):
        if not covers(path):
            return super()._match(path)
        request.session.can_save = False
        # the session of somebody who is signed in beside it counts for nothing
        request.session.uid = None
        request.is_frontend = request.is_frontend_multilang = False
        try:
            return super()._match(path)
        except MethodNotAllowed as error:
            # the framework has no hook for an error found before the route is known
            abort(error_answer(error))

    @classmethod
    def _handle_error(cls, exception):
        if not covers(request.httprequest.path):
            return super()._handle_error(exception)
        request.env.cr.rollback()
        return error_answer(exception)
