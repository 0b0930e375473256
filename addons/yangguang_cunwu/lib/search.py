"""Search terms for Chinese text, as literals of PostgreSQL's `tsvector` and `tsquery`.

Chinese has no spaces, and PostgreSQL no dictionary for it. So each character is indexed alone and
with its right neighbour, at the position of the first; a word is found as its pairs standing side
by side. Latin words and numbers are terms of their own. Width, case and thousands separators do
not matter. Both strings hold quoted letters and digits only, and are cast (`%s::tsvector`,
`%s::tsquery`), never handed to the database's own text parser.
"""

import re
from collections import defaultdict
from itertools import pairwise, takewhile
from unicodedata import normalize

# limits of PostgreSQL: the highest position, and 2046 bytes for a term
_LAST_POSITION = 16383
_LONGEST_TERM = 255
_LONGEST_QUERY = 100

_THOUSANDS = re.compile(r"(?<=\d),(?=\d{3})")
_WORD = re.compile(r"[^\W_]+")
# from the CJK radicals on: scripts written without spaces
_CHINESE = "\u2e80"
_UNIT = re.compile(f"[{_CHINESE}-\U0003ffff]|[^{_CHINESE}-\U0003ffff]+")


def vector(text: str) -> str:
    """Return the `tsvector` literal that indexes `text`.

    PostgreSQL counts 16,383 positions, one for a character or a Latin word; what comes after is
    left out.
    """
    places = defaultdict(list)
    for position, term in takewhile(lambda placed: placed[0] <= _LAST_POSITION, _placed(text)):
        places[term].append(str(position))
    return " ".join(f"{_quoted(term)}:{','.join(positions)}" for term, positions in places.items())


def query(text: str) -> str:
    """Return the `tsquery` literal that finds all words of `text`, "" when it holds no word.

    Words are what blanks and punctuation separate; only the first 100 characters count.
    """
    return " & ".join(map(_phrase, _words(text[:_LONGEST_QUERY])))


def _words(text):
    folded = normalize("NFKC", normalize("NFKC", text).lower())
    return _WORD.findall(_THOUSANDS.sub("", folded))


def _units(word):
    """Yield each character or Latin run of `word`, with the pair it opens or ""."""
    units = [unit[:_LONGEST_TERM] for unit in _UNIT.findall(word)]
    for unit, following in pairwise([*units, ""]):
        yield unit, unit + following if min(unit, following) >= _CHINESE else ""


def _placed(text):
    position = 0
    for word in _words(text):
        for unit, pair in _units(word):
            position += 1
            yield position, unit
            if pair:
                yield position, pair


def _phrase(word):
    """Write `word` as pairs at their distances; a character in no pair stands alone."""
    phrase, previous, paired = "", 0, False
    for position, (unit, pair) in enumerate(_units(word)):
        if pair or not paired:
            distance = position - previous
            between = " <-> " if distance == 1 else f" <{distance}> "
            phrase += (between if phrase else "") + _quoted(pair or unit)
            previous = position
        paired = bool(pair)
    return phrase


def _quoted(term):
    return "'" + term.replace("\\", "\\\\").replace("'", "''") + "'"
