"""The finance sheets as the books fill them.

Each function takes `Facts` and gives what is known of its sheet; what only people know (reasons,
plans, who approved) is typed beside it. The figures of all sheets come from the same vouchers, so
the cross-checks between them hold.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from odoo.addons.yangguang_cunwu.lib.source import Source

from .chart import Account, Chart
from .ledger import Balance, Key
from .money import ZERO
from .receipts import MoneyRow, by_line
from .vouchers import number_text

# lines of the balance sheet that list what is owed one by one (GJ06)
_DEBTS = ("short_loan", "payables", "wages", "labour_fee", "long_loan")
# public lines that the sheet of administrative and running costs lists one by one (GJ04)
_RUNNING_COSTS = frozenset({"out_office", "out_press"})
_ADMINISTRATION = "513"
# columns of every sheet that lists entries one by one
_ENTRY = frozenset({"date", "voucher_no", "summary", "proof", "handler"})


@dataclass(frozen=True)
class Place:
    """An account of cash or bank: where it is held, and what was stated or counted at the end."""

    account: Account
    held_at: str
    number: str | None
    stated: Decimal | None
    explanation: str | None


@dataclass(frozen=True)
class Facts:
    """What the books say of a period. `rows` are the receipts and payments of the year up to the
    end of the period, `rows_before` those of the same time a year before (None when the books
    begin later); `balances` are those of the period. The statements are as `lib.statements` gives
    them, `sheet` with the start of the year first."""

    organisation: str
    chart: Chart
    start: date
    rows: tuple[MoneyRow, ...]
    rows_before: tuple[MoneyRow, ...] | None
    balances: Mapping[Key, Balance]
    sheet: Mapping[str, tuple[Decimal, Decimal]]
    income: Mapping[str, Decimal]
    income_before: Mapping[str, Decimal] | None
    places: tuple[Place, ...]

    @property
    def current(self) -> list[MoneyRow]:
        """The receipts and payments of the period itself."""
        return [row for row in self.rows if row.date >= self.start]

    def money(self, account: Account) -> Balance:
        """The balance of one account of cash or bank."""
        return sum(
            (one for (code, _who), one in self.balances.items() if code == account.code), Balance()
        )


def money_rows(facts: Facts) -> Source:
    """T_CW02: receipts and payments one by one."""
    places = [facts.money(place.account) for place in facts.places]
    return Source(
        tuple(
            {
                "seq": str(number),
                **_entry(row),
                "channel": row.channel,
                "account": row.account,
                "line2011": row.line,
                "counterparty": row.counterparty,
                "receipt": _text(row.receipt),
                "payment": _text(row.payment),
            }
            for number, row in enumerate(facts.current, 1)
        ),
        _ENTRY
        | {
            *("seq", "channel", "account", "line2011", "counterparty"),
            *("receipt", "payment", "balance"),
        },
        ("date", "voucher_no", "summary", "receipt", "payment"),
        _header(facts)
        | {
            "opening_balance": _text(sum((one.opening for one in places), ZERO)),
            "closing_balance": _text(sum((one.closing for one in places), ZERO)),
        },
    )


def balances(facts: Facts) -> Source:
    """T_CW03: cash and bank, account by account."""
    rows = []
    for place in facts.places:
        balance = facts.money(place.account)
        rows.append(
            {
                "place": place.held_at,
                "account_no": place.number,
                "opening": _text(balance.opening),
                "receipts": _text(balance.debit),
                "payments": _text(balance.credit),
                "statement": _text(balance.closing if place.stated is None else place.stated),
                "explain": place.explanation,
            }
        )
    known = frozenset(
        {
            *("place", "account_no", "statement", "diff"),
            *("opening", "receipts", "payments", "closing"),
        }
    )
    return Source(tuple(rows), known, ("place", "account_no"), _header(facts))


def receipts(facts: Facts) -> Source:
    """T_CW04: receipts by public line and account."""
    return _summed(facts, "receipt")


def payments(facts: Facts) -> Source:
    """T_CW05: payments by public line and account."""
    return _summed(facts, "payment")


def running_costs(facts: Facts) -> Source:
    """T_CW06: administrative and running costs one by one."""
    return Source(
        tuple(
            {**_entry(row), "amount": _text(row.payment)}
            for row in facts.current
            if row.account == _ADMINISTRATION and row.line in _RUNNING_COSTS
        ),
        _ENTRY | {"amount"},
        ("date", "voucher_no", "summary", "amount"),
        _header(facts),
    )


def claims(facts: Facts) -> Source:
    """T_CW08: who owes what. A counterparty of 内部往来 that owes at one end of the period and is
    owed at the other stands here and among the debts, each time with its own part."""
    return _listed(facts, ("receivables",), 1, "debtor", "decrease")


def debts(facts: Facts) -> Source:
    """T_CW09: who is owed what."""
    return _listed(facts, _DEBTS, -1, "creditor", "repaid")


def slips(facts: Facts) -> Source:
    """T_CW10: the papers of all payments one by one."""
    return Source(
        tuple(
            {
                **_entry(row),
                "attachments": str(row.papers),
                "payee": row.counterparty,
                "amount": _text(row.payment),
                "pay_method": "cash" if row.channel == "cash" else "transfer",
                "rectify": "wait" if row.proof == "slip" else "na",
            }
            for row in facts.current
            if row.payment
        ),
        _ENTRY | {"attachments", "amount", "pay_method"},
        ("date", "voucher_no", "summary", "amount"),
        _header(facts),
    )


def balance_sheet(facts: Facts) -> Source:
    """T_CW11."""
    return Source(
        tuple(
            {"key": key, "opening": _text(opening), "closing": _text(closing)}
            for key, (opening, closing) in facts.sheet.items()
        ),
        frozenset({"opening", "closing"}),
        header=_header(facts),
    )


def income_statement(facts: Facts) -> Source:
    """T_CW12; last year's figures are typed when the books do not go back so far."""
    before = facts.income_before
    return Source(
        tuple(
            {"key": key, "current": _text(amount)}
            | ({"previous": _text(before[key])} if before else {})
            for key, amount in facts.income.items()
        ),
        frozenset({"current", "previous"} if before else {"current"}),
        header=_header(facts),
    )


