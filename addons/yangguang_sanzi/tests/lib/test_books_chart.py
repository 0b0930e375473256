from datetime import date
from pathlib import Path

import pytest
import yaml

from odoo.addons.yangguang_sanzi.lib import shipped, statements
from odoo.addons.yangguang_sanzi.lib.chart import Account, Chart
from odoo.addons.yangguang_sanzi.lib.public_lines import PublicLines

CATALOGUE = Path(__file__).parents[3] / "yangguang_cunwu" / "data" / "catalogue"
CHART = shipped.chart()
LINES = shipped.public_lines()


def account(code, **values):
    return Account(code, "样例", "asset", "debit", "cash", **values)


def test_the_first_level_is_what_the_sheets_offer():
    shared = yaml.safe_load((CATALOGUE / "shared.yaml").read_text("utf-8"))
    offered = {one["value"]: one["label"] for one in shared["option_sets"]["accounts_2023"]}
    assert {one.code: one.name for one in CHART.accounts if len(one.code) == 3} == offered
    assert len(offered) == 42


def test_the_chart_begins_with_the_system():
    assert {one.date_from for one in CHART.accounts} == {date(2024, 1, 1)}
    assert not CHART.by_code["101"].in_force(date(2023, 12, 31))
    assert CHART.by_code["101"].in_force(date(2024, 1, 1))


def test_an_account_ends_with_its_last_day():
    ended = account("101", date_from=date(2024, 1, 1), date_to=date(2025, 12, 31))
    assert ended.in_force(date(2025, 12, 31))
    assert not ended.in_force(date(2026, 1, 1))


@pytest.mark.parametrize(
    ("sheet", "given"),
    [
        ("T_CW11", statements.balance_sheet(CHART, {})),
        ("T_CW12", statements.income_statement(CHART, {}, {})),
    ],
)
def test_a_statement_has_the_rows_of_its_sheet(sheet, given):
    form = yaml.safe_load((CATALOGUE / "templates" / f"{sheet}.yaml").read_text("utf-8"))
    assert set(given) == {row["key"] for row in form["fixed_rows"]}


def test_every_account_has_its_place_in_the_statements():
    for one in CHART.accounts:
        assert one.balance in statements.balance_sheet(CHART, {})
        assert one.is_temporary == bool(one.income)


def test_contra_accounts_stand_on_the_other_side():
    assert {one.code for one in CHART.accounts if one.kind == "asset" and one.side == "credit"} == {
        "133",
        "152",
        "162",
    }


def test_money_finds_a_public_line_in_every_account_it_can_meet():
    for one in CHART.accounts:
        if one.money or not CHART.is_leaf(one.code):
            continue
        choices = LINES.choices(one, "in") + LINES.choices(one, "out")
        assert bool(choices) != one.computed, one.code


def test_every_public_line_is_some_accounts():
    for code in LINES.by_code:
        assert any(LINES.fits(code, one) for one in CHART.accounts), code


def test_a_detail_has_its_parent():
    assert CHART.parent("32203").code == "322"
    assert CHART.parent("322") is None
    assert not CHART.is_leaf("322")
    assert CHART.is_leaf("32203")


def test_a_collective_adds_its_bank_accounts():
    own = CHART.with_details([account("10201", money="bank")])
    assert not own.is_leaf("102")
    assert own.is_leaf("10201")
    assert CHART.is_leaf("102")


@pytest.mark.parametrize(
    "details",
    [[account("10201"), account("10201")], [account("99901")], [account("101")]],
    ids=["twice", "without parent", "code taken"],
)
def test_a_chart_refuses_details_that_do_not_fit(details):
    with pytest.raises(ValueError):
        CHART.with_details(details)


@pytest.mark.parametrize(
    "values",
    [
        {"code": "10"},
        {"code": "10a"},
        {"code": "１０１"},
        {"name": ""},
        {"kind": "other"},
        {"side": "left"},
        {"money": "gold"},
        {"date_from": date(2025, 1, 1), "date_to": date(2024, 1, 1)},
    ],
)
def test_an_account_refuses_what_makes_no_sense(values):
    good = {"code": "101", "name": "样例", "kind": "asset", "side": "debit", "balance": "cash"}
    with pytest.raises(ValueError):
        Account(**{**good, **values})


def test_a_chart_needs_the_accounts_of_the_result():
    with pytest.raises(ValueError):
        Chart("x", "样例", (account("101"),), result="321", undistributed="101")


def test_a_line_needs_a_direction():
    with pytest.raises(ValueError):
        PublicLines.from_data(
            [{"code": "x", "name": "样例", "direction": "up", "accounts": ["501"]}]
        )
