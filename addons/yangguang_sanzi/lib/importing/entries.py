"""Vouchers out of a list with a line for each of their lines."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby, islice
from typing import NamedTuple

from ..chart import Chart
from ..money import ZERO
from ..public_lines import PublicLines
from ..vouchers import Line, Voucher, flaws
from .accounts import Accounts
from .cells import Records
from .fields import normal
from .sides import amounts

_NUMBER = re.compile(r"(?P<word>\D*?)[\s字第号\-_—－]*(?P<digits>\d+)\s*号?")
# what is said of a whole voucher: by the first of these columns that the list has
_PLACES = {
    "date": ("date",),
    "lines": ("number",),
    "balance": ("debit", "amount"),
    "amount": ("debit", "amount"),
    "account": ("account", "account_name"),
    "counterparty": ("counterparty", "account", "account_name"),
    "proof": ("proof", "number"),
    "handler": ("handler", "number"),
    "line": ("public_line", "account", "account_name"),
}
_PROOFS = {
    "vat": "税务发票 发票 增值税发票 增值税专用发票 增值税普通发票 普通发票 专用发票 电子发票",
    "fiscal": "财政票据 非税收入票据",
    "fin_receipt": "统一收款收据 收款收据",
    "receipt": "收据 收款收据（对方盖章）",
    "self": "自制凭证 工资表 补贴表",
    "slip": "无票 白条 无票“白条”",
}
_PROOF_OF = {normal(name): proof for proof, names in _PROOFS.items() for name in names.split()}


@dataclass(frozen=True)
class Rules:
    """By what the vouchers of a list are judged. `used` are the numbers (as in `Entry`) that are
    booked already; `proof` and `handler` stand where the list says nothing; `handlers` are the
    names that may."""

    chart: Chart
    public_lines: PublicLines
    open_months: frozenset[str]
    today: date
    used: frozenset[str] = frozenset()
    proof: str | None = None
    handler: str | None = None
    handlers: frozenset[str] = frozenset()
    poster: str | None = None


class Entry(NamedTuple):
    """A voucher to be booked: the `row` it begins in, and its `number` in the other program, with
    the month before it, because numbers begin anew every month: 2026-03 记-12."""

    row: int
    number: str
    voucher: Voucher


def entries(records: Records, accounts: Accounts, rules: Rules) -> Iterator[Entry]:
    """Yield the vouchers of `records`; what is wrong with them goes to `records.problems`.

    Lines belong together while month and number stay the same; a line without a number, or without
    a date, goes with the one above it. Those in which something is wrong are yielded as far as they
    could be read: with problems nothing is to be booked.
    """
    seen = {number: None for number in rules.used}
    for _key, lines in groupby(_lines(records), key=lambda line: line.group):
        yield _Reader(records, accounts, rules, list(lines)).entry(seen)


def bunches(entered: Iterable[Entry], most: int) -> Iterator[tuple[str | None, list[Entry]]]:
    """Yield the entries in their order, `most` at a time, each time with the one who handled them
    all."""
    for handler, same in groupby(entered, key=lambda one: one.voucher.handler):
        while bunch := list(islice(same, most)):
            yield handler, bunch


class _Source(NamedTuple):
    row: int
    group: int
    number: str
    record: Mapping[str, str]
    wrong: frozenset[str]


def _lines(records: Records) -> Iterable[_Source]:
    """The rows, each with the count of the voucher it belongs to."""
    group, number, month = 0, "", ""
    for row, record in records:
        own, own_month = _number(record), record.get("date", "")[:7]
        other_month = own and own_month and month and own_month != month
        if group == 0 or (own and own != number) or other_month:
            group, number, month = group + 1, own, ""
        month = month or own_month
        yield _Source(row, group, number, record, frozenset(records.wrong))


def _number(record):
    """The number as 记-12, however it was written; empty when there is none."""
    text = record.get("number", "")
    match = _NUMBER.fullmatch(text)
    if not match:
        return text
    return f"{record.get('word') or match['word'] or '记'}-{int(match['digits'])}"


class _Reader:
    """The lines of one voucher while it is read."""

    def __init__(self, records, accounts, rules, sources):
        self._records = records
        self._accounts = accounts
        self._rules = rules
        self._sources = sources
        # (row or None for the voucher, field) that are told already
        self._told = {(source.row, key) for source in sources for key in source.wrong}
        self._told |= {(None, key) for source in sources for key in source.wrong}

    def entry(self, seen):
        first = self._sources[0]
        day = self._day()
        month = f"{day or self._rules.today:%Y-%m}"
        number = f"{month} {first.number}"
        self._check_number(first, day, number, seen)
        lines = tuple(map(self._line, self._sources))
        proof, handler = self._proof(), self._handler()
        voucher = Voucher(
            day or self._rules.today,
            self._with_public_lines(lines),
            proof=proof,
            handler=handler,
            papers=int(self._said("papers") or 0),
        )
        self._judge(voucher, day)
        return Entry(first.row, number, voucher)

    def _note(self, row, key, text):
        self._records.note(row, _PLACES.get(key, (key,)), text)
        self._told |= {(row, key), (None, key)}

    def _said(self, key):
        """What the first line says that says anything."""
        return next((one.record[key] for one in self._sources if key in one.record), None)

    def _day(self):
        first = self._said("date")
        if first is None:
            if (None, "date") not in self._told:
                self._note(self._sources[0].row, "date", "没有写日期")
            return None
        for source in self._sources:
            if source.record.get("date", first) != first:
                text = f"与第{self._sources[0].row}行是同一张凭证，日期却不相同"
                self._note(source.row, "date", text)
        return date.fromisoformat(first)

    def _check_number(self, first, day, number, seen):
        if not first.number:
            self._note(first.row, "number", "没有写凭证号")
        elif day is not None:
            if number in seen:
                before = f"第{seen[number]}行" if seen[number] else "已经导入的凭证"
                self._note(first.row, "number", f"{number[8:]}在本月出现过，见{before}")
            seen.setdefault(number, first.row)

    def _line(self, source):
        record = source.record
        code, name = record.get("account", ""), record.get("account_name", "")
        target = self._accounts.target(code, name) if code or name else None
        if target is None:
            self._note(source.row, "account", "没有写科目")
        elif target.account is None:
            said = f"{code}「{name}」" if code and name else code or f"「{name}」"
            self._note(source.row, "account", f"科目{said}在本账套里没有对应的科目，请先选好")
        try:
            debit, credit = amounts(record)
        except ValueError as error:
            self._note(source.row, "side", str(error))
            debit = credit = ZERO
            self._told |= {(source.row, "amount"), (None, "amount")}
        if {"debit", "credit", "amount", "side"} & source.wrong:
            self._told |= {(source.row, "amount"), (None, "amount")}
        summary = record.get("summary", "")
        if "proof_number" in record and summary:
            summary = f"{summary}（票据号{record['proof_number']}）"
        return Line(
            (target and target.account) or "",
            debit,
            credit,
            summary,
            self._public_line(source, target, credit),
            record.get("counterparty") or (target and target.counterparty),
        )

    def _public_line(self, source, target, credit):
        """The public line that the list names, or that goes with the account."""
        said = source.record.get("public_line")
        if said:
            for code, line in self._rules.public_lines.by_code.items():
                if said in (line.name, code):
                    return code
            self._note(source.row, "public_line", f"没有公开项目「{said}」")
            self._told |= {(source.row, "line"), (None, "line")}
            return None
        if target is None:
            return None
        return target.in_line if credit else target.out_line

    def _with_public_lines(self, lines):
        """The lines, with public lines only where money is paid or received for something."""
        by_code = self._rules.chart.by_code
        money = {
            line.account
            for line in lines
            if line.account in by_code and by_code[line.account].money
        }
        moves = money and any(line.account not in money for line in lines)
        return tuple(
            replace(line, line=None) if line.line and (not moves or line.account in money) else line
            for line in lines
        )

    def _proof(self):
        said = self._said("proof")
        if said is None:
            return self._rules.proof
        proof = _PROOF_OF.get(normal(said))
        if not proof:
            self._note(self._sources[0].row, "proof", f"没有「{said}」这种票据")
        return proof

    def _handler(self):
        said = self._said("handler")
        if said is None:
            return self._rules.handler
        if said not in self._rules.handlers:
            self._note(self._sources[0].row, "handler", f"没有找到经手人「{said}」")
        elif said == self._rules.poster:
            self._note(self._sources[0].row, "handler", "经手人不能给自己记账")
        return said

    def _judge(self, voucher, day):
        rules = self._rules
        for flaw in flaws(voucher, rules.chart, rules.public_lines, rules.open_months, rules.today):
            row = self._sources[flaw.place - 1].row if flaw.place else None
            if (row, flaw.field) in self._told or (day is None and flaw.field == "date"):
                continue
            if flaw.field == "balance" and (None, "amount") in self._told:
                continue
            self._note(row or self._sources[0].row, flaw.field, flaw.text)
