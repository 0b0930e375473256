"""What staff print from the registers."""

from odoo import http
from odoo.http import content_disposition, request

# a few sheets of labels
_MOST = 210


class RegisterStaff(http.Controller):
    @http.route(
        "/sanzi/labels/<string:kind>/<string:numbers>.pdf",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def labels(self, kind, numbers):
        """The labels of assets or contracts, whose ids are separated by commas."""
        ids = [int(one) for one in numbers.split(",") if one.isdecimal()]
        if kind not in ("asset", "contract") or not 0 < len(ids) <= _MOST:
            return request.not_found()
        records = request.env[f"yangguang.{kind}"].search([("id", "in", ids)])
        if len(records) != len(set(ids)):
            return request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition("labels.pdf", "inline")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(records._labels(), headers)
