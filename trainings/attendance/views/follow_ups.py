"""Absences, gaps at a distance, interruptions: who was asked, and what was done."""

from __future__ import annotations

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.attendance.finding import find_enrolment
from trainings.attendance.forms import FollowUpForm
from trainings.attendance.models import FollowUp
from trainings.attendance.queries import to_follow
from trainings.attendance.verbs import note_follow_up
from trainings.sessions.access import find_session


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def page(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What is to be followed up in a session, then what was."""
    session = find_session(request, pk)
    events = to_follow(session)
    context = {
        "session": session,
        "here": "attendance",
        "waiting": [event for event in events if event.done is None],
        "noted": FollowUp.objects.filter(enrolment__session=session).select_related("enrolment__trainee", "made_by"),
        "can_teach": request.access.allows(C.TEACH),
    }
    return render(request, "attendance/follow_ups.html", context)


@requires(C.TEACH, writes=True)
def add(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note one contact; the address may say about what, and which day."""
    enrolment = find_enrolment(request, pk)
    start = {name: request.GET[name] for name in ("subject", "event_on") if name in request.GET}
    form = FollowUpForm(request.POST or None, initial=start | {"contacted_on": timezone.localdate()})
    if carry_out(form, lambda: note_follow_up(enrolment=enrolment, actor=request.user, **form.cleaned_data)):
        sentence = _("Le suivi est noté pour %(trainee)s.") % {"trainee": enrolment.trainee}
        return done(request, sentence, "attendance:follow_ups", pk=enrolment.session_id)
    session = find_session(request, enrolment.session_id)
    return form_page(request, "attendance/follow_up.html", form, session=session, here="attendance", enrolment=enrolment)
