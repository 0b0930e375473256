"""What WeChat's content check says of what somebody wants to show to others."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

_STRICTNESS = _PASSED, _HELD, _REFUSED = "passed", "held", "refused"
# characters that WeChat checks at a time, and how many of them are checked twice
_PIECE, _OVERLAP = 2500, 50


@dataclass(frozen=True)
class Verdict:
    """`state` is passed, held (a person must look) or refused."""

    state: str
    label: int
    trace: str = ""


def verdict(result: Any, trace: str = "") -> Verdict:
    """Return the verdict in `{"suggest": …, "label": …}`; whatever is unknown is held."""
    found = result if isinstance(result, dict) else {}
    state = {"pass": _PASSED, "risky": _REFUSED}.get(found.get("suggest"), _HELD)
    label = str(found.get("label", ""))
    return Verdict(state, int(label) if label.isascii() and label.isdigit() else 0, trace)


def strictest(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on the whole of what was checked piece by piece."""
    return max(verdicts, key=lambda one: _STRICTNESS.index(one.state))


def pieces(text: str) -> list[str]:
    """Return a text as WeChat takes it, at least one piece."""
    return [text[start : start + _PIECE] for start in range(0, len(text) or 1, _PIECE - _OVERLAP)]
