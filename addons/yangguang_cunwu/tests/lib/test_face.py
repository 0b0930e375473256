from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import canonical, face, masking
from odoo.addons.yangguang_cunwu.lib.tables import Column, HeaderField, Option, Template

TEMPLATE = Template(
    code="T_X",
    item_code="X",
    title="补贴发放表",
    orientation="landscape",
    header=(
        HeaderField("unit_note", "金额单位", "text"),
        HeaderField("preparer", "编制人", "person_name"),
        HeaderField("opening", "期初结余", "money"),
        HeaderField("complaint", "监督电话", "phone"),
    ),
    columns=(
        Column("name", "户主", "person_name", mask="partial_name"),
        Column("id_no", "证件号", "id_card", mask="id_card", internal=True),
        Column("kind", "类别", "selection", options=(Option("a", "种粮"), Option("b", "养殖"))),
        Column("phone", "电话", "phone", mask="phone"),
        Column("area", "面积", "area_mu", unit="亩", total=True),
        Column("amount", "金额", "money", unit="元", total=True),
        Column("secret", "内部金额", "money", total=True, internal=True),
    ),
)
ROWS = [
    {
        "name": "张小三",
        "id_no": "445203190001010000",
        "kind": "b",
        "phone": "13800000000",
        "area": "3.2",
        "amount": "1234.50",
        "secret": "9.99",
    },
    {"name": "李四", "kind": "a", "area": "0.8", "amount": "0.50"},
]
DOCUMENT = {
    "header": {"preparer": "王小明", "opening": "120000.00", "complaint": "0663-1234567"},
    "rows": ROWS,
    "note": "以实际到账为准。",
}
CONTEXT = face.Context(
    division={"code": "445299101201", "name": "样例村", "town": "样例镇", "district": "样例区"},
    item={"code": "X", "name": "补贴", "category": "政府拨款"},
    period="2026年3月",
    procedure=({"label": "编制", "person": "王小明", "date": "2026-04-10"},),
    legal_basis="《村民委员会组织法》第三十条",
)


def build(document=DOCUMENT, audience="public", template=TEMPLATE, **options):
    return face.build(template, document, CONTEXT, audience, mask=masking.mask, **options)


@pytest.mark.parametrize("audience", face.AUDIENCES)
@pytest.mark.parametrize("totals_only", [True, False])
def test_a_face_can_be_frozen(audience, totals_only):
    built = build(audience=audience, totals_only=totals_only)
    assert canonical.parse(canonical.canonical(built)) == built
    assert canonical.canonical(build(audience=audience, totals_only=totals_only)) == (
        canonical.canonical(built)
    )


@pytest.mark.parametrize("audience", face.AUDIENCES)
def test_internal_columns_stay_inside_for_everybody(audience):
    content = canonical.canonical(build(audience=audience)).decode()
    assert "445203" not in content
    assert "9.99" not in content
    assert "证件号" not in content


def test_the_public_sees_masked_values():
    assert build()["rows"][0] == ["张**", "养殖", "138****0000", "3.2", "1,234.50"]


@pytest.mark.parametrize("audience", sorted(face.PRIVATE_AUDIENCES))
def test_private_audiences_see_names_in_full(audience):
    built = build(audience=audience)
    # the telephone is nobody's business but theirs who keep the list
    assert built["rows"][0][:3] == ["张小三", "养殖", "138****0000"]
    assert built["audience"] == face.AUDIENCES[audience]


def test_those_who_review_and_sign_see_everything():
    built = build(audience=face.INTERNAL)
    content = canonical.canonical(built).decode()
    for shown in ("证件号", "445203", "张小三", "13800000000"):
        assert shown in content


def test_an_unknown_audience_is_refused():
    with pytest.raises(KeyError):
        build(audience="everybody")


def test_office_holders_and_the_telephone_for_complaints_are_not_masked():
    assert build()["header"] == [
        {"label": "编制人", "value": "王小明"},
        {"label": "期初结余", "value": "120,000.00"},
        {"label": "监督电话", "value": "0663-1234567"},
    ]


def test_unknown_cells_are_null():
    assert build()["rows"][1] == ["李*", "种粮", None, "0.8", "0.50"]


def test_totals_alone_show_sums_and_the_number_of_rows():
    built = build(totals_only=True)
    assert built["rows"] == []
    assert built["totals"] == [None, None, None, "4.0", "1,235.00"]
    assert built["row_count"] == "2"
    assert face.notice(built) == "明细共 2 行，按规定在此只公开合计"
    assert face.notice(build()) is None


@given(
    st.lists(st.none() | st.decimals(-(10**9), 10**9, places=2, allow_nan=False), max_size=8),
    st.booleans(),
)
def test_totals_are_the_sums_of_all_rows(amounts, totals_only):
    rows = [{"amount": None if amount is None else f"{amount:.2f}"} for amount in amounts]
    built = build({"rows": rows}, totals_only=totals_only)
    expected = sum((amount for amount in amounts if amount is not None), Decimal(0))
    assert Decimal(built["totals"][-1].replace(",", "")) == expected
    assert len(built["rows"]) == (0 if totals_only else len(rows))


def test_a_table_without_sums_has_no_totals():
    template = Template("T_Y", "Y", "名册", (Column("name", "姓名", "person_name"),))
    built = build({"rows": [{"name": "张三"}]}, template=template)
    assert built["totals"] is None
    assert built["unit_note"] is None


def test_money_is_in_yuan_unless_the_header_says_otherwise():
    assert build()["unit_note"] == "金额单位\uff1a元"
    header = {**DOCUMENT["header"], "unit_note": "万元"}
    assert build({**DOCUMENT, "header": header})["unit_note"] == "金额单位\uff1a万元"


def test_columns_say_how_they_are_shown():
    shown = {column["key"]: (column["align"], column["unit"]) for column in build()["columns"]}
    assert shown["name"] == ("center", "")
    assert shown["amount"] == ("right", "元")
    assert face.heading(build()["columns"][3]) == "面积(亩)"


def test_an_item_of_text_has_no_table():
    built = build({"text": "第一段\n第二段"}, template=None)
    assert (built["columns"], built["rows"], built["totals"]) == ([], [], None)
    assert built["text"] == "第一段\n第二段"
    assert built["title"] == "补贴"
    assert built["orientation"] == "portrait"


def test_a_zero_report_says_so():
    built = build({"zero": "1", "header": DOCUMENT["header"]})
    assert built["zero"] == "1"
    assert face.notice(built) == "本期没有发生此类事项（零报告）"


def test_a_format_is_beside_the_text():
    html = "<h3>甲</h3><p>乙</p>"
    built = build({"text": "甲\n乙", "html": html}, template=None)
    assert (built["text"], built["html"]) == ("甲\n乙", html)
    assert face.text_html(built) == html


def test_a_text_without_a_format_reads_as_paragraphs():
    built = build({"text": "<b>甲</b>\n\n乙"}, template=None)
    assert "html" not in built
    assert face.text_html(built) == "<p>&lt;b&gt;甲&lt;/b&gt;</p><p>乙</p>"
    assert face.text_html(build({}, template=None)) == ""
