"""Unified social credit codes of organisations (GB 32100-2015).

Two characters for the registering office and the kind (N2 for rural collectives), six digits for
the place, nine characters for the body, one check character.
"""

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}", re.ASCII)


def is_valid(code: str) -> bool:
    """Whether `code` has the shape of a credit code and its check character is right."""
    return bool(_SHAPE.fullmatch(code)) and code[-1] == check_character(code[:-1])


def check_character(body: str) -> str:
    """The check character of the first 17 characters of a code."""
    total = sum(
        _ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(body)
    )
    return _ALPHABET[-total % 31]
