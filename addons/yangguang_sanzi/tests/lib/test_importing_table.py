import io
import zipfile

import pytest
from books_sets import CHART, LINES
from hypothesis import given
from hypothesis import strategies as st
from import_files import HEADS, as_csv, as_xlsx, voucher_rows

from odoo.addons.yangguang_cunwu.lib.files.refusal import RefusedError
from odoo.addons.yangguang_sanzi.lib.importing import fields
from odoo.addons.yangguang_sanzi.lib.importing.accounts import Target, propose
from odoo.addons.yangguang_sanzi.lib.importing.cells import Records
from odoo.addons.yangguang_sanzi.lib.importing.table import LINES_LIMIT, open_table

ROWS = voucher_rows(6)


def records(content, kind="voucher"):
    table = open_table(content)
    return list(Records(table, kind, fields.propose(kind, table.heads)))


EXPECTED = records(as_csv(ROWS))


@pytest.mark.parametrize(
    "content",
    [
        as_csv(ROWS, "utf-8"),
        as_csv(ROWS, "gb18030"),
        as_csv(ROWS, "utf-16", "\t"),
        as_csv(ROWS, "gb18030", "\t"),
        as_csv(ROWS, delimiter=";"),
        as_xlsx(ROWS),
    ],
)
def test_a_list_is_the_same_in_every_kind_of_file(content):
    assert len(EXPECTED) == 6
    assert records(content) == EXPECTED


def test_the_head_is_found_below_a_title():
    table = open_table(as_csv([["东岸村经济联合社凭证列表"], ["日期：", "2026-03"], *ROWS]))
    assert table.head_row == 3
    assert list(table.heads.values()) == HEADS


def test_a_head_of_two_lines_is_joined():
    rows = [
        ["科目编码", "科目名称", "期初余额", "", "本期发生", ""],
        ["", "", "借方", "贷方", "借方", "贷方"],
        ["101", "库存现金", "10.00", "", "", ""],
    ]
    table = open_table(as_csv(rows))
    assert table.head_row == 2
    assert fields.propose("balance", table.heads) == {
        1: "account",
        2: "account_name",
        3: "debit",
        4: "credit",
    }


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "没有找到表头"),
        (b"\xff\xfd\xff", "没有找到表头|无法识别"),
        ("随便写的文字".encode(), "没有找到表头"),
        (b"<html><table></table></html>", "请在软件里导出为"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "请在软件里导出为"),
        (b"PK\x03\x04broken", "损坏"),
        (as_csv(ROWS) + b'"' + b"x" * 200_000, "不是规范的CSV"),
    ],
)
def test_what_is_no_list_is_refused_with_a_sentence(content, sentence):
    with pytest.raises(RefusedError, match=sentence):
        for _row in open_table(content).rows:
            pass


@given(st.binary(max_size=300))
def test_whatever_comes_in_is_read_or_refused(content):
    try:
        for _row in open_table(content).rows:
            pass
    except RefusedError as refusal:
        assert str(refusal)


def test_more_lines_than_may_be_are_refused():
    content = as_csv([HEADS]) + b"\r\n" * LINES_LIMIT
    with pytest.raises(RefusedError, match="超过60000行"):
        list(open_table(content).rows)


def test_a_bomb_is_refused_before_it_is_unpacked():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b" " * (3 * 1024 * 1024))
    with pytest.raises(RefusedError, match="解压后过大"):
        open_table(packed.getvalue())


def test_what_was_chosen_before_goes_first():
    heads = {1: "日期", 2: "凭证号", 3: "备注", 4: "摘要"}
    assert fields.propose("voucher", heads)[4] == "summary"
    chosen = fields.propose("voucher", heads, {"备注": "summary", "日期": ""})
    assert chosen == {3: "summary", 2: "number"}


def test_what_is_wrong_with_the_columns_is_told_together():
    assert fields.problems("voucher", ["date", "date", "number", "summary", "debit", "amount"]) == [
        "「日期」选了不止一列，只能选一列。",
        "「科目编码」和「科目名称」至少要选一列。",
        "请选「借方金额」和「贷方金额」两列，或者「方向」和「金额」两列。",
    ]
    complete = ["date", "number", "summary", "account"]
    assert fields.problems("voucher", [*complete, "side", "amount"]) == []
    assert fields.problems("voucher", [*complete, "debit", "credit", "amount"]) == [
        "借方、贷方两列与方向、金额两列只能用一种。"
    ]


def test_no_head_is_known_for_two_fields_of_a_kind():
    for kind, known in fields.KINDS.items():
        heads = [fields.normal(head) for one in known for head in one.heads]
        assert len(heads) == len(set(heads)), kind


@pytest.mark.parametrize(
    ("code", "name", "target"),
    [
        ("101", "现金", Target("101")),
        ("10201", "银行存款-农商行", Target("102")),
        ("", "库存现金", Target("101")),
        ("1122", "应收账款", Target("112")),
        ("112.01", "应收款\\张三", Target("112", "张三")),
        ("54101", "管理费用_报刊费", Target("513", None, None, "out_press")),
        ("513", "管理费用", Target("513")),
        ("501", "发包及上交收入-鱼塘承包款", Target("501", None, "in_contract", None)),
        ("322", "收益分配-未分配收益", Target("32201")),
        ("322", "收益分配", Target(None)),
        ("101", "应付款", Target("211")),
        ("999", "没有的科目", Target(None)),
    ],
)
def test_accounts_are_proposed_by_name_before_code(code, name, target):
    found = propose(code, name, CHART, LINES)
    assert found[:2] == target[:2]
    assert target.in_line in (None, found.in_line)
    assert target.out_line in (None, found.out_line)
