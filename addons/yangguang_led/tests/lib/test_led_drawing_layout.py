"""Whatever the text and the screen: nothing lost, nothing twice, nothing outside, nothing torn."""

import re
from collections import Counter
from itertools import pairwise

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from led_faces import lines

from odoo.addons.yangguang_led.lib.drawing import Screen, fonts, legibility, sheet, table
from odoo.addons.yangguang_led.lib.drawing.frame import Frame, Piece
from odoo.addons.yangguang_led.lib.drivers.base import PICTURES, TEXT

SCREENS = st.builds(
    Screen,
    st.sampled_from([48, 64, 100, 128, 192, 250, 256, 320, 512]),
    st.sampled_from([16, 32, 48, 64, 96, 128, 200, 256]),
    st.sampled_from([4, 8, 10, 16]),
    st.sampled_from([5, 10, 20, 30]),
    draws=st.sampled_from([PICTURES, TEXT]),
)
TEXTS = st.text(
    st.one_of(
        st.sampled_from("，。、；：？！（）《》“”1234567890,.%元万 "),
        st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5),
    ),
    max_size=300,
)
AMOUNTS = st.decimals(-(10**7), 10**7, places=2).map("{:,}".format)
NO_START, NO_END = "，。、；：？！）》”%,.", "（《“"


def leaves(drafts):
    return [draft.finished(number, len(drafts)) for number, draft in enumerate(drafts, 1)]


def body(drafts):
    """The pieces of text below the heads, in reading order."""
    return [run.text for draft in drafts for run in draft.leaf.runs]


def assert_within(drafts, screen):
    for leaf in leaves(drafts):
        for run in leaf.runs:
            assert run.x >= 0 and run.x + run.font.width(run.text) <= screen.width, run
            assert run.y >= 0 and run.y + run.font.line <= screen.height, run
        for box in leaf.boxes:
            assert box.x >= 0 and box.x + box.width <= screen.width, box
            assert box.y >= 0 and box.y + box.height <= screen.height, box
        spots = [(run.x, run.y) for run in leaf.runs]
        assert len(spots) == len(set(spots))


def large_enough(screen):
    return not legibility.warnings(screen)


@given(SCREENS, TEXTS)
@settings(max_examples=300)
def test_every_character_of_a_text_is_shown_once(screen, text):
    drafts = sheet.text_pages(screen, "标题", text)
    assert "".join("".join(body(drafts)).split()) == "".join(text.split())
    assert_within(drafts, screen)


@given(SCREENS, TEXTS)
@settings(max_examples=300)
def test_no_line_begins_or_ends_with_the_wrong_sign(screen, text):
    text = text.replace(" ", "")
    # a row of signs longer than a line must be broken somewhere
    assume(not re.search(rf"[{NO_START}\d]{{4}}|[{NO_END}]{{2}}|[{NO_END}][{NO_START}]", text))
    assume(large_enough(screen))
    shown = body(sheet.text_pages(screen, "", text))
    for line, following in pairwise(shown):
        assert following.strip()[0] not in NO_START, (line, following)
        assert line[-1] not in NO_END, (line, following)


@given(SCREENS, st.lists(AMOUNTS, min_size=1, max_size=20))
def test_amounts_are_never_broken(screen, amounts):
    assume(large_enough(screen))
    words = [f"{amount}元" for amount in amounts]
    font = legibility.running(screen)[0]
    assume(all(font.width(word) <= screen.width for word in words))
    drafts = sheet.text_pages(screen, "收支", "其中收入".join(words))
    found = Counter(word for line in body(drafts) for word in re.findall(r"[-\d,.]+元", line))
    assert found == Counter(words)


@given(SCREENS, TEXTS)
def test_the_count_of_pages_is_right(screen, text):
    frame = Frame(screen, legibility.running(screen)[0], "收支情况")
    drafts = frame.pages([[line]] for line in frame.wrapped(text))
    for number, leaf in enumerate(leaves(drafts), 1):
        if frame.top:
            told = [run.text for run in leaf.runs if run.y == 0]
            assert any(
                said in told for said in (f"第{number}/{len(drafts)}页", f"{number}/{len(drafts)}")
            )


def tabular(rows):
    """A face of names and amounts."""
    kinds = (("name", "户名", "left", "text"), ("in", "收入", "right", "money"))
    kinds += (("out", "支出", "right", "money"), ("day", "日期", "center", "date"))
    columns = [
        {"key": key, "label": label, "unit": "", "align": align, "type": kind}
        for key, label, align, kind in kinds
    ]
    return {"columns": columns, "rows": rows, "totals": None, "unit_note": None}


NAMES = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FA5), min_size=1, max_size=12)
ROWS = st.lists(
    st.tuples(NAMES, AMOUNTS, AMOUNTS, st.just("2026-03-31")).map(list), min_size=1, max_size=15
)


@given(SCREENS, ROWS)
@settings(max_examples=300)
def test_a_row_is_on_one_page_or_goes_on_under_its_name(screen, rows):
    assume(large_enough(screen))
    # no name twice, so that each can be found again
    rows = [[f"{number}户{name}", *cells] for number, (name, *cells) in enumerate(rows, 101)]
    drafts = table.draw(tabular(rows), screen, "补贴")
    assert_within(drafts, screen)
    pages = ["".join(run.text for run in draft.leaf.runs) for draft in drafts]
    for row in rows:
        mark = row[0][:4]
        holding = [page for page in pages if mark in page]
        assert holding, row
        assert len(holding) == 1 or all("续" in page for page in holding[1:]), (row, pages)


@given(SCREENS, ROWS)
def test_the_head_of_a_table_is_on_every_page(screen, rows):
    drafts = table.draw(tabular(rows), screen, "补贴")
    heads = [[run.text for run in draft.leaf.runs if run.tint == "head"] for draft in drafts]
    as_records = any(run.tint == "title" for run in drafts[0].leaf.runs)
    assert as_records or all(head == heads[0] and "户名" in head[0] for head in heads)


def test_what_is_higher_than_a_page_goes_on_under_its_first_line():
    frame = Frame(Screen(128, 64), fonts.font(16), "标题")
    group = [(Piece(0, text),) for text in ("甲某", "一", "二", "三", "四", "五")]
    assert [lines(leaf)[1:] for leaf in leaves(frame.pages([[[line] for line in group]]))] == [
        ["甲某", "一", "二"],
        ["甲某（续）", "三", "四"],
        ["甲某（续）", "五"],
    ]


def test_columns_are_aligned_and_figures_stand_below_each_other():
    rows = [["张三", "5.00", "1,234.00", None], ["欧阳四", "12.50", "4.00", None]]
    (draft,) = table.draw(tabular(rows), Screen(256, 128, 10, 10), "补贴")
    ends = {}
    for run in draft.leaf.runs:
        if run.tint == "figure":
            ends.setdefault(run.x + run.font.width(run.text), []).append(run.text)
    assert list(ends.values()) == [["5.00", "12.50"], ["1,234.00", "4.00"]]
    assert max(ends) <= 256
