"""Pages as lines of text, for cards that draw them with a font of their own in cells of 16 dots."""

from .fonts import CELL, SUBSTITUTE
from .leaf import Leaf

# what a card's fonts have; the same sign is encoded otherwise there
_ENCODING = "gb2312"
_SAME = str.maketrans({"·": "・", "—": "―", "–": "-", "¥": "￥", "\u00a0": " "})


def text(leaf: Leaf) -> str:
    """The lines of `leaf`, spaces before what does not begin at the left, empty lines kept."""
    lines: dict[int, str] = {}
    for x, y, words, font, _tint in sorted(leaf.runs, key=lambda run: (run.y, run.x)):
        number = y // font.line
        before = lines.get(number, "")
        gap = x // CELL - font.width(before) // CELL
        lines[number] = before + " " * gap + words
    return "\n".join(lines.get(number, "") for number in range(max(lines, default=-1) + 1))


def has(character: str) -> bool:
    """Whether a card's fonts have `character`."""
    if not (character.isprintable() or character.isspace()):
        return False
    try:
        return bool(character.translate(_SAME).encode(_ENCODING))
    except UnicodeEncodeError:
        return False


def encodable(words: str) -> str:
    """`words` with what the card lacks replaced by SUBSTITUTE; it encodes as GB2312."""
    return "".join(
        character if has(character) else SUBSTITUTE for character in words.translate(_SAME)
    )
