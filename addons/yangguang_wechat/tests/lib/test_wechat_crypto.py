import base64
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib import crypto
from odoo.addons.yangguang_wechat.lib.callback_message import (
    COMPATIBLE,
    PLAIN,
    SECURE,
    Channel,
    check_address,
    receive,
)
from odoo.addons.yangguang_wechat.lib.crypto import CallbackRefusedError
from odoo.addons.yangguang_wechat.simulators import pushing

# the example of WeChat's documentation
APPID, TOKEN = "wxba5fad812f8e6fb9", "AAAAA"
KEY = crypto.key("A" * 43)
OTHER_KEY = crypto.key("B" * 43)
CHANNEL = Channel(APPID, TOKEN, SECURE, (KEY,))
PUSHED = (
    "+qdx1OKCy+5JPCBFWw70tm0fJGb2Jmeia4FCB7kao+/Q5c/ohsOzQHi8khUOb05JCpj0JB4RvQMkUyus8TPxLKJGQqcvZqzD"
    "pVzazhZv6JsXUnnR8XGT740XgXZUXQ7vJVnAG+tE8NUd4yFyjPy7GgiaviNrlCTj+l5kdfMuFUPpRSrfMZuMcp3Fn2Pede2I"
    "uQrKEYwKSqFIZoNqJ4M8EajAsjLY2km32IIjdf8YL/P50F7mStwntrA2cPDrM1kb6mOcfBgRtWygb3VIYnSeOBrebufAlr7F"
    "9mFUPAJGj04="
)
MESSAGE = (
    '{"ToUserName":"gh_97417a04a28d","FromUserName":"o9AgO5Kd5ggOC-bXrbNODIiE3bGY",'
    '"CreateTime":1714112445,"MsgType":"event","Event":"debug_demo","debug_str":"hello world"}'
)
QUERY = {
    "signature": "6c5c811b55cc85e0e1b54100749188c20beb3f5d",
    "timestamp": "1714112445",
    "nonce": "415670741",
    "encrypt_type": "aes",
    "msg_signature": "046e02f8204d34f8ba5fa3b1db94908f3df2e9b3",
}
BODY = json.dumps({"ToUserName": "gh_97417a04a28d", "Encrypt": PUSHED}).encode()
APPIDS = st.from_regex(r"\Awx[0-9a-f]{16}\Z")
KEYS = st.binary(min_size=32, max_size=32)


def test_the_address_is_checked():
    query = {
        "signature": "f464b24fc39322e44b38aa78f5edd27bd1441696",
        "timestamp": "1714036504",
        "nonce": "1514711492",
        "echostr": "4375120948345356249",
    }
    assert check_address(CHANNEL, query) == "4375120948345356249"
    for name in ("signature", "timestamp", "nonce", "echostr"):
        with pytest.raises(CallbackRefusedError):
            check_address(CHANNEL, {key: value for key, value in query.items() if key != name})
    for name in ("signature", "timestamp", "nonce"):
        with pytest.raises(CallbackRefusedError):
            check_address(CHANNEL, query | {name: "1"})


def test_a_plain_push():
    query = {
        "signature": "899cf89e464efb63f54ddac96b0a0a235f53aa78",
        "timestamp": "1714037059",
        "nonce": "486452656",
    }
    channel = Channel(APPID, TOKEN, PLAIN)
    assert receive(channel, query, MESSAGE.encode())["debug_str"] == "hello world"
    assert receive(Channel(APPID, TOKEN, COMPATIBLE), query, MESSAGE.encode())
    with pytest.raises(CallbackRefusedError):
        receive(channel, query | {"signature": "0" * 40}, MESSAGE.encode())


def test_a_secure_push():
    assert crypto.decrypt(PUSHED, APPID, KEY).decode() == MESSAGE
    assert len(base64.b64decode(PUSHED)) == 224
    assert receive(CHANNEL, QUERY, BODY)["CreateTime"] == "1714112445"


def test_the_key_before_is_taken_too():
    channel = Channel(APPID, TOKEN, SECURE, (OTHER_KEY, KEY))
    assert receive(channel, QUERY, BODY)["Event"] == "debug_demo"
    with pytest.raises(CallbackRefusedError):
        receive(Channel(APPID, TOKEN, SECURE, (OTHER_KEY,)), QUERY, BODY)


def test_an_encrypted_answer():
    encrypted = crypto.encrypt(b'{"demo_resp":"good luck"}', APPID, KEY, b"707722b803182950")
    assert encrypted == (
        "ELGduP2YcVatjqIS+eZbp80MNLoAUWvzzyJxgGzxZO/5sAvd070Bs6qrLARC9nVHm48Y4hyRbtzve1L32tmxSQ=="
    )
    assert crypto.signature(TOKEN, "1713424427", "415670741", encrypted) == (
        "1b9339964ed2e271e7c7b6ff2b0ef902fc94dea1"
    )


