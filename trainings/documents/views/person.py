"""The documents of one person, whatever the session: a panel of their page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from qualiopi.web.partials import render_page, wants_part
from trainings.documents.queries import issued_of
from trainings.documents.sentences import standing_of
from trainings.people.finding import find_trainee
from trainings.sessions.access import only_own


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def of_trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What was issued in their name, latest first, and where each stands; a page of its own without JavaScript."""
    person = find_trainee(request, pk)
    own = only_own(request)
    rows = issued_of(request.organisation, led_by=own.pk if own else None).filter(enrolment__trainee=person)
    page = page_of(request, rows)
    context = {
        "trainee": person,
        "page": page,
        "rows": [(issued, standing_of(issued)) for issued in page.object_list],
        "panel": wants_part(request, "documents"),
    }
    return render_page(request, "documents/of_trainee.html", context, parts=("documents",))
