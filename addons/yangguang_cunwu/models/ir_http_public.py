from werkzeug.exceptions import MethodNotAllowed, abort

from odoo import models
from odoo.http import request

from ..controllers.public_common import covers
from ..controllers.public_errors import error_answer


class IrHttp(models.AbstractModel):
    """Keeps the addresses without session free of cookies, of whoever is signed in beside them and
    of the framework's own error pages."""

    _inherit = "ir.http"

    @classmethod
    def _answers_errors_of(cls, path):
        """Return what makes an answer of an exception at `path`, None where the framework does.

        Addons with addresses without session add theirs.
        """
        return error_answer if covers(path) else None

    @classmethod
    def _match(cls, path):
        answer_of = cls._answers_errors_of(path)
        if not answer_of:
            return super()._match(path)
        request.session.can_save = False
        request.session.uid = None
        # not `website` pages: no language in the address, none in a cookie
        request.is_frontend = request.is_frontend_multilang = False
        try:
            return super()._match(path)
        except MethodNotAllowed as error:
            # the framework has no hook for an error found before the route is known
            abort(answer_of(error))

    @classmethod
    def _dispatch(cls, endpoint):
        if cls._answers_errors_of(request.httprequest.path):
            # what the address says, no uploads; "self" is the endpoint's own first argument
            for key in ("self", *request.httprequest.files):
                request.params.pop(key, None)
        return super()._dispatch(endpoint)

    @classmethod
    def _handle_error(cls, exception):
        answer_of = cls._answers_errors_of(request.httprequest.path)
        if not answer_of:
            return super()._handle_error(exception)
        request.env.cr.rollback()
        return answer_of(exception)
