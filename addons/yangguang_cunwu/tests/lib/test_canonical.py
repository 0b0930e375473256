from hashlib import sha256
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import canonical

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | TEXT,
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(TEXT.map(lambda key: normalize("NFC", key)), inner, max_size=4)
    ),
    max_leaves=12,
)


def test_strings_escape_what_rfc_8785_names_and_nothing_else():
    value = '€$\x0f\nA\'B"\\\\"/\x7f\u2028' + "村😀\b\t\f\r"
    expected = '"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/\x7f\u2028村😀\\b\\t\\f\\r"'
    assert canonical.canonical(value) == expected.encode()


def test_keys_are_sorted_by_utf_16_code_units():
    # U+1F600 is D83D DE00 in UTF-16 and so comes before U+FF21, though its code point is higher
    value = {"\uff21": "d", "😀": "c", "ö": "b", "1": "a", "\r": "0"}
    assert list(canonical.parse(canonical.canonical(value))) == ["\r", "1", "ö", "😀", "\uff21"]


def test_objects_and_arrays_have_no_blanks():
    value = {"rows": [{"b": None, "a": "1.00"}, []], "head": {}}
    assert canonical.canonical(value) == b'{"head":{},"rows":[{"a":"1.00","b":null},[]]}'


def test_keys_and_strings_become_nfc():
    decomposed = {"e\u0301": "u\u0308"}
    assert canonical.canonical(decomposed) == '{"é":"ü"}'.encode()
    with pytest.raises(ValueError, match="NFC"):
        canonical.canonical({"e\u0301": "", "é": ""})


@pytest.mark.parametrize("value", [1, 1.5, True, b"", ("a",), {"a": {1: "b"}}, [False]])
def test_other_types_are_refused(value):
    with pytest.raises(TypeError, match="frozen document"):
        canonical.canonical(value)


@pytest.mark.parametrize("value", ["\ud800", {"\udc00": ""}])
def test_lone_surrogates_are_refused(value):
    with pytest.raises(ValueError, match="surrogates"):
        canonical.canonical(value)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a": "1"}',
        b'{"b":"","a":""}',
        b'{"a":"1","a":"1"}',
        b'"\\u0041"',
        b'"\\ud800"',
        b'"e\xcc\x81"',
        b'\xef\xbb\xbf"a"',
        b'{"a":1}',
        b"true",
        b'"a"\n',
        b"\xff",
        b"",
    ],
)
def test_other_bytes_are_not_parsed(data):
    with pytest.raises(ValueError):
        canonical.parse(data)


@given(VALUES)
def test_parse_is_the_inverse(value):
    data = canonical.canonical(value)
    assert canonical.canonical(canonical.parse(data)) == data


@given(st.dictionaries(TEXT.map(lambda key: normalize("NFC", key)), VALUES, max_size=5))
def test_the_order_of_keys_does_not_matter(value):
    backwards = dict(reversed(value.items()))
    assert canonical.canonical(backwards) == canonical.canonical(value)


def test_digest_is_sha_256_in_hex():
    assert canonical.digest("村务".encode()) == sha256("村务".encode()).hexdigest()
