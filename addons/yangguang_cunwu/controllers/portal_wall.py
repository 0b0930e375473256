"""The echo wall as the supervision committee sees it: what its villages were asked, what waits too
long, and how it was answered. Nothing is done here; it is what everybody may read."""

from werkzeug.exceptions import NotFound

from odoo import http
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..lib import clock, echo_wall
from .public_question import shown

URL = "/my/wall"
_PAGE_ROWS = 20


class Wall(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "overdue_question_count" in counters:
            values["overdue_question_count"] = request.env[
                "yangguang.public.question"
            ].search_count(self._domain_of_overdue())
        return values

    @http.route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def wall(self, page=1, **ignored):
        if not request.env.user.review_division_ids:
            raise NotFound
        questions = request.env["yangguang.public.question"]
        domain = self._domain()
        pages = pager(url=URL, total=questions.search_count(domain), page=page, step=_PAGE_ROWS)
        found = questions.search(domain, limit=_PAGE_ROWS, offset=pages["offset"])
        return request.render(
            "yangguang_cunwu.portal_wall",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "wall",
                "questions": shown(found),
                "overdue": questions.search_count(self._domain_of_overdue()),
                "pager": pages,
            },
        )

    def _domain(self):
        """What the villages were asked where the user reviews."""
        return [("division_id", "in", request.env.user.review_division_ids.ids)]

    def _domain_of_overdue(self):
        return [
            *self._domain(),
            ("state", "in", list(echo_wall.OPEN)),
            ("answer_due", "<", clock.today()),
        ]
