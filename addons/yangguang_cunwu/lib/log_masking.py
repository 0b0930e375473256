"""Keeps out of the log of requests what opens something: whoever reads logs is not the asker."""

import logging
import re
from collections.abc import Callable

# the code by which an asker follows up his question, in the path and as it is typed in
_CODE = re.compile(r"(/v/ask(?:/|\?(?:[^\s\"]*?&)?code=))[^\s\"/?&#]+")


def masked(text: str) -> str:
    """Return `text` without the codes of askers."""
    return _CODE.sub(r"\1***", text)


class Masking(logging.Filter):
    """Keeps of each line of a log what `mask` makes of it."""

    def __init__(self, mask: Callable[[str], str]):
        super().__init__()
        self._mask = mask

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the line; it is kept in any case."""
        record.msg, record.args = self._mask(record.getMessage()), ()
        return True
