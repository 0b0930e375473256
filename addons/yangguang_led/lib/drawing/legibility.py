"""How large, how long and how fast text must be so that people read it from where they stand."""

from functools import cache

from . import fonts
from .fonts import Font
from .screen import Screen

# A character must be as high as a 250th of the distance; older eyes are at ease with a 125th.
_LEAST, _EASE = 250, 125
# seconds that every page stays, those for finding its beginning, and characters read in one
_SHORTEST, _ORIENTATION, _READ = 5.0, 1.5, 4
# characters in a second, for text that moves
FASTEST_SCROLL = 5
# what a page needs so that large type is worth its place: characters in a line, and lines
_AMPLE_CHARACTERS, _AMPLE_LINES = 8, 4
# dots that a character may be wider than its size, unless it is a bitmap of at most this size
_OVERHANG, _BITMAPS = 2, 16
# what makes a screen too small for the distance
_FEWEST_CHARACTERS = 4


def dwell(characters: int) -> float:
    """Seconds that a page of so many characters stays."""
    return max(_SHORTEST, _ORIENTATION + characters / _READ)


def scroll_seconds(characters: int) -> float:
    """The least seconds that moving text of so many characters takes to pass by."""
    return characters / FASTEST_SCROLL


def least_height(screen: Screen) -> float:
    """The least height (px) of a character that the distance allows."""
    return screen.distance * 1000 / _LEAST / screen.pitch


def choose_size(screen: Screen) -> int:
    """The size of running text: easy to read if that leaves room for a few lines, and never too
    small for the distance as long as the screen is high enough."""
    return sizes(screen)[0]


@cache
def sizes(screen: Screen) -> tuple[int, ...]:
    """All sizes that may be used, from what `choose_size` says down to the least allowed."""
    fitting = [size for size in fonts.SIZES if _holds(screen, fonts.font(size), 1, 1)]
    legal = [size for size in fitting if fonts.font(size).ink >= least_height(screen)]
    if not legal:
        return fitting[-1:]
    at_ease = [
        size
        for size in legal
        if fonts.font(size).ink <= _at_ease(screen)
        and _holds(screen, fonts.font(size), _AMPLE_CHARACTERS, _AMPLE_LINES)
    ]
    return tuple(sorted(at_ease or legal[:1], reverse=True))


def running(screen: Screen) -> tuple[Font, ...]:
    """The fonts that may be used, largest first; a card that draws text has one."""
    if screen.draws_text:
        return (fonts.cell_font(),)
    return tuple(map(fonts.font, sizes(screen)))


def warnings(screen: Screen) -> tuple[str, ...]:
    """What the clerk has to know before text goes to this screen, and what can be done."""
    font = running(screen)[-1]
    needed = least_height(screen)
    place = f"站在{screen.distance:g}米处看，字高至少要{screen.distance * 1000 / _LEAST:.0f}毫米"
    if font.ink < needed:
        return (
            f"{place}，这块屏最大只能显示{font.ink * screen.pitch:.0f}毫米。"
            "远处的人看不清，请换更大的屏，或把看屏距离改近。",
        )
    characters, lines = screen.width // font.width("国"), screen.height // font.line
    if characters < _FEWEST_CHARACTERS:
        return (f"{place}，这块屏一行只放得下{characters}个字。请缩短文字，或换更大的屏。",)
    if lines == 1:
        return (f"{place}，这块屏只放得下一行字，表格会很长。请缩短文字，或换更大的屏。",)
    return ()


def _at_ease(screen):
    # half a dot more or less is not seen, and the sizes come in steps
    return screen.distance * 1000 / _EASE / screen.pitch * 1.15 + 0.5


def _holds(screen, font, characters, lines):
    # some outlines are a dot or two wider than the rest
    width = characters * font.size + _OVERHANG * (font.size > _BITMAPS)
    return screen.width >= width and screen.height >= lines * font.line
