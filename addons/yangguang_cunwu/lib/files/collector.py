"""Gathers what the texts of one file tell of persons."""

from datetime import date

from ..privacy import Finding, Hit, Passage, find
from . import limits


class Collector:
    """Takes the texts of a file row by row; `findings` are what was found, each once.

    `prefix` goes before every place, such as 附件《收据.xlsx》.
    """

    def __init__(self, today: date, prefix: str = ""):
        self.findings: list[Finding] = []
        self._today = today
        self._prefix = prefix
        self._known = set()

    def row(self, passages: list[Passage]) -> None:
        """Read passages that stand side by side."""
        if self.full:
            return
        for finding in find([passages], self._today):
            self._add(finding.place, finding.hit)

    def location(self, place: str) -> None:
        """Note that a picture tells where it was taken."""
        self._add(place, Hit("location", 0, 0, "****", place))

    @property
    def full(self) -> bool:
        """Whether so much was found that reading on helps nobody."""
        return len(self.findings) >= limits.FINDINGS

    def _add(self, place, hit):
        # a text box is stored twice, for new programs and for old ones
        known = (place, hit.kind, hit.value)
        if known not in self._known and not self.full:
            self._known.add(known)
            self.findings.append(Finding(f"{self._prefix}{place}", hit))
