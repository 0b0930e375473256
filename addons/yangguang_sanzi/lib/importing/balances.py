"""The balances that books begin with, out of a list of accounts, as the opening voucher."""

from datetime import date, timedelta

from ..chart import Chart
from ..money import ZERO
from ..public_lines import PublicLines
from ..vouchers import Line, Voucher, flaws
from .accounts import Accounts
from .cells import Records
from .sides import amounts

SUMMARY = "期初余额"
_PLACES = {
    "account": ("account", "account_name"),
    "counterparty": ("counterparty", "account", "account_name"),
    "amount": ("debit", "amount"),
}


def opening(
    records: Records,
    accounts: Accounts,
    chart: Chart,
    public_lines: PublicLines,
    begins: date,
    open_months: frozenset[str],
) -> Voucher:
    """Return the opening voucher of books that begin on `begins`; what is wrong goes to
    `records.problems`.

    Accounts without a balance are passed over, and so are those of which the list has details:
    these say the same once more. What goes to the same account and counterparty is added up.
    """
    found, rows = {}, {}
    for row, record, balance in _details(records):
        target = accounts.target(record.get("account", ""), record.get("account_name", ""))
        if target.account is None:
            said = record.get("account") or record.get("account_name")
            records.note(
                row, _PLACES["account"], f"科目「{said}」在本账套里没有对应的科目，请先选好"
            )
            continue
        key = target.account, record.get("counterparty") or target.counterparty
        found[key] = found.get(key, ZERO) + balance
        rows.setdefault(key, row)
    kept = [key for key, balance in found.items() if balance]
    lines = tuple(
        Line(
            account,
            max(found[account, counterparty], ZERO),
            max(-found[account, counterparty], ZERO),
            SUMMARY,
            counterparty=counterparty,
        )
        for account, counterparty in kept
    )
    voucher = Voucher(begins - timedelta(days=1), lines, "opening")
    if not records.problems:
        first = min(rows.values(), default=1)
        for flaw in flaws(voucher, chart, public_lines, open_months, begins):
            row = rows[kept[flaw.place - 1]] if flaw.place else first
            records.note(row, _PLACES.get(flaw.field, (flaw.field, "debit", "amount")), flaw.text)
    return voucher


def _details(records: Records):
    """(row, record, balance with debit positive) of each account without details in the list."""
    read, codes = [], set()
    for row, record in records:
        code = record.get("account", "")
        if not code and "account_name" not in record:
            if not records.wrong:
                records.note(row, _PLACES["account"], "没有写科目")
            continue
        try:
            debit, credit = amounts(record)
        except ValueError as error:
            records.note(row, "side", str(error))
            debit = credit = ZERO
        read.append((row, record, code, debit - credit))
        codes.add(code)
    above = {code[:length] for code in codes for length in range(1, len(code))} & codes
    for row, record, code, balance in read:
        if code not in above and balance:
            yield row, record, balance
        elif code in above:
            _check_sum(records, row, code, balance, read, above)


def _check_sum(records, row, code, balance, read, above):
    """Notes an account whose details do not add up to it."""
    below = (each for each in read if each[2].startswith(code) and each[2] not in above)
    details = sum((one for *_record, one in below), ZERO)
    if details != balance:
        text = f"科目{code}与下面的明细合计相差{abs(details - balance):,.2f}元"
        records.note(row, _PLACES["amount"], text)
