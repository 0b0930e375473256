"""Hash chains: each entry seals the one before it, so a change in the past shows.

    link = SHA-256( "yangguang/chain/v1" 00 | previous link, 32 bytes
                    | position, 8 bytes big-endian | envelope )

The prefix keeps these hashes apart from any other SHA-256 in the product and names the version of
the construction. The first two fields have a fixed length and the envelope is last, so no two
different triples give the same input. Positions count from 1; `GENESIS` precedes the first.

Entries cut off at the end leave a chain that is shorter but whole: compare the last link with the
head kept elsewhere (the chain's own row, the printed daily root).
"""

import hashlib
from collections.abc import Iterable

GENESIS = "0" * 64

_PREFIX = b"yangguang/chain/v1\0"


def link(previous: str, position: int, envelope: bytes) -> str:
    """Return the link, in hex, of the entry `envelope` at `position` after the link `previous`.

    Raises ValueError when `previous` is not a link or `position` is below 1.
    """
    before = bytes.fromhex(previous)
    if len(before) != 32 or position < 1:
        raise ValueError("a link follows a link of 32 bytes, at a position from 1 on")
    return hashlib.sha256(_PREFIX + before + position.to_bytes(8) + envelope).hexdigest()


def verify(entries: Iterable[tuple[int, bytes, str]]) -> int | None:
    """Return the first broken position of a chain, None when it is whole.

    `entries` are (position, envelope, link) from the first on. A gap or an exchange of entries
    breaks the chain at the position where the right entry should have been.
    """
    previous = GENESIS
    for expected, (position, envelope, stored) in enumerate(entries, start=1):
        if position != expected or link(previous, position, envelope) != stored:
            return expected
        previous = stored
    return None
