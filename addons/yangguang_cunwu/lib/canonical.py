"""The frozen form of a document: the one sequence of bytes that says it.

RFC 8785 (JSON Canonicalization Scheme) over objects, arrays, strings and null only. Numbers and
booleans are refused: an amount is the string "1234.50", so no reader can turn it into a float.
Keys and strings are brought to Unicode NFC first, which RFC 8785 leaves to the application.
"""

import hashlib
import json
from unicodedata import normalize


def canonical(value) -> bytes:
    """Return the canonical bytes of `value` (dict, list, str, None).

    Raises TypeError for any other type, ValueError for a lone surrogate or for two keys that
    become one under NFC.
    """
    text = json.dumps(_prepared(value), ensure_ascii=False, separators=(",", ":"))
    return text.encode()


def parse(data: bytes):
    """Return the value whose canonical bytes are `data`; the inverse of `canonical`.

    Raises ValueError for anything else: other spellings, duplicate keys, numbers, stray spaces.
    """
    try:
        value = json.loads(data.decode())
        exact = canonical(value) == data
    except TypeError as error:
        raise ValueError(str(error)) from error
    if not exact:
        raise ValueError("the bytes are not in canonical form")
    return value


def digest(data: bytes) -> str:
    """Return the SHA-256 of `data` in lower-case hex."""
    return hashlib.sha256(data).hexdigest()


def _prepared(value):
    if value is None:
        return None
    if isinstance(value, str):
        return _string(value)
    if isinstance(value, list):
        return [_prepared(item) for item in value]
    if isinstance(value, dict):
        return _object(value)
    raise TypeError(f"a frozen document holds strings and null only, not {type(value).__name__}")


def _object(value):
    members = {}
    for key, item in value.items():
        if not isinstance(key, str):
            raise TypeError(f"a key of a frozen document is a string, not {type(key).__name__}")
        name = _string(key)
        if name in members:
            raise ValueError(f"two keys are the same under NFC: {name!r}")
        members[name] = _prepared(item)
    # RFC 8785, 3.2.3: keys are compared as arrays of UTF-16 code units
    return dict(sorted(members.items(), key=lambda member: member[0].encode("utf-16-be")))


def _string(text):
    text = normalize("NFC", text)
    text.encode()  # UnicodeEncodeError, a ValueError, tells of a lone surrogate
    return text
