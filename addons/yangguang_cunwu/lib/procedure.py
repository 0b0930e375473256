"""The steps of a disclosure, as a table: who may take each, from which state to which.

Notice, highlight 3: village drafts -> supervision committee reviews -> Party secretary signs the
items concerned -> clerk publishes -> filed with the town. No step is skipped. The database holds
the same table (`transitions`): a state changes together with an event that says why, or not at all.
"""

from dataclasses import dataclass

from .roles import DRAFTERS

STATES = ("draft", "review", "agreed", "signed", "published")


@dataclass(frozen=True, slots=True)
class Step:
    """`roles` may take the step; empty: it follows from the votes, nobody takes it."""

    sources: frozenset[str]
    target: str
    roles: frozenset[str] = frozenset()


def _step(sources, target, roles=()):
    return Step(frozenset(sources.split()), target, frozenset(roles))


STEPS = {
    "submit": _step("draft", "review", DRAFTERS),
    "agree": _step("review", "agreed"),
    "return": _step("review", "draft"),
    "sign": _step("agreed", "signed", {"secretary"}),
    "decline": _step("agreed", "draft", {"secretary"}),
    # an error found after the review: votes and signature are void
    "reopen": _step("agreed signed", "draft", DRAFTERS),
    "publish": _step("agreed signed", "published", DRAFTERS),
    # emergency items only: the secretary signs the draft, the committee looks at it afterwards
    "sign_first": _step("draft", "signed", {"secretary"}),
    "ratify": _step("published", "published"),
    "object": _step("published", "published"),
}

# the committee's steps carry its chair and the day, never the moment or who voted how
COMMITTEE_STEPS = frozenset({"agree", "return", "ratify", "object"})


def transitions() -> frozenset[tuple[str, str, str]]:
    """Every allowed (step, state before, state after)."""
    return frozenset(
        (name, source, step.target) for name, step in STEPS.items() for source in step.sources
    )


def outcome(agreed: int, objected: int, members: int, quorum: int) -> bool | None:
    """What the votes decide: True once `quorum` agree, False once that has become impossible
    among `members`, None while the round is open."""
    if agreed >= quorum:
        return True
    if members - objected < quorum:
        return False
    return None
