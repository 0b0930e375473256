"""Identity, telephone and bank-card numbers.

Numbers that merely look alike (division codes, dates, amounts, credit codes) are told apart by
check digits, dates and usual groupings. The functions take plain text (`plain.Plain`).
"""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import NamedTuple

import phonenumbers
from stdnum import luhn
from stdnum.cn import ric

from .. import credit_code
from .plain import SPELLED, digits_of

CHILDHOOD_ENDS = 14  # years; below it every datum about a person is sensitive (PIPL art. 31)


class Found(NamedTuple):
    """Something found in plain text; `value` is its canonical writing."""

    kind: str
    start: int
    end: int
    value: str


# the longest is a disability certificate: an identity number, its class and its grade
_LONGEST = 20

# ten digits or more with little between them, from the first one; all else is skipped at once
_STRETCH = re.compile(
    r"\d(?<!\d\d)(?:[\s\-./()\u00b7]{0,3}\d){9,}(?:[\s\-]?[Xx](?![A-Za-z]))?", re.ASCII
)
_GROUP = re.compile(r"\d+(?:[Xx](?![A-Za-z]))?|[Xx]", re.ASCII)
_GAP = re.compile(r"[\s\-.\u00b7]{1,3}")
_LINE_END = re.compile(r"[ \t]*\r?\n[ \t]*")
_BEFORE_ON_LINE = re.compile(r"[^\s\d.,\-][^\n]*\Z")
_ALPHANUMERIC = re.compile(r"[0-9A-Za-z]+")
_SPELLED_RUN = re.compile(f"[{''.join(map(chr, SPELLED))}0-9Xx \\-]{{11,}}")

# 15 digits, until 1999: earlier birth years would catch division codes followed by a serial
_OLD_ID = re.compile(r"[1-8]\d{5}(?P<date>[3-9]\d{5})\d{3}", re.ASCII)
_NEW_ID = re.compile(r"[1-9]\d{16}[\dX]", re.ASCII)
_CERTIFICATE_END = re.compile(r"[1-7][1-4]", re.ASCII)
_MOBILE = re.compile(r"(?:0|(?:00)?86)?(1[3-9]\d{9})", re.ASCII)
# not a contract number made of a division code of the South (41–46) and a serial
_CARD = re.compile(
    r"""(?!4[1-6](?:[0-2]\d|5[1-3])(?:[0-2]\d|8[1-4]))[345]\d{15} | [45]\d{18}
        | (?:6[029]|9\d)\d{14,17} | 103\d{16}""",
    re.ASCII | re.VERBOSE,
)
_LANDLINE = re.compile(
    r"""(?<![\d.-])(?:(?:\+86|0086)[\s-]?\(?0?|\(?0)(?P<area>10|2\d|[3-9][1-9]\d|90\d|701)\)?
        [\s-]{0,3}(?P<number>[2-8]\d{2,3}[\s-]?\d{4})(?!\d)""",
    re.ASCII | re.VERBOSE,
)
# such a telephone is there to be published
_OFFICE = re.compile(
    r"(?:监督|举报|投诉|咨询|服务|办公|办公室|值班|热线|报警|报名|村委会?|居委会?|党群服务中心)"
    r"(?:联系)?(?:电话|热线|专线)?(?:号码)?[:\s]{0,3}(?:[^\s,。;]{2,12}[:\s])?\Z"
)
_FOREIGN = re.compile(r"(?:\+|0(?<!\w0)0)(?!86)[1-9](?:[ \t\-()]{0,2}\d){7,14}(?!\d)", re.ASCII)
_PART = re.compile(r"\d{1,17}[Xx]?", re.ASCII)
_MOBILE_SHAPES = {(3, 4, 4), (3, 8), (7, 4), (4, 3, 4), (5, 6)}


def numbers(text: str, today: date) -> Iterator[Found]:
    """Yield the numbers written in digits, also across one line end or little gaps."""
    for stretch in _STRETCH.finditer(text):
        groups = list(_GROUP.finditer(text, *stretch.span()))
        first = 0
        while first < len(groups):
            count, found = _longest(text, groups, first, today)
            if found and (
                found.kind in ("id_card", "minor_id") or not _in_credit_code(text, found)
            ):
                yield found
            first += count
        # a parenthesis around the area code may stand just before the stretch
        for match in _LANDLINE.finditer(text, max(0, stretch.start() - 1), stretch.end()):
            if _is_landline(match) and not _is_office(text, match.start()):
                yield Found(
                    "landline", *match.span(), f"0{match['area']}-{_digits(match['number'])}"
                )
    if "+" in text or "00" in text:
        yield from _foreign(text)


def spelled(text: str, today: date) -> Iterator[Found]:
    """Yield the numbers spelled in Chinese anywhere in a row of numerals.

    A numeral before the number may close a name: 张三一三八….
    """
    for run in _SPELLED_RUN.finditer(text):
        places = [place for place in range(*run.span()) if text[place] not in " -"]
        digits = digits_of("".join(text[place] for place in places)).upper()
        for pattern in (r"\d{17}[\dX]", r"1[3-9]\d{9}", r"\d{19}", r"\d{16}"):
            for match in re.finditer(f"(?=({pattern}))", digits):
                start, end = places[match.start(1)], places[match.end(1) - 1] + 1
                numerals = sum(ord(char) in SPELLED for char in text[start:end])
                kind = numerals > 1 and _kind(match[1], (len(match[1]),), today)
                if kind:
                    yield Found(kind, start, end, match[1])


