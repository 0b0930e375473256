"""Characters that the screen cannot show, and where they stand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from odoo.addons.yangguang_cunwu.lib.summary import Summary

from . import cells, fonts
from .fonts import SUBSTITUTE
from .screen import Screen
from .shortlist import MOST, ranking


@dataclass(frozen=True, slots=True)
class Missing:
    """A character that is shown as SUBSTITUTE, and the places where it is."""

    character: str
    places: tuple[str, ...]

    def __str__(self):
        code = f"U+{ord(self.character):04X}"
        name = f"“{self.character}”（{code}）" if self.character.isprintable() else code
        return f"{'、'.join(self.places)}的{name}显示不了，屏上用“{SUBSTITUTE}”代替。"


def missing(texts: Iterator[tuple[str, str]], screen: Screen) -> tuple[Missing, ...]:
    """What of `texts`, pairs of a place and its text, the screen cannot show."""
    has = cells.has if screen.draws_text else fonts.font(16).has
    found: dict[str, dict[str, None]] = {}
    for place, text in texts:
        for character in dict.fromkeys(text):
            if not has(character):
                found.setdefault(character, {})[place] = None
    return tuple(Missing(character, tuple(places)) for character, places in found.items())


def texts(face: Mapping, summary: Summary | None) -> Iterator[tuple[str, str]]:
    """What a screen shows of `face`, each text with its place."""
    yield "标题", "".join((face["division"]["name"] or "", face["title"], face["period"]))
    for field in face["header"]:
        yield f"表头「{field['label']}」", field["label"] + field["value"]
    for index in ranking(face)[:MOST]:
        label = face["columns"][index]["label"]
        yield f"栏目「{label}」", label
        for number, row in enumerate(face["rows"], 1):
            yield f"第{number}行「{label}」", row[index] or ""
    yield "正文", face["text"] or ""
    yield "说明", face["note"] or ""
    if summary:
        yield "简要说明", "".join(summary.sentences)
        for bar in summary.chart.bars if summary.chart else ():
            yield "图表", bar.side + bar.label
