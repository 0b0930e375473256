"""Vouchers: what one is, what makes it fit to be posted, and how a posted one is reversed."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import NamedTuple

from odoo.addons.yangguang_cunwu.lib.periods import Period

from .chart import Chart
from .money import ZERO
from .public_lines import PublicLines

# ordinary; balances the books begin with; the carry-over at the end of a year; the reversal of
# another in red
KINDS = ("entry", "opening", "carry_over", "reversal")
# the kinds of proof are those of the disclosure sheets (T_CW02, T_CW10)
PROOFS = ("vat", "fiscal", "fin_receipt", "receipt", "self", "slip")


@dataclass(frozen=True)
class Line:
    """A line: one account, one side. `line` is the public line, None where no money moves."""

    account: str
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    summary: str = ""
    line: str | None = None
    counterparty: str | None = None

    @property
    def net(self) -> Decimal:
        """Debit minus credit."""
        return self.debit - self.credit


@dataclass(frozen=True)
class Voucher:
    """A voucher of `date`. `proof` is one of PROOFS, `handler` the person who handled the money;
    both are needed where money moves. `papers` are attached to it."""

    date: date
    lines: tuple[Line, ...]
    kind: str = "entry"
    proof: str | None = None
    handler: str | None = None
    papers: int = 0

    @property
    def month(self) -> str:
        """The period it is booked in: 2026-03. Opening balances lie on the day before theirs."""
        day = self.date + timedelta(days=1) if self.kind == "opening" else self.date
        return f"{day:%Y-%m}"


def number_text(number: int) -> str:
    """Return how a voucher's number is written: 记001. Numbers begin anew every month."""
    return f"记{number:03d}"


def title(day: date, number: int) -> str:
    """Return how a posted voucher is named: 2026年3月记001."""
    return Period.of("month", day).label + number_text(number)


def gaps(numbers: list[int]) -> list[int]:
    """Return what is missing among the `numbers` of one month, which should be 1, 2, 3 …"""
    present = set(numbers)
    return [number for number in range(1, max(present, default=0) + 1) if number not in present]


def reversal(voucher: Voucher, number: int, day: date) -> Voucher:
    """Return the voucher that undoes `voucher`, posted under `number`: the same lines in red,
    booked on `day`.

    Amounts keep their side and become negative (会计基础工作规范, art. 51), so that the turnover of
    every account is again what it should be, and not twice as much.
    Raises ValueError for anything but an ordinary voucher: a carry-over follows from the others,
    opening balances are no business of the period, what was reversed wrongly is booked anew.
    """
    if voucher.kind != "entry":
        raise ValueError("只有普通凭证可以冲销")
    summary = f"冲销{title(voucher.date, number)}"
    lines = tuple(
        replace(line, debit=ZERO - line.debit, credit=ZERO - line.credit, summary=summary)
        for line in voucher.lines
    )
    return replace(voucher, date=day, lines=lines, kind="reversal", papers=0)


class Flaw(NamedTuple):
    """What keeps a voucher back: the place of the line from 1 (None: the voucher as a whole), the
    field of `Line` or `Voucher` it is about ("amount": either side), and the sentence."""

    place: int | None
    field: str
    text: str

    def __str__(self):
        return f"第{self.place}行：{self.text}" if self.place else self.text


def problems(
    voucher: Voucher,
    chart: Chart,
    public_lines: PublicLines,
    open_months: frozenset[str],
    today: date,
) -> list[str]:
    """Return what keeps `voucher` from being posted `today`, as sentences with their place; empty
    when it may be posted. `open_months` are the months that can be booked in."""
    return list(map(str, flaws(voucher, chart, public_lines, open_months, today)))


