"""A page before it is drawn: texts, rectangles and a picture, each with its place."""

from dataclasses import dataclass, field, replace
from typing import NamedTuple

from PIL import Image

from .fonts import Font


class Run(NamedTuple):
    """A piece of one line of text, its upper left corner at x, y (px)."""

    x: int
    y: int
    text: str
    font: Font
    tint: str = "text"


class Box(NamedTuple):
    """A rectangle in one colour (px)."""

    x: int
    y: int
    width: int
    height: int
    tint: str = "rule"


@dataclass(frozen=True)
class Leaf:
    """What one page shows. The `picture`, in any mode, has its upper left corner at `corner`.

    `seconds` is how long it must stay, None for as long as its text takes to read.
    """

    runs: tuple[Run, ...] = ()
    boxes: tuple[Box, ...] = ()
    picture: Image.Image | None = field(default=None, compare=False)
    corner: tuple[int, int] = (0, 0)
    seconds: float | None = None

    def with_runs(self, *runs: Run) -> "Leaf":
        """The same page with more text."""
        return replace(self, runs=self.runs + runs)

    @property
    def characters(self) -> int:
        """How many characters there are to read."""
        return sum(len("".join(run.text.split())) for run in self.runs)
