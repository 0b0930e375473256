from hypothesis import given
from hypothesis import strategies as st

from odoo.addons.yangguang_cunwu.lib.addresses import neighbourhood


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
