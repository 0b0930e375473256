from werkzeug.exceptions import MethodNotAllowed, abort

from odoo import models
from odoo.http import request

from ..controllers import public_common, public_page


class IrHttp(models.AbstractModel):
    """Keeps the public addresses free of cookies and of the framework's own error pages."""

    _inherit = "ir.http"

    @classmethod
    def _match(cls, path):
        if not public_common.covers(path):
            return super()._match(path)
        request.session.can_save = False
        # not `website` pages: no language in the address, none in a cookie
        request.is_frontend = request.is_frontend_multilang = False
        try:
            return super()._match(path)
        except MethodNotAllowed as error:
            # the framework has no hook for an error found before the route is known
            abort(public_common.error_answer(error, public_page.error_page))

    @classmethod
    def _dispatch(cls, endpoint):
        if public_common.covers(request.httprequest.path):
            # what the address says, no uploads; "self" is the endpoint's own first argument
            for key in ("self", *request.httprequest.files):
                request.params.pop(key, None)
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        if not public_common.covers(request.httprequest.path):
            return super()._handle_error(exception)
        request.env.cr.rollback()
        return public_common.error_answer(exception, public_page.error_page)
