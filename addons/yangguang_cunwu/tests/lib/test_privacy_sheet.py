from datetime import date
from pathlib import Path

import pytest
from stdnum.cn import ric

from odoo.addons.yangguang_cunwu.lib import catalogue, privacy
from odoo.addons.yangguang_cunwu.lib.privacy import Passage
from odoo.addons.yangguang_cunwu.lib.tables import Column, HeaderField, Option, Template

TODAY = date(2026, 3, 31)
ID = "99099919750312001" + ric.calc_check_digit("990999197503120010")
TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="补贴发放表",
    header=(HeaderField("contact", "联系人", "text"), HeaderField("phone", "电话", "phone")),
    columns=(
        Column("name", "姓名", "person_name"),
        Column("id_no", "身份证号", "id_card", mask="id_card"),
        Column("birth", "出生日期", "date"),
        Column("kind", "类别", "selection", options=(Option("care", "重度残疾人护理补贴"),)),
        Column("grade", "残疾等级", "text", internal=True),
        Column("note", "备注", "text"),
        Column("more", "补充", "text"),
    ),
)


def findings(document, template=TEMPLATE):
    return list(privacy.find(privacy.passages(template, document), TODAY))


def in_row(**row):
    return [
        (finding.place, finding.hit.kind)
        for finding in findings({"rows": [{"name": "林建国"}, {"name": "陈小芳", **row}]})
    ]


def test_each_place_of_a_sheet_is_read():
    (finding,) = findings({"text": "请联系13800001234"}, template=None)
    assert (finding.place, finding.path) == ("正文", ("text",))
    assert finding.sentence() == "正文：疑似手机号 138****1234，不得公开，请删去或改写"
    (finding,) = findings({"header": {"contact": "张三13800001234", "phone": "0663-3261234"}})
    assert (finding.place, finding.path) == ("表头「联系人」", ("header", "contact"))
    assert findings({"note": "13800001234"})[0].path == ("note",)
    (finding,) = findings({"rows": [{}, {"note": ID}]})
    assert (finding.place, finding.path) == ("第2行「备注」", ("rows", 1, "note"))


def test_what_is_masked_internal_or_printed_by_the_form_is_left_out():
    assert in_row(id_no=ID, grade="残疾二级", kind="重度残疾人护理补贴") == []


def test_an_illness_in_the_row_of_a_person():
    assert in_row(note="残疾二级") == [("第2行「备注」", "health")]
    assert in_row(note="尿毒症") == [("第2行「备注」", "health")]
    assert findings({"rows": [{"note": "尿毒症"}]}) == []


def test_the_birth_date_of_a_child():
    assert in_row(birth="2016-05-03") == [("第2行「出生日期」", "minor_birth")]
    assert in_row(birth="1976-05-03") == []


def test_a_number_over_two_cells():
    assert in_row(note=ID[:10], more=ID[10:]) == [("第2行「备注」至第2行「补充」", "id_card")]
    assert in_row(note="138", more="0000 1234") == []
    assert in_row(note="138", more="00001234") == [("第2行「备注」至第2行「补充」", "mobile")]
    assert in_row(note="13800001234", more="100") == [("第2行「备注」", "mobile")]


@pytest.mark.parametrize("kind", catalogue.DIVISION_KINDS)
def test_what_the_shipped_forms_print_is_no_finding(kind):
    data = Path(catalogue.__file__).parents[2] / "data" / "catalogue"
    for template in catalogue.read_directory(data, kind).templates:
        assert findings(template.sample, template) == []
        printed = [template.title, template.note, *(column.label for column in template.columns)]
        printed += [option.label for column in template.columns for option in column.options]
        for text in printed:
            assert privacy.scan(text, TODAY) == []
            assert privacy.scan(text, TODAY, beside_name=True) == [], text


def test_the_key_of_a_finding_is_that_of_its_kind_place_and_value():
    def key(text, place="甲", secret=b"secret"):
        (finding,) = privacy.find([[Passage(place, text)]], TODAY)
        return finding.key(secret)

    assert key("电话13800001234") == key("手机 138-0000-1234")
    different = [key("13800001234", "乙"), key("13800001235"), key("13800001234", secret=b"other")]
    assert len({key("13800001234"), *different}) == 4
    assert "1380000" not in key("13800001234")
