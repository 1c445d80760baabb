"""What one session shows and lacks: a panel of the session's page, and a page of its own without JavaScript."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render

from evidence.readiness import wording
from evidence.readiness.expected import dossier_of, mini_of, session_results
from evidence.readiness.keeping import board_of_today
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.charts import mini_strip
from trainings.sessions.models import Session

MOST = 50  # one page of the list


@requires(C.VIEW_READINESS)
def show(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What one session must show, line by line."""
    session = Session.objects.for_organisation(request.organisation).filter(pk=pk).select_related("course").first()
    if session is None:
        raise Http404
    found = board_of_today(request.organisation)
    lines = dossier_of(found, str(pk))
    holes = sum(1 for line in lines if line.status == "insufficient")
    context = {
        "session": session,
        "board": found,
        "lines": lines,
        "answer": wording.missing_in_session(holes) if lines else "",
        "date_shown": found.audit_date,
    }
    return render(request, "readiness/session.html", context)


@requires(C.VIEW_READINESS)
def statuses(request: TenantRequest) -> HttpResponse:
    """How many holes each of the sessions asked for has, to be put beside them in a list: `?session=…&session=…`."""
    asked = {identifier for text in request.GET.getlist("session")[:MOST] if (identifier := _identifier(text))}
    results = session_results(board_of_today(request.organisation))
    holes = dict.fromkeys((identifier for result in results for identifier in asked & result.mark_by_subject.keys()), 0)
    for result in results:
        for subject in result.missing:
            if subject.id in holes:
                holes[subject.id] += 1
    minis = {identifier: mini_strip(*mini_of(identifier, results)) for identifier in holes}
    context = {"holes": sorted(holes.items()), "lines": [(key, count, minis[key]) for key, count in sorted(holes.items())]}
    return render(request, "readiness/session_statuses.html", context)


def _identifier(text: str) -> str:
    try:
        return str(UUID(text))
    except ValueError:
        return ""
