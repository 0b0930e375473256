"""Codes that people read from paper and type: the public code of a publication, one-time codes."""

from unicodedata import normalize

# Crockford's base 32: no I, L, O (taken for 1, 1, 0) and no U
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_MISTYPED = str.maketrans("ILO", "110", "- ")
_LENGTH = 12
_BITS = 5 * (_LENGTH - 1)


def public_code(random_bytes: bytes) -> str:
    """Return a code of 12 characters: the first 55 of the random bits and a check character.

    The check character finds every single wrong character and every exchange of two. Raises
    ValueError for fewer than 7 bytes.
    """
    if len(random_bytes) < 7:
        raise ValueError("a public code is made from 7 random bytes or more")
    number = int.from_bytes(random_bytes) >> (8 * len(random_bytes) - _BITS)
    values = [number >> shift & 31 for shift in range(_BITS - 5, -1, -5)]
    return "".join(_ALPHABET[value] for value in [*values, _check(values)])


def normalise(text: str) -> str | None:
    """Return the public code somebody typed as `text`, None when it is not one.

    Case, width, dashes and spaces do not matter; I and L count as 1, O as 0.
    """
    code = normalize("NFKC", text).upper().translate(_MISTYPED)
    if len(code) != _LENGTH or not set(_ALPHABET).issuperset(code):
        return None
    *values, check = map(_ALPHABET.index, code)
    return code if check == _check(values) else None


def grouped(code: str) -> str:
    """Return a public code as it is printed: XXXX-XXXX-XXXX."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def one_time_code(random_bytes: bytes) -> str:
    """Return a one-time code of 12 digits (40 bits) for opening an account.

    It is typed into the password field as it stands, on any keyboard; digits have no look-alikes.
    Raises ValueError for fewer than 16 random bytes, which would favour some codes.
    """
    if len(random_bytes) < 16:
        raise ValueError("a one-time code is made from 16 random bytes or more")
    return f"{int.from_bytes(random_bytes) % 10**12:012d}"


def _check(values):
    """Weigh each value by another power of x in GF(32), modulo x^5 + x^2 + 1."""
    check = 0
    for value in values:
        check ^= value
        check = check << 1 ^ (0b100101 if check & 16 else 0)
    return check
