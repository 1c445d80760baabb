"""Pages of the sessions. A trainer sees only the sessions they lead."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.exchange.export import export_response
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from qualiopi.web.lists import active_filters, chips_of, page_of
from qualiopi.web.partials import render_page
from trainings.people.verbs import find_or_create_trainee
from trainings.sessions.access import find_session, only_own
from trainings.sessions.filters import SessionFilter
from trainings.sessions.forms import EndEnrolmentForm, EnrolmentForm, SessionForm
from trainings.sessions.models import Enrolment
from trainings.sessions.queries import enrolments_of, sessions_of, totals
from trainings.sessions.verbs import end_enrolment, enrol, save_session


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def session_list(request: TenantRequest) -> HttpResponseBase:
    """Sessions, filters in the URL, the same list as CSV or XLSX with `?format=`."""
    everything = sessions_of(request.organisation, led_by=only_own(request))
    filterset = SessionFilter(request.GET, queryset=everything, organisation=request.organisation)
    if request.GET.get("format") and request.access.allows(C.EXPORT):
        return export_response(request.GET["format"], "sessions", _export_headings(), _export_rows(filterset.qs))
    context: dict[str, Any] = {
        "filterset": filterset,
        "page": page_of(request, filterset.qs),
        "chips": chips_of(request, active_filters(filterset)),
        "totals": totals(request.organisation) if request.access.allows(C.VIEW_SESSIONS) else None,
        "today": timezone.localdate(),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_import": request.access.allows(C.IMPORT),
        "can_export": request.access.allows(C.EXPORT),
        "can_view_readiness": request.access.allows(C.VIEW_READINESS),
    }
    return render_page(request, "sessions/list.html", context, parts=("sessions",))


def _export_headings() -> list[str]:
    return [
        _("Référence"),
        _("Formation"),
        _("Formateurs"),
        _("Début"),
        _("Fin"),
        _("Durée (heures)"),
        _("Modalité"),
        _("Type"),
        _("État"),
        _("Lieu"),
        _("Inscrits"),
    ]


def _export_rows(sessions: Any) -> Any:
    for session in sessions.iterator(chunk_size=500):
        yield [
            session.reference,
            session.course.title,
            ", ".join(str(trainer) for trainer in session.trainers.all()),
            session.starts_on,
            session.ends_on,
            session.duration_hours,
            session.get_modality_display(),
            session.get_kind_display(),
            session.get_state_display(),
            session.place,
            session.enrolled,
        ]


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def detail(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One session: trainees, landmarks; the panels of higher floors come by their own addresses."""
    session = find_session(request, pk)
    return render(
        request,
        "sessions/detail.html",
        {
            "session": session,
            "enrolments": enrolments_of(session),
            "today": timezone.localdate(),
            "can_edit": request.access.allows(C.EDIT_SESSIONS),
            "can_view_readiness": request.access.allows(C.VIEW_READINESS),
            "can_view_surveys": request.access.allows(C.VIEW_SURVEYS),
            "can_edit_evidence": request.access.allows(C.EDIT_EVIDENCE),
        },
    )


@requires(C.EDIT_SESSIONS, writes=True)
def edit(request: TenantRequest, pk: UUID | None = None) -> HttpResponse:
    """Create or change a session."""
    session = find_session(request, pk) if pk else None
    form = SessionForm(request.POST or None, instance=session, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        fields = {name: value for name, value in form.cleaned_data.items() if name != "trainers"}
        try:
            saved = save_session(
                organisation=request.organisation,
                fields=fields,
                trainers=form.cleaned_data["trainers"],
                actor=request.user,
                session=session,
            )
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("La session %(reference)s est enregistrée.") % {"reference": saved.reference})
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=saved.pk)
    return render(request, "sessions/edit.html", {"form": form, "session": session}, status=422 if form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def enrol_one(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Enrol one more trainee."""
    session = find_session(request, pk)
    form = EnrolmentForm(request.POST or None, organisation=request.organisation)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            with transaction.atomic():
                trainee = find_or_create_trainee(
                    organisation=request.organisation,
                    first_name=data["first_name"],
                    last_name=data["last_name"],
                    email=data["email"],
                    actor=request.user,
                )
                enrol(session=session, trainee=trainee, actor=request.user, company=data["company"], funder=data["funder"])
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("%(trainee)s est inscrit à la session.") % {"trainee": trainee})
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=session.pk)
    return render(request, "sessions/enrol.html", {"form": form, "session": session}, status=422 if form.errors else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def end_one(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that somebody withdrew, interrupted or abandoned."""
    try:
        enrolment = (
            Enrolment.objects.for_organisation(request.organisation).select_related("session__course", "trainee").get(pk=pk)
        )
    except Enrolment.DoesNotExist:
        raise Http404 from None
    form = EndEnrolmentForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            end_enrolment(enrolment=enrolment, actor=request.user, **form.cleaned_data)
        except ValidationError as error:
            take_errors(form, error)
        else:
            messages.success(request, _("C’est noté pour %(trainee)s.") % {"trainee": enrolment.trainee})
            return redirect("sessions:detail", organisation=request.organisation.slug, pk=enrolment.session_id)
    return render(
        request, "sessions/end_enrolment.html", {"form": form, "enrolment": enrolment}, status=422 if form.errors else 200
    )
