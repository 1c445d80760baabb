"""The register of a session: half-days, people, what is missing, and what one does about it."""

from __future__ import annotations

from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.post.reports import tell
from qualiopi.web.lists import page_of
from trainings.attendance.emails import WORDS
from trainings.attendance.finding import tell_refusal
from trainings.attendance.models import Chain
from trainings.attendance.queries import expected_people, half_day_counts, person_lines
from trainings.attendance.sentences import cell_of
from trainings.attendance.verbs import ask_to_sign, send_links
from trainings.sessions.access import find_session
from trainings.sessions.models import EnrolmentLink, LinkPurpose
from trainings.states import OVER

# Drawn signatures are shown while the page stays light; beyond, the hours alone.
CELLS_WITH_DRAWINGS = 400


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def page(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Half-days counted, then the people, fifty a page, each with every half-day."""
    session = find_session(request, pk)
    now = timezone.now()
    counts = half_day_counts(session, now=now)
    half_days = [count.half_day for count in counts]
    people = page_of(request, expected_people(session))
    drawn = len(people.object_list) * len(half_days) <= CELLS_WITH_DRAWINGS
    lines = person_lines(session, list(people.object_list), half_days, now=now, drawn=drawn)
    begun = [count for count in counts if count.open]
    links = EnrolmentLink.objects.filter(
        enrolment__session=session, purpose=LinkPurpose.ATTENDANCE, sent_at__isnull=False
    ).order_by("sent_at")
    context = {
        "session": session,
        "here": "attendance",
        "counts": counts,
        "half_days": half_days,
        "page": people,
        "lines": [(line.enrolment, [cell_of(slot) for slot in line.slots]) for line in lines],
        "drawn": drawn,
        "said": sum(count.present + count.absent for count in begun),
        "wanted": sum(count.expected for count in begun),
        "late": sum(count.late for count in begun),
        "to_countersign": sum(count.countersignature is None for count in begun),
        "next": next((count for count in counts if count.open and (count.missing or count.countersignature is None)), None),
        "chain": Chain.objects.filter(session=session).first(),
        "links_sent": list(links.values_list("sent_at", flat=True)),
        "can_teach": request.access.allows(C.TEACH),
        "can_sign": request.access.allows(C.TEACH) and session.state not in OVER,
        "today": timezone.localdate(),
    }
    return render(request, "attendance/session.html", context)


@requires(C.TEACH, writes=True)
@require_POST
def send(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Send everybody their personal link; with `again`, those who had it get it once more; with `waiting`, who still has to sign."""
    session = find_session(request, pk)
    site = request.build_absolute_uri("/").rstrip("/")
    try:
        if request.POST.get("waiting") == "1":
            report = ask_to_sign(session=session, site=site, actor=request.user, now=timezone.now())
        else:
            report = send_links(session=session, site=site, actor=request.user, again=request.POST.get("again") == "1")
    except ValidationError as error:
        tell_refusal(request, error)
    else:
        tell(request, report, WORDS)
    return redirect("attendance:session", organisation=request.organisation.slug, pk=session.pk)
