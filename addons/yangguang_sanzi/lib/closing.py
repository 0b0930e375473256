"""The end of a month and of a year."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from odoo.addons.yangguang_cunwu.lib.periods import Period

from .chart import Chart
from .ledger import Key
from .money import ZERO
from .vouchers import Line, Voucher, number_text

DECEMBER = 12


def close_problems(
    month: str,
    earlier_open: Iterable[str],
    drafts: int,
    missing_numbers: Iterable[int],
    negative_money: Iterable[str],
    unexplained: Iterable[str],
) -> list[str]:
    """Return what keeps `month` ("2026-03") from being closed, as sentences; empty when nothing.

    `earlier_open`: months before it that are still open. `drafts`: how many vouchers of it are not
    posted. `missing_numbers`: see `vouchers.gaps`. `negative_money`: names of money accounts below
    nil at its end. `unexplained`: names of money accounts that are not reconciled.
    """
    found = [
        f"{_label(before)}还没有结账，要按月份先后结账。" for before in sorted(earlier_open)[:1]
    ]
    if drafts:
        found.append(f"还有{drafts}张凭证没有记账。")
    if missing := list(missing_numbers):
        found.append(f"凭证断号：{'、'.join(map(number_text, missing))}。")
    found += [f"「{name}」的余额为负数。" for name in negative_money]
    found += [f"「{name}」与对账单（盘点数）没有核对一致。" for name in unexplained]
    if found:
        found.insert(0, f"{_label(month)}不能结账：")
    return found


def carry_over(chart: Chart, closing: Mapping[Key, Decimal], year: int) -> list[Voucher]:
    """Return the vouchers that end `year`, from the balances on 31 December.

    First income and expense go to the result of the year, then the result goes to what is
    undistributed, then what was distributed is taken off it: account by account, whoever the
    counterparties were. A voucher with nothing to carry is left out. Afterwards only the account
    of the undistributed result holds a balance among them.
    """
    moved = {}
    for (code, _counterparty), amount in closing.items():
        moved[code] = moved.get(code, ZERO) + amount
    steps = (
        ("结转本年收支", chart.result, [one for one in moved if chart.by_code[one].is_temporary]),
        ("结转本年收益", chart.undistributed, [chart.result]),
        (
            "结转已分配收益",
            chart.undistributed,
            [one for one in moved if chart.by_code[one].distribution],
        ),
    )
    vouchers = []
    for summary, target, sources in steps:
        lines = [
            _line(source, -moved.get(source, ZERO), summary)
            for source in sorted(sources)
            if moved.get(source, ZERO)
        ]
        carried = sum((moved.pop(source, ZERO) for source in sources), ZERO)
        moved[target] = moved.get(target, ZERO) + carried
        if carried:
            lines.append(_line(target, carried, summary))
        if lines:
            vouchers.append(Voucher(date(year, DECEMBER, 31), tuple(lines), kind="carry_over"))
    return vouchers


def _label(month):
    return Period.parse(month).label


def _line(account, amount, summary):
    """The line that moves the balance of `account` by `amount`, debit positive."""
    side = {"debit": amount} if amount > 0 else {"credit": -amount}
    return Line(account, summary=summary, **side)
