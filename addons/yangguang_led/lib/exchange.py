"""What a server and the agent in a village tell each other: errands and their outcomes as plain
values, which JSON carries."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any

from . import connections, programme, sending
from .drivers.base import PICTURES, Answer, Status

PREFIX = "/led/agent/v1"
# outcomes in one message
MOST = 64
_PARTS = {"key", "turn", "kind", "driver", "address", "options", "wanted", "last", "outline"}
_SHOWN = ("playing", "powered", "brightness", "model", "firmware", "width", "height")


def errand(
    plain: Mapping[str, Any], moment: datetime, read: Callable[[Mapping], bytes]
) -> sending.Errand:
    """The errand that plain values stand for: key, turn, kind, driver, address, options, wanted,
    last, and for PLAY an `outline` (see `programme.outline`).

    `moment` is the (aware) time to tell the clock, `read(page)` gives the picture or film of a
    page where the card takes them. Raises what `read` raises, and ValueError for values that are
    no errand.
    """
    try:
        outline = plain["outline"]
        return sending.Errand(
            key=plain["key"],
            kind=plain["kind"],
            driver=plain["driver"],
            address=plain["address"],
            options=plain["options"],
            value=_VALUES.get(plain["kind"], _nothing)(plain["wanted"], moment),
            show=outline and programme.show_of(outline, read if _needs_files(plain) else _nothing),
            last=plain["last"],
            turn=plain["turn"],
            wanted=plain["wanted"],
        )
    except (KeyError, TypeError) as error:
        raise ValueError("服务器给的任务看不懂。") from error


def errands_of(answer: Mapping[str, Any]) -> tuple[list[dict], set[str]]:
    """The errands in an answer of the server, and the keys of all tasks whose screens are the
    agent's; raises ValueError for an answer that is none."""
    errands, tasks = answer.get("errands"), answer.get("tasks")
    if not (isinstance(errands, list) and isinstance(tasks, list)):
        raise ValueError("服务器的回答看不懂。")
    if not all(isinstance(one, dict) and one.keys() >= _PARTS for one in errands):
        raise ValueError("服务器给的任务看不懂。")
    return errands, set(map(str, tasks))


def files(errands: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """The digests of all pictures and films that plain errands need: cards that draw text with
    their own fonts need none."""
    for one in errands:
        if one["outline"] and _needs_files(one):
            yield from (page["digest"] for page in one["outline"]["pages"])


def not_done(plain: Mapping[str, Any], answer: Answer) -> sending.Outcome:
    """The outcome of an errand for which something is missing."""
    return sending.Outcome(plain["key"], plain["turn"], plain["wanted"], answer)


def outcome_values(outcome: sending.Outcome) -> dict[str, Any]:
    """An outcome as plain values."""
    said = asdict(outcome.status) if outcome.status else {}
    return {
        "key": outcome.key,
        "turn": outcome.turn,
        "wanted": outcome.wanted,
        **asdict(outcome.answer),
        "name": outcome.name,
        "status": {name: said[name] for name in _SHOWN if said.get(name) is not None} or None,
    }


def outcome(values: Mapping[str, Any]) -> sending.Outcome:
    """The outcome that `values` stand for; whoever takes it from outside has looked at them."""
    answer = Answer(values["state"], values["reason"], values["retryable"])
    status = values["status"] and Status(**values["status"])
    return sending.Outcome(
        values["key"], values["turn"], values["wanted"], answer, status, values["name"]
    )


def _needs_files(plain):
    return connections.draws(plain["driver"]) == PICTURES


def _nothing(*_arguments):
    return None


_VALUES = {
    sending.BRIGHTNESS: lambda wanted, _moment: int(wanted),
    sending.POWER: lambda wanted, _moment: wanted == "on",
    sending.CLOCK: lambda _wanted, moment: moment,
}
