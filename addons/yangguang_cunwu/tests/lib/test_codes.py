import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.codes import grouped, normalise, one_time_code, public_code

SEEDS = st.binary(min_size=7, max_size=7)
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


@given(SEEDS)
def test_a_code_is_its_own_normal_form(seed):
    code = public_code(seed)
    assert len(code) == 12
    assert set(code) <= set(ALPHABET)
    assert normalise(code) == code


@given(SEEDS)
def test_typing_habits_do_not_matter(seed):
    code = public_code(seed)
    typed = grouped(code).lower().replace("0", "o").replace("1", "l")
    wide = "".join(chr(ord(char) + 0xFEE0) if char.isalnum() else char for char in typed)
    assert normalise(f" {typed} ") == code
    assert normalise(wide.replace("-", " ")) == code


@given(SEEDS, st.integers(0, 11), st.sampled_from(ALPHABET))
def test_every_single_wrong_character_is_found(seed, place, char):
    code = public_code(seed)
    typed = code[:place] + char + code[place + 1 :]
    assert normalise(typed) == (code if typed == code else None)


@given(SEEDS, st.permutations(range(12)))
def test_every_exchange_of_two_characters_is_found(seed, places):
    code = public_code(seed)
    chars = list(code)
    one, other = places[:2]
    chars[one], chars[other] = chars[other], chars[one]
    typed = "".join(chars)
    assert normalise(typed) == (code if typed == code else None)


@given(SEEDS, SEEDS)
def test_different_random_bits_give_different_codes(one, other):
    same = one[:6] == other[:6] and one[6] >> 1 == other[6] >> 1
    assert (public_code(one) == public_code(other)) is same
    assert public_code(one + b"!") == public_code(one)


@pytest.mark.parametrize("text", ["", "ABC", "U" * 12, "0" * 13, "村" * 12])
def test_other_texts_are_no_codes(text):
    assert normalise(text) is None


def test_grouped():
    assert grouped("64S36D1N6RVJ") == "64S3-6D1N-6RVJ"


@given(st.binary(min_size=16, max_size=16))
def test_one_time_codes_are_twelve_digits(seed):
    code = one_time_code(seed)
    assert len(code) == 12
    assert set(code) <= set(string.digits)


def test_too_little_randomness_is_refused():
    for make in (public_code, one_time_code):
        with pytest.raises(ValueError, match="random"):
            make(b"123")
