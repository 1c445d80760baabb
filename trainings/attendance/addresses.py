"""From where somebody signs: an address shortened enough to compare, and not to follow anybody."""

from __future__ import annotations

from ipaddress import ip_address, ip_network

from django.http import HttpRequest


def shortened(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: « 203.0.113.0/24 ». Empty for what is not an address."""
    try:
        whole = ip_address(address.strip())
    except ValueError:
        return ""
    mapped = getattr(whole, "ipv4_mapped", None)
    whole = mapped or whole
    return str(ip_network(f"{whole}/{24 if whole.version == 4 else 48}", strict=False))


def address_of(request: HttpRequest) -> str:
    """The shortened address of who calls. Behind a front server on this machine, the one that this server saw."""
    direct = request.META.get("REMOTE_ADDR", "")
    try:
        ours = not direct or ip_address(direct).is_loopback
    except ValueError:
        ours = True
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2]
    return shortened(forwarded if ours and forwarded else direct)
