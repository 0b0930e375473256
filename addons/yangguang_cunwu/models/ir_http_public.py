from werkzeug.exceptions import MethodNotAllowed, abort

from odoo import models
from odoo.http import request

from ..controllers.public_common import covers
from ..controllers.public_errors import error_answer


class IrHttp(models.AbstractModel):
    """Keeps the public addresses free of cookies and of the framework's own error pages."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        if not covers(path):
            return super()._match(path)
        request.session.can_save = False
        # not `website` pages: no language in the address, none in a cookie
        request.is_frontend = request.is_frontend_multilang = False
        try:
            return super()._match(path)
        except MethodNotAllowed as error:
            # the framework has no hook for an error found before the route is known
            abort(error_answer(error))

    @classmethod
    def _dispatch(cls, endpoint):
        if covers(request.httprequest.path):
            # what the address says, no uploads; "self" is the endpoint's own first argument
            for key in ("self", *request.httprequest.files):
                request.params.pop(key, None)
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        if not covers(request.httprequest.path):
            return super()._handle_error(exception)
        request.env.cr.rollback()
        return error_answer(exception)
