"""Browsers in which the owner of an account signed in before: nobody else's tries can make them wait (ADR 106)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

KEPT = timedelta(days=365)
PURPOSE = "qualiopi.accounts.browsers"


def mark_of(request: HttpRequest, email: str) -> str:
    """The mark this browser got when the owner of this account signed in; empty when it has none, or one that we did not write."""
    return request.get_signed_cookie(_name(email), default="", salt=PURPOSE, max_age=KEPT) or ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Give this browser a mark for this account, unless it has one."""
    response.set_signed_cookie(
        _name(email),
        mark_of(request, email) or secrets.token_urlsafe(12),
        salt=PURPOSE,
        max_age=KEPT,
        path=reverse("account_login"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(email: str) -> str:
    """The cookie of this account: its name tells nobody which."""
    return f"known-{salted_hmac(PURPOSE, email.strip().lower()).hexdigest()[:16]}"
