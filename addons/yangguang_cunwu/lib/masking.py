"""Column masks: what the open web gets to see of a value (PIPL arts. 6, 28: the least needed).

A value that does not look like what its mask expects is starred from end to end, so an odd entry
never shows more than a proper one.
"""

import re
from unicodedata import normalize

_ID_CARD = re.compile(r"(\d{6})\d{8}(\d{3}[\dX])", re.ASCII)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d)\d{4}(\d{4})", re.ASCII)
_ACCOUNT = re.compile(r"\d{8,26}(\d{4})", re.ASCII)
_DOCUMENT_NUMBER = re.compile(r"(\w{2})\w{4,12}(\w)")
_EMAIL = re.compile(r"(\w)[^@\s]*(@[\w.\-]+)", re.ASCII)
_GROUPING = re.compile(r"[\s\-]")

_NAME_SEPARATOR = re.compile(r"([、,\uff0c;\uff1b/\n]+)")
_NAME = re.compile(r"(?P<name>.*?)(?P<remark>[(\uff08].*)?", re.DOTALL)
_REMARK_TEXT = re.compile(r"[^()\uff08\uff09]")
# remarks that say nothing about a person
_OPEN_REMARKS = {"示例", "虚构"}
_NOT_A_NAME = {"", "无", "—", "-", "/"}

# a blank, a colon or 的 inside tells that more than the name of an organisation was written
_ORGANISATION = re.compile(
    r"""
    [^\s:\uff1a的]{2,}(?:公司|集团|企业|工作室|经营部|服务部|工程队|施工队
      |合作社|联合社|合作联社|经联社|经济社|供销社|信用社
      |村委会|居委会|委员会|理事会|监事会|董事会|基金会|协会|商会|工会
      |党委|党总支|党支部|政府|街道办|办事处|办公室|管理处|中心|基地
      |银行|支行|分行|农商行|商行|商店|商场|超市|饭店|酒店|药店|粮店|小卖部|工厂|砖厂|茶厂|水厂
      |加油站|服务站|学校|小学|中学|大学|学院|幼儿园|医院|卫生院|卫生站|卫生室|敬老院
      |派出所|供电所|事务所|研究所|财政所|农场|林场|茶场|果场|养殖场)
    # one-character endings could close a name of four characters
    | [^\s:\uff1a的]{4,}[所局厂店社院]
    """,
    re.VERBOSE,
)


def mask(value: str | None, kind: str) -> str | None:
    """Return `value` as the public may see it; empty values stay as they are.

    `kind` is the mask of the column: "none", "partial_name", "id_card", "phone" or "bank"; what is
    found in text knows "document_number", "email" and "hidden" as well. Raises ValueError for any
    other kind.
    """
    if kind not in _MASKS:
        raise ValueError(f"unknown mask: {kind}")
    return _MASKS[kind](value) if value else value


def _names(text):
    """Mask each name of a list; separators stay."""
    return "".join(
        part if _NAME_SEPARATOR.fullmatch(part) else _name(part)
        for part in _NAME_SEPARATOR.split(text)
    )


def _name(text):
    if text.strip() in _NOT_A_NAME or _is_organisation(text):
        return text
    match = _NAME.fullmatch(text)
    name, remark = match["name"], match["remark"] or ""
    masked = name if _is_organisation(name) else _person(name)
    if remark[1:-1] not in _OPEN_REMARKS:
        remark = _REMARK_TEXT.sub("*", remark)
    return masked + remark


def _is_organisation(text):
    name = normalize("NFKC", text).strip()
    return bool(_ORGANISATION.fullmatch(name)) and name.count("(") == name.count(")")


def _person(name):
    """Keep the first character (of a compound surname too) and what only spaces a name out."""
    start = len(name) - len(name.lstrip())
    hidden = "".join(
        char if char in "\u00b7\u2022\u30fb" or char.isspace() else "*" for char in name
    )
    if len(name.strip()) < 2 or not name[start].isalpha():
        return hidden
    return hidden[:start] + name[start] + hidden[start + 1 :]


def _pattern_mask(pattern, shown):
    def masked(text):
        compact = _GROUPING.sub("", normalize("NFKC", text)).upper()
        match = pattern.fullmatch(compact)
        return shown(match, compact) if match else "*" * len(text)

    return masked


_MASKS = {
    "none": lambda text: text,
    "partial_name": _names,
    "id_card": _pattern_mask(_ID_CARD, lambda match, _text: f"{match[1]}********{match[2]}"),
    "phone": _pattern_mask(_MOBILE, lambda match, _text: f"{match[1]}****{match[2]}"),
    "document_number": _pattern_mask(
        _DOCUMENT_NUMBER, lambda match, text: f"{match[1]}{'*' * (len(text) - 3)}{match[2]}"
    ),
    "email": _pattern_mask(_EMAIL, lambda match, _text: f"{match[1]}****{match[2]}".lower()),
    "hidden": lambda text: "*" * len(text),
    "bank": _pattern_mask(_ACCOUNT, lambda match, text: f"{'*' * (len(text) - 4)}{match[1]}"),
}
