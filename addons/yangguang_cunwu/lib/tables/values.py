"""Values of cells: from what people type to the canonical string, and back to what they read.

A stored value is a string or None (unknown). Money has two places ("1234.50"), a date is ISO, a
selection is its option's value. For every canonical value,
`parse(column, format(column, value)) == value`.
"""

import re
import unicodedata
from datetime import date
from decimal import ROUND_HALF_UP, Decimal, DivisionByZero, InvalidOperation, Overflow
from decimal import Context as DecimalContext

from .template import Column, HeaderField

TEXT_LIMIT = 2000
NAME_LIMIT = 100
# integer digits a number may have; money is below 10^13 yuan
DIGITS = {"money": 13, "integer": 12, "area_mu": 9}
PLACES = {"money": 2, "integer": 0, "area_mu": 4}
YEARS = range(1900, 2101)
ZERO = Decimal(0)
# room for the product of several columns; what a cell cannot hold is refused afterwards
ARITHMETIC = DecimalContext(
    prec=60, rounding=ROUND_HALF_UP, traps=[InvalidOperation, DivisionByZero, Overflow]
)

# control characters, and the invisible ones that change the order or the look of others
_HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_LINE_END = re.compile("\r\n?|\u2028|\u2029|\x85")
_NUMBER = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>[0-9]+|[0-9]{1,3}(?:[ ,][0-9]{3})+)(?:\.(?P<fraction>[0-9]+))?"
)
_CURRENCY = re.compile(r"^([+-]?) ?¥ ?")
_DATES = (
    re.compile(r"([0-9]{4}) ?([-/.]) ?([0-9]{1,2}) ?\2 ?([0-9]{1,2})"),
    re.compile(r"([0-9]{4}) ?(年) ?([0-9]{1,2}) ?月 ?([0-9]{1,2}) ?[日号]"),
    re.compile(r"([0-9]{4})()([0-9]{2})([0-9]{2})"),
)
_PHONE = re.compile(r"(?=(?:-?[0-9]){3,16}$)[0-9]+(?:-[0-9]+)*")
_ID_CARD = re.compile(r"[0-9]{17}[0-9X]")
_BANK_ACCOUNT = re.compile(r"[0-9]{8,30}")
# not NFKC, which would also make 102 of 10²
_NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans(
    "\uffe5−‐‑–\u3000\xa0\u2009\u202f", "¥----    "
)
_CANONICAL = {
    "money": re.compile(r"(?!-0\.00)-?(?:0|[1-9][0-9]{0,12})\.[0-9]{2}"),
    "integer": re.compile(r"0|-?[1-9][0-9]{0,11}"),
}


def parse(column: Column | HeaderField, text: str | None) -> str | None:
    """The canonical form of what somebody typed for `column`; None for nothing.

    Raises ValueError with a sentence for the person who typed it.
    """
    if text is None:
        return None
    if not isinstance(text, str):
        raise ValueError("内容应为文字")
    pattern = _CANONICAL.get(column.type)
    if pattern and pattern.fullmatch(text):
        return text
    text = clean(text)
    return _PARSERS[column.type](column, text) if text else None


def is_canonical(column: Column | HeaderField, value: str | None) -> bool:
    """Whether `value` is as `parse` gives it; raises ValueError as `parse` does."""
    pattern = _CANONICAL.get(column.type)
    if pattern and isinstance(value, str) and pattern.fullmatch(value):
        return True
    return parse(column, value) == value


def format(column: Column | HeaderField, value: str | None) -> str:
    """`value` as people read it: 1,234.50, the option's label, 2026-03-05; "" for None."""
    if value is None:
        return ""
    if column.type == "money":
        return f"{Decimal(value):,}"
    if column.type == "selection":
        return next((o.label for o in column.options if o.value == value), value)
    return value


def clean(text: str) -> str:
    """`text` in NFC with plain line ends, without characters nobody can see, trimmed."""
    return unicodedata.normalize("NFC", visible(text)).strip()


def visible(text: str) -> str:
    """`text` with plain line ends, without characters nobody can see."""
    if text.isprintable():  # so is everything that is taken out here
        return text
    return _HIDDEN.sub("", _LINE_END.sub("\n", text).replace("\t", " "))


def to_python(column: Column | HeaderField, value: str | None) -> Decimal | date | str | None:
    """The canonical `value` as something to compute with."""
    if value is None:
        return None
    if column.type in PLACES:
        return Decimal(value)
    return date.fromisoformat(value) if column.type == "date" else value


