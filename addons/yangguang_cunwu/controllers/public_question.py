"""The echo wall on the web: what villagers ask and what the village answers, the form to ask, and
the page by which the asker follows it up. Nobody signs in; the asker keeps a code."""

import logging

from werkzeug.exceptions import BadRequest, NotFound

from odoo import http
from odoo.exceptions import UserError
from odoo.http import Response, request
from odoo.tools import LazyTranslate

from ..lib import clock, codes, echo_wall, log_masking
from ..lib.roles import VILLAGE
from .public_common import PRIVATE, answer, form_route, public_route
from .public_page import find_place, links, page, redirect
from .public_publication import find_publication

_lt = LazyTranslate(__name__)
# the address of every request is logged there
logging.getLogger("werkzeug").addFilter(log_masking.Masking(log_masking.masked))

_PAGE_ROWS = 20
# the pictures and the words around them
_FORM_BYTES = echo_wall.MOST_PICTURES * echo_wall.PICTURE_BYTES + 2**20
_STEP_BYTES = 2**16
# state -> colour, what a villager reads
_STANDING = {
    "received": ("yellow", _lt("Waits to be received")),
    "accepted": ("yellow", _lt("It is being dealt with")),
    "reopened": ("yellow", _lt("Asked again: it is being dealt with")),
    "answered": ("green", _lt("Answered")),
    "solved": ("green", _lt("The asker says: solved")),
    "unsolved": ("red", _lt("The asker says: not solved")),
    "closed": ("grey", _lt("Closed")),
    "refused": ("grey", _lt("Not taken up")),
    "withdrawn": ("grey", _lt("Withdrawn")),
}
# level -> what a villager reads when the term has run out there
_OVERDUE = {
    "3": _lt("Answer overdue"),
    "2": _lt("Overdue: the town presses for an answer"),
    "1": _lt("Overdue: the district presses for an answer"),
}
_WRITTEN = ("text", "name", "phone", "anonymous", "accusation", "item")


class PublicQuestion(http.Controller):
    @public_route("/v/<string:code>/wall")
    def wall(self, code, before=None, **ignored):
        place = find_place(code, VILLAGE)
        rows, more = newest_questions(place, _PAGE_ROWS, before=before)
        return page(
            "public_wall",
            title=f"{request.env._('Echo wall')} - {place.name}",
            place=place,
            trail=((request.env._("Echo wall"), None),),
            questions=shown(rows),
            more=more and links().wall(place.code, before=more),
        )

    @public_route("/v/<string:code>/wall/<string:question_code>")
    def question(self, code, question_code, **ignored):
        place = find_place(code, VILLAGE)
        question = find_question(question_code)
        if question.division_id.id != place.id or question.code != question_code:
            found = question.division_id.code
            return redirect(links().question(found, question.code))
        return page(
            "public_question",
            title=f"{question.number} - {place.name}",
            place=place,
            trail=(
                (request.env._("Echo wall"), links().wall(place.code)),
                (question.number, None),
            ),
            # what one person has asked is for the village, not for the whole web
            noindex=True,
            entry=shown(question)[0],
        )

    @public_route("/v/<string:code>/wall/<string:question_code>/<int:number>")
    def picture(self, code, question_code, number, **ignored):
        content = find_question(question_code)._picture(number)
        if content is None:
            raise NotFound
        kind = "image/png" if content.startswith(b"\x89PNG") else "image/jpeg"
        return answer(content, kind, noindex=True)

    @public_route("/v/<string:code>/ask")
    def ask_form(self, code, item=None, **ignored):
        return _form(find_place(code, VILLAGE), written={"item": item})

    @public_route("/p/<string:code>/ask")
    def ask_form_about(self, code, **ignored):
        publication = find_publication(code)
        return _form(find_place(publication.division_code), publication)

    @form_route("/v/<string:code>/ask", most_bytes=_FORM_BYTES)
    def ask(self, code, **written):
        return _taken(find_place(code, VILLAGE), None, written)

    @form_route("/p/<string:code>/ask", most_bytes=_FORM_BYTES)
    def ask_about(self, code, **written):
        publication = find_publication(code)
        return _taken(find_place(publication.division_code), publication, written)

    @public_route("/v/ask")
    def find_mine(self, code="", **ignored):
        """Where the code of one's own question is typed in."""
        known = codes.normalise(code)
        if known:
            return _see(links().follow_up(known))
        return page(
            "public_question_code",
            title=request.env._("My question"),
            trail=((request.env._("My question"), None),),
            wrong=code.strip(),
        )

    @public_route("/v/ask/<string:secret>")
    def follow_up(self, secret, new=None, **ignored):
        return _follow_up(secret, is_new=bool(new))

    @form_route("/v/ask/<string:secret>", most_bytes=_STEP_BYTES)
    def follow_up_step(self, secret, step="", words="", **ignored):
        questions = request.env["yangguang.question"]
        try:
            with request.env.cr.savepoint():
                known = questions._follow_up_step(secret, step, words)
        except UserError as refusal:
            return _follow_up(secret, refusal=refusal, words=words)
        if not known:
            raise NotFound
        return _see(links().follow_up(secret))


