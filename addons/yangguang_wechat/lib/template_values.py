"""The values of a subscribe message: each keyword takes only what its kind allows (else 47003).

Source: WeChat's page on subscribe messages, table of parameter kinds. Characters are counted as
JavaScript counts them, so that no emoji makes a text longer than it looks.
"""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

_KEYWORD = re.compile(r"\{\{\s*([a-z_]+?)(\d*)\.DATA\s*\}\}")
_HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
_ELLIPSIS = "…"


def keywords(content: str) -> list[tuple[str, str]]:
    """Return (label, keyword) for each line of a template's content `会议时间:{{date2.DATA}}`."""
    found = []
    for line in content.splitlines():
        if match := _KEYWORD.search(line):
            label = line[: match.start()].strip().rstrip(":：")
            found.append((label, match[1] + match[2]))
    return found


def shaped(keyword: str, value: str) -> str:
    """Return `value` as `keyword` (`thing1`, `time2` …) takes it.

    Dates and times come as "2026-10-08" or "2026-10-08 09:00", amounts as "1234.50". Raises
    ValueError, with a sentence, for what cannot be said in this kind of keyword.
    """
    kind = keyword.rstrip("0123456789")
    text = _KINDS.get(kind, _thing)(_one_line(value))
    if not text:
        raise ValueError(f"消息模板的「{keyword}」不能填「{value}」。")
    return text


def _one_line(text):
    """Without line breaks, control characters and halves of pairs."""
    kept = (" " if one.isspace() else one for one in text)
    return " ".join("".join(one for one in kept if unicodedata.category(one)[0] != "C").split())


def _units(text):
    return len(text.encode("utf-16-le")) // 2


def _cut(text, longest):
    """The text, or its beginning and an ellipsis, in at most `longest` characters."""
    if _units(text) <= longest:
        return text
    while _units(text) > longest - 1:
        text = text[:-1]
    return text.rstrip() + _ELLIPSIS


def _thing(text):
    return _cut(text, 20)


def _only(pattern, longest):
    """A kind that takes nothing else than the characters of `pattern`; the others go."""
    wanted = re.compile(pattern)
    return lambda text: "".join(wanted.findall(text))[:longest]


def _number(text):
    return text if re.fullmatch(r"-?\d{1,24}(\.\d{1,6})?", text, re.ASCII) else ""


def _amount(text):
    try:
        amount = Decimal(text)
    except InvalidOperation:
        return ""
    if not amount.is_finite() or not 0 <= amount < 10**10:
        return ""
    return f"¥{amount:.2f}"


def _moment(text):
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _day(text):
    moment = _moment(text)
    return moment and _written(moment) + (f" {moment:%H:%M}" if len(text) > 10 else "")


def _time(text):
    moment = _moment(text)
    return moment and f"{_written(moment)} {moment:%H:%M}"


def _written(moment: date):
    return f"{moment.year:04d}年{moment.month}月{moment.day}日"


def _name(text):
    return _cut(text, 10 if _HAN.search(text) or not text.isascii() else 20)


_KINDS = {
    "thing": _thing,
    "character_string": _only(r"[!-~]", 32),
    "number": _number,
    "letter": _only(r"[A-Za-z]", 32),
    "symbol": _only(r"[!-/:-@\[-`{-~]", 5),
    "time": _time,
    "date": _day,
    "amount": _amount,
    "phone_number": _only(r"[0-9+() -]", 17),
    "car_number": lambda text: text if _units(text) <= 8 else "",
    "name": _name,
    "phrase": _only(_HAN.pattern, 5),
}
