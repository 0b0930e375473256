"""The accounts of another program in ours: proposed by code and name, kept once they are chosen."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import NamedTuple

from ..chart import Account, Chart
from ..public_lines import PublicLines

_PARTS = re.compile(r"\s*[-_/\\|—–·:：>]+\s*")
_SIGNS = re.compile(r"[\s.\-_/]")
# what older systems and other programs call accounts of 2023
_OTHER_NAMES = {
    "现金": "库存现金",
    "库存商品": "库存物资",
    "应收款项": "应收款",
    "应收账款": "应收款",
    "其他应收款": "应收款",
    "应付款项": "应付款",
    "应付账款": "应付款",
    "其他应付款": "应付款",
    "发包及上交收入": "经营收入",
    "管理费": "管理费用",
    "公益金": "公积公益金",
}
# what the names of details say about the public line
_HINTS = (
    ("in_lease", "租"),
    ("in_contract", "发包|承包|上交"),
    ("in_sale", "销售|产品|服务"),
    ("in_running", "运转"),
    ("in_special", "专项"),
    ("in_donate", "捐"),
    ("in_land", "征地|土地补偿"),
    ("in_dispose", "处置|变卖"),
    ("out_press", "报刊|书报"),
    ("out_pay", "报酬|工资|误工|补贴|补助|津贴"),
    ("out_office", "办公|差旅|会议|卫生|治安|水电|电费|电话|网络|印刷|交通|维修|培训"),
    ("out_donate", "捐"),
    ("out_land", "征地|土地补偿"),
    ("out_public", "公益|福利|慰问|敬老|助学"),
)


class Target(NamedTuple):
    """Where entries of another program's account are booked: our account, the counterparty that
    its name says, and the public lines of money that comes in or goes out with it."""

    account: str | None
    counterparty: str | None = None
    in_line: str | None = None
    out_line: str | None = None


@dataclass
class Accounts:
    """The accounts of another program. `known` are those that somebody has chosen, by code (by
    name where the list has no codes); others are proposed. `used` are those of the list that was
    read: name and target by the same key."""

    chart: Chart
    public_lines: PublicLines
    known: Mapping[str, Target]
    used: dict[str, tuple[str, Target]] = field(default_factory=dict)

    def target(self, code: str, name: str) -> Target:
        """Return where entries of this account go; its account is None when nobody knows."""
        key = code or name
        if key not in self.used:
            target = self.known.get(key) or propose(code, name, self.chart, self.public_lines)
            self.used[key] = name, target
        return self.used[key][1]


def propose(code: str, name: str, chart: Chart, public_lines: PublicLines) -> Target:
    """Return where entries of the account `code` `name` would go. The name counts more than the
    code: programs still have codes of older systems."""
    parts = [_OTHER_NAMES.get(part, part) for part in _PARTS.split(name) if part]
    account = _account(_SIGNS.sub("", code), parts, chart)
    if account is None:
        return Target(None)
    details = [part for part in parts if part != account.name]
    counterparty = details[-1] if details and account.settles else None
    lines = (_line(account, name, direction, public_lines) for direction in ("in", "out"))
    return Target(account.code, counterparty, *lines)


def _account(code, parts, chart):
    coded = next(
        (
            chart.by_code[code[:length]]
            for length in range(len(code), 2, -1)
            if code[:length] in chart.by_code
        ),
        None,
    )
    if not parts:
        return _leaf(coded, parts, chart)
    lineage = {coded.name, chart.by_code[coded.root].name} if coded else set()
    if lineage & set(parts):
        return _leaf(coded, parts, chart)
    named = [one for part in reversed(parts) for one in chart.accounts if one.name == part]
    return _leaf(named[0], parts, chart) if named else None


def _leaf(account: Account | None, parts, chart):
    """The account itself, or the detail below it that `parts` name, or the only one it has."""
    if account is None or chart.is_leaf(account.code):
        return account
    below = [
        one
        for one in chart.accounts
        if one.code.startswith(account.code) and chart.is_leaf(one.code)
    ]
    named = [one for one in below if one.name in parts]
    found = named or below
    return found[0] if len(found) == 1 else None


def _line(account, name, direction, public_lines):
    """The public line that the name hints at, or the only one there is."""
    choices = public_lines.choices(account, direction)
    for code, words in _HINTS:
        if code in choices and re.search(words, name):
            return code
    named = [code for code in choices if public_lines.by_code[code].name in name]
    found = named or choices
    return found[0] if len(found) == 1 else None
