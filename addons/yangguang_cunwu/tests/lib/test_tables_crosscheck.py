from copy import deepcopy
from dataclasses import replace
from pathlib import Path

import pytest

from odoo.addons.yangguang_cunwu.lib import catalogue
from odoo.addons.yangguang_cunwu.lib.tables import complete, crosscheck
from odoo.addons.yangguang_cunwu.lib.tables.crosscheck import CrossCheck, Figure, Skipped, run

DATA = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
EDITION = catalogue.read_directory(DATA, "village")
CHECKS = {check.code: check for check in EDITION.cross_checks}
# the one payment of the samples, 2,050.00, is above it
PARAMETERS = {"major_spending": "2000.00"}
TEMPLATES = {template.item_code: template for template in EDITION.templates}
NEEDED = {side.item_code for check in CHECKS.values() for side in (check.left, check.right)}


def tables():
    """The samples of one village, made consistent: the slip and the shop's lease have no table."""
    result = {}
    for code in NEEDED:
        template = TEMPLATES[code]
        sample = template.sample
        if code == "CW10":
            sample["rows"] = sample["rows"][:1]
        if code == "SZ05":
            sample["rows"].append(sample["rows"][0] | {"contract_no": "样合〔2023〕2号"})
        result[code] = (template, complete(template, sample))
    return result


def problems(changed, parameters=PARAMETERS):
    return run(CHECKS.values(), changed, parameters).problems


def test_a_consistent_set_passes_every_check():
    assert run(CHECKS.values(), tables(), PARAMETERS) == ([], [])
    assert len({code.partition("_")[0] for code in CHECKS}) == 12


MOVES = [
    ("GJ01", "CW02", "header", "closing_balance", "147951.00"),
    ("GJ01", "CW03", 1, "closing", "146750.01"),
    ("GJ02_IN", "CW02", 0, "receipt", "29999.99"),
    ("GJ02_IN", "CW02", 0, "line2011", "in_lease"),
    ("GJ02_IN", "CW04", 0, "current", "30001.00"),
    ("GJ02_IN", "CW04", 1, "current", "0.01"),
    ("GJ02_OUT", "CW02", 1, "line2011", "out_pay"),
    ("GJ02_OUT", "CW05", 1, "current", "1.00"),
    ("GJ03", "CW10", 0, "amount", "2050.01"),
    ("GJ03", "CW02", 1, "payment", "2049.99"),
    ("GJ04", "CW06", 0, "amount", "2051.00"),
    ("GJ04", "CW05", 0, "account", "514"),
    ("GJ05", "CW08", 0, "closing", "7000.01"),
    ("GJ05", "CW11", 2, "closing", "6999.00"),
    ("GJ06", "CW09", 0, "closing", "16001.00"),
    ("GJ06", "CW11", 17, "closing", "1.00"),
    ("GJ06", "CW11", 22, "closing", "1.00"),
    ("GJ07", "SZ02", 0, "net", "125999.00"),
    ("GJ07", "CW11", 8, "closing", "126000.01"),
    ("GJ08", "CW12", 17, "current", "601.00"),
    ("GJ08", "CW13", 0, "amount", "599.00"),
    ("GJ09", "SZ06", 0, "arrears_closing", "7000.01"),
    ("GJ09", "CW08", 0, "closing", "6999.99"),
    ("GJ10", "SZ02", 0, "contract_no", "样合〔2022〕9号"),
    ("GJ10", "SZ02", 0, "contract_no", None),
    ("GJ10", "SZ05", 1, "status", "expire"),
    ("GJ11", "SZ01", 0, "closing", "146751.00"),
    ("GJ11", "CW03", 1, "account_no", None),
    ("GJ12", "HY03", 0, "amount", "2049.99"),
    ("GJ12", "HY03", 0, "amount", None),
]


@pytest.mark.parametrize(("code", "item", "place", "key", "value"), MOVES)
def test_one_figure_moved_is_found(code, item, place, key, value):
    changed = tables()
    document = changed[item][1]
    cells = document["header"] if place == "header" else document["rows"][place]
    assert cells[key] != value
    cells[key] = value
    found = problems(changed)
    assert code in {problem.code for problem in found}
    # nothing is reported that does not look at the table
    assert all(item in (problem.left_item, problem.right_item) for problem in found)


def test_every_check_has_a_move():
    assert {move[0] for move in MOVES} == set(CHECKS)


def test_a_problem_names_both_cells_with_both_figures():
    changed = tables()
    changed["CW11"][1]["rows"][2]["closing"] = "6999.00"
    (problem,) = [problem for problem in problems(changed) if problem.code == "GJ05"]
    assert problem == (
        "GJ05",
        "债权明细与资产负债表一致：CW08《债权(应收款项)明细公开表》「期末余额」合计为 7,000.00，"
        "CW11《资产负债表》「应收款项」期末余额为 6,999.00，相差 1.00",
        "CW08",
        "7,000.00",
        "CW11",
        "6,999.00",
        None,
    )
    changed["CW02"][1]["rows"][0]["line2011"] = "in_lease"
    messages = [p.message for p in problems(changed) if p.code == "GJ02_IN"]
    assert messages == [
        "收支明细与收入汇总一致：CW02《货币资金收支明细表》「租赁收入」收入金额为 30,000.00，"
        "CW04《各项收入汇总表》「租赁收入」本期金额为 0.00，相差 30,000.00",
        "收支明细与收入汇总一致：CW02《货币资金收支明细表》「发包及上交收入」收入金额为 0.00，"
        "CW04《各项收入汇总表》「发包及上交收入」本期金额为 30,000.00，相差 30,000.00",
    ]