def joined(left: str, right: str, today: date) -> Found | None:
    """The number that two neighbouring cells make up, neither being one by itself.

    Only what a check digit proves, and 138 | 00001234: amounts stand side by side as well.
    """
    digits = f"{left}{right}".upper()
    if not _PART.fullmatch(left) or not _PART.fullmatch(right) or _kind(left, (1,), today):
        return None
    if is_id_card(digits) or (len(left) == 3 and _MOBILE.fullmatch(digits)):
        kind = _kind(digits, (1,), today)
        return Found(kind, 0, len(digits), digits) if kind else None
    return None


def is_id_card(digits: str) -> bool:
    """Whether `digits` (an X in capitals) are an identity number of 18 places."""
    return bool(
        _NEW_ID.fullmatch(digits)
        and ric.calc_check_digit(digits) == digits[-1]
        and _date(digits[6:14])
        and digits[6:8] in ("19", "20")
    )


def is_minor(birth: date, today: date) -> bool:
    """Whether somebody born on `birth` is under 14 on `today`, and born by then."""
    years = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
    return 0 <= years < CHILDHOOD_ENDS


def _longest(text, groups, first, today):
    """The number of groups taken, and the longest number that starts with the group `first`."""
    best = (1, None)
    digits, shape = "", ()
    for last in range(first, len(groups)):
        group = groups[last]
        if last > first:
            gap = text[groups[last - 1].end() : group.start()]
            if gap and not _GAP.fullmatch(gap):
                break
            wrapped = _LINE_END.fullmatch(gap) and _BEFORE_ON_LINE.search(
                text, text.rfind("\n", 0, groups[first].start()) + 1, groups[last - 1].start()
            )
            if wrapped or group[0] in "Xx":
                shape = (*shape[:-1], shape[-1] + len(group[0]))
            else:
                shape += (len(group[0]),)
        else:
            shape = (len(group[0]),)
        digits += group[0].upper()
        if len(digits) > _LONGEST:
            break
        if kind := _kind(digits, shape, today):
            span = groups[first].start(), group.end()
            best = (last - first + 1, Found(kind, *span, digits))
    return best


def _kind(digits, shape, today):
    """Return the kind of number `digits` is, written in groups of the lengths `shape`."""
    if is_id_card(digits) or _is_certificate(digits):
        birth = _date(digits[6:14])
        if birth > today:
            return None  # a number of a contract, with its end
        return "minor_id" if is_minor(birth, today) else "id_card"
    whole = len(shape) == 1 or set(shape) == {1}
    if _is_old_id_card(digits) and (whole or shape == (6, 6, 3)):
        return "id_card"
    if _MOBILE.fullmatch(digits.rstrip("X")) and (whole or _is_mobile_shape(digits, shape)):
        return "mobile"
    usual = whole or len(shape) == 2 or set(shape[:-1]) == {4}
    if usual and _CARD.fullmatch(digits) and luhn.is_valid(digits):
        return "bank_card"
    return None


def _is_mobile_shape(digits, shape):
    """Whether the groups are those of a mobile number, with or without +86 before it."""
    prefix = len(digits) - 11
    return shape in _MOBILE_SHAPES or (
        prefix > 0 and shape[0] == prefix and (shape[1:] in _MOBILE_SHAPES or len(shape) == 2)
    )


def _is_certificate(digits):
    return (
        len(digits) == _LONGEST
        and bool(_CERTIFICATE_END.fullmatch(digits[18:]))
        and is_id_card(digits[:18])
    )


def _is_old_id_card(digits):
    match = _OLD_ID.fullmatch(digits)
    return bool(match and _date("19" + match["date"]))


def _date(digits):
    """The date written as eight digits, None when it is none."""
    try:
        return datetime.strptime(digits, "%Y%m%d").date()
    except ValueError:
        return None


def _in_credit_code(text, found):
    """Whether the digits are part of an organisation's credit code."""
    start = max(0, found.start - 18)
    for run in _ALPHANUMERIC.finditer(text, start, found.end + 18):
        if run.start() <= found.start < run.end():
            return len(run[0]) == 18 and credit_code.is_valid(run[0].upper())
    return False


def _is_landline(match):
    number = phonenumbers.PhoneNumber(
        country_code=86, national_number=int(match["area"] + _digits(match["number"]))
    )
    return phonenumbers.is_valid_number(number)


def _is_office(text, start):
    return _OFFICE.search(text[max(0, start - 24) : start])


def _foreign(text):
    for match in _FOREIGN.finditer(text):
        written = "+" + _digits(match[0]).removeprefix("00")
        try:
            number = phonenumbers.parse(written)
        except phonenumbers.NumberParseException:
            continue
        # a plus leaves no doubt; zeros stand before many a number
        proven = (
            phonenumbers.is_possible_number if match[0][0] == "+" else phonenumbers.is_valid_number
        )
        if proven(number):
            yield Found("foreign_phone", *match.span(), written)


def _digits(text):
    return re.sub(r"\D", "", text)
