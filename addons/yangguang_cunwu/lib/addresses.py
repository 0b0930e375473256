"""Network addresses, as far as it matters who is counted apart."""

import ipaddress


def neighbourhood(address: str) -> str:
    """Return what is counted of an address: all of IPv4, the network (/64) of IPv6, where a
    single telephone has 2^64 addresses. What is no address stays as it is."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 4:
        return address
    return str(parsed.ipv4_mapped or ipaddress.ip_network((parsed, 64), strict=False))
