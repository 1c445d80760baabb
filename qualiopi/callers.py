"""Who calls: the network address of a request, worked out in this one place."""

from __future__ import annotations

import logging
from functools import cache
from ipaddress import ip_address, ip_network

from django.conf import settings
from django.http import HttpRequest

logger = logging.getLogger("temoin.callers")

# What one house or one office holds: the whole address in IPv4, the network in IPv6, where each device takes addresses as it likes.
HOUSEHOLD = {4: 32, 6: 64}
# What is kept with a signature: enough to compare, too little to follow anybody.
NEIGHBOURHOOD = {4: 24, 6: 48}


def client_address(request: HttpRequest) -> str:
    """The address of who calls, in its usual form; empty when it cannot be known (a server behind a socket file, for instance).

    With TRUSTED_PROXY_COUNT proxies in front, each adds to `X-Forwarded-For`, at its right end, the address it was called from: the
    entry at that count from the right is the client's, and what stands left of it is what the client wrote. At 0 the header says nothing.
    """
    direct = _usual(request.META.get("REMOTE_ADDR", ""))
    header = request.META.get("HTTP_X_FORWARDED_FOR", "")
    count = settings.TRUSTED_PROXY_COUNT
    if not header:
        return direct
    if not count:
        if direct and ip_address(direct).is_private:
            _warn_once()
        return direct
    entries = header.split(",")
    # Fewer entries than proxies: the call came in past the outer ones, and all that is written was written by the others.
    return _usual(entries[-min(count, len(entries))]) or direct


def household(address: str) -> str:
    """What stands for one caller when tries are counted. Empty for what is not an address."""
    return _network(address, HOUSEHOLD)


def neighbourhood(address: str) -> str:
    """The /24 of an IPv4 address, the /48 of an IPv6 one: « 203.0.113.0/24 ». Empty for what is not an address."""
    return _network(address, NEIGHBOURHOOD)


def _network(address: str, widths: dict[int, int]) -> str:
    usual = _usual(address)
    return str(ip_network(f"{usual}/{widths[ip_address(usual).version]}", strict=False)) if usual else ""


def _usual(entry: str) -> str:
    """An address without its port (« 203.0.113.7:5123 », « [2001:db8::1]:5123 »), its zone and its IPv4-in-IPv6 dress."""
    entry = entry.strip()
    if entry.startswith("["):
        entry = entry[1:].partition("]")[0]
    elif entry.count(":") == 1:
        entry = entry.partition(":")[0]
    try:
        whole = ip_address(entry.partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(whole, "ipv4_mapped", None) or whole)


@cache
def _warn_once() -> None:
    """A front server that nobody told of: everybody has its address. Said once in the life of a process."""
    logger.warning(
        "Un frontal envoie X-Forwarded-For et TRUSTED_PROXY_COUNT vaut 0 : tout le monde semble appeler de son adresse. "
        "Dites combien de frontaux de confiance précèdent le programme."
    )
