"""The trainer's page: one link, no account, a photo or a file, what it is, sent."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone, translation
from django.views.decorators.cache import never_cache

from qualiopi.files.errors import RefusedFile
from qualiopi.files.kinds import accept_attribute
from qualiopi.links import Behind, LinkRefusedError, LinkState
from qualiopi.organisations.policy import public
from trainings.people.file import file_of
from trainings.people.finding import site_of
from trainings.people.models import RecordKind, TrainerLink
from trainings.people.queries import trainer_behind
from trainings.people.verbs import DROPPED_KINDS, ask_new_link, drop

REASON = "un formateur envoie une pièce de son dossier sans compte"
# An interview is held by the organisation, and written down there.
SENT = [kind for kind in RecordKind if kind is not RecordKind.INTERVIEW]


@public(reason=REASON, writes=True)
@never_cache
def start(request: HttpRequest, token: str) -> HttpResponse:
    """Show what the file still lacks and take a document; thank, and say what is left."""
    # For trainers, who work in French: no other language here.
    with translation.override("fr"):
        found = trainer_behind(token)
        if found is None:
            return render(request, "people/drop/unknown.html", status=404)
        if found.state is LinkState.EXPIRED:
            return _expired(request, found)
        if request.method == "POST":
            return _take(request, found, token)
        return _show(request, found, token, arrived=request.GET.get("recu", "")[:20], there="deja" in request.GET)


def _take(request: HttpRequest, found: Behind[TrainerLink], token: str) -> HttpResponse:
    upload = request.FILES.get("photo") or request.FILES.get("file")
    if upload is None:
        return _show(
            request,
            found,
            token,
            error=translation.gettext("Prenez une photo ou choisissez un fichier, puis dites ce que c’est."),
        )
    kind = request.POST.get("kind", "")
    try:
        line = drop(link=found.row, kind=kind if kind in SENT else "", upload=upload)
    except LinkRefusedError:
        return _expired(request, found)
    except RefusedFile as refusal:
        return _show(request, found, token, error=str(refusal))
    except ValidationError as error:
        return _show(request, found, token, error=error.messages[0])
    there = "" if line.dropped and line.checked_at is None else "&deja=1"
    return HttpResponseRedirect(f"{reverse('drop:start', args=[token])}?recu={kind}{there}")


def _show(
    request: HttpRequest, found: Behind[TrainerLink], token: str, *, error: str = "", arrived: str = "", there: bool = False
) -> HttpResponse:
    file = file_of(found.row.trainer, today=timezone.localdate())
    wanted = [each.kind for each in file.asked_of_trainer]
    kinds = sorted(SENT, key=lambda kind: (kind.value not in wanted, SENT.index(kind)))
    context = _frame(found) | {
        "token": token,
        "file": file,
        "kinds": [(kind.value, kind.label, kind.value in wanted) for kind in kinds],
        "accept": accept_attribute(DROPPED_KINDS),
        "error": error,
        "there": there,
        "arrived": RecordKind(arrived).label if arrived in RecordKind.values else "",
    }
    return render(request, "people/drop/start.html", context, status=422 if error else 200)


def _expired(request: HttpRequest, found: Behind[TrainerLink]) -> HttpResponse:
    """Say so kindly; one tap asks the organisation for another link."""
    asked = (
        request.method == "POST" and request.POST.get("action") == "ask" and ask_new_link(link=found.row, site=site_of(request))
    )
    return render(request, "people/drop/expired.html", _frame(found) | {"asked": asked}, status=200 if asked else 410)


def _frame(found: Behind[TrainerLink]) -> dict[str, Any]:
    organisation = found.row.organisation
    return {
        "trainer": found.row.trainer,
        "organisation_name": organisation.name,
        "contact_email": organisation.contact_email,
    }
