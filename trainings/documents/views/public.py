"""The page behind a link that was sent: what the document is, from whom, and the document itself. GET shows, POST opens."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.cache import never_cache

from qualiopi.files import responses
from qualiopi.files.errors import AlteredFile
from qualiopi.links import Behind, LinkRefusedError
from qualiopi.organisations.policy import public
from qualiopi.web.languages import in_chosen_language
from trainings.documents.models import Sending
from trainings.documents.queries import sending_behind
from trainings.documents.sentences import altered_file, refusal_of
from trainings.documents.verbs import open_received
from trainings.documents.wording import facts_of


@public(reason="un document envoyé s'ouvre sans compte", writes=True)
@never_cache
@in_chosen_language
def document(request: HttpRequest, token: str) -> HttpResponseBase:
    """Say what waits behind the link; the button gives the file and notes that it was opened."""
    found = sending_behind(token)
    if found is None or not found.is_open:
        return _refusal(request, found, token)
    if request.method == "POST":
        return _give(request, found, token)
    return render(request, "documents/public/document.html", _frame(found, token))


def _give(request: HttpRequest, found: Behind[Sending], token: str) -> HttpResponseBase:
    try:
        response = responses.download(found.row.document.file)
        open_received(token=token)
    except LinkRefusedError:
        return _refusal(request, sending_behind(token), token)
    except AlteredFile:
        return render(request, "documents/public/refused.html", _frame(found, token) | {"refusal": altered_file()}, status=409)
    return response


def _refusal(request: HttpRequest, found: Behind[Sending] | None, token: str) -> HttpResponse:
    """Why this link gives nothing, and what one can do."""
    if found is None:
        return render(request, "documents/public/unknown.html", status=404)
    # Who holds a link that opens nothing may not be who it was for: neither the document nor the course is told.
    frame = _frame(found, token) | {"issued": None, "session": None, "course": "", "kind": "", "sending": None}
    return render(request, "documents/public/refused.html", frame | {"refusal": refusal_of(found.state)}, status=410)


def _frame(found: Behind[Sending], token: str) -> dict[str, Any]:
    sending, issued = found.row, found.row.document
    return {
        "sending": sending,
        "issued": issued,
        "session": issued.session,
        "course": issued.session.course.title,
        "kind": issued.get_kind_display(),
        "to_sign": facts_of(issued.kind).signed,
        "organisation_name": sending.organisation.name,
        "contact_email": sending.organisation.contact_email,
        "token": token,
        "language": (translation.get_language() or "fr").split("-")[0],
    }
