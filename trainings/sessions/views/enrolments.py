"""Enrolling people, one person's file in a session, noting that somebody left."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.editing import carry_out, done, editing, form_page
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.models import Organisation
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.people.models import Company, Funder
from trainings.people.verbs import find_or_create_company, find_or_create_funder, find_or_create_trainee
from trainings.sessions.access import find_session, only_own
from trainings.sessions.forms import EndEnrolmentForm, EnrolmentForm, FactsForm, FundingLines, ReturnForm, funding_lines
from trainings.sessions.models import Enrolment, EnrolmentState
from trainings.sessions.page_words import balance_of, company_told, funder_told
from trainings.sessions.queries import enrolment_of, paid_of
from trainings.sessions.rules import usual_aim, usual_arrival
from trainings.sessions.verbs import FundingLine, change_enrolment, end_enrolment, enrol, resume_enrolment


def _find(request: TenantRequest, pk: UUID) -> Enrolment:
    """The enrolment, or 404 when it is not theirs to see."""
    try:
        return enrolment_of(request.organisation, pk, led_by=only_own(request))
    except Enrolment.DoesNotExist:
        raise Http404 from None


def _facts(request: TenantRequest, data: dict[str, Any]) -> dict[str, Any]:
    """Fields of an enrolment from a valid form; the company is added when nobody knows it."""
    name = data["company"].strip()
    company = find_or_create_company(organisation=request.organisation, name=name, actor=request.user) if name else None
    said = {name: data[name] for name in ("has_company", "has_funder", "trainee_type", "aim", "price", "joined_on")}
    return {**said, "company": company, "has_company": True if company else said["has_company"]}


def _fundings(request: TenantRequest, formset: FundingLines) -> list[FundingLine]:
    return [
        FundingLine(
            find_or_create_funder(organisation=request.organisation, name=line["funder"], actor=request.user),
            line["amount"],
            line["file_number"],
        )
        for line in formset.lines()
    ]


def _known_names(organisation: Organisation) -> dict[str, Any]:
    """What the browser proposes while one types."""
    return {
        "companies": Company.objects.for_organisation(organisation).values_list("name", flat=True)[:500],
        "funders": Funder.objects.for_organisation(organisation).values_list("name", flat=True)[:200],
    }


@requires(C.EDIT_SESSIONS, writes=True)
def enrol_one(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Enrol one more trainee."""
    session = find_session(request, pk)
    course = session.course
    proposed = {
        "aim": usual_aim(course.category, certifying=course.certifying, level=course.certification_level),
        "joined_on": usual_arrival(session.starts_on, session.ends_on, today=timezone.localdate()),
    }
    form, fundings = EnrolmentForm(request.POST or None, initial=proposed), funding_lines(request.POST or None)

    @transaction.atomic
    def add() -> Enrolment:
        data = form.cleaned_data
        trainee = find_or_create_trainee(
            organisation=request.organisation,
            first_name=data["first_name"],
            last_name=data["last_name"],
            email=data["email"],
            actor=request.user,
        )
        paid = _fundings(request, fundings)
        return enrol(session=session, trainee=trainee, actor=request.user, fundings=paid, **_facts(request, data))

    if enrolled := carry_out(form, add, fundings):
        sentence = _("L’inscription de %(trainee)s à la session est faite.") % {"trainee": enrolled.trainee}
        return done(request, sentence, "dossiers:session", pk=session.pk)
    context = {"form": form, "fundings": fundings, "session": session, **_known_names(request.organisation)}
    return render(request, "sessions/enrol.html", context, status=422 if _wrong(form, fundings) else 200)


def _wrong(form: FactsForm, fundings: FundingLines) -> bool:
    return form.is_bound and bool(form.errors or fundings.total_error_count())


@requires(C.VIEW_SESSIONS, C.VIEW_OWN_SESSIONS)
def enrolment(request: TenantRequest, pk: UUID) -> HttpResponse:
    """One person's file in a session: for whom, who pays, what became of it. The rooms above have their own pages."""
    found = _find(request, pk)
    # What a trainer needs to teach says nothing of who pays how much.
    everything, paid = request.access.allows(C.VIEW_SESSIONS), paid_of(found)
    context = {
        "enrolment": found,
        "session": found.session,
        "here": "session",
        "sees_money": everything,
        "enrolled": found.state == EnrolmentState.ENROLLED,
        "company": company_told(found.has_company),
        "funder": funder_told(found.has_funder),
        "paid": paid,
        "balance": balance_of(paid),
        "can_edit": request.access.allows(C.EDIT_SESSIONS),
        "can_see_adaptations": request.access.allows(C.SENSITIVE),
    }
    return render(request, "sessions/enrolment.html", context)


@requires(C.EDIT_SESSIONS, writes=True)
def edit_enrolment(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Change for whom, of which type, at which price, and who pays."""
    found = _find(request, pk)
    with editing(request, found) as edit:
        form = FactsForm(request.POST or None, enrolment=found)
        fundings = funding_lines(request.POST or None, enrolment=found)

        def save() -> Enrolment:
            facts, paid = _facts(request, form.cleaned_data), _fundings(request, fundings)
            return change_enrolment(enrolment=found, fields=facts, fundings=paid, actor=request.user)

        saved = edit.carry_out(form, save, fundings)
    if saved:
        sentence = _("L’inscription de %(trainee)s est à jour.") % {"trainee": found.trainee}
        return done(request, sentence, "sessions:enrolment", pk=found.pk)
    context = {
        "form": form,
        "fundings": fundings,
        "enrolment": found,
        "session": found.session,
        "here": "session",
        **_known_names(request.organisation),
    }
    return render(request, "sessions/edit_enrolment.html", context, status=422 if _wrong(form, fundings) else 200)


@requires(C.EDIT_SESSIONS, writes=True)
def end_one(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that somebody withdrew, interrupted or abandoned, why, and what was done."""
    found = _find(request, pk)
    with editing(request, found) as edit:
        form = EndEnrolmentForm(request.POST or None, enrolment=found)

        def note() -> Enrolment:
            data = form.cleaned_data
            return end_enrolment(
                enrolment=found,
                state=data["state"],
                ended_on=data["ended_on"],
                reason=data["end_reason"],
                action=data["end_action"],
                actor=request.user,
            )

        noted = edit.carry_out(form, note)
    if noted:
        sentence = _("C’est noté pour %(trainee)s.") % {"trainee": found.trainee}
        return done(request, sentence, "sessions:enrolment", pk=found.pk)
    return form_page(request, "sessions/end_enrolment.html", form, enrolment=found, session=found.session, here="session")


@requires(C.EDIT_SESSIONS, writes=True)
def resume_one(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Note that somebody came back, or take back a departure noted by mistake (`go=mistake`)."""
    found = _find(request, pk)
    mistake = request.POST.get("go") == "mistake"
    form = ReturnForm(None if mistake else request.POST or None)
    if mistake:
        try:
            resume_enrolment(enrolment=found, actor=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("sessions:enrolment", organisation=request.organisation.slug, pk=found.pk)
    resumed = carry_out(form, lambda: resume_enrolment(enrolment=found, actor=request.user, **form.cleaned_data))
    if mistake or resumed:
        sentence = _("%(trainee)s suit de nouveau la session.") % {"trainee": found.trainee}
        return done(request, sentence, "sessions:enrolment", pk=found.pk)
    return form_page(request, "sessions/resume_enrolment.html", form, enrolment=found, session=found.session, here="session")
