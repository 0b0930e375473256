import io

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from samples import repacked

from odoo.addons.yangguang_cunwu.lib import excel
from odoo.addons.yangguang_cunwu.lib.excel import workbook
from odoo.addons.yangguang_cunwu.lib.tables import Column, Template

TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="名册",
    columns=(Column("name", "姓名", "text"), Column("amount", "金额", "money", unit="元")),
)
FORM = excel.form(TEMPLATE, rows=[{"name": "收承包款", "amount": "1.00"}])


def problems(data):
    return [str(problem) for problem in excel.read(TEMPLATE, data).problems]


def edited(edit):
    """The form after `edit(sheet)`, as a program saves it that computes no formulas."""
    book = openpyxl.load_workbook(io.BytesIO(FORM))
    edit(book.worksheets[0])
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def test_only_workbooks_without_macros_are_read():
    assert "旧格式的 Office 文件" in problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)[0]
    assert "这不是 .xlsx 文件" in problems("姓名，金额".encode())[0]
    assert "文件是空的" in problems(b"")[0]
    assert "文件带有宏" in problems(repacked(FORM, **{"xl__vbaProject.bin": b"x"}))[0]
    assert "超过 5 MB" in problems(b"PK" + b"\0" * workbook.SIZE_LIMIT)[0]


def test_what_is_no_workbook_is_named():
    assert "程序文件" in problems(b"MZ" + bytes(100))[0]
    assert "压缩包" in problems(b"Rar!\x1a\x07\x00")[0]
    assert "这不是 .xlsx 文件" in problems(b"%PDF-1.7")[0]
    assert "夹带" in problems(FORM + b"more")[0]


def test_links_to_other_workbooks_are_refused():
    linked = repacked(FORM, **{"xl__externalLinks__externalLink1.xml": b"<a/>"})
    assert "链接了别的工作簿" in problems(linked)[0]


def test_merged_rows_are_told():
    head = next(
        number
        for number, cells in excel.workbook.open_book(FORM).sheets[0].cells.items()
        if cells[1].value == "姓名"
    )
    merged = edited(lambda sheet: sheet.merge_cells(f"A{head + 1}:A{head + 3}"))
    assert problems(merged) == [
        f"A{head + 1}：从这一格到 A{head + 3} 合并成了一格，只读得到一次；请取消合并，每一行都填写"
    ]
    assert problems(edited(lambda sheet: sheet.merge_cells(f"F{head + 1}:G{head + 1}"))) == []


def test_a_formula_without_a_result_is_told():
    def compute(sheet):
        for cells in sheet.iter_rows():
            for cell in cells:
                if cell.value == 1:
                    cell.value = "=1+1"

    (problem,) = problems(edited(compute))
    assert "公式没有算出结果" in problem


def test_the_form_of_another_version_of_the_program_is_refused():
    def change(name, part):
        return part.replace(b"yangguang.form/1", b"yangguang.form/0")

    assert "由别的版本的系统生成" in problems(repacked(FORM, change))[0]


def test_a_form_with_too_many_rows_is_refused():
    far = edited(lambda sheet: sheet.cell(workbook.LINES_LIMIT + 1, 1).__setattr__("value", "张三"))
    assert "超过 20000 行" in problems(far)[0]


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(FORM, **{"xl__media__a.xml": b"\0" * (workbook.UNPACKED_LIMIT + 1)})
    assert len(bomb) < workbook.SIZE_LIMIT
    assert problems(bomb) == ["文件解压后过大，不能读取。"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_are_not_resolved(encoding, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("泄露")

    def plant(name, content):
        if name != "xl/sharedStrings.xml":
            return content
        document = content.decode().replace("UTF-8", encoding).replace("收承包款", "&x;")
        kind = f'<!DOCTYPE sst [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        return document.replace("<sst", f"{kind}<sst", 1).encode(encoding)

    reading = excel.read(TEMPLATE, repacked(FORM, plant))
    assert [str(problem) for problem in reading.problems] == [
        "文件含有不允许的内容（外部实体），不能读取。"
    ]
    assert reading.document["rows"] == []


@settings(max_examples=60, deadline=None)
@given(st.data())
def test_a_broken_file_is_refused_and_never_fails(data):
    content = bytearray(FORM)
    for _ in range(data.draw(st.integers(1, 8))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    cut = data.draw(st.integers(0, len(content)))
    excel.read(TEMPLATE, bytes(content))
    assert excel.read(TEMPLATE, bytes(content[:cut])).problems or cut == len(content)
