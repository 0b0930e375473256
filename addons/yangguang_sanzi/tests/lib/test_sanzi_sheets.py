from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_sanzi.lib import cells
from odoo.addons.yangguang_sanzi.lib.register_sheets import SHEETS

CATALOGUE = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
FORMS = {one.item_code: one for one in catalogue.read_directory(CATALOGUE, "village").templates}


@pytest.mark.parametrize("code", SHEETS)
def test_what_is_known_has_its_column(code):
    known = SHEETS[code].source("某村经济联合社", []).columns
    columns = {column.key for column in FORMS[code].columns}
    assert known <= columns
    assert set(SHEETS[code].identity) <= columns


@pytest.mark.parametrize("code", SHEETS)
def test_every_amount_is_known(code):
    """No amount is typed on a sheet that a register fills, but what nobody can know there."""
    amounts = {column.key for column in FORMS[code].columns if column.type in ("money", "area_mu")}
    typed = amounts - SHEETS[code].source("某村经济联合社", []).columns
    assert typed == {
        "SZ03": {"appraisal"},
        "GY02": {"control_price", "bid_price", "change_amount", "retention"},
    }.get(code, set())


def test_nil_and_unknown_are_two_things():
    assert cells.money(Decimal(0)) == "0.00"
    assert cells.known_money(Decimal(0)) is None
    assert (cells.area(18.6), cells.area(120.0), cells.area(0.0)) == ("18.6", "120", None)
    assert (cells.count(0), cells.count(3)) == (None, "3")
    assert (cells.day(date(2026, 1, 5)), cells.day(None)) == ("2026-01-05", None)
    assert (cells.yes(True), cells.yes(False)) == ("yes", "no")
