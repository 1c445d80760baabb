"""From where somebody signs: an address shortened enough to compare, and not to follow anybody."""

from __future__ import annotations

from django.http import HttpRequest

from qualiopi.callers import client_address, neighbourhood


def address_of(request: HttpRequest) -> str:
    """The shortened address of who calls: « 203.0.113.0/24 »."""
    return neighbourhood(client_address(request))
