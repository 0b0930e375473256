"""The frame of every public page: addresses, trail of divisions, the reader's choice of type."""

import hashlib
from pathlib import Path
from urllib.parse import urlencode

from werkzeug.exceptions import NotFound

from odoo.http import request

from ..lib import clock
from ..lib.directory import Place
from .public_common import answer

_STATIC = Path(__file__, "../../static/src/public").resolve()


def _static(name):
    """The address of a static file; its digest lets caches keep it until it changes."""
    digest = hashlib.sha256((_STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/yangguang_cunwu/static/src/public/{name}?v={digest}"


# what a page may be asked beside its size of type
_ARGUMENTS = ("q", "year", "before", "sha256", "item")
_STYLE = _static("public.css")
_SCRIPT = _static("public.js")


class Links:
    """The addresses of the public pages. Large type is a part of the address, not a cookie, so
    every link carries it on."""

    def __init__(self, big: bool):
        self.big = big

    def __call__(self, path: str, **query) -> str:
        query = {key: value for key, value in query.items() if value}
        if self.big:
            query.setdefault("big", "1")
        return f"{path}?{urlencode(query)}" if query else path

    def place(self, code: str) -> str:
        return self(f"/v/{code}")

    def category(self, code: str, number: int) -> str:
        return self(f"/v/{code}/c/{number}")

    def topic(self, code: str, topic: str) -> str:
        return self(f"/v/{code}/t/{topic}")

    def item(self, code: str, item_code: str, **query) -> str:
        return self(f"/v/{code}/i/{item_code}", **query)

    def search(self, code: str, **query) -> str:
        return self(f"/v/{code}/search", **query)

    def wall(self, code: str, **query) -> str:
        return self(f"/v/{code}/wall", **query)

    def question(self, code: str, question_code: str) -> str:
        return self(f"/v/{code}/wall/{question_code}")

    def question_picture(self, code: str, question_code: str, number: int) -> str:
        return f"/v/{code}/wall/{question_code}/{number}"

    def ask(self, code: str, **query) -> str:
        return self(f"/v/{code}/ask", **query)

    def ask_about(self, code: str) -> str:
        """The form for a question about a publication."""
        return self(f"/p/{code}/ask")

    def follow_up(self, secret: str) -> str:
        return self(f"/v/ask/{secret}")

    def publication(self, code: str) -> str:
        return self(f"/p/{code}")

    def file(self, code: str, extension: str) -> str:
        return f"/p/{code}.{extension}"

    def attachment(self, code: str, number: int) -> str:
        return f"/p/{code}/files/{number}"

    def card(self, code: str) -> str:
        """The picture of a publication; those who fetch it want all of its address."""
        return f"{request.httprequest.host_url}p/{code}/card.png"

    def verify(self, code: str) -> str:
        return self(f"/verify/{code}")

    def switch(self) -> str:
        """This page in the other size of type."""
        asked = request.httprequest.args
        return Links(not self.big)(
            request.httprequest.path, **{name: asked.get(name) for name in _ARGUMENTS}
        )


def links():
    """The addresses for this reader."""
    return Links(request.httprequest.args.get("big") == "1")


def find_place(code, level=None) -> Place:
    """The division of `code`; raises NotFound for an unknown one, or for one of another level."""
    place = request.env["yangguang.division"]._directory().find(code)
    if not place or (level and place.level != level):
        raise NotFound
    return place


def page(
    template,
    *,
    title,
    place=None,
    trail=(),
    description=None,
    noindex=False,
    status=200,
    headers=None,
    **values,
):
    """Return the answer that shows `template`, another addon's by its full name.

    `trail` are the (name, address) pairs below `place` in the breadcrumb; the last one is the page
    itself and has no address.
    """
    body = draw(template, title, place, trail, description=description, **values)
    return answer(body, "text/html; charset=utf-8", status=status, noindex=noindex, headers=headers)


def redirect(location):
    """Return the answer that sends the reader to `location`, for good."""
    return answer(b"", "text/html; charset=utf-8", status=301, headers={"Location": location})


def draw(template, title, place=None, trail=(), **values):
    """Return the bytes of a page."""
    env = request.env
    directory = env["yangguang.division"]._directory()
    url = links()
    path = directory.path(place) if place else []
    html = env["ir.qweb"]._render(
        template if "." in template else f"yangguang_cunwu.{template}",
        {
            **values,
            "title": title,
            "window_title": f"{title} | {env._('Sunshine Village Affairs')}",
            "place": place,
            "crumbs": [(one.name, url.place(one.code)) for one in path] + list(trail),
            "complaint_phone": directory.complaint_phone(place) if place else "",
            "url": url,
            "style": _STYLE,
            "script": _SCRIPT,
            "demo": env["yangguang.publication"]._is_demo(),
            "day": lambda time: f"{clock.to_local(time):%Y-%m-%d}",
            "moment": lambda time: f"{clock.to_local(time):%Y-%m-%d %H:%M:%S}",
        },
        minimal_qcontext=True,
    )
    return b"<!DOCTYPE html>\n" + html.strip().encode()
