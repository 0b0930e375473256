from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import chain


def entries(envelopes):
    previous, result = chain.GENESIS, []
    for position, envelope in enumerate(envelopes, start=1):
        previous = chain.link(previous, position, envelope)
        result.append((position, envelope, previous))
    return result


def test_the_construction_is_the_documented_one():
    expected = sha256(b"yangguang/chain/v1\x00" + bytes(32) + b"\x00" * 7 + b"\x01" + b"{}")
    assert chain.link(chain.GENESIS, 1, b"{}") == expected.hexdigest()


@given(st.lists(st.binary(max_size=8), max_size=6))
def test_a_whole_chain_verifies(envelopes):
    assert chain.verify(entries(envelopes)) is None


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=6), st.data())
def test_a_changed_envelope_is_found_where_it_is(envelopes, data):
    whole = entries(envelopes)
    index = data.draw(st.integers(0, len(whole) - 1))
    position, envelope, link = whole[index]
    whole[index] = (position, envelope + b"!", link)
    assert chain.verify(whole) == position


def test_a_rewritten_entry_breaks_the_next_one():
    whole = entries([b"a", b"b", b"c"])
    whole[1] = (2, b"B", chain.link(whole[0][2], 2, b"B"))
    assert chain.verify(whole) == 3


@pytest.mark.parametrize(
    ("order", "broken"), [([0, 2], 2), ([1, 2], 1), ([0, 2, 1], 2), ([0, 0, 1], 2)]
)
def test_missing_and_exchanged_entries_are_found(order, broken):
    whole = entries([b"a", b"b", b"c"])
    assert chain.verify([whole[index] for index in order]) == broken


def test_a_chain_cut_at_the_end_has_another_last_link():
    whole = entries([b"a", b"b"])
    assert chain.verify(whole[:1]) is None
    assert whole[0][2] != whole[1][2]


@pytest.mark.parametrize(("previous", "position"), [("00", 1), ("x" * 64, 1), (chain.GENESIS, 0)])
def test_a_link_follows_a_link(previous, position):
    with pytest.raises(ValueError):
        chain.link(previous, position, b"")
