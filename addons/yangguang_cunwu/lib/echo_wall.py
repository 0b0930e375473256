"""The echo wall (回音壁): a villager asks, the village answers for all to read, and the villager
says whether that was a solution.

The steps are a table, as in `procedure`. What is not in it does not happen: the village neither
changes what was asked nor ends what it has answered; that is for the one who asked.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from unicodedata import category, normalize

from . import masking, privacy
from .holidays import Calendar, UnknownYearError
from .privacy import Hit
from .roles import DISTRICT, DRAFTERS, TOWN, VILLAGE

STATES = (
    "received",
    "accepted",
    "answered",
    "solved",
    "unsolved",
    "reopened",
    "closed",
    "refused",
    "withdrawn",
)
# the clock runs
OPEN = frozenset({"received", "accepted", "reopened"})
# nothing follows any more
ENDED = frozenset({"solved", "closed", "refused", "withdrawn"})
# nobody but who asked reads on
GONE = frozenset({"refused", "withdrawn"})

ASKER, OFFICE, SYSTEM = "asker", "office", "system"
# who acts for a question once it has reached that level
OFFICES = {
    VILLAGE: DRAFTERS,
    TOWN: frozenset({"town_officer"}),
    DISTRICT: frozenset({"district_officer"}),
}

# times one question is taken up again, pictures of one question
MOST_REOPENED, MOST_PICTURES = 1, 3
LEAST_WORDS, MOST_WORDS = 5, 500
MOST_ANSWER = 2000
_MOST_NAME = 20
# bytes of one picture as it is sent
PICTURE_BYTES = 5 * 1024 * 1024
ANONYMOUS = "村民"
DAY_SECONDS = 86400
# (seconds, questions) that may come from one network address; a whole neighbourhood may share it
ADDRESS_LIMITS = ((600, 10), (DAY_SECONDS, 60))
# questions that a village gets on a busy day, and those of them that one address may ask; after
# that everybody may still ask a few
BUSY_DAY = 100
_SHARE, _SHARE_WHEN_BUSY = 20, 3
# how long a form may lie open before it is sent (seconds)
FORM_SECONDS = 86400


@dataclass(frozen=True, slots=True)
class Step:
    """`target` is the state it leads to, None where it stays; `by` is who takes it."""

    sources: frozenset[str]
    target: str | None
    by: str


@dataclass(frozen=True, slots=True)
class Terms:
    """How long each stage may take: the first four in working days, the rest in days."""

    receive: int = 1
    answer: int = 5
    complex_answer: int = 10
    town: int = 5
    verdict: int = 15
    personal: int = 180


class WordingError(ValueError):
    """What somebody wrote cannot be taken; the message says what to mend, in Chinese."""


def _step(sources, target, by):
    return Step(frozenset(sources.split()), target, by)


_READ = "received accepted answered solved unsolved reopened closed"

STEPS = {
    "ask": _step("received", None, ASKER),
    "accept": _step("received", "accepted", OFFICE),
    "complex": _step("accepted reopened", None, OFFICE),
    "show": _step(_READ, None, OFFICE),
    "hide": _step(_READ, None, OFFICE),
    "leave_out": _step(_READ, None, OFFICE),
    "refuse": _step("received accepted", "refused", OFFICE),
    # it turns out to accuse somebody by name: the village sends it to the town and reads no more
    "pass_on": _step("received accepted reopened", None, OFFICE),
    # an answer that was wrong is replaced until the asker has judged it
    "answer": _step("received accepted reopened answered", "answered", OFFICE),
    "solve": _step("answered", "solved", ASKER),
    "dispute": _step("answered", "unsolved", ASKER),
    "reopen": _step("answered unsolved", "reopened", ASKER),
    "withdraw": _step("received accepted answered unsolved reopened", "withdrawn", ASKER),
    "erase": _step(" ".join(STATES), None, SYSTEM),
    "delay": _step("received", None, SYSTEM),
    "escalate": _step("received accepted reopened", None, SYSTEM),
    "close": _step("answered unsolved", "closed", SYSTEM),
    "check": _step(" ".join(STATES), None, SYSTEM),
}

# steps after which whoever has read a question before may still answer what he has read
HARMLESS = frozenset({"show", "hide", "leave_out", "erase", "delay", "escalate", "check"})

# why a question is not taken up. That it criticises somebody is no reason.
REFUSALS = {
    "elsewhere": "不是村务，应找其他单位",
    "twice": "和已经提过的问题相同",
    "unlawful": "含有违法内容或辱骂他人",
    "empty": "看不出要问什么",
}


def transitions() -> frozenset[tuple[str, str, str]]:
    """Every allowed (step, state before, state after)."""
    return frozenset(
        (name, source, step.target or source)
        for name, step in STEPS.items()
        for source in step.sources
    )


def levels(reached: int, is_accusation: bool) -> tuple[int, ...]:
    """The levels whose offices act for a question that has `reached` a level.

    Smaller numbers are higher up. An accusation never was the village's.
    """
    first = TOWN if is_accusation else VILLAGE
    return tuple(level for level in (VILLAGE, TOWN, DISTRICT) if reached <= level <= first)


def due(day: date, count: int, calendar: Calendar) -> date:
    """Return the `count`-th working day after `day`.

    In a year whose holiday notice is not out yet every Monday to Friday is taken for one, since
    a villager who asks at the end of December cannot be told to wait for it.
    """
    try:
        return calendar.add_workdays(day, count)
    except UnknownYearError:
        while count > 0:
            day += timedelta(days=1)
            count -= day.weekday() < 5
        return day


def level_on(
    today: date, answer_due: date, terms: Terms, calendar: Calendar, is_accusation: bool
) -> int:
    """Return the level that an open question has reached by `today`: overdue in the village it
    goes to the town, overdue there as well to the district."""
    if is_accusation:
        return DISTRICT if today > answer_due else TOWN
    if today <= answer_due:
        return VILLAGE
    return DISTRICT if today > due(answer_due, terms.town, calendar) else TOWN


def share(asked_today: int) -> int:
    """Return how many questions one address may ask a village on a day on which it has been
    `asked_today` so many. It is never none: whoever floods a village keeps nobody else out."""
    return _SHARE if asked_today < BUSY_DAY else _SHARE_WHEN_BUSY


def lamp(state: str, answer_due: date, today: date) -> str:
    """Return the colour for those who answer: "red", "yellow", "green", "blue" while the asker
    has not judged the answer, "grey" when all is over."""
    if state in OPEN:
        if today > answer_due:
            return "red"
        return "yellow" if answer_due - today <= timedelta(days=1) else "green"
    return "grey" if state in ENDED else "blue"


def days_waiting(asked: date, answered: date | None, today: date) -> int:
    """Return the days from the question to its answer, or to `today` while there is none."""
    return max(((answered or today) - asked).days, 0)


def asker(name: str | None, is_anonymous: bool) -> str:
    """Return how the public reads who asked."""
    if is_anonymous or not name:
        return ANONYMOUS
    return masking.mask(name, "partial_name")


def words(text: str | None, least: int = LEAST_WORDS, most: int = MOST_WORDS) -> str:
    """Return what somebody wrote, without what cannot be seen. Raises WordingError."""
    lines = normalize("NFC", text or "").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    kept = "\n".join("".join(filter(_is_visible, line)).strip() for line in lines).strip()
    kept = re.sub(r"\n{3,}", "\n\n", kept)
    if len(kept) < least:
        raise WordingError(f"请写清楚，至少 {least} 个字。" if kept else "请写上内容。")
    if len(kept) > most:
        raise WordingError(f"最多写 {most} 个字，现在是 {len(kept)} 个字，请写短一些。")
    return kept


def name(text: str | None) -> str:
    """Return the name somebody gave for himself; empty for none. Raises WordingError."""
    kept = re.sub(r"\s", "", "".join(filter(_is_visible, normalize("NFKC", text or ""))))
    if kept and (not 2 <= len(kept) <= _MOST_NAME or any(char.isdigit() for char in kept)):
        raise WordingError("请填写真实姓名。")
    return kept


def phone(text: str | None) -> str:
    """Return the digits of a mobile or landline number; empty for none. Raises WordingError."""
    digits = re.sub(r"[\s()\-]", "", normalize("NFKC", text or "")).removeprefix("+")
    digits = re.sub(r"^(?:00)?86(?=1[3-9]\d{9}$)", "", digits)
    if digits and not re.fullmatch(r"1[3-9]\d{9}|0\d{9,11}", digits, re.ASCII):
        raise WordingError("电话号码不对，请填 11 位手机号，或带区号的固定电话。")
    return digits


def shown(text: str, today: date) -> str:
    """Return somebody's words as the public reads them: telephone numbers and the like masked."""
    return privacy.masked(text, privacy.scan(text, today))


def personal(text: str, today: date, offices: Collection[str] = ()) -> list[Hit]:
    """Return the personal data in an answer. The telephones of `offices` are none."""
    known = {re.sub(r"\D", "", number) for number in offices} - {""}
    return [hit for hit in privacy.scan(text, today) if re.sub(r"\D", "", hit.value) not in known]


def refusal(hits: Collection[Hit]) -> str:
    """Return the sentence that sends an answer with personal data back."""
    found = "、".join(f"{privacy.KINDS[hit.kind].label}「{hit.shown}」" for hit in hits)
    return f"答复会公开给所有人看，不能写个人信息：{found}。请改写后再答复。"


def _is_visible(char):
    # emoji are joined by U+200D; whatever else steers the writing direction is left out
    return char == "\u200d" or category(char) not in ("Cc", "Cf", "Cs", "Co", "Cn")