def test_secure_mode_takes_neither_a_plain_body_nor_the_plain_signature():
    with pytest.raises(CallbackRefusedError):
        receive(CHANNEL, QUERY, MESSAGE.encode())
    with pytest.raises(CallbackRefusedError):
        receive(CHANNEL, QUERY | {"msg_signature": QUERY["signature"]}, BODY)
    for missing in ("msg_signature", "encrypt_type"):
        query = {name: value for name, value in QUERY.items() if name != missing}
        with pytest.raises(CallbackRefusedError):
            receive(CHANNEL, query, BODY)
    with pytest.raises(CallbackRefusedError):
        receive(CHANNEL, QUERY | {"encrypt_type": "raw"}, BODY)


def test_the_last_character_of_a_key_may_carry_bits_that_mean_nothing():
    text = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEF"
    # the lowest two of six bits
    assert crypto.key(text + "A") == crypto.key(text + "B") == crypto.key(text + "D")
    assert crypto.key(text + "A") != crypto.key(text + "E")


@pytest.mark.parametrize(
    "text", ["", "A" * 42, "A" * 44, "A" * 42 + "+", "村" * 43, "A" * 42 + "\n"]
)
def test_what_is_no_key(text):
    with pytest.raises(ValueError, match="43"):
        crypto.key(text)


@given(st.binary(max_size=300), APPIDS, KEYS)
def test_what_is_encrypted_comes_out_again(message, appid, key):
    assert crypto.decrypt(crypto.encrypt(message, appid, key), appid, key) == message


@given(st.text(max_size=120), APPIDS)
def test_what_the_other_implementation_encrypts_comes_out_again(message, appid):
    text = message.encode("utf-8", "replace").decode()
    encrypted = pushing.encrypt(text, appid, "A" * 43)
    assert crypto.decrypt(encrypted, appid, KEY).decode() == text


@given(st.binary(max_size=100), APPIDS, APPIDS)
def test_for_another_appid_it_is_refused(message, appid, other):
    encrypted = crypto.encrypt(message, appid, KEY)
    if appid != other:
        with pytest.raises(CallbackRefusedError):
            crypto.decrypt(encrypted, other, KEY)


@given(st.integers(0, 224 * 8 - 1))
def test_a_flipped_bit_is_refused(bit):
    data = bytearray(base64.b64decode(PUSHED))
    data[bit // 8] ^= 1 << bit % 8
    body = json.dumps({"Encrypt": base64.b64encode(data).decode()}).encode()
    with pytest.raises(CallbackRefusedError):
        receive(CHANNEL, QUERY, body)


def _sealed(plain):
    """`plain` as it is, without the padding that belongs there."""
    cipher = crypto.Cipher(crypto.algorithms.AES(KEY), crypto.modes.CBC(KEY[:16])).encryptor()
    return base64.b64encode(cipher.update(plain) + cipher.finalize()).decode()


def _filled(message, length, pad=None):
    plain = b"r" * 16 + length.to_bytes(4) + message + APPID.encode()
    missing = 32 - len(plain) % 32
    return _sealed(plain + (pad or bytes([missing])) * missing)


def test_the_own_tampering_is_right_where_nothing_is_wrong():
    assert crypto.decrypt(_filled(b"hello", 5), APPID, KEY) == b"hello"


@pytest.mark.parametrize(
    "encrypted",
    [
        _filled(b"hello", 6),
        _filled(b"hello", 4),
        _filled(b"hello", 2**32 - 1),
        _filled(b"hello", 5, b"\0"),
        _filled(b"hello", 5, b"\x21"),
        _filled(b"hello", 5, b"\x03"),
        _sealed(b"\x10" * 16),
        _sealed(b"\x20" * 32),
        _sealed(b"r" * 12 + b"\x04" * 4),
        "",
        "AAAA",
        "=",
        "村",
        PUSHED[:-4],
        PUSHED + "\n",
        PUSHED[:40] + " " + PUSHED[40:],
    ],
)
def test_wrong_lengths_paddings_and_blocks_are_refused(encrypted):
    with pytest.raises(CallbackRefusedError):
        crypto.decrypt(encrypted, APPID, KEY)


@given(st.binary(max_size=400))
def test_any_bytes_are_refused_or_read_and_nothing_else_is_raised(body):
    for mode in (PLAIN, SECURE, COMPATIBLE):
        with pytest.raises(CallbackRefusedError):
            receive(Channel(APPID, TOKEN, mode, (KEY,)), QUERY, body)