def from_decimal(column: Column | HeaderField, number: Decimal) -> str:
    """The canonical string of a computed `number`, rounded half up to the column's places.

    Raises ValueError when it has more digits than the column holds.
    """
    if number.adjusted() < DIGITS[column.type]:
        text = decimal_text(column, number)
        if len(text.removeprefix("-").partition(".")[0]) <= DIGITS[column.type]:
            return text
    raise ValueError("算出的数字过大，请核对所填的各项")


def decimal_text(column: Column | HeaderField, number: Decimal) -> str:
    """`number` written with the column's places, rounded half up, whatever its size."""
    places = PLACES[column.type]
    if column.type != "area_mu" or number.as_tuple().exponent < -places:
        number = number.quantize(Decimal(1).scaleb(-places), context=ARITHMETIC)
    # plus: there is no -0.00 yuan
    return f"{ARITHMETIC.plus(number):f}"


def narrow(text: str) -> str:
    """`text` with full-width letters, digits, signs and spaces as the half-width ones."""
    return text.translate(_NARROW).strip()


def _parse_text(column, text):
    if len(text) > TEXT_LIMIT:
        raise ValueError(f"文字过长，最多{TEXT_LIMIT}字，现有{len(text)}字")
    return text


def _parse_name(column, text):
    text = " ".join(text.split())
    if len(text) > NAME_LIMIT:
        raise ValueError(f"姓名过长，最多{NAME_LIMIT}字")
    return text


def _parse_number(column, text):
    text = narrow(text)
    if "%" in text:
        raise ValueError("只填数字，不要带百分号")
    if column.unit:
        text = text.removesuffix(narrow(column.unit)).rstrip()
    if column.type == "money":
        text = _CURRENCY.sub(r"\1", text, count=1).removesuffix("元").rstrip()
    match = _NUMBER.fullmatch(text)
    if not match:
        raise ValueError(_EXPECTED[column.type])
    whole = re.sub("[ ,]", "", match["whole"]).lstrip("0") or "0"
    if len(whole) > DIGITS[column.type]:
        raise ValueError(f"数字过大，整数部分最多{DIGITS[column.type]}位")
    number = whole + _fraction(column, match["fraction"] or "")
    negative = match["sign"] == "-" and Decimal(number) != 0
    return f"-{number}" if negative else number


def _fraction(column, digits):
    if column.type == "integer":
        if digits.strip("0"):
            raise ValueError("应填整数，不能有小数")
        return ""
    places = PLACES[column.type]
    if len(digits) > places:
        raise ValueError(f"最多{places}位小数，请按原始单据填写")
    if column.type == "money":
        digits = digits.ljust(places, "0")
    return f".{digits}" if digits else ""


def _parse_date(column, text):
    text = narrow(text)
    match = next((m for pattern in _DATES if (m := pattern.fullmatch(text))), None)
    if not match:
        raise ValueError(_EXPECTED["date"])
    year, month, day = (int(match[group]) for group in (1, 3, 4))
    if year not in YEARS:
        raise ValueError(f"年份应在{YEARS[0]}年至{YEARS[-1]}年之间")
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        raise ValueError(f"没有{year}年{month}月{day}日这一天") from None


def _parse_selection(column, text):
    if any(option.value == text for option in column.options):
        return text
    for option in column.options:
        if narrow(text) in (narrow(option.value), narrow(option.label)):
            return option.value
    labels = [option.label for option in column.options]
    hint = "、".join(labels[:12]) + ("等" if len(labels) > 12 else "")
    raise ValueError(f"没有「{text[:20]}」这一项，可填：{hint}")


def _parse_digits(pattern, sentence):
    def parse_digits(column, text):
        text = re.sub(r"\s", "", narrow(text)).upper()
        if not pattern.fullmatch(text):
            raise ValueError(sentence)
        return text

    return parse_digits


_EXPECTED = {
    "money": "应填数字，如 1234.50",
    "integer": "应填整数，如 12",
    "area_mu": "应填数字，最多四位小数，如 18.6",
    "date": "应填日期，如 2026-03-05",
}
_PARSERS = {
    "text": _parse_text,
    "person_name": _parse_name,
    "money": _parse_number,
    "integer": _parse_number,
    "area_mu": _parse_number,
    "date": _parse_date,
    "selection": _parse_selection,
    "phone": _parse_digits(_PHONE, "应填电话号码，如 0663-1234567 或 13800000000"),
    "id_card": _parse_digits(_ID_CARD, "应填18位公民身份号码"),
    "bank_account": _parse_digits(_BANK_ACCOUNT, "应填账号，8至30位数字"),
}
