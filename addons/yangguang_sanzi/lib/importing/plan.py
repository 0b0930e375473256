"""What a list that was read comes to."""

from collections.abc import Iterable
from itertools import islice
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.amounts import yuan

from ..chart import Chart
from ..money import ZERO
from ..public_lines import PublicLines
from ..vouchers import Voucher
from .registers import Item

_SHOWN = 30


class Plan(NamedTuple):
    """The `things` to be made, `count` of them from `lines`; the first lines as they would stand,
    and the sums by account, as texts whose first row is their head."""

    things: list
    count: int
    lines: int
    rows: list[tuple[str, ...]]
    totals: list[tuple[str, ...]]


def of_vouchers(
    things: list, numbered: Iterable[tuple[str, Voucher]], chart: Chart, public_lines: PublicLines
) -> Plan:
    """Return the plan of `things` that hold the `numbered` vouchers, each with its number."""
    vouchers = list(numbered)
    sums: dict[str, list] = {}
    for _number, voucher in vouchers:
        for line in voucher.lines:
            total = sums.setdefault(line.account, [ZERO, ZERO])
            total[0] += line.debit
            total[1] += line.credit
    lines = (
        (
            voucher.date.isoformat(),
            number,
            line.summary,
            _named(line.account, chart),
            _plain(line.debit),
            _plain(line.credit),
            line.counterparty or "",
            public_lines.by_code[line.line].name if line.line else "",
        )
        for number, voucher in vouchers
        for line in voucher.lines
    )
    totals = [
        (_named(code, chart), *map(_plain, sums[code]))
        for code in sorted(sums)
        if code in chart.by_code
    ]
    whole = [sum((one[side] for one in sums.values()), ZERO) for side in (0, 1)]
    return Plan(
        things,
        len(vouchers),
        sum(len(voucher.lines) for _number, voucher in vouchers),
        [
            ("日期", "凭证号", "摘要", "科目", "借方", "贷方", "往来单位", "公开项目"),
            *islice(lines, _SHOWN),
        ],
        [("科目", "借方", "贷方"), *totals, ("合计", *map(_plain, whole))],
    )


def of_items(items: list[Item], heads: dict[str, str]) -> Plan:
    """Return the plan of assets or contracts, of a list with `heads` by field."""
    rows = [tuple(item.said.get(key, "") for key in heads) for item in items[:_SHOWN]]
    return Plan(items, len(items), len(items), [tuple(heads.values()), *rows], [])


def _named(code, chart):
    account = chart.by_code.get(code)
    return f"{code} {account.name}" if account else ""


def _plain(amount):
    exponent = amount.as_tuple().exponent
    return yuan(amount) if amount and exponent >= -2 else ""