def bank_accounts(facts: Facts) -> Source:
    """T_SZ01: the accounts at banks."""
    rows = [
        {
            "bank": place.held_at,
            "account_name": facts.organisation,
            "account_no": place.number,
            "owner_kind": "org",
            "closing": _text(facts.money(place.account).closing),
        }
        for place in facts.places
        if place.account.money == "bank"
    ]
    known = frozenset({"bank", "account_no", "closing"})
    return Source(tuple(rows), known, ("bank", "account_no"), _header(facts))


# item of the catalogue -> what fills it
SHEETS = {
    "CW02": money_rows,
    "CW03": balances,
    "CW04": receipts,
    "CW05": payments,
    "CW06": running_costs,
    "CW08": claims,
    "CW09": debts,
    "CW10": slips,
    "CW11": balance_sheet,
    "CW12": income_statement,
    "SZ01": bank_accounts,
}


def _header(facts):
    return {"org": facts.organisation}


def _entry(row):
    return {
        "date": row.date.isoformat(),
        "voucher_no": number_text(row.number),
        "summary": row.summary,
        "proof": row.proof,
        "handler": row.handler,
    }


def _summed(facts, side):
    """Amounts of one side by public line and account: of the period, of the year, of last year."""
    rows = [row for row in facts.rows if getattr(row, side)]
    current = by_line([row for row in rows if row.date >= facts.start])
    year = by_line(rows)
    before = by_line([row for row in facts.rows_before or () if getattr(row, side)])
    known = {"line2011", "account", "current", "ytd", "over"}
    if facts.rows_before is not None:
        known.add("last_ytd")
    return Source(
        tuple(
            {
                "line2011": key[0],
                "account": key[1],
                "current": _text(current.get(key, ZERO)),
                "ytd": _text(year.get(key, ZERO)),
                **({"last_ytd": _text(before.get(key, ZERO))} if "last_ytd" in known else {}),
            }
            for key in sorted({*year, *before})
        ),
        frozenset(known),
        ("line2011", "account"),
        _header(facts),
    )


def _listed(facts, lines, sign, who, less):
    """Claims (sign 1) or debts (-1) in accounts of `lines` of the balance sheet, one by one."""
    rows = []
    for (code, counterparty), balance in sorted(
        facts.balances.items(), key=lambda item: (item[0][0], item[0][1] or "")
    ):
        account = facts.chart.by_code[code]
        if account.balance in lines or account.owed in lines:
            amounts = _movement(balance, sign, divided=account.owed is not None)
            if any(amounts):
                names = ("opening", "increase", less, "closing")
                rows.append(
                    {who: counterparty or account.name, "account": account.root}
                    | dict(zip(names, map(_text, amounts), strict=True))
                )
    known = frozenset({who, "account", "opening", "increase", less, "closing"})
    return Source(tuple(rows), known, (who, "account"), _header(facts))


def _movement(balance, sign, divided):
    """Opening, increase, decrease and closing of a claim (sign 1) or debt (-1).

    Where one account holds both (`divided`), only the part on the own side counts; what crosses
    over in the period is one increase or decrease.
    """
    opening, closing = sign * balance.opening, sign * balance.closing
    more, less = (balance.debit, balance.credit)[::sign]
    if divided and (opening < 0 or closing < 0):
        opening, closing = max(opening, ZERO), max(closing, ZERO)
        more, less = max(closing - opening, ZERO), max(opening - closing, ZERO)
    return opening, more, less, closing


def _text(amount):
    return f"{amount:.2f}"
