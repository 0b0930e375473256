"""The page on which a user replaces his one-time code by a password of his own."""

from odoo import http
from odoo.exceptions import UserError
from odoo.http import request

from odoo.addons.web.controllers.home import Home

PAGE = "/yangguang/password"


class Account(Home):
    @http.route()
    def web_client(self, s_action=None, **kw):
        # the route has no authentication of its own, so the guard of `ir.http` does not see it
        if request.session.uid:
            user = request.env(user=request.session.uid).user
            if user.must_choose_password:
                return request.redirect(PAGE)
        return super().web_client(s_action=s_action, **kw)

    @http.route(PAGE, type="http", auth="user", methods=["GET", "POST"])
    def choose_password(self, password="", again="", **kw):
        error = None
        if request.httprequest.method == "POST":
            if password != again:
                error = request.env._("The two entries differ.")
            else:
                error = self._choose(password)
            if not error:
                # the session was bound to the old password
                request.session.logout(keep_db=True)
                return request.redirect("/web/login")
        return request.render("yangguang_cunwu.choose_password", {"error": error})

    @staticmethod
    def _choose(password):
        """Sets the password; gives the sentence why it is refused, or None."""
        try:
            with request.env.cr.savepoint():
                request.env["res.users"].browse(request.env.uid)._choose_password(password)
        except UserError as refusal:
            return str(refusal)
        return None
