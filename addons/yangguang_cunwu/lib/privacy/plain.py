"""Text with one writing for every character that can be written in several."""

import re
import unicodedata
from bisect import bisect_right

_LAST = 0x1D800  # behind the mathematical digits

# digits spelled in Chinese, the telephone's 幺 among them
SPELLED = {
    ord(char): str(digit)
    for spelling in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○幺")
    for digit, char in enumerate(spelling)
}

_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)


def _table():
    # a list, since str.translate is slow on what a dictionary lacks
    table = list(range(_LAST))
    for code in range(0x80, _LAST):
        digit = unicodedata.digit(chr(code), None)
        if digit is not None:
            table[code] = ord("0") + digit
    for code in range(0xFF01, 0xFF5F):
        table[code] = code - 0xFF01 + ord("!")
    # what separates clauses stays, so that it is not taken for a point or a comma in a number
    for kept in "\uff0c\uff1b\uff1f\uff01":
        table[ord(kept)] = ord(kept)
    variants = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212_\u3000\u00a0\u2022\u30fb\u2027"
    for variant, char in zip(variants, "--------  \u00b7\u00b7\u00b7", strict=True):
        table[ord(variant)] = ord(char)
    return table


_TABLE = _table()


class Plain:
    """`text` is the plain form of an original; `place` leads back to the original."""

    def __init__(self, original: str):
        self._removed = []
        self.text = original
        if original.isascii():
            return
        self.text = original.translate(_TABLE)
        if _INVISIBLE.search(self.text):
            places = [match.start() for match in _INVISIBLE.finditer(self.text)]
            # how far in the plain text each removed character stood
            self._removed = [place - number for number, place in enumerate(places)]
            self.text = _INVISIBLE.sub("", self.text)

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Where the characters from `start` to `end` stand in the original."""
        return self._original(start), self._original(end - 1) + 1

    def _original(self, place):
        return place + bisect_right(self._removed, place)


def digits_of(spelled: str) -> str:
    """`spelled` with Chinese numerals written as digits, one for one."""
    return spelled.translate(SPELLED)
