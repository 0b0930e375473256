"""What somebody reads as a resident, and what he was told. What everybody reads is /api/v1."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.yangguang_cunwu.controllers.public_api import publication_details
from odoo.addons.yangguang_cunwu.lib import canonical

from .wxapi_account import own_account
from .wxapi_common import ApiError, number, route


class WxReading(http.Controller):
    @route("/publications/<string:code>")
    def publication(self, code, **ignored):
        rendition = own_account()._rendition(code)
        if not rendition:
            raise NotFound
        face = canonical.parse(rendition.content.encode())
        # it hides nothing from him; it keeps others from guessing
        face.pop("salt")
        digests = {"page": rendition.digest, "pdf": None}
        return publication_details(rendition.publication_id, face, digests)

    @route("/household")
    def household(self, **ignored):
        account = own_account()
        if not account._shows_household():
            raise ApiError(403, request.env._("This is not in use here."), name="household_off")
        if not account._resident():
            sentence = request.env._("Have your residence confirmed first.")
            raise ApiError(403, sentence, name="not_resident")
        if not account._is_household_clear():
            sentence = request.env._(
                "The village has more than one %(head)s, and its register does not tell their"
                " households apart. Ask the village's clerk to number them.",
                head=account._resident().household,
            )
            raise ApiError(409, sentence, name="household_unclear")
        return {"rows": account._household_rows()}

    @route("/messages")
    def messages(self, after=None, **ignored):
        told, following = own_account()._messages_told(after=number(after))
        return {"messages": told, "next": following and str(following)}
