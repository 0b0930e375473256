from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib.household import own_rows


def face(columns, rows):
    return {
        "columns": [
            {"key": key, "label": label, "type": kind, "unit": unit}
            for key, label, kind, unit in columns
        ],
        "rows": rows,
    }


NUMBERED = [
    ("household_no", "户号", "text", None),
    ("head", "户主姓名", "person_name", None),
    ("paid", "实付金额", "money", "元"),
]
NAMED = [
    ("head", "户主姓名", "person_name", None),
    ("monthly", "月保障金额", "money", "元"),
    ("handler", "经手人", "person_name", None),
]


def test_a_numbered_list_is_asked_by_the_number_alone():
    shown = face(NUMBERED, [["001", "赵大明", "80.00"], ["014", "赵大明", "120.00"]])
    assert own_rows(shown, "014", {"赵大明"}) == [
        (
            2,
            [
                {"label": "户号", "value": "014"},
                {"label": "户主姓名", "value": "赵大明"},
                {"label": "实付金额", "value": "120.00元"},
            ],
        )
    ]
    assert own_rows(shown, None, {"赵大明"}) == []
    assert own_rows(shown, "", {"赵大明"}) == []


def test_a_list_without_numbers_is_asked_by_whom_it_is_about():
    shown = face(NAMED, [["赵大明", "900.00", "钱小六"], ["钱小六", None, "赵大明"]])
    assert [row for row, _cells in own_rows(shown, "014", {"赵大明"})] == [1]
    assert own_rows(shown, "014", {"钱小六"})[0] == (
        2,
        [{"label": "户主姓名", "value": "钱小六"}, {"label": "经手人", "value": "赵大明"}],
    )


def test_what_is_no_name_is_not_compared():
    projects = face([("name", "项目名称", "text", None)], [["赵大明"]])
    assert own_rows(projects, "014", {"赵大明"}) == []


@given(st.lists(st.sampled_from(["001", "002", None, ""]), max_size=8))
def test_no_row_of_another_household_is_shown(numbers):
    shown = face(NUMBERED, [[number, "赵大明", "1.00"] for number in numbers])
    found = own_rows(shown, "001", {"赵大明"})
    assert [position for position, _cells in found] == [
        position for position, number in enumerate(numbers, start=1) if number == "001"
    ]
