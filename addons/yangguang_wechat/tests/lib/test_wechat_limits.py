from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_wechat.lib import limits
from odoo.addons.yangguang_wechat.lib.limits import Limits, neighbourhood


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


@given(st.ip_addresses(v=6), st.integers(0, 2**64 - 1))
def test_a_telephone_has_one_neighbourhood(address, host):
    if address.ipv4_mapped:
        return
    other = type(address)(int(address) >> 64 << 64 | host)
    if not other.ipv4_mapped:
        assert neighbourhood(str(address)) == neighbourhood(str(other))


def test_addresses_of_version_four_are_apart():
    assert neighbourhood("203.0.113.7") != neighbourhood("203.0.113.8")
    assert neighbourhood("::ffff:203.0.113.7") == "203.0.113.7"
    assert neighbourhood("") == ""
