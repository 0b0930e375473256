import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib.template_values import keywords, shaped
from odoo.addons.yangguang_wechat.simulators.rules import KINDS, wrong_field


@pytest.mark.parametrize(
    ("keyword", "value", "shown"),
    [
        ("thing1", "第三季度财务收支公开", "第三季度财务收支公开"),
        ("thing1", "一二三四五六七八九十" * 2, "一二三四五六七八九十" * 2),
        ("thing1", "一二三四五六七八九十" * 2 + "一", "一二三四五六七八九十一二三四五六七八九…"),
        ("thing20", "两行\n\t 文字\u200b", "两行 文字"),
        ("thing1", "𠮷" * 20, "𠮷" * 9 + "…"),
        ("character_string1", "HY-2026-0007 号", "HY-2026-0007"),
        ("number2", "12.50", "12.50"),
        ("letter1", "A1b", "Ab"),
        ("symbol1", "a,.!", ",.!"),
        ("time2", "2026-10-08 09:00", "2026年10月8日 09:00"),
        ("time2", "2026-10-08", "2026年10月8日 00:00"),
        ("date2", "2026-10-08", "2026年10月8日"),
        ("date2", "2026-10-08 09:05", "2026年10月8日 09:05"),
        ("amount1", "1234.5", "¥1234.50"),
        ("phone_number1", "0663-8300000", "0663-8300000"),
        ("car_number1", "粤V12345", "粤V12345"),
        ("name1", "陈小芳", "陈小芳"),
        ("name1", "一二三四五六七八九十一", "一二三四五六七八九…"),
        ("phrase1", "已答复!", "已答复"),
        ("phrase1", "一二三四五六", "一二三四五"),
    ],
)
def test_values(keyword, value, shown):
    assert shaped(keyword, value) == shown


@pytest.mark.parametrize(
    ("keyword", "value"),
    [
        ("thing1", " \n"),
        ("character_string1", "村"),
        ("number1", "一"),
        ("number1", "1e5"),
        ("time1", "明天"),
        ("date1", "2026-13-01"),
        ("amount1", "NaN"),
        ("amount1", "-1"),
        ("amount1", "1e11"),
        ("phrase1", "OK"),
        ("car_number1", "123456789"),
    ],
)
def test_what_cannot_be_said(keyword, value):
    with pytest.raises(ValueError, match="消息模板"):
        shaped(keyword, value)


@given(st.sampled_from(sorted(KINDS)), st.text(max_size=60) | st.dates().map(str))
def test_whatever_is_given_wechat_takes_it(kind, value):
    keyword = f"{kind}1"
    try:
        text = shaped(keyword, value)
    except ValueError:
        return
    template = {"content": f"标签:{{{{{keyword}.DATA}}}}"}
    assert wrong_field(template, {keyword: {"value": text}}) is None
    assert len(text.encode("utf-16-le")) <= 2 * 40


@given(st.text(max_size=80))
def test_a_thing_is_never_longer_than_twenty(value):
    try:
        text = shaped("thing1", value)
    except ValueError:
        return
    assert len(text.encode("utf-16-le")) <= 40
    assert shaped("thing1", text) == text


def test_keywords_of_a_template():
    assert keywords("会议时间:{{date2.DATA}}\n会议地点：{{thing1.DATA}}\n备注\n") == [
        ("会议时间", "date2"),
        ("会议地点", "thing1"),
    ]
