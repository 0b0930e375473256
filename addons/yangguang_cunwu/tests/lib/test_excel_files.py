import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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


def repacked(data, change=lambda name, content: content, **added):
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(target, "w") as archive:
        for name in source.namelist():
            archive.writestr(name, change(name, source.read(name)))
        for name, content in added.items():
            archive.writestr(name, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def test_only_workbooks_without_macros_are_read():
    assert "旧格式的 Office 文件" in problems(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)[0]
    assert "这不是 .xlsx 文件" in problems("姓名，金额".encode())[0]
    assert "这不是 .xlsx 文件" in problems(b"")[0]
    assert "文件带有宏" in problems(repacked(FORM, **{"xl/vbaProject.bin": b"x"}))[0]
    assert "超过 5 MB" in problems(b"PK" + b"\0" * workbook.SIZE_LIMIT)[0]


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = repacked(FORM, **{"xl/media/a.xml": b"\0" * (workbook.UNPACKED_LIMIT + 1)})
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
