"""Checking one password many times at the cost of one."""

from contextlib import contextmanager
from unittest.mock import patch

from passlib.context import CryptContext


@contextmanager
def verified_once():
    """Remember, for the block, what comparing a password with a hash gave.

    The check costs half a second by design, and the secretaries of the demo sign on some hundred
    days, all with one password and one hash. Whether the two match depends on them alone, so the
    answer stays the same; a wrong password is refused as ever.
    """
    verify = CryptContext.verify_and_update
    answers = {}

    def remembered(context, secret, stored, **options):
        key = secret, stored
        if key not in answers:
            answers[key] = verify(context, secret, stored, **options)
        return answers[key]

    with patch.object(CryptContext, "verify_and_update", remembered):
        yield
