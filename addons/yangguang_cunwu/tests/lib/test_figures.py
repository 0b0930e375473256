from odoo.addons.yangguang_cunwu.lib.figures import fields, figures


def face(**changes):
    return {
        "division": {"name": "东岸村"},
        "period": "2026年1月",
        "header": [
            {"label": "村名称", "value": "东岸村"},
            {"label": "期初结余", "value": "1,000.00"},
            {"label": "期末结余", "value": "-5.00"},
            {"label": "编制人", "value": "陈小芳"},
        ],
        "columns": [
            {"label": "摘要", "type": "text", "unit": ""},
            {"label": "收入", "type": "money", "unit": "元"},
            {"label": "面积", "type": "area_mu", "unit": "亩"},
        ],
        "totals": [None, "20.00", "18.6"],
        "zero": None,
        "detail": "rows",
        **changes,
    }


def test_opening_totals_closing():
    assert figures(face()) == [
        ("期初结余", "1,000.00"),
        ("收入", "20.00"),
        ("面积", "18.6 亩"),
        ("期末结余", "-5.00"),
    ]


def test_each_field_is_said_once():
    assert fields(face()) == [{"label": "编制人", "value": "陈小芳"}]


def test_balances_of_a_zero_report_stay_fields():
    zero = face(zero="1")
    assert figures(zero) == []
    assert [entry["label"] for entry in fields(zero)] == ["期初结余", "期末结余", "编制人"]


def test_too_many_to_see_at_a_glance():
    columns = [{"label": str(number), "type": "money", "unit": "元"} for number in range(7)]
    assert figures(face(columns=columns, totals=["1.00"] * 7)) == []


def test_totals_alone_are_in_the_table():
    assert figures(face(detail="totals")) == []


def test_text_has_none():
    assert figures(face(columns=[], totals=None, header=[])) == []
