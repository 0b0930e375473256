"""The supervision committee's pages: what waits for a vote, the sheet, the vote.

A supervisor is a portal user, rarely an internal one; both use these pages. All is read and done
as the user, and a sheet that is not his to review does not exist for him.
"""

from markupsafe import Markup
from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.http import request

from odoo.addons.portal.controllers.portal import CustomerPortal, pager

from ..lib import clock, comparison, procedure
from ..models.disclosure_review import OPEN

URL = "/my/reviews"
_PAGE_ROWS = 20


class Reviews(CustomerPortal):
    def _prepare_home_portal_values(self, counters):
        values = super()._prepare_home_portal_values(counters)
        if "review_count" in counters and request.env.user.review_division_ids:
            values["review_count"] = len(self._open_sheets()[0])
        return values

    @http.route(
        [URL, f"{URL}/page/<int:page>"],
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def reviews(self, page=1, **ignored):
        waiting, voted = self._open_sheets()
        decisions, pages = self._decisions(page)
        return self._page(
            "portal_reviews",
            waiting=[
                _card(sheet, since=sheet.last_event_id.date, until=sheet.ratify_until)
                for sheet in waiting
            ],
            voted=[_card(sheet) for sheet in voted],
            decisions=decisions,
            pager=pages,
        )

    @http.route(
        f"{URL}/<int:sheet_id>",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def review(self, sheet_id, **ignored):
        sheet = self._sheets([("id", "=", sheet_id)])
        return self._sheet_page(sheet) if sheet else self._no_sheet()

    @http.route(f"{URL}/<int:sheet_id>", type="http", auth="user", methods=["POST"], website=True)
    def vote(self, sheet_id, decision="", reason="", **ignored):
        if decision not in ("agree", "object"):
            raise BadRequest
        sheet = self._sheets([("id", "=", sheet_id)])
        if not sheet:
            return self._no_sheet(reason)
        try:
            with request.env.cr.savepoint():
                sheet.action_vote(decision == "agree", reason if decision == "object" else None)
        except UserError as refusal:
            return self._sheet_page(sheet, error=str(refusal), reason=reason)
        return request.redirect(f"{URL}/{sheet_id}/voted")

    @http.route(
        f"{URL}/<int:sheet_id>/voted",
        type="http",
        auth="user",
        methods=["GET"],
        website=True,
        readonly=True,
    )
    def voted(self, sheet_id, **ignored):
        waiting, _voted = self._open_sheets()
        votes = _own_votes([sheet_id])
        if not votes:
            return self._no_sheet()
        # his vote may have returned the sheet, which he reads no more: its name alone is left
        sheet = request.env["yangguang.disclosure"].browse(sheet_id)
        return self._page(
            "portal_voted",
            card=_card(sheet),
            vote=votes[max(votes)],
            next_card=waiting and _card(waiting[0]),
        )

    # what the user may review

    def _villages(self):
        """The villages where the user reviews today; raises NotFound when there is none."""
        villages = request.env.user.review_division_ids
        if not villages:
            raise NotFound
        return villages

    def _sheets(self, domain, **options):
        """The sheets among `domain` that have left the draft, in the user's villages."""
        return request.env["yangguang.disclosure"].search(
            Domain(domain)
            & Domain("division_id", "in", self._villages().ids)
            & Domain("state", "!=", "draft"),
            **options,
        )

    def _open_sheets(self):
        """The sheets that wait for the user's vote, and those that wait for the others'."""
        self._villages()
        return request.env["yangguang.disclosure"]._open_to_vote()

    def _decisions(self, page):
        """One page of what the committee has decided, newest first, and its pager.

        A sheet that was returned is the clerk's again: its name is shown, it does not open.
        """
        events = request.env["yangguang.disclosure.event"]
        domain = Domain("kind", "in", list(procedure.COMMITTEE_STEPS)) & Domain(
            "disclosure_id", "any!", Domain("division_id", "in", self._villages().ids)
        )
        pages = pager(url=URL, total=events.search_count(domain), page=page, step=_PAGE_ROWS)
        found = events.search(
            domain, order="date desc, id desc", limit=_PAGE_ROWS, offset=pages["offset"]
        )
        readable = self._sheets([("id", "in", found.disclosure_id.ids)])
        cards = [
            _card(event.disclosure_id, event=event, opens=event.disclosure_id in readable)
            for event in found
        ]
        return cards, pages

    # the sheet

    def _no_sheet(self, reason=""):
        """The answer for a sheet that has been returned meanwhile, and for any that the user may
        not know of. What he wrote is not lost."""
        response = self._page("portal_no_sheet", reason=reason)
        response.status_code = 404
        return response

    def _sheet_page(self, sheet, error=None, reason=""):
        vote = _own_votes(sheet.ids).get((sheet.id, sheet.round))
        is_open = bool(sheet.filtered_domain(OPEN))
        refusal = None if vote or not is_open else sheet._refusal_to_vote()
        waiting, _voted = self._open_sheets()
        others = waiting - sheet
        return self._page(
            "portal_review",
            card=_card(sheet),
            sheet=sheet,
            preview=sheet._preview(),
            is_open=is_open,
            problems=is_open and list(sheet._problems()),
            vote=vote,
            exemptions=sheet.exemption_ids.filtered(lambda one: one.status == "granted"),
            checks=sheet._current_checks(),
            decision=self._decision(sheet),
            returned=self._last_return(sheet),
            error=error or refusal,
            reason=reason,
            may_vote=is_open and not vote and not refusal,
            next_card=others and _card(others[0]),
            **self._compared(sheet),
        )

    def _decision(self, sheet):
        """The committee's decision on the present round, an empty record while there is none."""
        return sheet.event_ids.filtered(
            lambda event: event.round == sheet.round and event.kind in procedure.COMMITTEE_STEPS
        )

    def _last_return(self, sheet):
        """Why the sheet was returned in the round before this one."""
        return sheet.event_ids.filtered(
            lambda event: event.round == sheet.round - 1 and event.kind in ("return", "decline")
        )

    def _compared(self, sheet):
        """The published sheet that this one is compared with, and what differs."""
        previous = self._previous(sheet)
        if not previous or not comparison.is_comparable(previous._layout(), sheet._layout()):
            return {"previous": None}
        documents = (previous._balanced_document(), sheet._balanced_document())
        difference = comparison.compare(sheet._layout(), *documents)
        # both are stored in the one writing that `rich_text` gives
        formats = [Markup(text) for text in difference.formats]
        return {"previous": previous, "difference": difference, "formats": formats}

    def _previous(self, sheet):
        """The sheet that this one corrects; else the last one of the item and the village that is
        on display. Sheets about an event have none before them."""
        if sheet.corrects_id:
            return self._sheets([("publication_id", "=", sheet.corrects_id.id)])
        if not sheet._has_predecessor():
            return sheet.browse()
        domain = (
            sheet._predecessor_domain()
            & Domain("state", "=", "published")
            # the publications of some items are closed to portal users, their sheets are not
            & Domain("publication_id", "any!", Domain("state", "=", "published"))
        )
        return self._sheets(domain, order="period_key desc, id desc", limit=1)

    def _page(self, template, **values):
        return request.render(
            f"yangguang_cunwu.{template}",
            {
                **self._prepare_portal_layout_values(),
                "page_name": "reviews",
                "url": URL,
                "local": clock.to_local,
                **values,
            },
        )


def _own_votes(sheet_ids):
    return request.env["yangguang.review.vote"]._of_user(sheet_ids)


def _card(sheet, **values):
    """What a list shows of a sheet that the user knows of, whether he may open it or not."""
    return {**sheet._named(), **values}
