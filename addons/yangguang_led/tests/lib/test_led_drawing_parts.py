"""The parts of a sheet: which columns, which bars, which first page."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from led_faces import SCREENS, lines, public_face

from odoo.addons.yangguang_cunwu.lib.chart import Bar, Chart
from odoo.addons.yangguang_led.lib.drawing import Screen, canvas, chart, poster, shortlist
from odoo.addons.yangguang_led.lib.drivers.base import TEXT

CHART = Chart(
    "收支",
    ("2026年3月", "2026年2月"),
    (
        Bar("发包收入", (Decimal("40000.00"), Decimal("20000.00")), "收入"),
        Bar("利息收入", (None, Decimal("10.00")), "收入"),
        Bar("以前年度退回收入", (Decimal("-10000.00"), None), "收入"),
        Bar("办公费", (Decimal("20000.00"), Decimal("0.00")), "支出"),
    ),
)


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("T_CW02", ["摘要", "收入金额", "支出金额", "结余金额", "日期"]),
        ("T_CW07", ["姓名", "实发金额", "应发金额", "代扣金额", "标准"]),
        ("T_CW11", ["项目", "期末余额", "年初余额", "类别"]),
        ("T_HY01", ["议题", "结果", "决定内容", "地点", "主持人"]),
        ("T_JD05", ["问题描述", "状态", "整改措施", "责任人", "发现日期"]),
        ("T_GY01", ["项目名称", "资金合计", "上级资金", "集体资金", "捐赠资金"]),
    ],
)
def test_the_columns_that_matter_come_first(code, labels):
    face = public_face(code)
    ranked = shortlist.ranking(face)[: shortlist.MOST]
    assert [face["columns"][index]["label"] for index in ranked] == labels


def test_empty_columns_are_left_out():
    face = public_face("T_CW02")
    before = len(shortlist.ranking(face))
    for row in face["rows"]:
        row[1] = None
    assert len(shortlist.ranking(face)) == before - 1


@pytest.mark.parametrize(("code", "tells"), [("T_CW02", False), ("T_CW05", True), ("T_ZW04", True)])
def test_one_figure_is_enough_when_it_is_the_result(code, tells):
    assert shortlist.one_figure_tells(public_face(code)) is tells


def bars(leaf, tint):
    return [box for box in leaf.boxes if box.tint == tint]


def test_bars_are_as_long_as_their_amounts_and_named():
    (draft,) = chart.draw(CHART, SCREENS["upright"])
    leaf = draft.leaf
    assert lines(leaf)[2:] == [
        "收入",
        "发包收入 4万元",
        # a name is never cut
        "以前年度退回收入",
        "负1万元",
        "支出",
        "办公费 2万元",
    ]
    square, first, below_zero, third = bars(leaf, "bar")
    assert first.width == pytest.approx(2 * third.width, abs=2)
    assert below_zero.width == pytest.approx(third.width / 2, abs=2)
    # what is below nothing goes to the left of where the others begin
    assert below_zero.x + below_zero.width == first.x == third.x
    assert square.width == square.height
    canvas.png(leaf, SCREENS["upright"])


def test_a_small_page_shows_the_current_period_alone():
    drafts = chart.draw(CHART, SCREENS["amber"])
    assert len(drafts) == 2
    assert not any(bars(draft.leaf, "before") for draft in drafts)
    assert [lines(draft.leaf)[0] for draft in drafts] == ["收入", "支出"]


@pytest.mark.parametrize("screen", [Screen(128, 32), Screen(320, 16), Screen(256, 256, draws=TEXT)])
def test_there_is_no_chart_where_a_page_compares_nothing(screen):
    assert chart.draw(CHART, screen) == []


@given(
    st.builds(
        Screen,
        st.sampled_from([16, 17, 24, 40, 64, 96, 160]),
        st.sampled_from([16, 48, 64, 96, 192, 256]),
        st.sampled_from([4, 10, 20]),
        st.sampled_from([5, 15, 60]),
    )
)
def test_no_chart_is_too_large_for_its_page(screen):
    drafts = chart.draw(CHART, screen)
    for number, draft in enumerate(drafts, 1):
        canvas.png(draft.finished(number, len(drafts)), screen)


def test_a_chart_of_one_bar_is_none():
    assert chart.draw(Chart("收支", ("本月",), CHART.bars[:1]), SCREENS["full"]) == []


def test_short_lines_of_a_first_page_stay_whole():
    words = [("东岸村", "head"), ("公益项目台账", "title"), ("2026年1月", "text")]
    (draft,) = poster.draw(SCREENS["upright"], words, "公益项目台账")
    assert lines(draft.leaf) == ["东岸村", "公益项目台账", "2026年1月"]


def test_a_title_is_shown_even_where_pages_have_no_head():
    title = "村民会议和村民代表会议决议公开表"
    drafts = poster.draw(Screen(320, 16), [("东岸村", "head"), (title, "title")], title)
    assert [text for draft in drafts for text in lines(draft.finished(1, 2))] == ["东岸村", title]
