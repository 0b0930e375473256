"""Sheets filled from the books: they tie to each other by the catalogue's own cross-checks."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from books_sets import CHART, YEAR, openings, voucher_sets
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.periods import Period
from odoo.addons.yangguang_cunwu.lib.source import differences, fill
from odoo.addons.yangguang_cunwu.lib.tables import complete, crosscheck
from odoo.addons.yangguang_sanzi.lib.ledger import Balance, balances
from odoo.addons.yangguang_sanzi.lib.receipts import money_rows
from odoo.addons.yangguang_sanzi.lib.sheets import SHEETS, Facts, Place
from odoo.addons.yangguang_sanzi.lib.statements import balance_sheet, income_statement
from odoo.addons.yangguang_sanzi.lib.vouchers import Line, Voucher

CATALOGUE = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITION = catalogue.read_directory(CATALOGUE, "village")
FORMS = {one.item_code: one for one in EDITION.templates}
HELD = ("GJ01", "GJ02_IN", "GJ02_OUT", "GJ03", "GJ04", "GJ05", "GJ06", "GJ11")
CHECKS = [check for check in EDITION.cross_checks if check.code in HELD]


def closing(found):
    return {key: one.closing for key, one in found.items()}


def by_debtor(found):
    """As the books keep them: a counterparty counts where it owes or is owed."""
    kept = {}
    for (code, who), balance in found.items():
        key = code, who if CHART.by_code[code].settles else None
        kept[key] = kept.get(key, Balance()) + balance
    return kept


def facts_of(opening, vouchers, month):
    """What the books say of `month`, from the library alone."""
    period = Period.parse(month)
    posted = [one for one in vouchers if one.date <= period.end]
    before = [line for one in posted if one.date < period.start for line in one.lines]
    lines = [line for one in posted if one.date >= period.start for line in one.lines]
    year = balances(opening, [*before, *lines])
    found = balances(closing(balances(opening, before)), lines)
    start, end = balance_sheet(CHART, opening), balance_sheet(CHART, closing(year))
    return Facts(
        organisation="样例村经济联合社",
        chart=CHART,
        start=period.start,
        rows=tuple(money_rows(CHART, enumerate(posted, 1))),
        rows_before=None,
        balances={
            (code, who if CHART.by_code[code].settles else None): sum(
                (
                    one
                    for key, one in found.items()
                    if key == (code, who) or (key[0] == code and not CHART.by_code[code].settles)
                ),
                Balance(),
            )
            for code, who in found
        },
        sheet={line: (start[line], end[line]) for line in end},
        income=income_statement(CHART, opening, year),
        income_before=None,
        places=(
            Place(CHART.by_code["101"], "库存现金", None, None, None),
            Place(CHART.by_code["102"], "某农商银行", "6200000000000000000", None, None),
        ),
    )


def filled(facts):
    return {
        code: (
            FORMS[code],
            complete(FORMS[code], fill(build(facts).fitted(FORMS[code]), {})),
        )
        for code, build in SHEETS.items()
    }


@given(openings(), voucher_sets(), st.integers(1, 12))
def test_filled_sheets_agree_with_each_other(opening, vouchers, month):
    tables = filled(facts_of(opening, vouchers, f"{YEAR}-{month:02d}"))
    parameters = {one.code: one.value for one in EDITION.parameters}
    outcome = crosscheck.run(CHECKS, tables, parameters)
    assert (outcome.problems, outcome.skipped) == ([], [])


@given(openings(), voucher_sets(), st.integers(1, 12))
def test_what_is_filled_is_what_is_known(opening, vouchers, month):
    facts = facts_of(opening, vouchers, f"{YEAR}-{month:02d}")
    for code, (form, document) in filled(facts).items():
        known = SHEETS[code](facts).fitted(form)
        assert list(differences(form, known, document)) == []
        for name in known.columns:
            column = next(each for each in form.columns if each.key == name)
            if column.type == "money" and document["rows"] and document["rows"][0][name]:
                changed = [dict(row) for row in document["rows"]]
                changed[0][name] = f"{Decimal(changed[0][name]) + 1:.2f}"
                assert list(differences(form, known, {**document, "rows": changed}))


@given(openings(), voucher_sets())
def test_money_goes_on_where_it_has_ended(opening, vouchers):
    january, february = (
        filled(facts_of(opening, vouchers, f"{YEAR}-{month:02d}"))["CW02"][1]["header"]
        for month in (1, 2)
    )
    assert january["closing_balance"] == february["opening_balance"]


def bill(day, amount):
    lines = (
        Line("513", Decimal(amount), summary="付电费", line="out_office", counterparty="供电所"),
        Line("102", credit=Decimal(amount), summary="付电费"),
    )
    return Voucher(date(YEAR, 1, day), lines, proof="vat", handler="王五")


def test_what_people_typed_stays_with_its_row():
    form, month = FORMS["CW05"], f"{YEAR}-01"
    document = complete(form, fill(SHEETS["CW05"](facts_of({}, [bill(5, 7)], month)), {}))
    document["rows"][0] |= {"plan": "500.00", "current": "1.00"}
    other = replace(bill(3, 2), lines=(Line("512", Decimal(2), line="out_op"), bill(3, 2).lines[1]))
    more = SHEETS["CW05"](facts_of({}, [other, bill(5, 7), bill(6, 7)], month))
    rows = complete(form, fill(more, {}, document))["rows"]
    assert {(row["account"], row["current"], row["plan"]) for row in rows} == {
        ("512", "2.00", None),
        ("513", "14.00", "500.00"),
    }


def test_nothing_in_a_month_is_reported_as_nothing():
    document = fill(SHEETS["CW02"](facts_of({}, [bill(5, 7)], f"{YEAR}-02")), {})
    assert (document["rows"], document["zero"]) == ([], "1")
    assert document["header"]["opening_balance"] == "-7.00"
