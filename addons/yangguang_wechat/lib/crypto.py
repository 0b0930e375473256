"""Signatures and encryption of what WeChat pushes to us.

Source: WeChat's page on message push (signature; AES-256-CBC, the padding to blocks of 32 bytes).
"""

import base64
import binascii
import hashlib
import hmac
import secrets

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

_BLOCK = 32
_RANDOM = 16
_LENGTH = 4
_KEY_TEXT = 43


class CallbackRefusedError(Exception):
    """What came is not from WeChat, or not for us. Whoever sent it is not told why."""


def signature(*parts: str) -> str:
    """Return the signature of parts: the SHA-1 of all of them, sorted and joined."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def check_signature(shown: str | None, *parts: str) -> None:
    """Raise CallbackRefusedError unless `shown` is the signature of the parts."""
    if not shown or not hmac.compare_digest(shown.encode(), signature(*parts).encode()):
        raise CallbackRefusedError("signature")


def key(text: str) -> bytes:
    """Return the 32 bytes of an EncodingAESKey of 43 characters.

    The last character may carry bits that mean nothing; Python's decoder drops them when it is not
    told to be strict. Raises ValueError for what is no key.
    """
    if len(text) != _KEY_TEXT or not text.isascii() or not text.isalnum():
        raise ValueError("EncodingAESKey 应为 43 位字母或数字。")
    return base64.b64decode(text + "=")


def decrypt(encrypted: str, appid: str, *keys: bytes) -> bytes:
    """Return the message in `encrypted`, by the first of the keys that opens it.

    Raises CallbackRefusedError when none does, or when it is for another appid.
    """
    try:
        data = base64.b64decode(encrypted, validate=True)
    except (binascii.Error, ValueError):
        raise CallbackRefusedError("base64") from None
    if not data or len(data) % _RANDOM:
        raise CallbackRefusedError("blocks")
    for one in keys:
        message = _open(data, appid.encode(), one)
        if message is not None:
            return message
    raise CallbackRefusedError("key")


def _open(data, appid, one):
    """The message, None when it is not one for this key and this appid."""
    cipher = Cipher(algorithms.AES(one), modes.CBC(one[:16])).decryptor()
    padded = cipher.update(data) + cipher.finalize()
    pad = padded[-1]
    if not 1 <= pad <= _BLOCK or padded[-pad:] != bytes([pad]) * pad:
        return None
    plain = padded[:-pad]
    start = _RANDOM + _LENGTH
    length = int.from_bytes(plain[_RANDOM:start])
    if len(plain) < start or length > len(plain) - start:
        return None
    message, owner = plain[start : start + length], plain[start + length :]
    return message if hmac.compare_digest(owner, appid) else None


def encrypt(message: bytes, appid: str, one: bytes, random: bytes | None = None) -> str:
    """Return `message` as WeChat encrypts it; `random`: 16 bytes, drawn when not given."""
    plain = random or secrets.token_bytes(_RANDOM)
    plain += len(message).to_bytes(_LENGTH) + message + appid.encode()
    pad = _BLOCK - len(plain) % _BLOCK
    cipher = Cipher(algorithms.AES(one), modes.CBC(one[:16])).encryptor()
    return base64.b64encode(cipher.update(plain + bytes([pad]) * pad) + cipher.finalize()).decode()
