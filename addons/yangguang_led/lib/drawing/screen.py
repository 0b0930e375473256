"""A screen as far as drawing is concerned: its dots, its place, its colours."""

from dataclasses import dataclass

from ..drivers.base import PICTURES, TEXT

ONE, SIXTEEN, FULL = "one", "sixteen", "full"
BLACK = (0, 0, 0)
# what the dots of a one-colour screen shine in
LIT = {
    "red": (255, 0, 0),
    "green": (0, 255, 0),
    "yellow": (255, 255, 0),
    "white": (255, 255, 255),
    "blue": (0, 0, 255),
}
# the sixteen colours of VGA in their customary order
PALETTE = (
    *((0, 0, 0), (0, 0, 128), (0, 128, 0), (0, 128, 128)),
    *((128, 0, 0), (128, 0, 128), (128, 128, 0), (192, 192, 192)),
    *((128, 128, 128), (0, 0, 255), (0, 255, 0), (0, 255, 255)),
    *((255, 0, 0), (255, 0, 255), (255, 255, 0), (255, 255, 255)),
)
# what is drawn -> its colour, one of the sixteen, on screens that have more than one
TINTS = {
    "title": (255, 255, 0),
    "text": (255, 255, 255),
    "head": (0, 255, 255),
    "figure": (0, 255, 0),
    "rule": (0, 128, 128),
    "bar": (255, 0, 0),
    "before": (0, 255, 255),
    "alarm": (255, 0, 0),
    "blue": (0, 0, 255),
    "light": (255, 255, 255),
}
# dots of one character; dots and metres beyond which a number is a slip of the pen
_LEAST_DOTS, _MOST_DOTS, _MOST_PITCH, _MOST_METRES = 16, 8192, 100, 500


@dataclass(frozen=True)
class Screen:
    """A screen of `width` × `height` dots, `pitch` mm apart, read from up to `distance` m away.

    `colours` is ONE, SIXTEEN or FULL, `lit` the colour (a key of LIT) of a screen that has ONE.
    `draws` is TEXT where the card draws text with its own fonts of 16 dots, else PICTURES. Raises
    ValueError with a Chinese sentence for what no screen is.
    """

    width: int
    height: int
    pitch: float = 10
    distance: float = 20
    colours: str = ONE
    lit: str = "red"
    draws: str = PICTURES

    def __post_init__(self):
        for side, dots in (("宽", self.width), ("高", self.height)):
            if not _LEAST_DOTS <= dots <= _MOST_DOTS:
                raise ValueError(f"屏幕的{side}应为{_LEAST_DOTS}至{_MOST_DOTS}点，不能是{dots}点。")
        if not 0 < self.pitch <= _MOST_PITCH:
            raise ValueError(f"点距应在{_MOST_PITCH}毫米以内，不能是{self.pitch:g}毫米。")
        if not 0 < self.distance <= _MOST_METRES:
            raise ValueError(f"看屏距离应在{_MOST_METRES}米以内，不能是{self.distance:g}米。")
        if self.colours not in (ONE, SIXTEEN, FULL) or self.lit not in LIT:
            raise ValueError(f"没有“{self.colours} {self.lit}”这种颜色。")
        if self.draws not in (TEXT, PICTURES):
            raise ValueError("这张控制卡不显示画面，不用排版。")

    @property
    def draws_text(self) -> bool:
        return self.draws == TEXT

    @property
    def palette(self) -> tuple[tuple[int, int, int], ...] | None:
        """The colours that the screen can show, None when it can show all."""
        return {ONE: (BLACK, LIT[self.lit]), SIXTEEN: PALETTE, FULL: None}[self.colours]

    def colour(self, tint: str) -> tuple[int, int, int]:
        """What `tint`, a key of TINTS, looks like on this screen."""
        return LIT[self.lit] if self.colours == ONE else TINTS[tint]
