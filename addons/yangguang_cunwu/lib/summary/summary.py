"""What a finance sheet says, in a few sentences for the loudspeaker, and one chart.

All of it is computed from the public faces, so nothing is said that they do not show: no name and
no free text, only figures, and words of the glossary.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from ..chart import Chart
from .forms import FORMS, Reading
from .glossary import Term, used
from .sheet import Sheet
from .words import Period

MOST_SENTENCES = 6


@dataclass(frozen=True, slots=True)
class Summary:
    """The sentences, the terms in them that may need explaining, and the chart, if any."""

    sentences: tuple[str, ...]
    chart: Chart | None = None

    @property
    def terms(self) -> tuple[Term, ...]:
        return used(self.sentences)

    def to_plain(self) -> dict:
        """The summary as dictionaries, lists and strings."""
        return {
            "sentences": list(self.sentences),
            "terms": [{"term": term.term, "plain": term.plain} for term in self.terms],
            "chart": self.chart and self.chart.to_plain(),
        }


def has_summary(item_code: str) -> bool:
    """Whether sheets of this item are told in plain words."""
    return item_code in FORMS


def summarise(
    face: Mapping, before: Mapping | None = None, year_ago: Mapping | None = None
) -> Summary | None:
    """Return the summary of `face`; None for other items, and for amounts not in yuan.

    `before` is the public face of the period before, `year_ago` that of the same period in the
    year before; what is not given is not compared.
    """
    code = face["item"]["code"]
    if code not in FORMS or not Sheet.is_in_yuan(face):
        return None
    if not face["zero"] and face["row_count"] == "0":
        return None
    period = Period.of(face["period"])
    if face["zero"]:
        return Summary((f"{period.name}没有发生这类事项。",))
    sheets = [_comparable(one, code) for one in (before, year_ago)]
    reading = Reading(period, Sheet(face), *sheets)
    sentences, chart = FORMS[code](reading)
    said = tuple(f"{sentence}。" for sentence in sentences if sentence)
    return Summary(said[:MOST_SENTENCES], chart) if said else None


def _comparable(face, code):
    same = face and face["item"]["code"] == code and Sheet.is_in_yuan(face)
    return Sheet(face) if same else None
