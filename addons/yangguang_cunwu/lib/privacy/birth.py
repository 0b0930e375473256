"""Birth dates of children under 14, written in any of the usual ways."""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from .numbers import Found, is_minor
from .plain import digits_of

_NUMERAL = "[〇○零一二三四五六七八九壹贰叁肆伍陆柒捌玖]"
_SMALL = "(?:[0-9]{1,2}|[一二三]?十[一二三四五六七八九]?|[一二三四五六七八九])"
_DATE = (
    rf"(?P<year>(?:19|20)[0-9]{{2}}|{_NUMERAL}{{4}})\s?[年./\-]\s?(?P<month>{_SMALL})"
    rf"(?:\s?[月./\-]\s?(?P<day>{_SMALL})\s?[日号]?|\s?月)?"
)
_COMPACT_DATE = r"(?P<year>(?:19|20)[0-9]{2})(?P<month>[01][0-9])(?P<day>[0-3][0-9])"
# the lookbehind comes late, so that the search skips over all that is neither 出 nor 生
_WORD = re.compile("出生|生于|生日|生(?<=[日号月年]生)(?![产活态长效育猪])")
_AFTER_WORD = re.compile(rf"(?:日期|年月日?|时间|于|在|为|是|[\s:()])*(?:{_DATE})")
_AFTER_WORD_COMPACT = re.compile(
    rf"(?:日期|年月日?|时间|于|在|为|是|[\s:()])*{_COMPACT_DATE}(?![0-9])"
)
_BEFORE_WORD = re.compile(rf"(?:{_DATE})\s?(?:,\s?)?\Z")
_ALONE = re.compile(rf"\s*(?:{_DATE})(?:\s00:00:00)?\s*")
_ALONE_COMPACT = re.compile(rf"\s*{_COMPACT_DATE}\s*")
_LABEL = re.compile("出生|生日")
# what a date takes at most
_WINDOW = 24


def births(text: str, label: str, today: date) -> Iterator[Found]:
    """Yield birth dates of children under 14 on `today`: beside 出生, or under such a label."""
    if _LABEL.search(label):
        yield from _found(_ALONE.fullmatch(text) or _ALONE_COMPACT.fullmatch(text), 0, today)
    for word in _WORD.finditer(text):
        end = word.end()
        after = text[end : end + _WINDOW]
        match = _AFTER_WORD.match(after) or _AFTER_WORD_COMPACT.match(after)
        start = max(0, word.start() - _WINDOW)
        before = _BEFORE_WORD.search(text[start : word.start()])
        yield from _found(match, end, today)
        yield from _found(before, start, today)


def _found(match, offset, today):
    if not match:
        return
    year = int(digits_of(match["year"]))
    month = _small(match["month"])
    day = _small(match["day"]) if match["day"] else None
    try:
        # of a month, its last day: the youngest that the child can be
        birth = date(year, month, day or monthrange(year, month)[1])
    except ValueError:
        return
    if is_minor(min(birth, today) if not day else birth, today):
        start, end = match.start("year"), match.end()
        yield Found(
            "minor_birth", offset + start, offset + end, birth.isoformat()[: 10 if day else 7]
        )


def _small(text):
    """A number below 40, in digits or Chinese."""
    if text.isdecimal():
        return int(text)
    tens, ten, units = text.rpartition("十")
    value = int(digits_of(units)) if units else 0
    if ten:
        value += 10 * (int(digits_of(tens)) if tens else 1)
    return value
