"""Reads the text of parts that need no structure: properties, drawings, caches, custom data."""

from ..privacy import Passage
from .collector import Collector
from .package import Events

# attributes that hold what somebody wrote
_TEXTS = {
    "alt",
    "author",
    "caption",
    "comment",
    "descr",
    "description",
    "display",
    "displayName",
    "error",
    "errorTitle",
    "formatCode",
    "help",
    "initials",
    "lastModifiedBy",
    "location",
    "name",
    "prompt",
    "promptTitle",
    "statusBar",
    "string",
    "title",
    "tooltip",
    "uniqueName",
    "userId",
    "userName",
    "v",
    "val",
}

_BODIES = {"txBody", "rich"}


class AllText(Events):
    """Sends what the part holds to the collector: its texts, and its written attributes.

    With `everything`, of data that is nobody's format, all attributes.
    """

    def __init__(self, place: str, collector: Collector, everything: bool = False):
        self._place = place
        self._collector = collector
        self._everything = everything
        self._pieces = []
        self._bodies = 0

    def start(self, tag, attributes):
        self._bodies += tag in _BODIES
        for name, value in attributes.items():
            if value and (self._everything or name in _TEXTS):
                self._collector.row([Passage(self._place, value)])

    def text(self, text):
        self._pieces.append(text)

    def end(self, tag):
        self._bodies -= tag in _BODIES
        # the text of a drawing runs on over the tags inside it, and over its lines
        if self._bodies and tag == "p":
            self._pieces.append("\n")
        if not self._bodies:
            text = "".join(self._pieces)
            self._pieces.clear()
            if text.strip():
                self._collector.row([Passage(self._place, text)])
