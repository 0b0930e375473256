"""The echo wall in the read API."""

from urllib.parse import urlencode

from odoo import http

from ..lib.roles import DISTRICT, TOWN, VILLAGE
from .public_api import DEFAULT_LIMIT, MAX_LIMIT, day, integer, item_code
from .public_common import API_PREFIX, answer_json, public_route
from .public_page import find_place, links
from .public_question import find_question, newest_questions

_LEVELS = {str(VILLAGE): "village", str(TOWN): "town", str(DISTRICT): "district"}


class PublicQuestionApi(http.Controller):
    @public_route(f"{API_PREFIX}/villages/<string:code>/questions")
    def questions(self, code, item=None, before=None, limit=None, **ignored):
        place = find_place(code, VILLAGE)
        size = integer("limit", limit, 1, MAX_LIMIT) if limit else DEFAULT_LIMIT
        if before:
            integer("before", before, 1, 2**31 - 1)
        chosen = item and item_code(item)
        rows, more = newest_questions(place, size, item_code=chosen, before=before)
        following = {**({"item": chosen} if chosen else {}), "limit": size, "before": more}
        here = f"{API_PREFIX}/villages/{place.code}/questions"
        return answer_json(
            {
                "items": [_question(one) for one in rows],
                "next": more and f"{here}?{urlencode(following)}",
            },
            noindex=True,
        )

    @public_route(f"{API_PREFIX}/questions/<string:code>")
    def question(self, code, **ignored):
        return answer_json(_question(find_question(code)), noindex=True)


def _question(question):
    place = question.division_id.code
    return {
        "code": question.code,
        "number": question.number,
        "division_code": place,
        "item_code": question.item_code or None,
        "item_name": question.item_name or None,
        "publication": question.publication_code or None,
        "asker": question.asker,
        "text": question.text,
        "asked_on": day(question.asked_on),
        "reopen_text": question.reopen_text or None,
        "state": question.state,
        "level": _LEVELS[question.level],
        "answer_due": day(question.answer_due),
        "is_overdue": question._is_overdue(),
        "days_waiting": question._days_waiting(),
        "answer": question.answer or None,
        "answered_on": day(question.answered_on),
        "pictures": [
            links().question_picture(place, question.code, number)
            for number in range(1, question.picture_count + 1)
        ],
    }
