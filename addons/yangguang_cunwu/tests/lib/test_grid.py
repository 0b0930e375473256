"""A grid of texts and the document it stands for."""

from datetime import date
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue, comparison, grid
from odoo.addons.yangguang_cunwu.lib.periods import Period
from odoo.addons.yangguang_cunwu.lib.tables import check, complete
from odoo.addons.yangguang_cunwu.lib.tables.document import ROW_LIMIT

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
TODAY = date(2026, 2, 12)
JANUARY = Period.parse("2026-01")
TEMPLATES = {
    template.code: template
    for kind in catalogue.DIVISION_KINDS
    for template in catalogue.read_directory(DATA, kind).templates
}
RECEIPTS = TEMPLATES["T_CW02"]
KEYS = [column.key for column in RECEIPTS.columns]


def shown(template=RECEIPTS):
    return grid.show(template, complete(template, template.sample))


@pytest.mark.parametrize("code", sorted(TEMPLATES))
def test_what_is_shown_reads_back(code):
    template = TEMPLATES[code]
    document = complete(template, template.sample)
    texts = grid.show(template, document)
    entry = grid.read(template, texts, JANUARY)
    assert entry.document == document
    assert not entry.unread
    assert grid.differences(template, texts, entry) == {"header": {}, "cells": []}
    assert entry.check(template, entry.document, TODAY) == check(template, document, TODAY) == []


def test_computed_cells_are_written_by_the_server():
    texts = shown()
    texts["rows"][0][KEYS.index("receipt")] = "4万"
    texts["rows"][1][KEYS.index("payment")] = "50"
    entry = grid.read(RECEIPTS, texts, JANUARY)
    cells = grid.differences(RECEIPTS, texts, entry)["cells"]
    assert cells == [
        [0, KEYS.index("balance"), "120,000.00"],
        [1, KEYS.index("payment"), "50.00"],
        [1, KEYS.index("balance"), "119,950.00"],
    ]


def test_what_cannot_be_read_stays_as_it_was_typed():
    texts = shown()
    texts["rows"][0][KEYS.index("date")] = "2月5日"
    texts["header"]["closing_balance"] = "不详"
    entry = grid.read(RECEIPTS, texts, JANUARY)
    assert entry.document["rows"][0]["date"] is None
    assert entry.unread == {(0, "date"): "2月5日", (None, "closing_balance"): "不详"}
    problems = entry.check(RECEIPTS, entry.document, TODAY)
    assert [(one.row, one.column, one.message) for one in problems] == [
        (None, "closing_balance", "应填数字，如 1234.50"),
        (0, "date", "请写明年份，如 2026年2月5日"),
    ]
    kept = grid.show(RECEIPTS, entry.document, entry.unread)
    assert kept["rows"][0][KEYS.index("date")] == "2月5日"
    assert kept["header"]["closing_balance"] == "不详"


def test_blank_lines_are_no_rows_and_problems_keep_their_line():
    texts = shown()
    texts["rows"].insert(1, [""] * len(KEYS))
    texts["rows"].insert(0, [" "] * len(KEYS))
    texts["rows"].append([""] * len(KEYS))
    texts["rows"][3][KEYS.index("payment")] = ""
    entry = grid.read(RECEIPTS, texts, JANUARY)
    assert entry.places == [1, 3]
    (wrong, *_) = [one for one in entry.check(RECEIPTS, entry.document, TODAY) if one.row]
    assert (wrong.row, wrong.sentence(RECEIPTS)[:4]) == (3, "第4行「")


def test_the_lines_of_a_printed_form_are_its_own():
    template = TEMPLATES["T_CW11"]
    texts = grid.show(template, {})
    assert len(texts["rows"]) == len(template.fixed_rows)
    assert texts["rows"][0][:3] == ["1", "货币资金", "资产"]
    texts["rows"][0][1] = "别的"
    assert grid.read(template, texts, JANUARY).document["rows"][0]["line"] == "货币资金"
    assert grid.locked_cells(template)[8] == ["row_no", "line", "side", "opening", "closing"]
    texts["rows"].pop()
    with pytest.raises(ValueError, match="固定格式"):
        grid.read(template, texts, JANUARY)


