from dataclasses import replace

import pytest

from odoo.addons.yangguang_cunwu.lib.tables import (
    Column,
    FixedRow,
    HeaderField,
    Option,
    Rule,
    Template,
)
from odoo.addons.yangguang_cunwu.lib.tables.program import Program
from odoo.addons.yangguang_cunwu.lib.tables.validation import validate

GOOD = Template(
    "T_X1",
    "X1",
    "某表",
    (
        Column("kind", "类别", "selection", options=(Option("a", "甲"), Option("b", "乙"))),
        Column("amount", "金额", "money", total=True),
        Column("paid", "已付", "money"),
        Column("owed", "未付", "money"),
        Column("day", "日期", "date"),
        Column("id_no", "身份证号", "id_card", internal=True),
    ),
    header=(HeaderField("opening", "期初", "money"),),
    rules=(
        Rule("compute", "owed = amount - paid"),
        Rule("check", "paid <= amount", "已付不得大于金额"),
        Rule("table", "sum(amount) >= opening", "合计不得小于期初"),
    ),
)
FIXED = replace(
    GOOD,
    rules=(),
    fixed_rows=(
        FixedRow("all", "合计", formula="one + two"),
        FixedRow("one", "一", cells={"kind": "a"}),
        FixedRow("two", "二"),
    ),
)


def column(**changes):
    return replace(
        GOOD, columns=(*GOOD.columns, Column(**{"label": "新", "type": "text"} | changes))
    )


def rules(*texts, kind="check"):
    return replace(GOOD, rules=tuple(Rule(kind, text, "提示") for text in texts))


def fixed(*rows):
    return replace(FIXED, fixed_rows=rows)


def test_good_templates_have_nothing_wrong():
    assert validate(GOOD) == []
    assert validate(FIXED) == []


@pytest.mark.parametrize(
    ("template", "sentence"),
    [
        (replace(GOOD, title=" "), "标题没有填写"),
        (replace(GOOD, columns=(), rules=()), "至少要有一列"),
        (replace(GOOD, orientation="wide"), "纸张方向「wide」不对"),
        (column(key="amount"), "列「amount」重复"),
        (column(key="Amount"), "列「Amount」的代码不能用"),
        (column(key="today"), "列「today」的代码不能用"),
        (column(key="sum"), "列「sum」的代码不能用"),
        (column(key="key"), "列「key」的代码不能用"),
        (column(key="in"), "列「in」的代码不能用"),
        (column(key="x", label=" "), "列「x」没有名称"),
        (column(key="x", type="float"), "列「新」的类型「float」不对"),
        (column(key="x", mask="half"), "列「新」的遮盖方式「half」不对"),
        (column(key="x", total=True), "列「新」不是数字，不能合计"),
        (column(key="x", type="id_card"), "列「新」是身份证号，应遮盖或仅供内部核对"),
        (column(key="x", type="bank_account"), "列「新」是账号，应遮盖或仅供内部核对"),
        (column(key="x", type="selection"), "列「新」的选项与类型不符"),
        (column(key="x", options=(Option("a", "甲"),)), "列「新」的选项与类型不符"),
        (
            column(key="x", type="selection", options=(Option("a", "甲"), Option("a", "乙"))),
            "列「新」的选项重复或空白",
        ),
        (
            column(key="x", type="selection", options=(Option("a", "b"), Option("b", "乙"))),
            "列「新」的选项名称「b」是另一选项的代码",
        ),
        (replace(GOOD, header=GOOD.header * 2), "表头「opening」重复"),
        (
            replace(GOOD, header=(HeaderField("x", "头", "selection"),), rules=()),
            "表头「头」的类型「selection」不对",
        ),
        (rules("paid <=", kind="check"), "规则1：公式有一处写法有误"),
        (rules("paid <= amount", "foo > 1"), "规则2：没有「foo」这一列"),
        (rules("paid + amount"), "规则1：公式的结果应为是非判断，如 a <= b"),
        (rules("day > 1"), "规则1：「1」是数字，此处应为日期"),
        (rules("kind == 'c'"), "规则1：选项里没有「c」，这样比较永远不成立"),
        (rules("sum(amount) > 1"), "规则1：sum 只能用在全表的规则里"),
        (rules("amount > 1", kind="table"), "规则1：没有「amount」这一列"),
        (rules("amount > 1", kind="sometimes"), "规则1：种类「sometimes」不对"),
        (replace(GOOD, rules=(Rule("check", "paid > 1"),)), "规则1：没有写明违反时的提示"),
        (rules("amount", kind="compute"), "规则1：计算规则应写成「列 = 公式」"),
        (rules("foo = amount", kind="compute"), "规则1：「foo」不是一列数字"),
        (rules("day = amount", kind="compute"), "规则1：「day」不是一列数字"),
        (rules("opening = amount", kind="compute"), "规则1：「opening」不是一列数字"),
        (rules("owed = paid > 1", kind="compute"), "规则1：公式的结果应为数字"),
        (rules("owed = days(day, today)", kind="compute"), "规则1：此处不能用 today"),
        (rules("owed = amount", "owed = paid", kind="compute"), "「owed」有两条计算公式"),
        (rules("owed = owed + 1", kind="compute"), "计算公式互相循环：owed → owed"),
        (rules("owed = paid + 1", "paid = owed", kind="compute"), "计算公式互相循环"),
        (fixed(FixedRow("one", "一"), FixedRow("one", "二")), "固定行「one」重复"),
        (fixed(FixedRow("One", "一")), "固定行「One」的代码不能用"),
        (fixed(FixedRow("one", "一", formula="two")), "固定行「一」：没有「two」这一列"),
        (
            fixed(FixedRow("one", "一", formula="two"), FixedRow("two", "二", formula="one")),
            "计算公式互相循环",
        ),
        (fixed(FixedRow("one", "一", cells={"kind": "c"})), "固定行「一」的「kind」：没有「c」"),
        (fixed(FixedRow("one", "一", cells={"amount": "1.00"})), "不是可以印定的列"),
        (fixed(FixedRow("one", "一", cells={"day": "2026/1/1"})), "写法不规范"),
        (
            replace(
                FIXED, columns=(Column("name", "名", "text"),), fixed_rows=(FixedRow("a", "甲"),)
            ),
            "有固定行的表应有金额列",
        ),
    ],
)
def test_what_is_wrong_is_told(template, sentence):
    assert any(sentence in each for each in validate(template)), validate(template)


def test_what_is_computed_from_the_row_before_is_no_cycle():
    assert validate(rules("owed = prev(owed, opening) + amount - paid", kind="compute")) == []


def test_computes_are_put_in_order():
    texts = ("paid = owed + 1", "owed = amount * 2")
    program = Program(rules(*texts, kind="compute"))
    assert [compute.target for compute in program.computes] == ["owed", "paid"]


def test_a_template_is_kept_as_plain_data():
    for template in (GOOD, FIXED):
        assert Template.from_dict(template.to_dict()) == template


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"colour": "red"}, "没有「colour」这个栏目"),
        ({"columns": "x"}, "列表"),
        ({"columns": [{"key": "a"}]}, "缺少「label」"),
        ({"columns": [{"key": "a", "label": "b", "type": "text", "required": "maybe"}]}, "maybe"),
        ({"rules": [1]}, "名称：内容"),
        ({"sample_header": ["x"]}, "名称：内容"),
        ({"title": 5}, "「5」填得不对"),
    ],
)
def test_other_data_is_refused(change, sentence):
    with pytest.raises(ValueError, match=f"T_X1.*{sentence}"):
        Template.from_dict(GOOD.to_dict() | change)
