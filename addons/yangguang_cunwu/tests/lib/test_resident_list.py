import io

import openpyxl

from odoo.addons.yangguang_cunwu.lib import resident_list


def book(*rows):
    workbook = openpyxl.load_workbook(io.BytesIO(resident_list.form()))
    for row in rows:
        workbook.active.append(row)
    content = io.BytesIO()
    workbook.save(content)
    return content.getvalue()


def test_filled_form():
    reading = resident_list.read(
        book(("王 五", "014", 13800138000, "是"), (), ("李四", "李四", None, None))
    )
    assert reading.problems == []
    assert reading.rows == [
        (2, "王五", "014", "13800138000", True),
        (4, "李四", "李四", "", False),
    ]


def test_every_error_has_its_place():
    reading = resident_list.read(
        book(
            ("王五", None, "123", "也许"),
            ("李四", "1", "", ""),
            ("李四", "1", "", ""),
            (None, "2", "", ""),
        )
    )
    sentences = [str(problem) for problem in reading.problems]
    assert len(sentences) == 5
    for sentence, place in zip(
        sentences, ("第2行", "第2行", "第2行", "第4行", "第5行"), strict=True
    ):
        assert place in sentence
    assert [row.line for row in reading.rows] == [3]


def test_what_has_no_column_is_not_said():
    """A list of names and households must not take telephones and membership from anybody."""
    own = openpyxl.Workbook()
    own.active.append(["户号或户主", "姓名"])
    own.active.append(["014", "王五"])
    content = io.BytesIO()
    own.save(content)
    reading = resident_list.read(content.getvalue())
    assert reading.problems == []
    assert reading.rows == [(2, "王五", "014", None, None)]


def test_no_form():
    assert resident_list.read(b"x").problems
    other = openpyxl.Workbook()
    other.active.append(["姓名", "年龄"])
    content = io.BytesIO()
    other.save(content)
    [problem] = resident_list.read(content.getvalue()).problems
    assert "户号或户主" in str(problem)
