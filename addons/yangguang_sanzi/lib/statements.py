"""The balance sheet (T_CW11) and the statement of income and distribution (T_CW12).

The keys are those of the fixed rows of the two sheets. Both come from the same balances as the
trial balance, so they tie to it and to each other: what is left undistributed at the end is the
same figure in both.
"""

from collections.abc import Mapping
from decimal import Decimal

from .chart import Chart
from .ledger import Balance, Key
from .money import ZERO

ASSET_LINES = (
    "cash",
    "short_investment",
    "receivables",
    "inventory",
    "consumable_bio",
    "long_investment",
    "fixed_net",
    "construction",
    "fixed_disposal",
    "productive_bio_net",
    "public_bio",
    "intangible_net",
    "deferred",
    "pending_loss",
)
LIABILITY_LINES = (
    "short_loan",
    "payables",
    "wages",
    "labour_fee",
    "tax_payable",
    "long_loan",
    "one_case_fund",
    "special_payable",
)
EQUITY_LINES = ("capital", "reserve", "undistributed")
# shown at cost and with what is deducted, before the net
_GROSS_LINES = ("fixed_cost", "fixed_depr")
# lines whose figure is a balance on the credit side
_CREDIT_LINES = frozenset((*LIABILITY_LINES, *EQUITY_LINES, "fixed_depr"))
_PLAIN_LINES = (
    *(line for line in ASSET_LINES if line != "fixed_net"),
    *_GROSS_LINES,
    *LIABILITY_LINES,
    *EQUITY_LINES,
)

_INCOME_LINES = ("op_income", "invest_income", "subsidy", "other_income")
_EXPENSE_LINES = (
    "op_expense",
    "tax_surcharge",
    "admin_expense",
    "public_expense",
    "other_expense",
    "income_tax",
)
_DISTRIBUTION_LINES = ("to_reserve", "to_members", "to_others")


def balance_sheet(chart: Chart, closing: Mapping[Key, Decimal]) -> dict[str, Decimal]:
    """Return every line of the balance sheet, totals included, from `closing` balances.

    An account with an `owed` line stands among the assets for those who owe and among the debts
    for those who are owed; nothing is set off between two counterparties.
    """
    sheet = dict.fromkeys(_PLAIN_LINES, ZERO)
    for (code, _counterparty), amount in closing.items():
        account = chart.by_code[code]
        turned = account.owed and (amount < 0) == (account.side == "debit")
        line = account.owed if turned else account.balance
        sheet[line] += -amount if line in _CREDIT_LINES else amount
    sheet["fixed_net"] = sheet["fixed_cost"] - sheet["fixed_depr"]
    sheet["asset_total"] = _sum(sheet, ASSET_LINES)
    sheet["liab_total"] = _sum(sheet, LIABILITY_LINES)
    sheet["equity_total"] = _sum(sheet, EQUITY_LINES)
    return sheet


def income_statement(
    chart: Chart, opening: Mapping[Key, Decimal], year: Mapping[Key, Balance]
) -> dict[str, Decimal]:
    """Return every line of the statement of income and distribution.

    `opening` are the balances at the start of the year, `year` the turnover since then without
    the vouchers of kind carry_over, which move the result and earn none.
    """
    sheet = dict.fromkeys(
        (*_INCOME_LINES, *_EXPENSE_LINES, *_DISTRIBUTION_LINES, "other_transfer"), ZERO
    )
    for (code, _counterparty), balance in year.items():
        account = chart.by_code[code]
        gain = balance.credit - balance.debit
        if account.income:
            sheet[account.income] += -gain if account.income in _EXPENSE_LINES else gain
        elif account.distribution:
            name = account.distribution
            sheet[name] += -gain if name in _DISTRIBUTION_LINES else gain
        elif account.balance == "undistributed":
            # booked straight to the result: neither earned nor distributed this year
            sheet["other_transfer"] += gain
    sheet["opening_undist"] = balance_sheet(chart, opening)["undistributed"]
    sheet["op_profit"] = (
        sheet["op_income"]
        + sheet["invest_income"]
        - _sum(sheet, ("op_expense", "tax_surcharge", "admin_expense"))
    )
    sheet["total_profit"] = (
        sheet["op_profit"]
        + _sum(sheet, ("subsidy", "other_income"))
        - _sum(sheet, ("public_expense", "other_expense"))
    )
    sheet["net_profit"] = sheet["total_profit"] - sheet["income_tax"]
    sheet["distributable"] = _sum(sheet, ("net_profit", "opening_undist", "other_transfer"))
    sheet["closing_undist"] = sheet["distributable"] - _sum(sheet, _DISTRIBUTION_LINES)
    return sheet


def _sum(sheet, lines):
    return sum((sheet[line] for line in lines), ZERO)
