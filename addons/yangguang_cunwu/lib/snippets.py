"""The lines of a text around the words that a reader looked for."""

import re
from collections.abc import Iterable
from itertools import groupby
from unicodedata import normalize

# characters shown before and after the first hit
_BEFORE, _AFTER = 16, 60
_ELLIPSIS = "…"
_WORD = re.compile(r"[^\W_]+")


def snippet(texts: Iterable[str], query: str) -> list[tuple[str, bool]]:
    """Return the first of `texts` that holds a word of `query`, cut around it, as pairs of a piece
    and whether that piece is a hit; nothing when no text holds one.

    Width and case do not matter, and 1234 finds 1,234.00, as in `lib.search`.
    """
    pattern = _pattern(query)
    if not pattern:
        return []
    for text in texts:
        text = normalize("NFKC", text)
        if hit := pattern.search(text):
            return _cut(text, pattern, hit.start())
    return []


def _pattern(query):
    words = _WORD.findall(normalize("NFKC", query).replace(",", ""))
    # the longest first: of 低保 and 低保金 in one place, the longer one is marked
    words.sort(key=len, reverse=True)
    if not words:
        return None
    spelled = (
        "".join(f",?{re.escape(one)}" if one.isdigit() else re.escape(one) for one in word)
        for word in words
    )
    return re.compile("|".join(word.removeprefix(",?") for word in spelled), re.IGNORECASE)


def _cut(text, pattern, start):
    first = max(start - _BEFORE, 0)
    last = start + _AFTER
    pieces = [(_ELLIPSIS, False)] if first else []
    position = first
    for hit in pattern.finditer(text, first, min(last, len(text))):
        pieces += [(text[position : hit.start()], False), (hit[0], True)]
        position = hit.end()
    pieces.append((text[position:last], False))
    if last < len(text):
        pieces.append((_ELLIPSIS, False))
    return [
        ("".join(piece for piece, _hit in group), hit)
        for hit, group in groupby((one for one in pieces if one[0]), key=lambda one: one[1])
    ]
