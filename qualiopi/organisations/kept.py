"""A form sent after the session had ended is kept for the browser and the account it came from, and shown again; never sent by itself.

What was typed stands in the browser's own session, an hour at most. It is shown to the account that signed in last in that browser, and
to no other, on the page that held the form: a person looks at it and sends it again, with a fresh proof of origin (ADR 129).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.http import url_has_allowed_host_and_scheme

from qualiopi.accounts.browsers import last_owner, owner_mark
from qualiopi.web.seen import SEEN

NAME = "kept"
LIFE = timedelta(hours=1)
# Longer than any form of ours, and short enough for nobody to fill the table of sessions.
LONGEST = 64 * 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """What was sent to `action`. `files`: names of those to choose again; `too_long`: it was more than one keeps."""

    action: str
    fields: dict[str, list[str]]
    files: list[str]
    too_long: bool

    @property
    def typed(self) -> list[tuple[str, str]]:
        """What a person may want to read or copy: the name of each field with its value."""
        return [
            (name, value)
            for name, values in self.fields.items()
            if not name.startswith(SEEN) and not name.endswith(("_FORMS", "-id"))
            for value in values
            if value.strip()
        ]

    @property
    def data(self) -> dict[str, Any]:
        """What the script puts back in the form."""
        return {"action": self.action, "fields": self.fields}


def keep(request: HttpRequest) -> str | None:
    """Keep what was sent, and give the page that holds its form; None when nobody ever signed in in this browser.

    Call it for a request whose proof of origin was checked. Passwords and files are not kept.
    """
    owner = last_owner(request)
    if not owner:
        return None
    fields = {name: values for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" and "password" not in name}
    too_long = sum(len(name) + sum(map(len, values)) for name, values in fields.items()) > LONGEST
    page = page_of(request)
    request.session[NAME] = {
        "owner": owner,
        "at": timezone.now().isoformat(),
        "action": request.get_full_path(),
        "page": page,
        "fields": {} if too_long else fields,
        "files": [upload.name for _name, uploads in request.FILES.lists() for upload in uploads if upload.name],
        "too_long": too_long,
    }
    if not request.user.is_authenticated:
        request.session.set_expiry(LIFE)
    return page


def page_of(request: HttpRequest) -> str:
    """The page of ours from which this was sent; its own address when the browser does not say."""
    said = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(said, {request.get_host()}, require_https=request.is_secure()):
        parts = urlsplit(said)
        return f"{parts.path}?{parts.query}" if parts.query else parts.path
    return request.get_full_path()


def kept_for(request: HttpRequest) -> Kept | None:
    """What is to be shown again on this page; what is too old, or somebody else's, is forgotten."""
    if not request.user.is_authenticated or NAME not in request.session:
        return None
    told = request.session[NAME]
    if told["owner"] != owner_mark(request.user.email) or datetime.fromisoformat(told["at"]) < timezone.now() - LIFE:
        forget(request)
        return None
    if request.path not in (urlsplit(told["page"]).path, urlsplit(told["action"]).path):
        return None
    return Kept(action=told["action"], fields=told["fields"], files=told["files"], too_long=told["too_long"])


def forget(request: HttpRequest, *, sent_to: str | None = None) -> None:
    """Keep nothing any more. `sent_to`: only what was sent to this address, which is being sent again."""
    if NAME in request.session and sent_to in (None, request.session[NAME]["action"]):
        del request.session[NAME]


def shown(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `typed_before`, read when a template asks."""
    return {"typed_before": SimpleLazyObject(lambda: kept_for(request)) if hasattr(request, "session") else None}
