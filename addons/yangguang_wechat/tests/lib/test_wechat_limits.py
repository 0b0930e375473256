from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib import limits
from odoo.addons.yangguang_wechat.lib.limits import Limits


class Clock:
    def __init__(self):
        self.time = 6000.0

    def __call__(self):
        return self.time


def test_one_too_many_has_to_wait_until_the_minute_is_over():
    clock = Clock()
    counted = Limits(clock)
    assert [counted.wait("a", 2) for _call in range(3)] == [0, 0, 60]
    clock.time += 45
    assert counted.wait("a", 2) == 15
    assert counted.wait("b", 2) == 0
    clock.time += 15
    assert counted.wait("a", 2) == 0


def test_memory_is_bounded(monkeypatch):
    monkeypatch.setattr(limits, "_MOST_KEYS", 3)
    counted = Limits(Clock())
    assert [counted.wait(number, 2) for number in range(3)] == [0, 0, 0]
    # whoever comes then shares one count; those who were there keep theirs
    assert [bool(counted.wait(number, 2)) for number in range(3, 7)] == [False, False, True, True]
    assert counted.wait(0, 2) == 0


@given(st.lists(st.integers(0, 3), max_size=60))
def test_processes_allow_no_more_than_that_many_times_the_limit(calls):
    """Whichever process each call of a minute comes to."""
    processes = [Limits(Clock()) for _number in range(4)]
    allowed = [processes[number].wait("a", 5) for number in calls].count(0)
    assert allowed == sum(min(calls.count(number), 5) for number in range(4)) <= 4 * 5
