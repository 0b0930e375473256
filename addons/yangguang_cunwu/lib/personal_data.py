"""Finds identity, telephone and bank-card numbers in free text before it is published.

Prosecutors have acted against village boards that showed such numbers, so a hit blocks; the form
of writing must not matter. Digits of every width, spaces, dashes and invisible characters between
them, and digits spelled in Chinese are read through. Numbers that merely look alike (division
codes, dates, amounts, credit codes) are told apart by check digits, dates and usual groupings.
"""

import re
import unicodedata
from datetime import datetime
from itertools import chain
from typing import NamedTuple

from stdnum import luhn
from stdnum.cn import ric

from . import credit_code
from .masking import mask

LABELS = {
    "id_card": "身份证号",
    "mobile": "手机号",
    "landline": "固定电话",
    "bank_card": "银行卡号",
}


class Hit(NamedTuple):
    """A number found: its kind (a key of LABELS), its place in the text, a masked hint of it."""

    kind: str
    start: int
    end: int
    shown: str


_MASKS = {"id_card": "id_card", "mobile": "phone", "landline": "phone", "bank_card": "bank"}
# digits of a telephone, and of a bank card
_SHORTEST, _LONGEST = 10, 19

_SPELLED = {
    ord(char): str(digit)
    for spelling in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖", "○幺")
    for digit, char in enumerate(spelling)
}
# one character for one: the places in the text stay the same
_PLAIN = {
    code: str(digit)
    for code in chain(range(0x80, 0x10000), range(0x1D7CE, 0x1D800))
    if (digit := unicodedata.digit(chr(code), None)) is not None
}
_PLAIN |= str.maketrans(
    "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\uff0d_\uff08\uff09\uff0e\u3000\uff38\uff58",
    "---------(). XX",
)
_INVISIBLE = re.compile("[\u00ad\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]")

_MAYBE = re.compile(r"(?:\d[^\d]{0,3}){10}", re.ASCII)
_CREDIT_CODE = re.compile(r"(?<![0-9A-Z])[0-9A-Z]{18}(?![0-9A-Z])", re.IGNORECASE)
_GROUP = re.compile(r"\d+(?:[Xx](?![A-Za-z]))?", re.ASCII)
_GAP = re.compile(r"[\s\-.\u00b7]{1,3}")
_SPELLED_RUN = re.compile(f"[{''.join(map(chr, _SPELLED))}0-9 \\-]{{11,}}")

