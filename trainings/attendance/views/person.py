"""What one person signed and still has to sign, whatever the session: a panel of their page."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.utils import timezone

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.partials import render_page
from trainings.attendance.queries.person import registers_of
from trainings.people.finding import find_trainee
from trainings.sessions.access import only_own


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def of_trainee(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Session by session, what was signed, what is owed, the absences; a page of its own without JavaScript."""
    person = find_trainee(request, pk)
    registers = registers_of(person, now=timezone.now(), led_by=only_own(request))
    context = {
        "trainee": person,
        "registers": registers,
        "owed": sum(len(register.owed) for register in registers),
        "can_teach": request.access.allows(C.TEACH),
    }
    return render_page(request, "attendance/of_trainee.html", context, parts=("signatures",))
