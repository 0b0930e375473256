"""What the fake WeChat knows: one mini-program, its users, templates, quotas and switches."""

import secrets
import threading
import time
from collections import Counter, defaultdict, deque
from dataclasses import dataclass, field

APPID = "wxfa0e000000000001"
SECRET = "0123456789abcdef0123456789abcdef"
TOKEN = "sunshine"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
OWNER = "gh_000000000001"

_TASK = {"事项": "thing1", "单位": "thing2", "截止时间": "time3"}
# name, title, 2 for one message a consent and 3 for many, label -> keyword
TEMPLATES = (
    (
        "answered",
        "问题答复通知",
        2,
        {"编号": "character_string1", "答复": "thing2", "时间": "time3"},
    ),
    ("published", "村务公开提醒", 3, {"事项": "thing1", "村名": "thing2", "时间": "date3"}),
    ("duty_due", "待办事项提醒", 2, _TASK),
    ("overdue", "逾期提醒", 2, _TASK),
    ("review", "审核提醒", 2, {"事项": "thing1", "单位": "thing2", "时间": "time3"}),
)


def _template(name, title, kind, lines):
    return {
        "priTmplId": f"fake-template-{name}",
        "title": title,
        "content": "".join(f"{label}:{{{{{keyword}.DATA}}}}\n" for label, keyword in lines.items()),
        "example": "",
        "type": kind,
        "keywordEnumValueList": [],
    }


@dataclass
class Switch:
    """How an address misbehaves: an errcode, `times` often (None: until it is taken back)."""

    code: int
    times: int | None = None


@dataclass
class State:
    """Everything may be changed from outside while the server runs."""

    appid: str = APPID
    secret: str = SECRET
    token: str = TOKEN
    aes_key: str = AES_KEY
    mode: str = "secure"
    form: str = "json"
    callback: str = ""
    # seconds that a token lives
    life: int = 7200
    # calls of one address: a minute, a day
    per_minute: int | None = None
    per_day: int | None = None
    # seconds before each answer; None of them: down, or "refuse" for HTTP 503
    slowness: float = 0.0
    is_down: bool = False
    # what the content check says of pictures; -1008: it could not be fetched
    media: str = "pass"
    media_seconds: float = 0.0
    # seconds a message is on its way, in which a second one to the same user collides
    sending_seconds: float = 0.0
    # without it every user counts as one who has subscribed to everything
    strict_consents: bool = True
    # where its pushes come from
    push_servers: list[str] = field(default_factory=lambda: ["203.0.113.7", "203.0.113.8"])
    tokens: dict[str, float] = field(default_factory=dict)
    used_codes: set[str] = field(default_factory=set)
    opened: dict[str, float] = field(default_factory=dict)
    consents: Counter = field(default_factory=Counter)
    switches: dict[str, Switch] = field(default_factory=dict)
    sent: list[dict] = field(default_factory=list)
    pushed: list[dict] = field(default_factory=list)
    calls: list[dict] = field(default_factory=list)
    in_flight: Counter = field(default_factory=Counter)
    templates: list[dict] = field(default_factory=lambda: [_template(*one) for one in TEMPLATES])
    lock: threading.RLock = field(default_factory=threading.RLock, repr=False)
    _rate: dict[str, deque] = field(default_factory=lambda: defaultdict(deque), repr=False)
    _day: Counter = field(default_factory=Counter, repr=False)

    def fail(self, path: str, code: int, times: int | None = None) -> None:
        """Let an address answer `code` so often; 0 ends it."""
        with self.lock:
            if code:
                self.switches[path] = Switch(code, times)
            else:
                self.switches.pop(path, None)

    def failure(self, path: str) -> int:
        """The errcode that an address is to answer now, 0 for none."""
        with self.lock:
            switch = self.switches.get(path)
            if not switch:
                return 0
            if switch.times is not None:
                switch.times -= 1
                if switch.times <= 0:
                    del self.switches[path]
            return switch.code

    def limit(self, path: str) -> int:
        """Count a call; 45011 or 45009 when there were too many."""
        now = time.monotonic()
        with self.lock:
            rate = self._rate[path]
            while rate and rate[0] <= now - 60:
                rate.popleft()
            if self.per_day is not None and self._day[path] >= self.per_day:
                return 45009
            if self.per_minute is not None and len(rate) >= self.per_minute:
                return 45011
            rate.append(now)
            self._day[path] += 1
            return 0

    def give_token(self) -> tuple[str, int]:
        """The token of now; another one in its last five minutes, while the old one lives on."""
        with self.lock:
            now = time.time()
            alive = [(end, one) for one, end in self.tokens.items() if end - now >= 300]
            if not alive:
                one = f"fake-{secrets.token_urlsafe(90)}"
                self.tokens[one] = now + self.life
                alive = [(self.tokens[one], one)]
            end, one = max(alive)
            return one, max(1, round(end - now))

    def expire_tokens(self) -> None:
        """End all tokens at once, long before their time."""
        with self.lock:
            self.tokens.clear()

    def token_error(self, shown: str) -> int:
        """0 for a living token, else what WeChat says of it."""
        with self.lock:
            end = self.tokens.get(shown)
            if end is None:
                return 40001 if shown else 41001
            return 0 if end > time.time() else 42001

    def subscribe(self, openid: str, template: str, count: int = 1) -> None:
        """A user allows so many messages."""
        with self.lock:
            self.consents[openid, template] += count

    def template(self, number: object) -> dict | None:
        """The template with this id."""
        return next((one for one in self.templates if one["priTmplId"] == number), None)
