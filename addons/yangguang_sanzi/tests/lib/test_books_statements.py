"""The invariants of the books: whatever is posted, everything that is computed from it ties."""

from collections import defaultdict
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from books_sets import CHART, LINES, MONTHS, TODAY, YEAR, openings, voucher_sets
from hypothesis import given

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.tables import complete
from odoo.addons.yangguang_sanzi.lib.closing import carry_over, close_problems
from odoo.addons.yangguang_sanzi.lib.ledger import account_ledger, balances, total, trial_balance
from odoo.addons.yangguang_sanzi.lib.reconciliation import reconcile
from odoo.addons.yangguang_sanzi.lib.statements import balance_sheet, income_statement
from odoo.addons.yangguang_sanzi.lib.vouchers import Line, problems

CATALOGUE = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
FORMS = {one.code: one for one in catalogue.read_directory(CATALOGUE, "village").templates}


def lines_of(vouchers):
    return [line for voucher in vouchers for line in voucher.lines]


def closing_of(found):
    return {key: balance.closing for key, balance in found.items()}


@given(openings(), voucher_sets())
def test_the_trial_balance_balances(opening, vouchers):
    rows = trial_balance(CHART, balances(opening, lines_of(vouchers)))
    whole = total(CHART, rows)
    assert (whole.opening, whole.closing) == (0, 0)
    assert whole.debit == whole.credit


@given(openings(), voucher_sets())
def test_closing_is_opening_and_movement(opening, vouchers):
    """Counted anew here, line by line, for the accounts of every level."""
    rows = trial_balance(CHART, balances(opening, lines_of(vouchers)))
    for code, row in rows.items():
        below = sum(amount for (key, _who), amount in opening.items() if key.startswith(code))
        moved = sum(line.net for line in lines_of(vouchers) if line.account.startswith(code))
        assert row.closing == below + moved


@given(openings(), voucher_sets())
def test_months_follow_one_another(opening, vouchers):
    """The closing balance of a month is the next one's opening; the year is their sum."""
    by_month = defaultdict(list)
    for voucher in vouchers:
        by_month[voucher.month] += voucher.lines
    standing = opening
    turnover = defaultdict(Decimal)
    for month in sorted(MONTHS):
        found = balances(standing, by_month[month])
        for key, balance in found.items():
            turnover[key] += balance.debit
        standing = closing_of(found)
    year = balances(opening, lines_of(vouchers))
    assert closing_of(year) == standing
    assert {key: balance.debit for key, balance in year.items()} == dict(turnover)


@given(openings(), voucher_sets())
def test_the_balance_sheet_balances_every_month(opening, vouchers):
    for month in sorted(MONTHS):
        posted = lines_of(one for one in vouchers if one.month <= month)
        sheet = balance_sheet(CHART, closing_of(balances(opening, posted)))
        assert sheet["asset_total"] == sheet["liab_total"] + sheet["equity_total"]


@given(openings(), voucher_sets())
def test_the_statements_tie(opening, vouchers):
    """The balance sheet ties to the trial balance, the statement of income to both."""
    found = balances(opening, lines_of(vouchers))
    rows = trial_balance(CHART, found)
    sheet = balance_sheet(CHART, closing_of(found))
    income = income_statement(CHART, opening, found)

    def closing(*codes):
        return sum(rows[code].closing for code in codes if code in rows)

    assert sheet["cash"] == closing("101", "102")
    assert sheet["fixed_net"] == closing("151", "152")
    assert sheet["receivables"] - sheet["payables"] == closing("112", "113", "211")
    assert sheet["inventory"] == closing("121", "401")
    assert income["op_income"] == -closing("501")
    assert income["net_profit"] == -sum(
        row.closing for code, row in rows.items() if CHART.by_code[code].is_temporary
    )
    assert income["closing_undist"] == sheet["undistributed"]


@given(openings(), voucher_sets())
def test_the_forms_reckon_the_same(opening, vouchers):
    """The shipped forms, filled with the plain lines, come to the same totals by their formulas."""
    found = balances(opening, lines_of(vouchers))
    for code, column, figures in (
        ("T_CW11", "closing", balance_sheet(CHART, closing_of(found))),
        ("T_CW12", "current", income_statement(CHART, opening, found)),
    ):
        rows = [
            {"key": row.key, **row.cells}
            | ({} if row.formula else {column: f"{figures[row.key]:.2f}"})
            for row in FORMS[code].fixed_rows
        ]
        document = complete(FORMS[code], {"header": {}, "rows": rows})
        assert {row["key"]: row[column] for row in document["rows"]} == {
            key: f"{amount:.2f}" for key, amount in figures.items()
        }


