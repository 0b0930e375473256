import io
from datetime import date, datetime
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import roster

ROLES = {"村级公开员": "clerk", "党组织书记": "secretary"}
DEPARTMENTS = {"民政局\uff08社会救助\uff09": "MZJ", "=农业农村局": "NYNCJ"}
PERSON = {
    "姓名": "张三",
    "手机号": "13800000000",
    "行政区划代码": "990102100201",
    "单位名称": "南湖村",
    "职务/角色": "村级公开员",
    "部门": "",
    "任职起": date(2026, 1, 1),
    "任职止": None,
}


def workbook(*people, header=tuple(PERSON), above=()):
    output = io.BytesIO()
    with xlsxwriter.Workbook(output, {"default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet()
        lines = [*above, header, *([person.get(name) for name in header] for person in people)]
        for number, line in enumerate(lines):
            sheet.write_row(number, 0, line)
    return output.getvalue()


WHOLE = workbook(PERSON)


def read(*people, **options):
    return roster.read(workbook(*people, **options), ROLES, DEPARTMENTS)


def test_a_line_becomes_an_appointment():
    reading = read(PERSON | {"部门": "民政局(社会救助)", "任职止": "2028-12-31"})
    assert reading.problems == []
    assert reading.rows == [
        roster.Appointment(
            line=2,
            name="张三",
            phone="13800000000",
            division_code="990102100201",
            role="clerk",
            department_code="MZJ",
            date_from=date(2026, 1, 1),
            date_to=date(2028, 12, 31),
        )
    ]


def test_what_excel_makes_of_numbers_and_names():
    (row,) = read(
        PERSON | {"姓名": " 张 三 ", "手机号": 13800000000, "行政区划代码": 990102100201}
    ).rows
    assert (row.name, row.phone, row.division_code) == ("张三", "13800000000", "990102100201")


@pytest.mark.parametrize(
    "written",
    [
        datetime(2026, 3, 1, 8, 30),
        "2026-03-01",
        "2026/3/1",
        "2026.3.1",
        "2026年3月1日",
        "20260301",
        20260301,
    ],
)
def test_dates_as_people_write_them(written):
    (row,) = read(PERSON | {"任职起": written}).rows
    assert row.date_from == date(2026, 3, 1)
    assert row.date_to is None


@pytest.mark.parametrize(
    ("change", "column", "message"),
    [
        ({"姓名": ""}, "姓名", "必须填写"),
        ({"行政区划代码": None}, "行政区划代码", "必须填写"),
        ({"职务/角色": " "}, "职务/角色", "必须填写"),
        ({"任职起": None}, "任职起", "必须填写"),
        ({"手机号": "1380000"}, "手机号", "应为11位手机号码"),
        ({"行政区划代码": "9901021002"}, "行政区划代码", "应为12位数字"),
        ({"职务/角色": "村长"}, "职务/角色", "没有「村长」这一项"),
        ({"部门": "水务局"}, "部门", "没有「水务局」这一项"),
        ({"任职起": "2026-02-30"}, "任职起", "应填日期"),
        ({"任职起": "去年"}, "任职起", "应填日期"),
        ({"任职止": date(2025, 12, 31)}, "任职止", "不能早于任职起"),
    ],
)
def test_each_mistake_is_named_by_line_and_column(change, column, message):
    reading = read(PERSON | {"姓名": "李四"}, PERSON | change)
    assert [row.line for row in reading.rows] == [2]
    (problem,) = reading.problems
    assert (problem.line, problem.column) == (3, column)
    assert problem.message.startswith(message)


def test_a_group_s_code_and_a_person_with_two_offices():
    group = PERSON | {"行政区划代码": "990102100201-03"}
    other_office = PERSON | {"职务/角色": "党组织书记"}
    reading = read(PERSON, group, other_office)
    assert reading.problems == []
    assert [row.division_code for row in reading.rows] == [
        "990102100201",
        "990102100201-03",
        "990102100201",
    ]


def test_the_same_office_given_twice():
    reading = read(PERSON, PERSON | {"任职止": date(2027, 1, 1)})
    assert [str(problem) for problem in reading.problems] == [
        "第3行「姓名」：与第2行是同一人的同一任职"
    ]


def test_the_header_is_found_by_name_in_any_order():
    header = ("任职起*", "姓 名", "职务\uff0f角色*", "行政区划代码", "备注")
    values = [date(2026, 1, 1), "张三", "党组织书记", "990102100201", "x"]
    content = workbook(
        dict(zip(header, values, strict=True)),
        {},
        header=header,
        above=[["南湖村干部名册"], []],
    )
    reading = roster.read(content, ROLES, DEPARTMENTS)
    assert reading.problems == []
    assert [(row.line, row.role) for row in reading.rows] == [(4, "secretary")]


def test_missing_columns_are_named():
    (problem,) = read(header=("姓名", "职务/角色")).problems
    assert str(problem) == "第1行「行政区划代码、任职起」：表头缺少这些列"


def test_too_many_lines(monkeypatch):
    monkeypatch.setattr(roster, "MAX_ROWS", 1)
    (problem,) = read(PERSON, PERSON).problems
    assert problem.message == "一次最多导入1行，请分批导入"


def bomb():
    output = io.BytesIO()
    with ZipFile(output, "w", ZIP_DEFLATED) as package:
        package.writestr("xl/workbook.xml", bytes(60 * 1024 * 1024))
    return output.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"a,b\n", WHOLE[:-200], bomb()], ids=["empty", "csv", "cut", "bomb"]
)
def test_files_that_cannot_be_read(content):
    (problem,) = roster.read(content, ROLES, DEPARTMENTS).problems
    assert problem.message.startswith("无法打开")


@given(
    st.lists(
        st.tuples(st.integers(0, len(WHOLE) - 1), st.integers(0, 255)),
        min_size=1,
        max_size=5,
    )
)
def test_a_damaged_file_is_never_more_than_a_problem(damages):
    content = bytearray(WHOLE)
    for place, value in damages:
        content[place] = value
    reading = roster.read(bytes(content), ROLES, DEPARTMENTS)
    assert reading.rows or reading.problems


def test_the_form_offers_the_labels_and_reads_back():
    content = roster.form(ROLES, DEPARTMENTS)
    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet, options = book.worksheets
    lists = {
        str(rule.sqref): [cell.value for row in options[rule.formula1[4:]] for cell in row]
        for rule in sheet.data_validations.dataValidation
    }
    assert lists == {"E2:E5001": list(ROLES), "F2:F5001": list(DEPARTMENTS)}
    assert roster.read(content, ROLES, DEPARTMENTS).problems == []
    for name, value in PERSON.items():
        place = list(roster.COLUMNS).index(name) + 1
        sheet.cell(2, place, value)
    filled = io.BytesIO()
    book.save(filled)
    (row,) = roster.read(filled.getvalue(), ROLES, DEPARTMENTS).rows
    assert row.role == "clerk"
