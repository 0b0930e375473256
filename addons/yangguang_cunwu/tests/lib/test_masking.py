import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.masking import mask

ID_CARDS = st.from_regex(r"\A[1-8][0-9]{16}[0-9X]\Z")
HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=2, max_size=4)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张小三", "张**"),
        ("张三", "张*"),
        ("欧阳小三", "欧***"),
        ("阿依古丽·买买提", "阿***·***"),
        ("张 三", "张 *"),
        (" 张三", " 张*"),
        ("张三(示例)", "张*(示例)"),
        ("张三\uff08李四之妻\uff09", "张*\uff08****\uff09"),
        ("张三(示例)李四", "张*(**)**"),
        ("张三、李四,王五\uff0c赵小六", "张*、李*,王*\uff0c赵**"),
        ("村民张三等5人", "村******"),
        ("John Smith", "J*** *****"),
        ("张", "*"),
        ("张(示例)", "*(示例)"),
        ("13800000000", "***********"),
        ("无", "无"),
        ("张三等", "张**"),
    ],
)
def test_names(name, shown):
    assert mask(name, "partial_name") == shown


@pytest.mark.parametrize(
    "name",
    [
        "南湖建筑有限公司",
        "南湖(示例)农业有限公司",
        "南湖村经联社",
        "南湖村委会",
        "东岭镇财政所",
        "县农业农村局",
        "南湖村砖厂",
        "老李商店",
        "农业银行东岭支行",
        "东岭镇中心小学",
        "东岭镇便民服务中心",
    ],
)
def test_organisations_are_not_masked(name):
    assert mask(name, "partial_name") == name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("张大学", "张**"),
        ("李建厂", "李**"),
        ("欧阳建厂", "欧***"),
        ("张三的小卖店", "张*****"),
        ("张三 南湖建筑公司", "张* ******"),
        ("村民张三到会", "村*****"),
        ("张三(南湖建筑公司", "张*(******"),
        ("经手人:张三商店", "经*******"),
        ("南湖建筑公司(法人张三)", "南湖建筑公司(****)"),
        ("南湖建筑公司、张三", "南湖建筑公司、张*"),
    ],
)
def test_a_person_is_not_taken_for_an_organisation(name, shown):
    assert mask(name, "partial_name") == shown


@given(st.lists(HAN, min_size=1, max_size=3))
def test_a_masked_name_keeps_its_length_and_hides_the_given_name(names):
    text = "、".join(names)
    shown = mask(text, "partial_name")
    assert len(shown) == len(text)
    for name, masked in zip(names, shown.split("、"), strict=True):
        assert masked in (name[0] + "*" * (len(name) - 1), name)
        # a name of four characters may read like a shop; shorter ones never do
        assert masked != name or len(name) == 4


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("id_card", "445203190001010000", "445203********0000"),
        ("id_card", "44520319000101001x", "445203********001X"),
        ("id_card", "445203 19000101 0000", "445203********0000"),
        ("id_card", "445203000101000", "***************"),
        ("id_card", "4452031900010100001", "*******************"),
        ("phone", "13800000000", "138****0000"),
        ("phone", "+86 138-0000-0000", "138****0000"),
        ("phone", "0663-3261234", "************"),
        ("phone", "1234", "****"),
        ("phone", "13800000000/13900000000", "***********************"),
        ("bank", "6200000000000000000", "***************0000"),
        ("bank", "6200 0000 0000 1234", "************1234"),
        ("bank", "1234", "****"),
        ("bank", "存折12345678901234", "****************"),
    ],
)
def test_numbers(kind, value, shown):
    assert mask(value, kind) == shown


@given(ID_CARDS)
def test_the_birth_date_is_never_shown(number):
    shown = mask(number, "id_card")
    assert shown == number[:6] + "*" * 8 + number[14:]


@given(st.text(min_size=1), st.sampled_from(["id_card", "phone", "bank"]))
def test_odd_text_is_starred_from_end_to_end(text, kind):
    shown = mask(text, kind)
    assert "*" * 4 in shown or set(shown) == {"*"}


@pytest.mark.parametrize("kind", ["none", "partial_name", "id_card", "phone", "bank"])
def test_empty_values_stay_empty(kind):
    assert mask("", kind) == ""
    assert mask(None, kind) is None


def test_no_mask_and_unknown_masks():
    assert mask("张三", "none") == "张三"
    with pytest.raises(ValueError, match="nome"):
        mask("张三", "nome")


@pytest.mark.parametrize(
    ("kind", "value", "shown"),
    [
        ("document_number", "E12345678", "E1******8"),
        ("document_number", "粤V12345", "粤V****5"),
        ("document_number", "E1", "**"),
        ("email", "zhang.san@example.com", "z****@example.com"),
        ("email", "zhangsan", "********"),
        ("hidden", "尿毒症", "***"),
    ],
)
def test_what_is_found_in_text(kind, value, shown):
    assert mask(value, kind) == shown
