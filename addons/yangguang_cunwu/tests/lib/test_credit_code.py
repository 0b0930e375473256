import hypothesis
import hypothesis.strategies as st
from stdnum.cn import uscc

from odoo.addons.yangguang_cunwu.lib import credit_code

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
BODIES = st.from_regex(rf"[{CHARACTERS}]{{2}}[0-9]{{6}}[{CHARACTERS}]{{9}}", fullmatch=True)


@hypothesis.given(BODIES)
def test_the_check_character_makes_a_code(body):
    assert credit_code.is_valid(body + credit_code.check_character(body))


@hypothesis.given(BODIES, st.integers(0, 17), st.sampled_from(CHARACTERS))
def test_one_wrong_character_is_found(body, place, character):
    code = body + credit_code.check_character(body)
    hypothesis.assume(code[place] != character)
    assert not credit_code.is_valid(code[:place] + character + code[place + 1 :])


@hypothesis.given(st.from_regex(r"91[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True))
def test_the_check_character_is_the_usual_one(body):
    assert uscc.is_valid(body + credit_code.check_character(body))


def test_rural_collectives_begin_with_n2():
    assert credit_code.is_valid(
        "N2990101MF0000001" + credit_code.check_character("N2990101MF0000001")
    )


def test_other_shapes():
    for code in ("", "91", "91990101MF000000", "I1990101MF00000010", "91990101mf00000010"):
        assert not credit_code.is_valid(code)
