"""Browsers in which the owner of an account signed in before: nobody else's tries can make them wait (ADR 106), and what is typed
after a session has ended is shown again to its author alone (ADR 129)."""

from __future__ import annotations

import secrets
from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.utils.crypto import salted_hmac

KEPT = timedelta(days=365)
PURPOSE = "qualiopi.accounts.browsers"
LAST = "last-account"


def mark_of(request: HttpRequest, email: str) -> str:
    """The mark this browser got when the owner of this account signed in; empty when it has none, or one that we did not write."""
    return request.get_signed_cookie(_name(email), default="", salt=PURPOSE, max_age=KEPT) or ""


def remember(request: HttpRequest, response: HttpResponseBase, email: str) -> None:
    """Give this browser a mark for this account, unless it has one; note that it is the last to sign in there."""
    _set(response, LAST, owner_mark(email), path="/")
    _set(response, _name(email), mark_of(request, email) or secrets.token_urlsafe(12), path=reverse("account_login"))


def last_owner(request: HttpRequest) -> str:
    """The mark of the account that signed in last in this browser, as `owner_mark` makes it; empty when there is none."""
    return request.get_signed_cookie(LAST, default="", salt=PURPOSE, max_age=KEPT) or ""


def owner_mark(email: str) -> str:
    """What stands for an account in a cookie: it tells nobody which."""
    return salted_hmac(PURPOSE, f"last {email.strip().lower()}").hexdigest()[:16]


def _set(response: HttpResponseBase, name: str, value: str, *, path: str) -> None:
    response.set_signed_cookie(
        name,
        value,
        salt=PURPOSE,
        max_age=KEPT,
        path=path,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def _name(email: str) -> str:
    """The cookie of this account: its name tells nobody which."""
    return f"known-{salted_hmac(PURPOSE, email.strip().lower()).hexdigest()[:16]}"
