"""Lines for the person at the terminal."""

import contextlib
import sys
import time


class CommandError(Exception):
    """Ends the command with one sentence, English then Chinese."""

    def __init__(self, english: str, chinese: str):
        super().__init__(f"{english} {chinese}")


def say(text: str) -> None:
    """Print at once, whatever standard output is connected to."""
    print(text, flush=True)


@contextlib.contextmanager
def phase(label: str):
    """Print how long the block took, in the same form as the steps of setup.sh."""
    started = time.monotonic()
    yield
    print(f"{time.monotonic() - started:8.1f} s  {label}", file=sys.stderr, flush=True)
