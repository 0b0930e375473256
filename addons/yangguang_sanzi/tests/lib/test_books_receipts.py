from collections import Counter

from books_sets import CHART, LINES, voucher_sets
from hypothesis import given

from odoo.addons.yangguang_sanzi.lib.receipts import by_line, money_rows


def numbered(vouchers):
    return list(enumerate(vouchers, 1))


@given(voucher_sets())
def test_the_rows_add_up_to_what_cash_and_bank_gained(vouchers):
    rows = money_rows(CHART, numbered(vouchers))
    for channel in ("cash", "bank"):
        gained = sum(
            line.net
            for voucher in vouchers
            for line in voucher.lines
            # money carried from one place to the other is in no row
            if CHART.by_code[line.account].money == channel and voucher.proof
        )
        assert gained == sum(row.receipt - row.payment for row in rows if row.channel == channel)


@given(voucher_sets())
def test_receipts_and_payments_have_lines_of_their_own(vouchers):
    for row in money_rows(CHART, numbered(vouchers)):
        assert (row.receipt != 0) != (row.payment != 0)
        direction = "in" if row.receipt else "out"
        assert LINES.by_code[row.line].direction == direction
        assert row.proof and row.handler and len(row.account) == 3


@given(voucher_sets())
def test_the_summary_is_the_sum_of_the_rows(vouchers):
    rows = money_rows(CHART, numbered(vouchers))
    sums = by_line(rows)
    for direction, column in (("in", "receipt"), ("out", "payment")):
        summed = sum(
            amount
            for (line, _account), amount in sums.items()
            if LINES.by_code[line].direction == direction
        )
        assert summed == sum(getattr(row, column) for row in rows)


@given(voucher_sets())
def test_every_entry_beside_money_has_its_row(vouchers):
    wanted = Counter(
        (number, line.summary, line.debit, line.credit)
        for number, voucher in numbered(vouchers)
        for line in voucher.lines
        if voucher.proof and not CHART.by_code[line.account].money
    )
    rows = money_rows(CHART, numbered(vouchers))
    assert Counter((row.number, row.summary, row.payment, row.receipt) for row in rows) == wanted


def test_nothing_is_received_without_vouchers():
    assert money_rows(CHART, []) == []
    assert by_line([]) == {}
