"""What WeChat takes in a subscribe message, as its page on parameter kinds says."""

import re

_HAN = "[\u3400-\u4dbf\u4e00-\u9fff]"
_DAY = r"(\d{4}年\d{1,2}月\d{1,2}日|\d{4}-\d{1,2}-\d{1,2})"
_CLOCK = r"([01]?\d|2[0-3]):[0-5]\d(:[0-5]\d)?"
KINDS = {
    "thing": r".{1,20}",
    "character_string": r"[!-~]{1,32}",
    "number": r"-?[\d.]{1,32}",
    "letter": r"[A-Za-z]{1,32}",
    "symbol": r"[!-/:-@\[-`{-~]{1,5}",
    "time": rf"({_DAY} ?)?{_CLOCK}( ?~ ?({_DAY} ?)?{_CLOCK})?",
    "date": rf"{_DAY}( {_CLOCK})?( ?~ ?{_DAY}( {_CLOCK})?)?",
    "amount": r"[¥$€]?\d{1,10}(\.\d+)?元?",
    "phone_number": r"[0-9+() -]{1,17}",
    "car_number": r".{1,8}",
    "name": rf"({_HAN}{{1,10}}|[ -~·]{{1,20}}|.{{1,10}})",
    "phrase": rf"{_HAN}{{1,5}}",
    "enum": r".{1,20}",
    "enum_string": r".{1,20}",
}


def wrong_field(template: dict, data: object) -> str | None:
    """Return the field of a message that breaks a rule, None when all are right."""
    wanted = re.findall(r"\{\{(\w+)\.DATA\}\}", template["content"])
    if not isinstance(data, dict):
        return wanted[0]
    for field in wanted:
        value = data.get(field)
        text = value.get("value") if isinstance(value, dict) else None
        kind = field.rstrip("0123456789")
        if not isinstance(text, str) or not re.fullmatch(KINDS[kind], text):
            return field
        if any(ord(one) < 32 for one in text):
            return field
    return None
