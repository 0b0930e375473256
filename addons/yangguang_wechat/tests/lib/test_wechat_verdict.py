import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib.verdict import pieces, strictest, verdict


@pytest.mark.parametrize(
    ("result", "state", "label"),
    [
        ({"suggest": "pass", "label": "100"}, "passed", 100),
        ({"suggest": "risky", "label": 20002}, "refused", 20002),
        ({"suggest": "review"}, "held", 0),
        ({"suggest": "new word", "label": "x"}, "held", 0),
        ("pass", "held", 0),
        (None, "held", 0),
    ],
)
def test_only_what_is_certain_passes(result, state, label):
    found = verdict(result)
    assert (found.state, found.label) == (state, label)


@given(st.lists(st.sampled_from(["pass", "review", "risky"]), min_size=1))
def test_the_strictest_counts(suggestions):
    found = strictest([verdict({"suggest": one}) for one in suggestions])
    assert (found.state == "passed") == (set(suggestions) == {"pass"})
    assert (found.state == "refused") == ("risky" in suggestions)


@given(st.integers(0, 12_000))
def test_no_word_is_lost_between_two_pieces(length):
    text = "".join(chr(0x4E00 + number % 20_000) for number in range(length))
    found = pieces(text)
    assert all(len(piece) <= 2500 for piece in found)
    assert all(text[start : start + 50] in "\n".join(found) for start in range(0, length, 37))