# 15 digits, until 1999: earlier birth years would catch division codes followed by a serial
_OLD_ID = re.compile(r"[1-8]\d{5}(?P<date>[3-9]\d{5})\d{3}", re.ASCII)
_NEW_ID = re.compile(r"[1-8]\d{16}[\dX]", re.ASCII)
_MOBILE = re.compile(r"(?:0|(?:00)?86)?(1[3-9]\d{9})", re.ASCII)
# not a contract number made of a division code of the South (41–46) and a serial
_CARD = re.compile(
    r"""(?!4[1-6](?:[0-2]\d|5[1-3])(?:[0-2]\d|8[1-4]))[345]\d{15} | [45]\d{18}
        | (?:6[029]|9\d)\d{14,17} | 103\d{16}""",
    re.ASCII | re.VERBOSE,
)
_LANDLINE = re.compile(
    r"""(?<![\d.-])\(?0(?:10|2\d|[3-9][1-9]\d|90\d|701)\)?[\s-]{0,3}
        [2-8]\d{2,3}[\s-]?\d{4}(?!\d)""",
    re.ASCII | re.VERBOSE,
)
_MOBILE_SHAPES = {(3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (5, 6)}


def scan(text: str) -> list[Hit]:
    """Return the personal numbers in `text`, in order; places refer to `text` itself.

    Public office telephones are numbers too: the caller decides by column what is allowed.
    """
    if len(text) < _SHORTEST:
        return []
    plain, places = _plain(text)
    found = _spelled_hits(plain)
    if _MAYBE.search(plain):
        plain = _CREDIT_CODE.sub(_without_credit_code, plain)
        found += _number_hits(plain) + _landline_hits(plain)
    return [
        hit._replace(start=places[hit.start], end=places[hit.end - 1] + 1) for hit in _apart(found)
    ]


def _plain(text):
    """Return `text` with plain digits and without invisible characters, and its places."""
    if text.isascii():
        return text, range(len(text))
    text = text.translate(_PLAIN)
    if not _INVISIBLE.search(text):
        return text, range(len(text))
    places = [place for place, char in enumerate(text) if not _INVISIBLE.match(char)]
    return "".join(text[place] for place in places), places


def _without_credit_code(match):
    code = match[0]
    return "*" * len(code) if credit_code.is_valid(code.upper()) and not _is_id_card(code) else code


def _number_hits(text):
    """Look at the groups of digits one by one and joined with their neighbours."""
    groups = list(_GROUP.finditer(text))
    hits = []
    first = 0
    while first < len(groups):
        count, hit = _longest_hit(text, groups, first)
        if hit:
            hits.append(hit)
        first += count
    return hits


def _longest_hit(text, groups, first):
    best = (1, None)
    digits, shape = "", ()
    for last in range(first, len(groups)):
        group = groups[last]
        digits += group[0].upper()
        shape += (len(group[0]),)
        apart = last > first and not _GAP.fullmatch(text, groups[last - 1].end(), group.start())
        if apart or len(digits) > _LONGEST:
            break
        if kind := _kind(digits, shape):
            start = groups[first].start()
            best = (last - first + 1, _hit(kind, start, group.end(), digits))
    return best


def _kind(digits, shape):
    """Return the kind of number `digits` is, written in groups of the lengths `shape`."""
    if _is_id_card(digits):
        return "id_card"
    whole = len(shape) == 1 or set(shape) == {1}
    if _is_old_id_card(digits) and (whole or shape == (6, 6, 3)):
        return "id_card"
    if _MOBILE.fullmatch(digits.rstrip("X")) and (whole or shape in _MOBILE_SHAPES):
        return "mobile"
    usual = whole or len(shape) == 2 or set(shape[:-1]) == {4}
    if usual and _CARD.fullmatch(digits) and luhn.is_valid(digits):
        return "bank_card"
    return None


def _is_id_card(digits):
    return bool(
        _NEW_ID.fullmatch(digits)
        and ric.calc_check_digit(digits) == digits[-1]
        and _is_date(digits[6:14])
        and digits[6:8] in ("19", "20")
    )


def _is_old_id_card(digits):
    match = _OLD_ID.fullmatch(digits)
    return bool(match and _is_date("19" + match["date"]))


def _is_date(digits):
    try:
        return bool(datetime.strptime(digits, "%Y%m%d"))
    except ValueError:
        return False


def _landline_hits(text):
    return [
        _hit("landline", match.start(), match.end(), match[0]) for match in _LANDLINE.finditer(text)
    ]


def _spelled_hits(text):
    """Look for numbers spelled in Chinese anywhere in a row of numerals.

    A numeral before the number may close a name: 张三一三八….
    """
    hits = []
    for run in _SPELLED_RUN.finditer(text):
        places = [place for place in range(*run.span()) if text[place] not in " -"]
        digits = "".join(text[place] for place in places).translate(_SPELLED)
        for kind, pattern in (("id_card", r"\d{17}[\dX]"), ("mobile", r"1[3-9]\d{9}")):
            for match in re.finditer(f"(?=({pattern}))", digits):
                start, end = places[match.start(1)], places[match.end(1) - 1] + 1
                spelled = sum(ord(char) in _SPELLED for char in text[start:end])
                if spelled > 1 and (kind == "mobile" or _is_id_card(match[1])):
                    hits.append(_hit(kind, start, end, match[1]))
    return hits


def _hit(kind, start, end, digits):
    return Hit(kind, start, end, mask(digits, _MASKS[kind]))


def _apart(hits):
    """Return `hits` in order without those that begin inside another."""
    kept = []
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if not kept or kept[-1].end <= hit.start:
            kept.append(hit)
    return kept
