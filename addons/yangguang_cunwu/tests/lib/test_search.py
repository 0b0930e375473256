import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.search import query, vector


def indexed(text):
    """Read a tsvector literal back: term -> positions."""
    return {
        term: {int(position) for position in positions.split(",")}
        for term, positions in re.findall(r"'([^']*)':([\d,]+)", vector(text))
    }


def found(words, text):
    """Evaluate the tsquery of `words` on the tsvector of `text` as PostgreSQL would."""
    terms = indexed(text)

    def phrase_found(phrase):
        first, *rest = re.split(r" <(-|\d+)> ", phrase)
        ends = terms.get(first.strip("'"), set())
        for distance, term in zip(rest[::2], rest[1::2], strict=True):
            step = 1 if distance == "-" else int(distance)
            places = terms.get(term.strip("'"), set())
            ends = {end + step for end in ends} & places
        return bool(ends)

    return all(map(phrase_found, query(words).split(" & ")))


def test_the_literals():
    assert vector("收支表") == "'收':1 '收支':1 '支':2 '支表':2 '表':3"
    assert query("收支表") == "'收支' <-> '支表'"
    assert query("表") == "'表'"
    assert query("2026年度3月 CW03") == "'2026' <-> '年度' <2> '3' <-> '月' & 'cw03'"


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("村务", "阳光村务公开"),
        ("光", "阳光村务公开"),
        ("2026年度3月", "2026年度3月收支"),
        ("CW03", "事项cw03"),
        ("1234.50", "合计1,234.50元"),
        ("1,234.50", "合计1234.50元"),
        ("公开 阳光", "阳光村务公开"),
        ("收入、支出", "本月支出和收入"),
        ("南湖〇一", "南湖〇一号"),
    ],
)
def test_what_is_found(words, text):
    assert found(words, text)


@pytest.mark.parametrize(
    ("words", "text"),
    [
        ("光务", "阳光村务公开"),
        ("公务", "公开 村务"),
        ("阳光村", "阳光,村务"),
        ("阳光村务", "阳光村 光村务"),
        ("26年", "2026年"),
        ("年3月", "2026年度3月"),
        ("收入 支出", "本月收入"),
    ],
)
def test_what_is_not_found(words, text):
    assert not found(words, text)


@given(st.text(st.sampled_from("阳光村务公开a1, "), min_size=1, max_size=30), st.data())
def test_every_part_of_a_text_is_found(text, data):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    # a part may not cut a Latin word in two
    part = re.sub(r"^(?<=[a1])[a1]+|[a1]+$", "", text[start:end])
    if start and text[start - 1] in "a1":
        part = re.sub(r"^[a1]+", "", part)
    if query(part) and "," not in part:
        assert found(part, text)


@given(st.text())
def test_the_literals_cannot_be_broken_out_of(text):
    word = r"'[^'\\\W_]+'"
    assert re.fullmatch(rf"(?:{word}(?:( <(-|\d+)> | & ){word})*)?", query(text))
    assert re.fullmatch(rf"(?:{word}:[\d,]+(?: {word}:[\d,]+)*)?", vector(text))


@pytest.mark.parametrize("text", ["", " ", "、。!", "'", "\0", "_"])
def test_no_word_gives_an_empty_query(text):
    assert query(text) == ""
    assert vector(text) == ""


def test_long_texts_stay_within_the_limits_of_postgresql():
    places = indexed("村务" * 10_000 + "b" * 5_000)
    assert max(map(max, places.values())) == 16383
    assert max(map(len, indexed("b" * 5_000))) == 255
    assert query("村" * 10_000).count("<->") == 98
