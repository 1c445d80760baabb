"""What the phone that answers keeps for itself: the answers on their way, and that it already answered a session's link.

Both are cookies of ours, signed, unreadable by scripts, sent to the survey alone. They hold no name and no number of the answer.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from qualiopi.links import fingerprint
from trainings.surveys.models import Campaign

PROGRESS = "enquete"
UNFINISHED_SECONDS = 45 * 60
# Browsers keep 4096 bytes with the name and the attributes.
LARGEST_COOKIE = 3600


@dataclass
class Progress:
    """Answers given so far (raw values by question), the questions passed over, and the secret of this attempt."""

    given: dict[str, str] = field(default_factory=dict)
    passed: list[str] = field(default_factory=list)
    once: str = field(default_factory=lambda: secrets.token_urlsafe(18))

    @property
    def begun(self) -> bool:
        """Whether anything was answered or passed."""
        return bool(self.given or self.passed)


def read_progress(request: HttpRequest, token: str) -> Progress:
    """What this phone answered so far by this link; a fresh start when there is nothing, or nothing of ours."""
    try:
        kept = signing.loads(request.COOKIES.get(PROGRESS, ""), salt=_salt(token), max_age=UNFINISHED_SECONDS)
        return Progress(given=dict(kept["given"]), passed=list(kept["passed"]), once=str(kept["once"]))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return Progress()


def fits(progress: Progress, token: str) -> bool:
    """Whether a browser would keep it."""
    return len(_signed(progress, token)) <= LARGEST_COOKIE


def write_progress(response: HttpResponse, request: HttpRequest, token: str, progress: Progress) -> None:
    """Let the phone keep the answers until they are sent, three quarters of an hour at most."""
    response.set_cookie(
        PROGRESS,
        _signed(progress, token),
        max_age=UNFINISHED_SECONDS,
        path=reverse("survey:start", args=[token]),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_progress(response: HttpResponse, token: str) -> None:
    """Nothing stays on the phone once the answers are sent."""
    response.delete_cookie(PROGRESS, path=reverse("survey:start", args=[token]), samesite="Lax")


def has_answered(request: HttpRequest, campaign: Campaign) -> bool:
    """Whether an answer already left from this phone by the session's link."""
    try:
        return signing.loads(request.COOKIES.get(_mark(campaign), ""), salt=_salt("mark")) == campaign.pk.hex
    except signing.BadSignature:
        return False


def mark_answered(response: HttpResponse, request: HttpRequest, campaign: Campaign) -> None:
    """Remember on the phone that it answered this survey."""
    response.set_cookie(
        _mark(campaign),
        signing.dumps(campaign.pk.hex, salt=_salt("mark")),
        max_age=settings.SURVEY_LINK_DAYS * 86_400,
        path=_folder(),
        httponly=True,
        samesite="Lax",
        secure=request.is_secure(),
    )


def forget_answered(response: HttpResponse, campaign: Campaign) -> None:
    """Somebody else answers on this phone."""
    response.delete_cookie(_mark(campaign), path=_folder(), samesite="Lax")


def _signed(progress: Progress, token: str) -> str:
    kept = {"given": progress.given, "passed": progress.passed, "once": progress.once}
    return signing.dumps(kept, salt=_salt(token), compress=True)


def _salt(use: str) -> str:
    return f"trainings.surveys.phone.{fingerprint(use)}"


def _mark(campaign: Campaign) -> str:
    return f"repondu-{campaign.pk.hex[:12]}"


def _folder() -> str:
    return reverse("survey:start", args=["x"]).removesuffix("x/")