def flaws(
    voucher: Voucher,
    chart: Chart,
    public_lines: PublicLines,
    open_months: frozenset[str],
    today: date,
) -> list[Flaw]:
    """Return what `problems` tells, each with its place."""
    found = []
    if voucher.month not in open_months:
        label = Period.parse(voucher.month).label
        found.append(Flaw(None, "date", f"{label}没有开账或者已经结账，不能记账。"))
    if voucher.date > today:
        found.append(Flaw(None, "date", "凭证日期还没有到。"))
    if len(voucher.lines) < 2:
        found.append(Flaw(None, "lines", "一张凭证至少要有两行分录。"))
    for place, line in enumerate(voucher.lines, 1):
        found += [Flaw(place, *flaw) for flaw in _line_flaws(line, voucher, chart)]
    difference = sum((line.net for line in voucher.lines), ZERO)
    if difference:
        text = f"借方合计与贷方合计不相等，相差{abs(difference):,.2f}元。"
        found.append(Flaw(None, "balance", text))
    if not found and voucher.kind == "opening":
        found += _opening_flaws(voucher, chart)
    elif not found:
        found += _money_flaws(voucher, chart, public_lines)
    return found


def _line_flaws(line, voucher, chart):
    if not line.summary.strip():
        yield "summary", "没有写摘要。"
    for text in _amount_problems(line, voucher.kind == "reversal"):
        yield "amount", text
    account = chart.by_code.get(line.account)
    if account is None:
        yield "account", f"没有编号为{line.account}的科目。"
    elif not chart.is_leaf(line.account):
        yield "account", f"「{account.name}」下面还有明细科目，请选明细科目。"
    elif not account.in_force(voucher.date):
        yield "account", f"「{account.name}」在{voucher.date.isoformat()}不能使用。"
    elif account.owed and not line.counterparty:
        yield "counterparty", f"「{account.name}」要写明往来单位或者个人。"


def _amount_problems(line, red):
    if bool(line.debit) == bool(line.credit):
        yield "借方和贷方要填一个，也只能填一个，金额不能为零。"
    if not red and (line.debit < 0 or line.credit < 0):
        yield "金额不能为负数，要更正请用红字冲销。"
    if any(amount.as_tuple().exponent < -2 for amount in (line.debit, line.credit)):
        yield "金额的小数不能超过两位。"


def _opening_flaws(voucher, chart):
    for place, line in enumerate(voucher.lines, 1):
        account = chart.by_code[line.account]
        if account.is_temporary or account.distribution or account.code == chart.result:
            text = f"账从一月一日开始，「{account.name}」没有期初余额。"
            yield Flaw(place, "account", text)


def _money_flaws(voucher, chart, public_lines):
    """What a voucher that moves money needs: one place of money, a public line beside each entry
    it is for, a proof and a handler. Money carried between places needs no public line."""
    places = {line.account for line in voucher.lines if chart.by_code[line.account].money}
    others = [
        (place, line) for place, line in enumerate(voucher.lines, 1) if line.account not in places
    ]
    if places and others:
        if len(places) > 1:
            text = "一张凭证只能从一个现金或者银行账户收付款，请分开填制。"
            yield Flaw(None, "account", text)
        if voucher.proof not in PROOFS:
            yield Flaw(None, "proof", "收付款凭证要选票据种类。")
        if not voucher.handler:
            yield Flaw(None, "handler", "收付款凭证要写经手人。")
    for place, line in others:
        account = chart.by_code[line.account]
        for text in _public_line_problems(line, account, public_lines, bool(places)):
            yield Flaw(place, "line", text)
    for place, line in enumerate(voucher.lines, 1):
        if line.account in places and line.line:
            yield Flaw(place, "line", "现金和银行存款的分录不填公开项目。")


def _public_line_problems(line, account, public_lines, moves_money):
    if not moves_money:
        if line.line:
            yield "没有收付款，不填公开项目。"
        return
    direction = "in" if line.credit else "out"
    chosen = public_lines.by_code.get(line.line)
    if chosen and chosen.direction == direction and public_lines.fits(line.line, account):
        return
    choices = public_lines.choices(account, direction)
    if not choices:
        yield f"「{account.name}」不能直接与现金、银行存款对应。"
    else:
        names = "、".join(public_lines.by_code[code].name for code in choices)
        yield f"请选公开项目，「{account.name}」可以选：{names}。"
