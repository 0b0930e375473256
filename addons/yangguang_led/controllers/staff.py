"""What staff see of a screen: its pages, dot by dot."""

from odoo import http
from odoo.http import content_disposition, request

from odoo.addons.yangguang_cunwu.lib import clock

from ..lib import drawing, programme


class ScreenStaff(http.Controller):
    @http.route("/led/screens/<int:screen_id>/now.png", type="http", auth="user", methods=["GET"])
    def now(self, screen_id):
        """What is on: the picture that the screen has just sent, else the page with which its
        present show begins."""
        screen = self._screen(screen_id)
        if screen and (shot := screen._recent_shot()):
            return self._answer(shot._bytes())
        if not screen or not screen.programme_id:
            return request.not_found()
        content = screen.programme_id._content()
        _entry, page = programme.due(content, clock.to_local(clock.now()))[0]
        return self._picture(screen, page["digest"])

    @http.route(
        "/led/screens/<int:screen_id>/pages/<string:digest>.png",
        type="http",
        auth="user",
        methods=["GET"],
    )
    def page(self, screen_id, digest):
        """A page of the screen's present programme."""
        screen = self._screen(screen_id)
        if not screen or digest not in programme.pictures(screen.programme_id._content()):
            return request.not_found()
        return self._picture(screen, digest)

    @http.route("/led/screens/<int:screen_id>/preview", type="http", auth="user", methods=["GET"])
    def preview(self, screen_id):
        """All that the screen shows in its present round, with how long each page stays."""
        screen = self._screen(screen_id)
        if not screen:
            return request.not_found()
        shown = []
        if screen.programme_id:
            content = screen.programme_id._content()
            shown = programme.due(content, clock.to_local(clock.now()))
        return request.render("yangguang_led.preview", {"screen": screen, "shown": shown})

    @http.route("/led/certificates/<string:code>.pdf", type="http", auth="user", methods=["GET"])
    def certificate(self, code):
        """What is known of the display of a publication, on the screen whose number follows its
        public code after a dash, else on all screens. For staff and for the village's committee."""
        code, _dash, number = code.partition("-")
        user = request.env.user
        publication = request.env["yangguang.publication"].search([("code", "=", code)])
        if not publication or (
            publication.division_id not in user.read_place_ids | user.review_division_ids
        ):
            return request.not_found()
        if publication.division_id not in user.read_place_ids:
            # the committee reads no screens, and all that is proven of this one
            publication = publication.sudo()
        screens = publication._certified_screens()
        if number:
            screens = screens.filtered(lambda screen: screen.code == number)
        if not screens:
            return request.not_found()
        headers = [
            ("Content-Type", "application/pdf"),
            ("Content-Disposition", content_disposition(f"{code}.pdf", "inline")),
            ("Cache-Control", "no-store"),
        ]
        return request.make_response(publication._certificate(screens), headers)

    def _screen(self, screen_id):
        screen = request.env["yangguang.screen"].browse(screen_id).exists()
        return screen if screen.has_access("read") else screen.browse()

    def _picture(self, screen, digest):
        picture = request.env["yangguang.picture"].sudo().search([("digest", "=", digest)])
        if not picture:
            return request.not_found()
        return self._answer(drawing.preview(picture._bytes()))

    def _answer(self, picture):
        kind = "image/jpeg" if picture.startswith(b"\xff\xd8") else "image/png"
        headers = [("Content-Type", kind), ("Cache-Control", "private, max-age=60")]
        return request.make_response(picture, headers)
