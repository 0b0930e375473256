"""A programme: all that one screen is to show over the coming days, as strings, lists and
dictionaries, frozen by its digest. The web player gets it signed; for a card that knows no plan,
the server picks what is due now."""

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from odoo.addons.yangguang_cunwu.lib import canonical

from .drivers.base import Page, Show
from .rotation import Rotation
from .timetable import DAY, Timetable, minute_of

FORMAT = "yangguang.programme/1"
# a publication, an urgent message of the town or district, a page that proves the screen, and what
# is shown when there is nothing else
PUBLICATION, INSERT, TEST = "publication", "insert", "test"


def clock_time(minute: int) -> str:
    """A minute of the day as "06:30"; the end of the day is "24:00"."""
    return f"{minute // 60:02}:{minute % 60:02}"


def entry(
    kind: str,
    title: str,
    pages: Iterable[Mapping],
    short: Iterable[Mapping] = (),
    *,
    publication: str | None = None,
    page: str | None = None,
    begins: datetime | None = None,
    ends: datetime | None = None,
) -> dict:
    """One thing to show. `pages` and `short` (its short form) come from `page_entry`;
    `publication` and `page` are the public code and the digest of the public page that the
    pictures were drawn from; it is shown from `begins` to before `ends` (aware times)."""
    return {
        "kind": kind,
        "title": title,
        "publication": publication,
        "page": page,
        "begins": begins.isoformat() if begins else None,
        "ends": ends.isoformat() if ends else None,
        "pages": list(pages),
        "short": list(short),
    }


def page_entry(digest: str, size: int, seconds: float, text: str, mimetype: str) -> dict:
    """A page as a programme names it: the SHA-256 and the size (bytes) of its picture or video,
    and how long (s) it stays; `text` is what a card with its own fonts draws instead."""
    return {
        "digest": digest,
        "size": str(size),
        "seconds": f"{seconds:.2f}",
        "text": text,
        "type": mimetype,
    }


def build(
    screen: Mapping[str, str],
    timetable: Timetable,
    entries: Mapping[str, dict],
    plans: Iterable[tuple[int, Rotation]],
    filler: Iterable[Mapping],
) -> dict:
    """Return the programme of `screen` (code, width, height, colours).

    `entries` by key; `plans`: from which minute of the day which rotation of these keys is on.
    """
    return {
        "format": FORMAT,
        "screen": dict(screen),
        "hours": {
            "opens": clock_time(timetable.opens),
            "closes": clock_time(timetable.closes),
            "brightness": [
                [clock_time(start), str(percent)] for start, percent in timetable.brightness
            ],
        },
        "entries": dict(entries),
        "plans": [
            {
                "from": clock_time(start),
                "loop": [[key, "short" if short else "long"] for key, short in rotation.loop],
            }
            for start, rotation in plans
        ],
        "filler": list(filler),
    }


def digest(programme: Mapping) -> str:
    """The SHA-256 of a programme's canonical bytes."""
    return canonical.digest(canonical.canonical(dict(programme)))


def due(programme: Mapping, moment: datetime) -> list[tuple[dict | None, dict]]:
    """What is in turn at a local time: (entry, page), the entry None for the filler.

    Urgent messages silence everything else until they end. Never empty.
    """
    entries = {key: one for key, one in programme["entries"].items() if _in_force(one, moment)}
    urgent = [one for one in entries.values() if one["kind"] == INSERT]
    if urgent:
        turns = [(one, one["pages"]) for one in urgent]
    else:
        turns = [
            (entries[key], entries[key]["short" if form == "short" else "pages"])
            for key, form in _plan(programme, moment)
            if key in entries
        ]
    shown = [(one, page) for one, pages in turns for page in pages]
    return shown or [(None, page) for page in programme["filler"]]


def outline(programme: Mapping, moment: datetime) -> dict:
    """What a card is to play from a local time on, its pictures and films named by their digests:
    `digest`, `width`, `height`, `pages`."""
    screen = programme["screen"]
    return {
        "digest": show_digest(programme, moment),
        "width": screen["width"],
        "height": screen["height"],
        "pages": [page for _entry, page in due(programme, moment)],
    }


def show_of(outline: Mapping, read: Callable[[Mapping], bytes]) -> Show:
    """The show of an `outline`; `read(page)` gives the picture or film of a page."""
    return Show(
        outline["digest"],
        int(outline["width"]),
        int(outline["height"]),
        tuple(_page(page, read(page)) for page in outline["pages"]),
    )


def show_digest(programme: Mapping, moment: datetime) -> str:
    """The digest of the show of a local time, without its pictures having to be read."""
    pages = [page for _entry, page in due(programme, moment)]
    return canonical.digest(canonical.canonical([programme["screen"], *pages]))


def turning_points(programme: Mapping, moment: datetime) -> list[datetime]:
    """The times after `moment` at which an entry begins or ends."""
    ends = [one[end] for one in programme["entries"].values() for end in ("begins", "ends")]
    return [point for end in ends if end and (point := datetime.fromisoformat(end)) > moment]


def boundaries(programme: Mapping) -> set[int]:
    """The minutes of the day at which another plan begins."""
    return {_minute(plan["from"]) % DAY for plan in programme["plans"]}


def pictures(programme: Mapping) -> dict[str, dict]:
    """Every page that the programme may show, by the digest of its picture or video."""
    pages = [page for one in programme["entries"].values() for page in one["pages"] + one["short"]]
    return {page["digest"]: page for page in [*pages, *programme["filler"]]}


def _in_force(one, moment):
    begins, ends = one["begins"], one["ends"]
    return (not begins or datetime.fromisoformat(begins) <= moment) and (
        not ends or moment < datetime.fromisoformat(ends)
    )


def _plan(programme, moment):
    """The loop of the plan that has begun last; before the first one, yesterday's last."""
    plans = sorted(programme["plans"], key=lambda plan: plan["from"])
    now = minute_of(moment)
    begun = [plan for plan in plans if _minute(plan["from"]) <= now]
    return (begun or plans or [{"loop": []}])[-1]["loop"]


def _minute(text):
    hours, minutes = text.split(":")
    return int(hours) * 60 + int(minutes)


def _page(page, content):
    video = page["type"].startswith("video/")
    return Page(
        seconds=float(page["seconds"]),
        text=page["text"],
        picture=None if video else content,
        video=content if video else None,
    )
