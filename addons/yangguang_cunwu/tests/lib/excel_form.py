"""A form that tests fill in, as a person or a program would."""

import io
from pathlib import Path

import openpyxl

from odoo.addons.yangguang_cunwu.lib import catalogue, excel
from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    FixedRow,
    HeaderField,
    Option,
    Rule,
    Template,
    complete,
)

CATALOGUE = Path(__file__).parents[2] / "data" / "catalogue"
TEMPLATES = {
    template.code: template
    for kind in ("village", "community")
    for template in catalogue.read_directory(CATALOGUE, kind).templates
}
TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="收支明细表",
    orientation="landscape",
    header=(
        HeaderField("village", "村名", "text", automatic=True, required=True),
        HeaderField("opening", "期初结余", "money", required=True, unit="元"),
        HeaderField("day", "盘点日期", "date"),
    ),
    columns=(
        Column("summary", "摘要", "text", required=True),
        Column("date", "日期", "date"),
        Column("kind", "类别", "selection", options=(Option("a", "收入"), Option("b", "支出"))),
        Column("count", "数量", "integer"),
        Column("area", "面积", "area_mu", unit="亩"),
        Column("account", "账号", "bank_account"),
        Column("receipt", "收入金额", "money", unit="元", total=True),
        Column("payment", "支出金额", "money", unit="元", total=True),
        Column("balance", "结余", "money", unit="元"),
    ),
    rules=(Rule("compute", "balance = prev(balance, opening) + receipt - payment"),),
)
# where the form of TEMPLATE has its head, and its first row, as Excel counts
HEAD, FIRST = 6, 7
ROW = {
    "summary": "收承包款",
    "date": "2026-03-05",
    "kind": "a",
    "count": "3",
    "area": "18.6",
    "account": "6200000000000000000",
    "receipt": "1234.50",
    "payment": "0.00",
}
DOCUMENT = {"header": {"opening": "100.00", "day": "2026-03-31"}, "rows": [ROW, ROW]}
FIXED = Template(
    code="T_F",
    item_code="F",
    title="资产负债表",
    columns=(
        Column("line", "项目", "text", required=True),
        Column("closing", "期末余额", "money", unit="元", required=True),
    ),
    fixed_rows=(
        FixedRow("cash", "货币资金", cells={"line": "货币资金"}),
        FixedRow("debts", "应收款项", cells={"line": "应收款项"}),
        FixedRow("total", "资产总计", formula="cash + debts", cells={"line": "资产总计"}),
    ),
)


def form(document=DOCUMENT, template=TEMPLATE):
    document = complete(template, document)
    return excel.form(template, header=document["header"], rows=document["rows"])


def edited(data, edit):
    """`data` after `edit(sheet)`, as a program saves it that computes no formulas."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    edit(book.worksheets[0])
    return saved(book)


def saved(book):
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def filled(**cells):
    """A form without rows, the given cells filled in."""

    def edit(sheet):
        for address, value in cells.items():
            sheet[address] = value

    return edited(form({"header": {"opening": "100.00"}}), edit)


def problems(data, template=TEMPLATE):
    return [str(problem) for problem in excel.read(template, data).problems]


def without_automatic(template, document):
    """What a reading of `document` holds: the program's own header fields are not read."""
    known = {field.key for field in template.header if not field.automatic}
    header = {key: value for key, value in document["header"].items() if key in known}
    return {"header": header, "rows": document["rows"]}
