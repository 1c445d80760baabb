"""Enrolling people, noting that somebody left."""

from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from trainings.people.verbs import find_or_create_trainee
from trainings.sessions.access import find_session
from trainings.sessions.forms import EndEnrolmentForm, EnrolmentForm
from trainings.sessions.models import Enrolment
from trainings.sessions.verbs import end_enrolment, enrol


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
