"""The page on which an official gets the code that binds his telephone, or ends it."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal


class Telephone(CustomerPortal):
    @http.route("/my/telephone", type="http", auth="user", methods=["GET", "POST"], website=True)
    def telephone(self, step=None, **ignored):
        code = refusal = None
        if request.httprequest.method == "POST":
            try:
                code = self._take(step)
            except UserError as error:
                refusal = str(error)
        response = request.render(
            "yangguang_wechat.telephone",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "telephone",
                "code": code,
                "refusal": refusal,
                "is_bound": bool(request.env.user._wechat_accounts()),
            },
        )
        response.headers["Cache-Control"] = "no-store"
        return response

    def _take(self, step):
        """The new code, None when the telephone was ended."""
        if step == "begin":
            return request.env["yangguang.wechat.binding"]._begin()
        request.env.user._wechat_accounts()._unbind()
        return None
