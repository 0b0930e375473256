"""The pages of a published sheet: what it is, in plain words, the totals, the rows, the way to
the whole of it."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain

from odoo.addons.yangguang_cunwu.lib.face import notice
from odoo.addons.yangguang_cunwu.lib.summary import Summary

from ..drivers.base import Page
from . import canvas, cells, chart, gaps, legibility, picture, poster, qr, table
from .frame import Draft, Frame, patient
from .screen import Screen

# first pages are larger than the running text, but not by more than this
_TITLE = 2.5
# pages of running text that people wait for; with more of them smaller type is better
_PATIENCE = 6
# lines so long (characters) begin their paragraphs with an indent
_INDENTED = 12
# minutes that villagers will wait for what they came to see
_LONGEST = 10
_AMOUNT = re.compile(r"-?[\d,]+\.\d\d")


@dataclass(frozen=True, slots=True)
class Drawn:
    """Pages as a driver takes them, what the clerk has to be told, in sentences, and what the
    screen cannot show."""

    pages: tuple[Page, ...]
    warnings: tuple[str, ...] = ()
    missing: tuple[gaps.Missing, ...] = ()


def pages(
    face: Mapping,
    summary: Summary | None,
    screen: Screen,
    *,
    url: str = "",
    public_code: str = "",
    files: Mapping[str, bytes] | None = None,
    short: bool = False,
) -> Drawn:
    """Return what `screen` shows of the public `face`.

    `summary` is the face in plain words, where there is one. `url` and `public_code` lead to the
    full sheet. `files` are the bytes of the face's pictures by their digest; those that are not
    given are not shown. The `short` form leaves out rows, running text and pictures. Raises
    FontError when the fonts are not installed.
    """
    missing = gaps.missing(gaps.texts(face, summary), screen)
    if screen.draws_text:
        face = _encodable(face)
        summary = summary and Summary(tuple(map(cells.encodable, summary.sentences)))
    title = face["title"]
    pictures, complaints = _pictures(face, screen, files or {})

    def body():
        yield from table.draw(face, screen, title)
        yield from text_pages(screen, title, face["text"] or "")
        yield from text_pages(screen, "说明", face["note"] or "")
        yield from pictures

    drafts = [
        *_first_page(face, screen),
        *_plain_words(summary, screen),
        *_totals(face, screen),
        *(() if short else body()),
        *qr.draw(screen, title, url, public_code, _closing_words(face)),
    ]
    drawn = finish(drafts, screen, missing=missing)
    told = legibility.warnings(screen), complaints, _long(drawn.pages)
    return replace(drawn, warnings=tuple(chain.from_iterable(told)))


def finish(
    drafts: list[Draft],
    screen: Screen,
    warnings: tuple[str, ...] = (),
    missing: tuple[gaps.Missing, ...] = (),
) -> Drawn:
    """Number the pages, draw them, and say how long each stays."""
    finished = []
    for number, draft in enumerate(drafts, 1):
        leaf = draft.finished(number, len(drafts))
        seconds = leaf.seconds or legibility.dwell(leaf.characters)
        words = cells.text(leaf) if screen.draws_text else ""
        finished.append(Page(seconds, words, canvas.png(leaf, screen)))
    return Drawn(tuple(finished), warnings, missing)


def text_pages(screen: Screen, title: str, text: str) -> list[Draft]:
    """Pages of running text under `title`."""
    paragraphs = [paragraph.strip() for paragraph in text.splitlines() if paragraph.strip()]
    frames = (Frame(screen, font, title) for font in legibility.running(screen))
    return patient((_paragraphs(frame, paragraphs) for frame in frames), _PATIENCE)


def _paragraphs(frame, paragraphs):
    indent = "\u3000\u3000" if frame.width >= _INDENTED * frame.font.size else ""
    return frame.pages(
        [[line]] for paragraph in paragraphs for line in frame.wrapped(indent + paragraph)
    )


def _encodable(value):
    if isinstance(value, str):
        return cells.encodable(value)
    if isinstance(value, Mapping):
        return {key: _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return value


def _first_page(face, screen):
    words = [(face["division"]["name"], "head"), (face["title"], "title"), (face["period"], "text")]
    largest = int(legibility.choose_size(screen) * _TITLE)
    return poster.draw(screen, words, face["title"], largest)


def _plain_words(summary, screen):
    if not summary:
        return []
    frames = [Frame(screen, font, "简单说") for font in legibility.running(screen)]
    told = ([[frame.wrapped(text)] for text in summary.sentences] for frame in frames)
    drafts = patient(map(Frame.pages, frames, told), _PATIENCE)
    return drafts + (chart.draw(summary.chart, screen) if summary.chart else [])


def _totals(face, screen):
    """What comes out of the table, before its rows: balances, sums, how many rows there are."""
    money = table.money_unit(face)
    amounts = [
        (field["label"], field["value"] + money)
        for field in face["header"]
        if _AMOUNT.fullmatch(field["value"])
    ]
    sums = [
        (column["label"], value + (money if column["type"] == "money" else column["unit"] or ""))
        for column, value in zip(face["columns"], face["totals"] or (), strict=False)
        if value is not None
    ]
    pairs = amounts + sums
    said = notice(face)
    if pairs and not said:
        pairs.append(("明细", f"{face['row_count']}行"))
    return table.pairs(screen, "合计", pairs, f"{said}。" if said else "")


def _long(pages):
    minutes = sum(page.seconds for page in pages) / 60
    if minutes <= _LONGEST:
        return []
    return [
        f"这份内容在这块屏上有{len(pages)}页，放一遍要{minutes:.0f}分钟。"
        "请提醒村民扫码或上网看全表，内容多的村宜用大一些的屏。"
    ]


def _pictures(face, screen, files):
    drafts, complaints = [], []
    for entry in face["files"]:
        data = files.get(entry["digest"])
        if screen.draws_text or data is None or not entry["mimetype"].startswith("image/"):
            continue
        try:
            drafts.append(picture.draw(data, screen))
        except picture.PictureError:
            complaints.append(f"图片“{entry['name']}”打不开，屏上不显示。")
    return drafts, complaints


def _closing_words(face):
    words = []
    if len(face["columns"]) > table.shown_columns(face):
        words.append(f"全表共{len(face['columns'])}栏")
    words += [
        f"{field['label']}：{field['value']}"
        for field in face["header"]
        if "电话" in field["label"]
    ]
    return words
