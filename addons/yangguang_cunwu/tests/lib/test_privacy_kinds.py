"""Personal data that words and shapes tell, beside the numbers of test_privacy_numbers."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from odoo.addons.yangguang_cunwu.lib.privacy import BLOCK, CONFIRM, KINDS, masked, scan

TODAY = date(2026, 3, 31)


def found(text, label="", **options):
    return [
        (hit.kind, text[hit.start : hit.end]) for hit in scan(text, TODAY, label=label, **options)
    ]


def identity(birth):
    body = f"990999{birth:%Y%m%d}001"
    return body + ric.calc_check_digit(body + "0")


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("护照E12345678,请核对", "passport", "E12345678"),
        ("持EB1234567出境", "passport", "EB1234567"),
        ("护照号码:E1234 5678", "passport", "E1234 5678"),
        ("E12345678", "passport", "E12345678"),
        ("护照号:D1234567", "passport", "D1234567"),
        ("通行证C12345678", "passport", "C12345678"),
        ("车牌粤V12345停放", "plate", "粤V12345"),
        ("粤V·1234A", "plate", "粤V·1234A"),
        ("粤VD12345", "plate", "粤VD12345"),
        ("新能源粤A12345F", "plate", "粤A12345F"),
        ("粤V12345", "plate", "粤V12345"),
        ("邮箱zhang.san@example.com。", "email", "zhang.san@example.com"),
        ("zhangsan@example.com", "email", "zhangsan@example.com"),
        ("zhangsan @ example . com", "email", "zhangsan @ example . com"),
        ("zhangsan(at)example.com", "email", "zhangsan(at)example.com"),
        ("张小明,2016年5月3日出生", "minor_birth", "2016年5月3日"),
        ("张小明,2016年5月3日生,", "minor_birth", "2016年5月3日"),
        ("出生日期:2016-05-03", "minor_birth", "2016-05-03"),
        ("出生年月:2016.5", "minor_birth", "2016.5"),
        ("生于二〇一六年五月三日", "minor_birth", "二〇一六年五月三日"),
        ("出生日期20160503", "minor_birth", "20160503"),
        ("社保卡号:1234567890123", "account", "1234567890123"),
        ("存折账号 80020000012345678", "account", "80020000012345678"),
        ("家住东安村前进路12号,", "address", "东安村前进路12号"),
        ("住址:东安村十二号", "address", "东安村十二号"),
        ("南湖花园3栋2单元501房", "address", "3栋2单元501房"),
        ("电话+852 9123 4567", "foreign_phone", "+852 9123 4567"),
        ("林建国患尿毒症,", "health", "尿毒症"),
        ("村民林建国因肝癌去世", "health", "肝癌"),
        ("陈小芳(残疾二级)", "health", "残疾二级"),
        ("陈小芳,女,56岁,二级肢体残疾", "health", "二级肢体残疾"),
        ("精神病患者黄桂英", "health", "精神病"),
        ("欧阳小芳:艾滋病", "health", "艾滋病"),
        ("林某某患白血病", "health", "白血病"),
    ],
)
def test_is_found(text, kind, value):
    assert found(text) == [(kind, value)]


@pytest.mark.parametrize(
    "text",
    [
        "设备编号E20260315",
        "合同编号HT-2026-0312345",
        "DD2026031500001",
        "粤府〔2026〕12号",
        "粤B公司",
        "新A级单位",
        "cunwu@jieyang.gov.cn",
        "@所有人 请及时缴费",
        "1980年5月3日出生",
        "安全生产,2024年3月生产",
        "2026年1月生效",
        "前进路12号改造工程",
        "东安村第12号公告",
        "住房补助12户",
        "农村妇女两癌筛查",
        "重度残疾人护理补贴80元",
        "困难残疾人生活补贴和重度残疾人护理补贴",
        "高血压、糖尿病患者随访",
        "慢性病签约服务,由陈小芳医生负责",
        "黄牛结节病防疫",
        "包括癌症在内的重大疾病保险",
        "集中风险排查,林建国参加",
        "艾滋病防治宣传,林建国主讲",
        "监督电话:0663-3261234",
        "村委会办公电话:0663-3261234",
        "科目10101 库存现金",
    ],
)
def test_is_left_alone(text):
    assert found(text) == []


def test_a_label_says_what_a_number_is():
    assert found("2016-05-03", "出生日期") == [("minor_birth", "2016-05-03")]
    assert found("2016-05-03", "开工日期") == []
    assert found("K12345678", "护照号") == [("passport", "K12345678")]
    assert found("K12345678", "资产编号") == []
    assert found("123456789012", "一卡通账号") == [("account", "123456789012")]
    assert found("东安村3组12号", "家庭住址") == [("address", "东安村3组12号")]


def test_an_illness_in_a_row_that_names_a_person_is_found():
    assert found("尿毒症", beside_name=True) == [("health", "尿毒症")]
    assert found("尿毒症") == []
    assert found("重度残疾人护理补贴", beside_name=True) == []


def test_the_numbers_of_children_are_a_kind_of_their_own():
    fourteen_today = date(2012, 3, 31)
    assert found(identity(fourteen_today)) == [("id_card", identity(fourteen_today))]
    assert found(identity(TODAY + timedelta(days=1))) == []
    younger = fourteen_today + timedelta(days=1)
    assert found(identity(younger)) == [("minor_id", identity(younger))]
    assert found("2012年4月1日出生") == [("minor_birth", "2012年4月1日")]
    assert found("2012年3月31日出生") == []
    # of the month alone, the youngest that it can be
    assert found("2012年4月出生") == [("minor_birth", "2012年4月")]
    assert found("2012年3月出生") == []


def test_a_disability_certificate_holds_an_identity_number():
    number = identity(date(1975, 3, 12)) + "42"
    assert found(number) == [("id_card", number)]


@pytest.mark.parametrize("cut", range(3, 9))
def test_a_number_goes_on_in_the_next_line(cut):
    number = "13800001234"
    text = f"联系人张三,电话{number[:cut]}\n{number[cut:]}。"
    assert found(text) == [("mobile", f"{number[:cut]}\n{number[cut:]}")]


def test_amounts_below_one_another_are_no_number():
    assert found("1500\n3600000\n138\n200") == []


def test_every_hit_can_be_masked():
    text = "张三患尿\u200b毒症,13800001234,邮箱zhangsan@example.com,车牌粤V12345,护照E12345678"
    hits = scan(text, TODAY)
    assert masked(text, hits) == (
        "张三患***,138****1234,邮箱z****@example.com,车牌粤V****5,护照E1******8"
    )
    assert scan(masked(text, hits), TODAY) == []


def test_the_digest_needs_the_secret_and_forgets_the_writing():
    hits = [scan(text, TODAY)[0] for text in ("13800001234", "138-0000-1234")]
    assert hits[0].digest(b"one") == hits[1].digest(b"one")
    assert hits[0].digest(b"one") != hits[0].digest(b"two")
    assert "13800001234" not in hits[0].digest(b"one")


def test_kinds_have_a_severity():
    assert {kind.severity for kind in KINDS.values()} == {BLOCK, CONFIRM}


@given(
    st.text(
        st.sampled_from("张三1380邮@.com粤VE年月日生出住号癌残疾级二\n \u200b一〇"), max_size=60
    )
)
def test_hits_never_overlap_and_lie_inside(text):
    end = 0
    for hit in scan(text, TODAY):
        assert end <= hit.start < hit.end <= len(text)
        end = hit.end
