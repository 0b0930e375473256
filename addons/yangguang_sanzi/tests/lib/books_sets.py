"""Random sets of valid vouchers, made the way an accountant would: from what really happens."""

from datetime import date, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from odoo.addons.yangguang_sanzi.lib import shipped
from odoo.addons.yangguang_sanzi.lib.vouchers import Line, Voucher, reversal

CHART = shipped.chart()
LINES = shipped.public_lines()
YEAR = 2026
TODAY = date(YEAR + 1, 1, 5)
MONTHS = frozenset(f"{YEAR}-{month:02d}" for month in range(1, 13))
COUNTERPARTIES = ("某供电所", "第一村民小组", "某农机合作社")

LEAVES = [one for one in CHART.accounts if CHART.is_leaf(one.code)]
MONEY = [one.code for one in LEAVES if one.money]
OTHERS = [one for one in LEAVES if not one.money]

AMOUNTS = st.integers(1, 10**11).map(lambda fen: Decimal(fen) / 100)
DAYS = st.integers(0, 364).map(lambda days: date(YEAR, 1, 1) + timedelta(days=days))


def _line(account, amount, in_credit, public_line=None, counterparty=None):
    sides = {"credit": amount} if in_credit else {"debit": amount}
    return Line(account, summary="样例", line=public_line, counterparty=counterparty, **sides)


@st.composite
def payments(draw):
    """Money in or out of one place, for one to three purposes, each with its public line."""
    in_credit = draw(st.booleans())
    direction = "in" if in_credit else "out"
    fitting = [one for one in OTHERS if LINES.choices(one, direction)]
    purposes = draw(st.lists(st.sampled_from(fitting), min_size=1, max_size=3))
    lines = [
        _line(
            one.code,
            draw(AMOUNTS),
            in_credit,
            draw(st.sampled_from(LINES.choices(one, direction))),
            draw(st.sampled_from(COUNTERPARTIES)),
        )
        for one in purposes
    ]
    moved = sum(line.debit + line.credit for line in lines)
    money = _line(draw(st.sampled_from(MONEY)), moved, not in_credit)
    return Voucher(draw(DAYS), (money, *lines), proof="vat", handler="王五")


@st.composite
def transfers(draw):
    """No money moves, or only from one place to another."""
    codes = [one.code for one in OTHERS]
    pair = draw(
        st.sampled_from([tuple(MONEY), tuple(reversed(MONEY))])
        | st.tuples(st.sampled_from(codes), st.sampled_from(codes))
    )
    amount = draw(AMOUNTS)
    return Voucher(
        draw(DAYS),
        tuple(
            _line(
                code,
                amount,
                in_credit,
                counterparty=draw(st.sampled_from(COUNTERPARTIES))
                if CHART.by_code[code].settles
                else None,
            )
            for code, in_credit in zip(pair, (False, True), strict=True)
        ),
    )


VOUCHERS = payments() | transfers()


@st.composite
def voucher_sets(draw):
    """A year of vouchers in the order they are posted in, some of them reversed later on."""
    posted = draw(st.lists(VOUCHERS, max_size=12))
    wrong = draw(st.lists(st.sampled_from(posted), max_size=3, unique_by=id)) if posted else []
    posted = [*posted, *(reversal(one, 1, date(YEAR, 12, 31)) for one in wrong)]
    return sorted(posted, key=lambda one: one.date)


@st.composite
def openings(draw):
    """What stands at the beginning of the year: nothing temporary, debit equals credit."""
    standing = [one for one in LEAVES if not one.is_temporary and not one.distribution]
    amounts = {
        (one.code, draw(st.sampled_from(COUNTERPARTIES)) if one.settles else None): draw(
            st.integers(-(10**9), 10**9).map(lambda fen: Decimal(fen) / 100)
        )
        for one in draw(st.lists(st.sampled_from(standing), max_size=6, unique=True))
        if one.code != CHART.result
    }
    key = CHART.undistributed, None
    amounts[key] = amounts.get(key, Decimal(0)) - sum(amounts.values(), Decimal(0))
    return amounts
