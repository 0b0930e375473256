from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.snippets import snippet


def joined(pieces):
    return "".join(f"[{text}]" if hit else text for text, hit in pieces)


@pytest.mark.parametrize(
    ("text", "query", "expected"),
    [
        ("付村委会电费", "电费", "付村委会[电费]"),
        ("电费和水费,电费", "电费 水费", "[电费]和[水费],[电费]"),
        ("收入1,234.50元", "1234", "收入[1,234].50元"),
        ("收入１，２３４元", "1234", "收入[1,234]元"),
        ("Excel表格", "ＥＸＣＥＬ", "[Excel]表格"),
        ("低保金发放", "低保 低保金", "[低保金]发放"),
        ("a.b", ".", ""),
        ("没有", "别的", ""),
        ("有", "", ""),
    ],
)
def test_marks(text, query, expected):
    assert joined(snippet([text], query)) == expected


def test_first_text_that_holds_a_word():
    assert joined(snippet(["甲", "乙丙", "丙"], "丙")) == "乙[丙]"


def test_long_text_is_cut_around_the_hit():
    shown = joined(snippet(["前" * 100 + "中" + "后" * 100], "中"))
    assert shown.startswith("…前")
    assert "[中]" in shown
    assert shown.endswith("后…")
    assert len(shown) < 100


@given(st.text(), st.text())
def test_shows_only_what_the_text_says(text, query):
    pieces = snippet([text], query)
    shown = "".join(piece for piece, _hit in pieces).strip("…")

    assert shown in normalize("NFKC", text) or not pieces
    assert all(piece for piece, _hit in pieces)
