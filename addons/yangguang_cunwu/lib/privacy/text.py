"""Looks for personal data in one piece of text."""

import hashlib
import hmac
from collections.abc import Iterable
from datetime import date
from itertools import chain
from typing import NamedTuple

from ..masking import mask
from . import birth, documents, health, numbers
from .kinds import KINDS
from .plain import Plain

_BY_LABEL = (
    documents.passports,
    documents.plates,
    documents.emails,
    documents.accounts,
    documents.addresses,
)


class Hit(NamedTuple):
    """Something found: its kind (a key of KINDS), its place in the text, how it is shown masked.

    `value` is the found value in its canonical writing; it is personal data and never stored.
    """

    kind: str
    start: int
    end: int
    shown: str
    value: str

    def digest(self, secret: bytes) -> str:
        """What stands for the value where it must not be stored: a keyed digest.

        Without the key anybody could try all telephone numbers.
        """
        return hmac.new(secret, f"{self.kind}\n{self.value}".encode(), hashlib.sha256).hexdigest()


def scan(text: str, today: date, label: str = "", beside_name: bool = False) -> list[Hit]:
    """Return the personal data in `text`, in order and apart; places refer to `text` itself.

    `label` is that of the column or field the text stands in, `beside_name` says that its row
    names a person, `today` tells who is a child. Public office telephones in a column of their own
    are numbers too: the caller decides by column what is allowed.
    """
    if not text:
        return []
    plain = Plain(text)
    return [_hit(plain, found) for found in _apart(_found(plain.text, today, label, beside_name))]


def masked(text: str, hits: Iterable[Hit]) -> str:
    """Return `text` with each of its `hits` replaced by what may be shown."""
    parts, end = [], 0
    for hit in hits:
        parts += [text[end : hit.start], hit.shown]
        end = hit.end
    return "".join([*parts, text[end:]])


def _found(text, today, label, beside_name):
    return chain(
        numbers.numbers(text, today),
        numbers.spelled(text, today),
        *(detect(text, label) for detect in _BY_LABEL),
        birth.births(text, label, today),
        health.health(text, beside_name),
    )


def _hit(plain, found):
    shown = mask(found.value, KINDS[found.kind].mask)
    return Hit(found.kind, *plain.place(found.start, found.end), shown, found.value)


def _apart(found):
    """Return what was found in order, without what begins inside another."""
    kept = []
    for each in sorted(found, key=lambda each: (each.start, -each.end)):
        if not kept or kept[-1].end <= each.start:
            kept.append(each)
    return kept