@pytest.mark.parametrize(
    "broken",
    [
        None,
        {"header": {}, "rows": [["1"]]},
        {"header": {}, "rows": [[1] * len(KEYS)]},
        {"header": {}, "rows": [{}]},
        {"header": {"strange": ""}, "rows": []},
        {"header": {"opening_balance": None}, "rows": []},
        {"header": {}, "rows": [[""] * len(KEYS)] * (ROW_LIMIT + 1)},
    ],
)
def test_what_is_no_grid_is_refused(broken):
    with pytest.raises(ValueError, match=r"内容|最多"):
        grid.read(RECEIPTS, broken, JANUARY)


def test_nothing_this_period_ends_with_the_first_row():
    texts = {**shown(), "zero": "1", "note": "无"}
    assert "zero" not in grid.read(RECEIPTS, texts, JANUARY).document
    blank = {**texts, "rows": [[""] * len(KEYS)]}
    document = grid.read(RECEIPTS, blank, JANUARY).document
    assert (document["zero"], document["note"], document["rows"]) == ("1", "无", [])


def test_a_number_too_large_to_compute_is_told_at_its_cell():
    texts = shown()
    for row in texts["rows"]:
        row[KEYS.index("receipt")] = "9999999999999"
    entry = grid.read(RECEIPTS, texts, JANUARY)
    (problem, *_) = entry.check(RECEIPTS, entry.document, TODAY)
    assert (problem.column, problem.kind) == ("balance", "compute")


def test_a_new_period_begins_where_the_last_one_ended():
    document = complete(RECEIPTS, RECEIPTS.sample | {"note": "上期说明"})
    begun = grid.carry_forward(RECEIPTS, document)
    assert begun["rows"] == document["rows"]
    assert begun["header"]["opening_balance"] == "147950.00"
    assert begun["header"]["closing_balance"] is None
    assert begun["header"]["accountant"] == "钱八"
    assert not {"period", "publish_date"} & begun["header"].keys()
    assert "note" not in begun
    # the balance sheet compares with the beginning of the year, which stays
    sheet = TEMPLATES["T_CW11"]
    kept = grid.carry_forward(sheet, sheet.sample)["rows"][0]
    assert (kept["opening"], kept["closing"]) == ("120000.00", "147950.00")


def test_a_running_balance_goes_on_where_it_has_ended():
    assert grid.opening_balances(RECEIPTS, complete(RECEIPTS, RECEIPTS.sample)) == {
        "opening_balance": "147950.00"
    }
    # a form without a field for the end, and a period in which nothing has moved
    dues = TEMPLATES["T_DW06"]
    received = [dict(dues.sample["rows"][-1], income="60.00", expense="0.00")]
    document = complete(dues, {"header": {"opening_balance": "20.00"}, "rows": received})
    assert grid.opening_balances(dues, document) == {"opening_balance": "80.00"}
    assert grid.carry_forward(dues, document)["header"]["opening_balance"] == "80.00"
    still = {"zero": "1", "header": {"opening_balance": "88.00"}}
    assert grid.opening_balances(RECEIPTS, still) == {"opening_balance": "88.00"}
    # a table without a running balance hands nothing on
    assert grid.opening_balances(TEMPLATES["T_CW11"], TEMPLATES["T_CW11"].sample) == {}


def test_the_balance_at_the_end_follows_from_the_rows():
    document = complete(RECEIPTS, RECEIPTS.sample)
    typed = {**document, "header": {**document["header"], "closing_balance": "1.00"}}
    assert grid.with_closing_balances(RECEIPTS, typed) == typed
    assert any("期末结余" in one.message for one in check(RECEIPTS, typed, TODAY))
    left = {**document, "header": {**document["header"], "closing_balance": None}}
    assert grid.with_closing_balances(RECEIPTS, left) == document
    # nothing is said of a sheet that has not been filled in
    empty = {"header": {"opening_balance": "5.00"}, "rows": []}
    assert grid.with_closing_balances(RECEIPTS, empty) == empty


def test_marks_are_placed_on_the_lines_of_the_grid():
    before = complete(RECEIPTS, RECEIPTS.sample)
    texts = shown()
    texts["rows"][1][KEYS.index("payment")] = "50"
    texts["rows"].insert(0, [""] * len(KEYS))
    texts["rows"].append(["3", *texts["rows"][1][1:]])
    texts["rows"][3][KEYS.index("voucher_no")] = "银收009"
    entry = grid.read(RECEIPTS, texts, JANUARY)
    marks = grid.marks(comparison.compare(RECEIPTS, before, entry.document), entry.places)
    assert marks["added"] == [3]
    assert marks["changed"] == [[2, {"payment": "2,050.00", "balance": "147,950.00"}]]
    assert marks["removed"] == 0
