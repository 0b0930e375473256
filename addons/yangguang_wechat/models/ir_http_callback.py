from odoo import models

from ..controllers.callback import covers, error_answer


class IrHttp(models.AbstractModel):
    """WeChat comes without a session, and is answered without words."""

    _inherit = "ir.http"

    @classmethod
    def _answers_errors_of(cls, path):
        return error_answer if covers(path) else super()._answers_errors_of(path)
