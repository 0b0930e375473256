"""What a player accepts: signed by the pinned key, for its screen, not older than the last one."""

import base64
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib import canonical
from odoo.addons.yangguang_cunwu.lib.clock import SHANGHAI
from odoo.addons.yangguang_led.lib import manifest

PRIVATE, PUBLIC = manifest.new_key()
MADE = datetime(2026, 3, 5, tzinfo=SHANGHAI)
PROGRAMME = {"screen": {"code": "P1"}, "entries": {"a": {"title": "收支"}}}
DAY = timedelta(days=1)
# made with OpenSSL, the two numbers taken out of its signature
OPENSSL_PUBLIC = (
    "MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE6CHJ39Su8Ub4mWUGvChnzQidEhhu8HYpwGspmSDL9ZOK"
    "aZYjlaCSqASZpqGCenMNFVjWZZ+kcid73XgF4JI4ag=="
)
OPENSSL_SIGNATURE = (
    "4qMLITOu4h/qaD4Zl6zSNQsaeTAf9WNobaxyyYNwKglPEoeCEhqoM2oxBpeROT9hMHmaLPTL+R/E9g00KcGEdQ=="
)


def accepted(serial=3, made=MADE, now=MADE, last=None, screen="P1", **options):
    data = manifest.make(PROGRAMME, serial, made)
    return manifest.accept(data, manifest.sign(data, PRIVATE), PUBLIC, screen, last, now, **options)


def reason(**arguments):
    with pytest.raises(manifest.RefusedError) as refusal:
        accepted(**arguments)
    return refusal.value.reason


def test_what_the_server_signed_is_accepted():
    issue, programme = accepted()
    assert issue == manifest.Issue(3, MADE)
    assert programme == PROGRAMME


def test_the_signature_is_two_numbers_side_by_side():
    raw = base64.b64decode(manifest.sign(b"x", PRIVATE))
    assert len(raw) == 64
    half = base64.b64encode(raw[:32]).decode()
    assert not manifest.verify(b"x", half, PUBLIC)
    assert not manifest.verify(b"x", "no base64!", PUBLIC)


def test_a_signature_made_elsewhere():
    assert manifest.verify('{"text":"收支"}'.encode(), OPENSSL_SIGNATURE, OPENSSL_PUBLIC)
    assert not manifest.verify('{"text":"收入"}'.encode(), OPENSSL_SIGNATURE, OPENSSL_PUBLIC)


@given(st.data())
def test_no_single_bit_may_change(data):
    content = manifest.make(PROGRAMME, 3, MADE)
    signature = base64.b64decode(manifest.sign(content, PRIVATE))
    whole = bytearray(content + signature)
    bit = data.draw(st.integers(0, len(whole) * 8 - 1))
    whole[bit // 8] ^= 1 << bit % 8
    changed, signed = bytes(whole[: len(content)]), bytes(whole[len(content) :])
    assert not manifest.verify(changed, base64.b64encode(signed).decode(), PUBLIC)


def test_another_key_is_refused():
    data = manifest.make(PROGRAMME, 3, MADE)
    other, _public = manifest.new_key()
    with pytest.raises(manifest.RefusedError, match="signature"):
        manifest.accept(data, manifest.sign(data, other), PUBLIC, "P1", None, MADE)


def test_a_manifest_of_another_screen_is_refused():
    assert reason(screen="P2") == "screen"


def test_another_format_is_refused():
    data = canonical.canonical({"format": "yangguang.manifest/2"})
    with pytest.raises(manifest.RefusedError, match="format"):
        manifest.accept(data, manifest.sign(data, PRIVATE), PUBLIC, "P1", None, MADE)


@given(
    st.tuples(st.integers(1, 9), st.integers(0, 9)), st.tuples(st.integers(1, 9), st.integers(0, 9))
)
def test_only_newer_ones_follow(first, second):
    last = manifest.Issue(first[0], MADE + first[1] * DAY)
    made = MADE + second[1] * DAY
    if second < first:
        assert reason(serial=second[0], made=made, now=made, last=last) == "replay"
    else:
        assert accepted(serial=second[0], made=made, now=made, last=last)


def test_it_is_good_for_thirty_days_without_network():
    assert accepted(now=MADE + 30 * DAY + timedelta(hours=23, minutes=59))
    assert reason(now=MADE + 31 * DAY) == "expired"


def test_a_clock_that_nobody_confirmed_may_be_a_day_ahead():
    assert accepted(now=MADE + 31.5 * DAY, certain=False)
    assert reason(now=MADE + 32 * DAY, certain=False) == "expired"
