"""Passports, number plates, e-mail addresses, accounts and house numbers.

The functions take plain text (`plain.Plain`) and the label of the column it stands in.
"""

import re
from collections.abc import Iterator
from datetime import datetime

from .numbers import Found

# the shapes of ordinary passports: they need no word beside them
_PASSPORT = re.compile(r"[EG]\d{8}|E[A-HJ-NP-Z]\d{7}", re.ASCII)
# one or two letters and digits, apart by little
_PAPER = re.compile(
    r"[A-Za-z](?:[ \t\-]?[A-Za-z])?[ \t\-]?\d(?:[ \t\-]?\d){6,9}(?![A-Za-z0-9\-])", re.ASCII
)
_LONGER = re.compile(r"[A-Za-z0-9\-.]\Z", re.ASCII)
# diplomatic and service passports, passes to and from Hong Kong, Macau and Taiwan
_PASS = re.compile(r"(?:[DSPCHMKLTEGW][A-Z]?\d{7,10}|1[45]\d{7})", re.ASCII)
_PASS_WORD = re.compile(r"(?:护照|通行证|回乡证|台胞证|旅行证)[^\s。;]{0,10}[\s:]{0,3}\Z")
_PASS_LABEL = re.compile("护照|通行证|回乡证|台胞证|旅行证|证件")

_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE = re.compile(
    rf"""[{_PROVINCES}]\s?[A-HJ-NP-Za-hj-np-z][\s\-.\u00b7]{{0,2}}
        (?:(?P<energy>[DFdf](?:\s?[A-HJ-NP-Za-hj-np-z0-9])(?:\s?\d){{4}} | (?:\d\s?){{5}}[DFdf])
        | (?P<usual>(?:[A-HJ-NP-Za-hj-np-z0-9][\s\-]?){{4}}[A-HJ-NP-Za-hj-np-z0-9学警挂港澳]))
        (?![A-Za-z0-9])""",
    re.VERBOSE | re.ASCII,
)

_EMAIL = re.compile(
    r"""[A-Za-z0-9](?:[A-Za-z0-9._%+\-]{0,62}[A-Za-z0-9])?\s{0,2}(?:@|[(\[]at[)\]])\s{0,2}
        [A-Za-z0-9\-]+(?:\s?\.\s?[A-Za-z0-9\-]+){0,3}\s?\.\s?[A-Za-z]{2,10}(?![A-Za-z])""",
    re.VERBOSE | re.ASCII,
)
# addresses of offices are there to be published
_OFFICE_DOMAIN = re.compile(r"[@.]gov\.cn\Z")

_ACCOUNT = re.compile(
    r"""(?:社保卡|社会保障卡|医保卡|一卡通|存折|银行卡|储蓄卡|个人账[户号])
        \)?(?:账[户号]|卡号|号码|号)?(?:为|是)?[\s:]{0,3}(?P<number>\d(?:[ \t\-]?\d){8,24})""",
    re.VERBOSE | re.ASCII,
)
_ACCOUNT_LABEL = re.compile("社保卡|社会保障|一卡通|存折|银行卡|卡号|账号|账户")
_ACCOUNT_NUMBER = re.compile(r"\s*(?P<number>\d(?:[ \t\-]?\d){8,24})\s*", re.ASCII)

_ADDRESS = re.compile(
    r"""(?:(?:家庭|户籍|现|居)住?(?:住址|地址|所在地|址|居住地)|现居住?|住址|家住|住在)
        [^\S\n]?[:为在]?[^\S\n]?
        (?P<one>[^\s,\uff0c。;\uff1b]{2,30}?[\d一二三四五六七八九十百]{1,5}(?:号|室|房))
        | (?P<two>\d{1,3}\s?(?:栋|幢|座|号楼)(?:\s?\d{1,2}\s?单元)?\s?\d{3,4}(?:室|房|号))""",
    re.VERBOSE | re.ASCII,
)
_ADDRESS_WORDS = re.compile("住|户籍|栋|幢|座|号楼")
_ADDRESS_LABEL = re.compile("住址|家庭地址|户籍地|居住地|门牌")
_HOUSE_NUMBER = re.compile(r".*[\d一二三四五六七八九十百](?:号|室|房|幢|栋).*", re.DOTALL)


def passports(text: str, label: str) -> Iterator[Found]:
    """Yield passports by their shape, and other travel papers beside a word or under a label."""
    for match in _PAPER.finditer(text):
        if _LONGER.search(_before(text, match.start(), 1)):
            continue
        value = _compact(match[0])
        named = _PASS_LABEL.search(label) or _PASS_WORD.search(_before(text, match.start(), 24))
        if (named and _PASS.fullmatch(value)) or _is_passport(value):
            yield Found("passport", *match.span(), value)
    if _PASS_LABEL.search(label) and _PASS.fullmatch(_compact(text)):
        yield Found("passport", 0, len(text), _compact(text))


def plates(text: str, _label: str) -> Iterator[Found]:
    """Yield number plates of cars, the green ones of new-energy cars too."""
    for match in _PLATE.finditer(text):
        value = _compact(match[0]).replace(".", "").replace("\u00b7", "")
        if sum(map(str.isdigit, value[2:])) >= 3 or match["energy"]:
            yield Found("plate", *match.span(), value)


def emails(text: str, _label: str) -> Iterator[Found]:
    """Yield e-mail addresses other than those of government offices."""
    if "@" not in text and "at)" not in text and "at]" not in text:
        return
    for match in _EMAIL.finditer(text):
        value = re.sub(r"[(\[]at[)\]]", "@", "".join(match[0].split())).lower()
        if not _OFFICE_DOMAIN.search(value):
            yield Found("email", *match.span(), value)


def accounts(text: str, label: str) -> Iterator[Found]:
    """Yield account numbers without a check digit, which a word before them or a label names."""
    for match in _ACCOUNT.finditer(text):
        yield Found("account", *match.span("number"), _compact(match["number"]))
    if _ACCOUNT_LABEL.search(label) and (match := _ACCOUNT_NUMBER.fullmatch(text)):
        yield Found("account", *match.span("number"), _compact(match["number"]))


def addresses(text: str, label: str) -> Iterator[Found]:
    """Yield homes told down to the house number."""
    if _ADDRESS_LABEL.search(label) and _HOUSE_NUMBER.fullmatch(text):
        yield Found("address", 0, len(text), _compact(text))
    elif _ADDRESS_WORDS.search(text):
        for match in _ADDRESS.finditer(text):
            group = match.lastgroup
            yield Found("address", *match.span(group), _compact(match[group]))


def _is_passport(value):
    """Whether it is a passport by itself: not a letter before a date, as equipment is numbered."""
    if not _PASSPORT.fullmatch(value):
        return False
    try:
        datetime.strptime(value[1:], "%Y%m%d")
    except ValueError:
        return True
    return False


def _before(text, place, count):
    return text[max(0, place - count) : place]


def _compact(text):
    return re.sub(r"[\s\-]", "", text).upper()
