"""The words of one block: their white space and their weight, in one writing."""

import re
import unicodedata
from itertools import groupby

from .blocks import Run, Runs

_TOKEN = re.compile(r"\s*\n\s*|[ \xa0]+|.", re.DOTALL)


def tidy(pieces: list[tuple[str, bool]]) -> Runs:
    """Return the runs of `pieces` (text, whether it is bold), none when there is nothing to see.

    Spaces are one space, and go with the weight before them; there are none around a line break.
    """
    text = "".join(piece for piece, _bold in pieces)
    weights = [bold for piece, bold in pieces for _char in piece]
    kept = []
    for token in _TOKEN.finditer(text):
        char = "\n" if "\n" in token[0] else token[0].replace("\xa0", " ")[0]
        # a mark that is put onto a letter belongs to it; without one it would change a tag
        follows = char.isspace() or unicodedata.combining(char)
        at_start = not kept or kept[-1][0] == "\n"
        if not (follows and at_start):
            kept.append((char, kept[-1][1] if follows else weights[token.start()]))
    while kept and kept[-1][0].isspace():
        kept.pop()
    return tuple(
        Run(unicodedata.normalize("NFC", "".join(char for char, _bold in group)), bold)
        for bold, group in groupby(kept, key=lambda pair: pair[1])
    )
