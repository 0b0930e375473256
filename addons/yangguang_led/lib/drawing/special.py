"""Pages that are no publication: the filler, urgent words, and those for putting a screen up."""

from . import cells, fonts, gaps, legibility, poster
from .frame import Draft
from .leaf import Box, Leaf, Run
from .screen import ONE, Screen
from .sheet import Drawn, finish

_RULER_STEP, _RULER_LONG = 8, 32
_SECONDS = 10.0


def filler(name: str, screen: Screen) -> Drawn:
    """What a screen shows when nothing is on display: the village's name."""
    words = [(name, "title"), ("阳光村务", "text")]
    return _words(screen, words, "阳光村务", int(legibility.choose_size(screen) * 2.5))


def emergency(text: str, screen: Screen, title: str = "紧急通知") -> Drawn:
    """Urgent words, as large as they go onto one page; very long ones take several."""
    words = [(title, "alarm"), *((line, "title") for line in text.splitlines() if line.strip())]
    return _words(screen, words, title, None)


def sample_text(screen: Screen) -> Drawn:
    """Characters of many and of few strokes, figures and letters, in the size of running text."""
    words = [("阳光村务测试", "title"), ("一二三赢鑫国", "text"), ("0123456789", "figure")]
    return _words(screen, words, "测试", legibility.choose_size(screen))


def ruler(screen: Screen) -> Drawn:
    """Pages that show a wrong size, a lost row, exchanged colours or dead dots: a ruler along the
    edges, then every colour alone."""
    if screen.draws_text:
        return finish([Draft(_text_ruler(screen))], screen)
    tints = ("light",) if screen.colours == ONE else ("alarm", "figure", "blue", "light")
    full = [
        Draft(Leaf(boxes=(Box(0, 0, screen.width, screen.height, tint),), seconds=_SECONDS))
        for tint in tints
    ]
    return finish([Draft(_ruler(screen)), *full], screen)


def _words(screen, words, title, largest):
    missing = gaps.missing(((title, text) for text, _tint in words), screen)
    if screen.draws_text:
        title = cells.encodable(title)
        words = [(cells.encodable(text), tint) for text, tint in words]
    drafts = poster.draw(screen, words, title, largest)
    return finish(drafts, screen, legibility.warnings(screen), missing)


def _text_ruler(screen):
    font = fonts.cell_font()
    digits = "1234567890" * (screen.width // fonts.CELL // 10 + 1)
    runs = []
    for number in range(screen.height // font.line):
        words = str(number + 1) if screen.width < 64 else f"{number + 1}行"
        line = words + digits[: (screen.width - font.width(words)) // fonts.CELL]
        runs.append(Run(0, number * font.line, line, font))
    return Leaf(tuple(runs), seconds=_SECONDS)


def _ruler(screen):
    width, height = screen.width, screen.height
    boxes = [
        Box(0, 0, width, 1, "alarm"),
        Box(0, height - 1, width, 1, "alarm"),
        Box(0, 0, 1, height, "alarm"),
        Box(width - 1, 0, 1, height, "alarm"),
    ]
    font = fonts.font(12)
    runs = []
    for x in range(_RULER_STEP, width - 1, _RULER_STEP):
        boxes.append(Box(x, 0, 1, 6 if x % _RULER_LONG == 0 else 3, "light"))
        label = str(x)
        left = x - font.width(label) // 2
        if x % _RULER_LONG == 0 and height >= 32 and left + font.width(label) < width - 1:
            runs.append(Run(left, 7, label, font, "title"))
    for y in range(_RULER_STEP, height - 1, _RULER_STEP):
        boxes.append(Box(0, y, 6 if y % _RULER_LONG == 0 else 3, 1, "light"))
        beside = 8 + font.width(str(y)) < width
        if y % _RULER_LONG == 0 and y + font.line < height and beside:
            runs.append(Run(8, y - font.line // 2, str(y), font, "title"))
    size = f"{width}×{height}"
    if font.width(size) < width - 40 and height >= 48:
        x = (width - font.width(size)) // 2
        runs.append(Run(x, (height - font.line) // 2 + 4, size, font, "text"))
    if screen.colours != ONE and height >= 64:
        side = (width - 2) // 4
        for number, tint in enumerate(("alarm", "figure", "blue", "light")):
            boxes.append(Box(1 + number * side, height - 1 - height // 8, side, height // 8, tint))
    return Leaf(tuple(runs), tuple(boxes), seconds=_SECONDS)