@given(openings(), voucher_sets())
def test_the_year_end_empties_what_is_temporary_and_changes_no_figure(opening, vouchers):
    before = balances(opening, lines_of(vouchers))
    ending = carry_over(CHART, closing_of(before), YEAR)
    after = closing_of(balances(opening, lines_of([*vouchers, *ending])))

    for voucher in ending:
        assert problems(voucher, CHART, LINES, MONTHS, TODAY) == []
    left = trial_balance(CHART, balances(opening, lines_of([*vouchers, *ending])))
    for code, row in left.items():
        account = CHART.by_code[code]
        if account.is_temporary or account.distribution or code == CHART.result:
            assert row.closing == 0
    assert balance_sheet(CHART, after) == balance_sheet(CHART, closing_of(before))
    assert carry_over(CHART, after, YEAR) == []


@given(openings(), voucher_sets())
def test_next_year_begins_with_what_is_left(opening, vouchers):
    before = balances(opening, lines_of(vouchers))
    ending = carry_over(CHART, closing_of(before), YEAR)
    left = closing_of(balances(opening, lines_of([*vouchers, *ending])))
    income = income_statement(CHART, opening, before)
    assert income_statement(CHART, left, {})["opening_undist"] == income["closing_undist"]


def test_what_is_owed_to_one_is_not_set_off_against_what_another_owes():
    sheet = balance_sheet(
        CHART, {("113", "甲组"): Decimal("300.00"), ("113", "乙组"): Decimal("-200.00")}
    )
    assert (sheet["receivables"], sheet["payables"]) == (Decimal("300.00"), Decimal("200.00"))


def test_a_year_in_figures():
    """A small year counted by hand: T_CW12 from income to what is left."""
    year = balances(
        {},
        [
            line
            for code, amount in {
                "501": "-1000.00",
                "503": "-500.00",
                "511": "200.00",
                "513": "300.00",
                "514": "100.00",
                "521": "50.00",
                "32202": "80.00",
                "32203": "120.00",
            }.items()
            for line in [_moved(code, Decimal(amount))]
        ],
    )
    sheet = income_statement(CHART, {("32201", None): Decimal("-40.00")}, year)
    figures = {
        "op_profit": 500,
        "total_profit": 900,
        "net_profit": 850,
        "opening_undist": 40,
        "distributable": 890,
        "to_reserve": 80,
        "to_members": 120,
        "closing_undist": 690,
    }
    assert {key: sheet[key] for key in figures} == figures


def _moved(code, amount):
    return Line(code, debit=max(amount, Decimal(0)), credit=max(-amount, Decimal(0)))


@given(voucher_sets())
def test_the_cash_book_runs_on(vouchers):
    entries = [
        (voucher.date, number, line.summary, line.debit, line.credit)
        for number, voucher in enumerate(vouchers, 1)
        for line in voucher.lines
        if line.account == "101"
    ]
    rows = account_ledger(Decimal("5.00"), entries)
    standing = Decimal("5.00")
    for row, (_day, _number, _summary, debit, credit) in zip(rows, entries, strict=True):
        standing += debit - credit
        assert row.balance == standing


def test_a_month_closes_when_nothing_is_open():
    assert close_problems("2026-03", [], 0, [], [], []) == []


@pytest.mark.parametrize(
    ("state", "sentence"),
    [
        ({"earlier_open": ["2026-02", "2026-01"]}, "2026年1月还没有结账，要按月份先后结账。"),
        ({"drafts": 2}, "还有2张凭证没有记账。"),
        ({"missing_numbers": [2, 5]}, "凭证断号：记002、记005。"),
        ({"negative_money": ["库存现金"]}, "「库存现金」的余额为负数。"),
        ({"unexplained": ["某农商银行"]}, "「某农商银行」与对账单（盘点数）没有核对一致。"),
    ],
)
def test_a_month_stays_open_with_a_reason(state, sentence):
    clean = {
        "earlier_open": [],
        "drafts": 0,
        "missing_numbers": [],
        "negative_money": [],
        "unexplained": [],
    }
    assert close_problems("2026-03", **{**clean, **state}) == ["2026年3月不能结账：", sentence]


def test_book_and_statement_agree_after_what_one_of_them_did_not_know():
    result = reconcile(
        Decimal("1000.00"),
        Decimal("1130.00"),
        [
            ("bank_received", Decimal("200.00")),
            ("bank_paid", Decimal("10.00")),
            ("book_received", Decimal("100.00")),
            ("book_paid", Decimal("40.00")),
        ],
    )
    assert (result.book, result.statement, result.difference) == (1190, 1190, 0)
    assert reconcile(Decimal("1.00"), Decimal("3.00")).difference == -2


@pytest.mark.parametrize("item", [("lost", Decimal(1)), ("bank_paid", Decimal(0))])
def test_an_item_of_a_reconciliation_is_one_of_four(item):
    with pytest.raises(ValueError):
        reconcile(Decimal(0), Decimal(0), [item])


def test_a_carry_over_is_dated_at_the_end_of_its_year():
    (income, result) = carry_over(CHART, {("501", None): Decimal("-7.00")}, YEAR)
    assert {income.date, result.date} == {date(YEAR, 12, 31)}
    assert [line.account for line in (*income.lines, *result.lines)] == [
        "501",
        "321",
        "321",
        "32201",
    ]
