from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from books_sets import CHART, LINES, MONTHS, TODAY, VOUCHERS, openings, voucher_sets
from hypothesis import given

from odoo.addons.yangguang_sanzi.lib.chart import Account
from odoo.addons.yangguang_sanzi.lib.money import exact
from odoo.addons.yangguang_sanzi.lib.vouchers import (
    Line,
    Voucher,
    gaps,
    number_text,
    problems,
    reversal,
    title,
)

HUNDRED = Decimal("100.00")
BILL = Voucher(
    date(2026, 3, 12),
    (
        Line("513", debit=HUNDRED, summary="付电费", line="out_office"),
        Line("102", credit=HUNDRED, summary="付电费"),
    ),
    proof="vat",
    handler="王五",
)


def found(voucher, chart=CHART):
    return problems(voucher, chart, LINES, MONTHS, TODAY)


def with_line(place, **values):
    lines = list(BILL.lines)
    lines[place] = replace(lines[place], **values)
    return replace(BILL, lines=tuple(lines))


def test_an_ordinary_bill_can_be_posted():
    assert found(BILL) == []


@given(voucher_sets())
def test_valid_vouchers_have_no_problem(vouchers):
    for voucher in vouchers:
        assert found(voucher) == []


@pytest.mark.parametrize(
    ("voucher", "sentence"),
    [
        (replace(BILL, date=date(2027, 1, 1)), "2027年1月没有开账或者已经结账，不能记账。"),
        (replace(BILL, date=date(2027, 1, 6)), "凭证日期还没有到。"),
        (replace(BILL, lines=BILL.lines[:1]), "一张凭证至少要有两行分录。"),
        (with_line(0, debit=Decimal("100.01")), "借方合计与贷方合计不相等，相差0.01元。"),
        (
            with_line(0, debit=Decimal(0)),
            "第1行：借方和贷方要填一个，也只能填一个，金额不能为零。",
        ),
        (
            with_line(0, credit=HUNDRED),
            "第1行：借方和贷方要填一个，也只能填一个，金额不能为零。",
        ),
        (with_line(0, debit=-HUNDRED), "第1行：金额不能为负数，要更正请用红字冲销。"),
        (with_line(0, debit=Decimal("100.001")), "第1行：金额的小数不能超过两位。"),
        (with_line(0, account="599"), "第1行：没有编号为599的科目。"),
        (with_line(0, account="322"), "第1行：「收益分配」下面还有明细科目，请选明细科目。"),
        (with_line(1, summary=" "), "第2行：没有写摘要。"),
        (with_line(0, account="113"), "第1行：「内部往来」要写明往来单位或者个人。"),
        (replace(BILL, proof=None), "收付款凭证要选票据种类。"),
        (replace(BILL, proof="note"), "收付款凭证要选票据种类。"),
        (replace(BILL, handler=None), "收付款凭证要写经手人。"),
        (
            with_line(0, line=None),
            "第1行：请选公开项目，「管理费用」可以选：村组(社)干部报酬、报刊费、"
            "办公、差旅、会议、卫生、治安等管理费。",
        ),
        (
            with_line(0, line="in_sale"),
            "第1行：请选公开项目，「管理费用」可以选：村组(社)干部报酬、报刊费、"
            "办公、差旅、会议、卫生、治安等管理费。",
        ),
        (with_line(0, account="152"), "第1行：「累计折旧」不能直接与现金、银行存款对应。"),
        (with_line(1, line="out_office"), "第2行：现金和银行存款的分录不填公开项目。"),
        (with_line(1, account="211"), "第1行：没有收付款，不填公开项目。"),
    ],
)
def test_a_rule_refuses_with_its_place(voucher, sentence):
    assert sentence in found(voucher)


def test_money_of_two_places_makes_two_vouchers():
    half = HUNDRED / 2
    split = replace(
        BILL,
        lines=(
            BILL.lines[0],
            Line("101", credit=half, summary="付电费"),
            Line("102", credit=half, summary="付电费"),
        ),
    )
    assert found(split) == ["一张凭证只能从一个现金或者银行账户收付款，请分开填制。"]


def test_carrying_money_to_the_bank_is_no_receipt():
    assert not found(
        Voucher(
            date(2026, 3, 2),
            (
                Line("102", debit=HUNDRED, summary="存现"),
                Line("101", credit=HUNDRED, summary="存现"),
            ),
        )
    )


@given(openings())
def test_opening_balances_need_no_proof(amounts):
    lines = tuple(
        Line(
            code,
            debit=max(amount, Decimal(0)),
            credit=max(-amount, Decimal(0)),
            summary="期初余额",
            counterparty=who,
        )
        for (code, who), amount in amounts.items()
        if amount
    )
    opening = Voucher(date(2025, 12, 31), lines, kind="opening")
    assert len(lines) < 2 or found(opening) == []


def test_a_year_does_not_begin_with_income():
    opening = Voucher(
        date(2025, 12, 31),
        (
            Line("101", debit=HUNDRED, summary="期初余额"),
            Line("501", credit=HUNDRED, summary="期初余额"),
        ),
        kind="opening",
    )
    assert found(opening) == ["第2行：账从一月一日开始，「经营收入」没有期初余额。"]


def test_an_account_out_of_force_takes_nothing():
    own = CHART.with_details(
        [
            Account(
                "51301",
                "办公费",
                "expense",
                "debit",
                "undistributed",
                income="admin_expense",
                date_to=date(2026, 2, 28),
            )
        ]
    )
    assert found(with_line(0, account="51301"), own) == ["第1行：「办公费」在2026-03-12不能使用。"]


@given(VOUCHERS)
def test_a_reversal_leaves_nothing_and_can_be_posted(voucher):
    red = reversal(voucher, 7, date(2026, 12, 31))
    assert found(red) == []
    for before, after in zip(voucher.lines, red.lines, strict=True):
        assert (before.debit + after.debit, before.credit + after.credit) == (0, 0)
        assert (after.account, after.counterparty, after.line) == (
            before.account,
            before.counterparty,
            before.line,
        )
        assert after.summary == f"冲销{title(voucher.date, 7)}"


@pytest.mark.parametrize("kind", ["reversal", "carry_over", "opening"])
def test_only_an_ordinary_voucher_is_reversed(kind):
    with pytest.raises(ValueError):
        reversal(replace(BILL, kind=kind), 7, date(2026, 12, 31))


def test_numbers_have_no_gap():
    assert gaps([]) == []
    assert gaps([3, 1, 2]) == []
    assert gaps([1, 4]) == [2, 3]
    assert title(date(2026, 3, 12), 1) == "2026年3月记001"
    assert [number_text(one) for one in (1, 1234)] == ["记001", "记1234"]


@pytest.mark.parametrize(
    ("given_value", "amount"), [("1.5", "1.50"), (3, "3.00"), (Decimal("2"), "2.00")]
)
def test_an_amount_has_two_places(given_value, amount):
    assert str(exact(given_value)) == amount


@pytest.mark.parametrize("value", ["1.005", "一百", "NaN", "Infinity", 1.5, ""])
def test_what_is_not_exact_is_no_amount(value):
    with pytest.raises(ValueError):
        exact(value)
