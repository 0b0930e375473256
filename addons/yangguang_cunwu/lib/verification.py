"""What anybody can recompute about a publication: its link in the chain and the digests it seals.

The envelope is what was sealed; everything else that is shown of a publication is held against it.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from . import canonical, chain

# part of a publication -> name of its digest in the envelope
FILES = {"page": "public", "pdf": "pdf"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One comparison. `part` is chain, entry, page or pdf; `sealed` and `found` are digests, or
    None for what is not there."""

    part: str
    sealed: str | None
    found: str | None

    @property
    def agrees(self) -> bool:
        return self.sealed is not None and self.sealed == self.found


def examine(
    envelope: bytes,
    previous: str,
    position: int,
    link: str,
    shown: Mapping[str, str | None],
    files: Mapping[str, bytes],
) -> list[Finding]:
    """Return the findings about one publication, all recomputed from the bytes given.

    `envelope`, `previous`, `position` and `link` are its entry in the chain; `shown` is what the
    pages say of it (see `summary`); `files` holds the bytes of its page and its PDF, which are
    gone when it was taken down.
    """
    chained = Finding("chain", link, chain.link(previous, position, envelope))
    sealed = parsed(envelope)
    if sealed is None:
        return [chained, Finding("entry", None, _digest(shown))]
    said = {**summary(sealed), "position": str(position), "previous": previous}
    shown = {**shown, "position": sealed.get("position"), "previous": sealed.get("previous")}
    findings = [chained, Finding("entry", _digest(said), _digest(shown))]
    for part, name in FILES.items():
        digest = sealed["digests"].get(name)
        if digest or part in files:
            found = canonical.digest(files[part]) if part in files else None
            findings.append(Finding(part, digest, found))
    return findings


def parsed(frozen: bytes):
    """Return the value that frozen bytes say, None when they are not in their frozen form."""
    try:
        return canonical.parse(frozen)
    except ValueError:
        return None


def summary(sealed: Mapping) -> dict[str, str | None]:
    """Return, from a parsed envelope, what the public pages repeat of it."""
    return {
        "code": sealed["code"],
        "division_code": sealed["division"]["code"],
        "division_name": sealed["division"]["name"],
        "item_code": sealed["item"]["code"],
        "item_name": sealed["item"]["name"],
        "period": sealed.get("period"),
        "audience": sealed["audience"],
        "open_web": sealed["open_web"],
        "time": sealed["time"],
    }


def _digest(values):
    return canonical.digest(canonical.canonical(dict(values)))
