"""The few words of accounting that the sentences use, each with a plain explanation."""

import functools
from dataclasses import dataclass
from pathlib import Path

from ..catalogue.yaml_text import load

_DATA = Path(__file__, "../../../data/glossary.yaml").resolve()


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the sentences. `label` is what a table calls it, where that is something longer."""

    term: str
    plain: str
    label: str = ""


@functools.cache
def terms() -> tuple[Term, ...]:
    """All terms, in the order of the data."""
    return tuple(Term(**entry) for entry in load(_DATA.read_text("utf-8")))


@functools.cache
def _by_label():
    return {term.label or term.term: term.term for term in terms()}


def said(label: str | None) -> str | None:
    """The term for what a table calls `label`; None when there is none."""
    return _by_label().get(label)


def used(sentences: tuple[str, ...]) -> tuple[Term, ...]:
    """The terms that stand in `sentences`; a term within a longer one there is not meant."""
    text = "\n".join(sentences)
    found = set()
    for term in sorted(terms(), key=lambda term: -len(term.term)):
        if term.term in text:
            found.add(term)
            text = text.replace(term.term, "\n")
    return tuple(term for term in terms() if term in found)
