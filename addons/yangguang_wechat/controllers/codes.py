"""Mini-program codes for staff, who print them."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response, content_disposition, request


class Codes(http.Controller):
    """A code is asked for once and kept."""

    @http.route(
        "/wechat/codes/<string:model>/<int:record_id>",
        type="http",
        auth="user",
        methods=["GET"],
        readonly=False,
    )
    def code(self, model, record_id):
        """The picture of the code that opens a village, a sheet or whatever else has one."""
        record = request.env[model].browse(record_id) if model in _coded() else None
        if not record or not record.exists() or not record.has_access("read"):
            return request.not_found()
        try:
            picture = record._wechat_code()
        except UserError as refusal:
            return Response(str(refusal), content_type="text/plain; charset=utf-8", status=503)
        is_png = picture.startswith(b"\x89PNG")
        name = f"{record.display_name}-小程序码.{'png' if is_png else 'jpg'}"
        return request.make_response(
            picture,
            [
                ("Content-Type", "image/png" if is_png else "image/jpeg"),
                ("Content-Disposition", content_disposition(name)),
                ("X-Content-Type-Options", "nosniff"),
            ],
        )


def _coded():
    """The names of the models whose records have codes."""
    registry = request.env.registry
    found = registry.descendants(["yangguang.coded"], "_inherit")
    return {name for name in found if not registry[name]._abstract}
