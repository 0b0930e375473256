"""Receipts and payments as they are disclosed: entry by entry (T_CW02), and summed up by public
line and account (T_CW04, T_CW05)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from .chart import Chart
from .money import ZERO
from .vouchers import Voucher


@dataclass(frozen=True)
class MoneyRow:
    """Money received or paid for one purpose. One of the two amounts is nil; in a reversal the
    other one is below nil. `channel` is "cash" or "bank", `account` a code of the first level."""

    date: date
    number: int
    channel: str
    account: str
    line: str
    summary: str
    counterparty: str | None
    proof: str
    handler: str
    receipt: Decimal
    payment: Decimal
    papers: int = 0


def money_rows(chart: Chart, posted: Iterable[tuple[int, Voucher]]) -> list[MoneyRow]:
    """Return a row for each entry that stands beside cash or bank, in the order of `posted`, which
    are (number, voucher).

    Money that is only carried from one place to another is neither received nor paid. What the
    rows add up to is what cash and bank have gained.
    """
    rows = []
    for number, voucher in posted:
        channel = next(
            (kind for line in voucher.lines if (kind := chart.by_code[line.account].money)), None
        )
        rows += [
            MoneyRow(
                voucher.date,
                number,
                channel,
                chart.by_code[line.account].root,
                line.line,
                line.summary,
                line.counterparty,
                voucher.proof,
                voucher.handler,
                line.credit,
                line.debit,
                voucher.papers,
            )
            for line in voucher.lines
            if channel and line.line
        ]
    return rows


def by_line(rows: Iterable[MoneyRow]) -> dict[tuple[str, str], Decimal]:
    """Return what `rows` add up to for each (public line, account), receipts and payments alike:
    a public line is one or the other."""
    sums = {}
    for row in rows:
        key = row.line, row.account
        sums[key] = sums.get(key, ZERO) + row.receipt + row.payment
    return sums