def test_a_missing_record_is_told_with_its_row():
    changed = tables()
    changed["HY03"][1]["rows"] = []
    (problem,) = problems(changed)
    assert problem.row == 0
    assert problem.message == (
        "大额支出须走四议两公开：CW10《支出票据凭证清单(含“白条”)》第1行（金额 2,050.00）"
        "在HY03《“四议两公开”重大事项记录表》中没有对应的记录"
    )


def test_the_threshold_is_a_parameter():
    changed = tables()
    changed["HY03"][1]["rows"] = []
    assert problems(changed, {"major_spending": "2050.00"}) == []
    assert problems(changed, {"major_spending": "2049.99"})


def test_a_check_whose_table_is_absent_is_skipped_and_said_to_be():
    changed = tables()
    del changed["CW03"]
    assert run(CHECKS.values(), changed, PARAMETERS) == (
        [],
        [Skipped("GJ01", "CW03"), Skipped("GJ11", "CW03")],
    )


def test_an_absent_table_that_counts_as_empty_has_no_record():
    changed = tables()
    del changed["HY03"]
    (problem,) = problems(changed)
    assert problem.message.endswith("在事项HY03的表中没有对应的记录")
    del changed["CW10"]
    outcome = run(CHECKS.values(), changed, PARAMETERS)
    assert outcome.problems == []
    assert Skipped("GJ12", "CW10") in outcome.skipped


def test_zero_reports_agree_with_each_other():
    header = deepcopy(TEMPLATES["CW02"].sample_header) | {"closing_balance": "120000.00"}
    zero = {
        code: (template, complete(template, {"header": head, "rows": [], "zero": "1"}))
        for code, template, head in (
            ("CW02", TEMPLATES["CW02"], header),
            ("CW10", TEMPLATES["CW10"], {}),
        )
    }
    assert run([CHECKS["GJ03"], CHECKS["GJ12"]], zero, PARAMETERS) == ([], [])


def test_the_shipped_checks_fit_their_templates():
    for check in CHECKS.values():
        assert crosscheck.errors(check, TEMPLATES, PARAMETERS) == []


@pytest.mark.parametrize(
    ("code", "changes", "sentence"),
    [
        ("GJ01", {"relation": "!="}, "没有「!=」这种关系"),
        ("GJ01", {"left": Figure("XX99", column="a")}, "事项XX99没有表格"),
        ("GJ01", {"left": Figure("CW02", header="period")}, "没有「period」这一项数字"),
        ("GJ01", {"left": Figure("CW02", column="nothing")}, "没有「nothing」这一项数字"),
        ("GJ01", {"left": Figure("CW02", column="receipt", where="foo > 1")}, "没有「foo」"),
        ("GJ01", {"left": Figure("CW02", column="receipt", where="receipt")}, "是非判断"),
        ("GJ01", {"left": Figure("CW02", column="receipt", group_by="channel")}, "都分组"),
        ("GJ01", {"match": ("a == b",)}, "只用于 exists"),
        (
            "GJ01",
            {"left": Figure("CW02", header="closing_balance", where="receipt > 0")},
            "不能加条件或分组",
        ),
        ("GJ05", {"right": Figure("CW11", "closing", where="key == 'cashh'")}, "选项里没有"),
        ("GJ12", {"left": Figure("CW10", where="amount > limit")}, "没有「limit」"),
        ("GJ10", {"match": ()}, "写明对应关系"),
        ("GJ10", {"match": ("contract_no = contract_no",)}, "列 == 列"),
        ("GJ10", {"match": ("contract_no == annual",)}, "不能这样比较"),
        ("GJ10", {"match": ("contract_no <= contract_no",)}, "不能这样比较"),
        ("GJ10", {"match": ("nothing == contract_no",)}, "没有「nothing」这一列"),
    ],
)
def test_a_check_that_does_not_fit_is_told(code, changes, sentence):
    (found,) = crosscheck.errors(replace(CHECKS[code], **changes), TEMPLATES, PARAMETERS)
    assert sentence in found


def test_staff_can_add_a_check():
    check = CrossCheck(
        "ZJ01",
        "专项资金支出不得大于项目资金",
        Figure("BK02", column="used", where="progress in ['run', 'done']"),
        Figure("GY01", column="total"),
        "<=",
    )
    assert crosscheck.errors(check, TEMPLATES, ()) == []
    both = {
        c: (TEMPLATES[c], complete(TEMPLATES[c], TEMPLATES[c].sample)) for c in ("BK02", "GY01")
    }
    assert run([check], both, {}) == ([], [])
    both["BK02"][1]["rows"][0]["used"] = "186000.01"
    assert len(run([check], both, {}).problems) == 1