def newest_questions(place, limit, *, item_code=None, before=None):
    """The newest questions of a village, and the id to go on before; None at the end."""
    domain = [("division_id", "=", place.id)]
    if item_code:
        domain.append(("item_code", "=", item_code))
    if before and before.isascii() and before.isdigit() and len(before) < 10:
        domain.append(("id", "<", int(before)))
    found = request.env["yangguang.public.question"].search_fetch(
        domain, order="id desc", limit=limit + 1
    )
    return found[:limit], found[limit - 1].id if len(found) > limit else None


def shown(questions):
    """The questions with what a page says of each."""
    return [
        {
            "question": one,
            "standing": standing(one.state, one.level, one._is_overdue()),
            "waited": waited(one._days_waiting()),
        }
        for one in questions
    ]


def standing(state, level, is_overdue):
    """The colour and the words for where a question stands."""
    colour, words = ("red", _OVERDUE[level]) if is_overdue else _STANDING[state]
    return colour, request.env._(words)


def waited(days):
    if not days:
        return request.env._("Waited less than a day")
    return request.env._("%(days)s days waited", days=days)


def find_question(code):
    """The public question with this code, however it is typed; raises NotFound."""
    known = codes.normalise(code)
    question = known and request.env["yangguang.public.question"].search([("code", "=", known)])
    if not question:
        raise NotFound
    return question


def _form(place, publication=None, written=None, refusal=None):
    """The form to ask, with what was `written` and why it was refused."""
    written = written or {}
    questions = request.env["yangguang.question"]
    if not place.active:
        raise NotFound
    return page(
        "public_ask",
        title=f"{request.env._('Ask')} - {place.name}",
        place=place,
        trail=(
            (request.env._("Echo wall"), links().wall(place.code)),
            (request.env._("Ask"), None),
        ),
        noindex=True,
        status=getattr(refusal, "http_status", 422) if refusal else 200,
        headers=PRIVATE,
        publication=publication,
        item=_item(place, written.get("item")),
        action=links().ask_about(publication.code) if publication else links().ask(place.code),
        written={name: written.get(name) or "" for name in _WRITTEN},
        refusal=refusal and str(refusal),
        key=questions._form_key(),
        phone_hint=request.env._(
            "Only to call you back. It is never shown, and erased %(days)s days after all is done.",
            days=questions._terms().personal,
        ),
        most_words=echo_wall.MOST_WORDS,
    )


def _taken(place, publication, written):
    """Takes the form in and sends its asker to the page where he follows it up."""
    if written.get("website"):
        # people do not see this field
        raise BadRequest
    questions = request.env["yangguang.question"]
    division = request.env["yangguang.division"].browse(place.id)
    try:
        with request.env.cr.savepoint():
            secret = questions._ask_on_web(
                {
                    "division": division,
                    "publication": publication,
                    "item": _item(place, written.get("item")),
                    "text": written.get("text"),
                    "is_anonymous": bool(written.get("anonymous")),
                    "is_accusation": bool(written.get("accusation")),
                    "asker_name": written.get("name"),
                    "asker_phone": written.get("phone"),
                    "pictures": _pictures(),
                },
                written.get("key"),
                request.httprequest.remote_addr,
            )
    except UserError as refusal:
        return _form(place, publication, written, refusal)
    return _see(links()(f"/v/ask/{secret}", new="1"))


def _pictures():
    """The bytes of the pictures sent; a browser sends an empty file where none was chosen."""
    files = request.httprequest.files.getlist("picture")
    return [content for content in (file.read() for file in files) if content]


def _item(place, code):
    """The item of that code on the list of this village; empty for none."""
    items = request.env["yangguang.edition"]._in_force(place.kind, clock.today()).item_ids
    return items.filtered(lambda item: item.code == code)


def _follow_up(secret, *, is_new=False, refusal=None, words=""):
    told = request.env["yangguang.question"]._follow_up(secret)
    if not told:
        raise NotFound(request.env._("There is no question with this code. Look at it again."))
    known = codes.normalise(secret)
    place = find_place(told["division_code"])
    return page(
        "public_follow_up",
        title=f"{request.env._('My question')} {told['number']}",
        place=place,
        trail=((request.env._("My question"), None),),
        noindex=True,
        status=422 if refusal else 200,
        headers=PRIVATE,
        told=told,
        standing=standing(told["state"], told["level"], told["lamp"] == "red"),
        waited=waited(told["days_waiting"]),
        is_new=is_new,
        refusal=refusal and str(refusal),
        words=words,
        printed_code=codes.grouped(known),
        action=links().follow_up(known),
    )


def _see(location):
    """Sends the reader on; a reload does not send the form again."""
    return Response(status=303, headers={"Location": location, **PRIVATE})
