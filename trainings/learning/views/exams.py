"""Examinations of a session, and the rates of a certifying course."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.forms import take_errors
from qualiopi.web.lists import page_of
from trainings.catalogue.models import Course
from trainings.learning.forms import ExamDatesForm, ExamLineForm, PeriodForm
from trainings.learning.queries import (
    NOT_CANDIDATES,
    candidates_of,
    changed_since,
    exam_counts,
    first_exam_to_come,
    published_rates,
    rates_of,
)
from trainings.learning.verbs import line_of, publish_rates, record_exams, set_exam_dates
from trainings.sessions.access import find_session
from trainings.sessions.models import Session


@requires(C.TEACH, writes=True)
def exams(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every candidate: informed, registered, presented, passed."""
    session = find_session(request, pk)
    page = page_of(request, candidates_of(session))
    lines = [
        (
            enrolment,
            ExamLineForm(
                request.POST or None, prefix=enrolment.pk.hex, initial=asdict(line_of(getattr(enrolment, "exam", None)))
            ),
        )
        for enrolment in page.object_list
    ]
    touched = [(enrolment, form) for enrolment, form in lines if form.has_changed()] if request.method == "POST" else []
    if request.method == "POST" and all(form.is_valid() for _enrolment, form in touched):
        known = {enrolment.pk: form.over(line_of(getattr(enrolment, "exam", None))) for enrolment, form in touched}
        try:
            changed = record_exams(session=session, lines=known, actor=request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            _tell(request, changed)
            return redirect(f"{request.path}?page={page.number}")
    return _show(request, session, ExamDatesForm(), page=page, lines=lines, status=422 if request.method == "POST" else 200)


@requires(C.TEACH, writes=True)
@require_POST
def exam_dates(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The same days for everybody who has none."""
    session = find_session(request, pk)
    form = ExamDatesForm(request.POST)
    if form.is_valid():
        try:
            _tell(request, set_exam_dates(session=session, actor=request.user, **form.cleaned_data))
            return redirect("learning:exams", organisation=request.organisation.slug, pk=session.pk)
        except ValidationError as error:
            take_errors(form, error)
    page = page_of(request, candidates_of(session))
    lines = [
        (enrolment, ExamLineForm(prefix=enrolment.pk.hex, initial=asdict(line_of(getattr(enrolment, "exam", None)))))
        for enrolment in page.object_list
    ]
    return _show(request, session, form, page=page, lines=lines, status=422)


def _show(
    request: TenantRequest, session: Session, dates: ExamDatesForm, *, page: object, lines: Sequence[object], status: int
) -> HttpResponse:
    context = {
        "session": session,
        "here": "results",
        "dates": dates,
        "page": page,
        "lines": lines,
        "counts": exam_counts(session),
        "not_candidates": NOT_CANDIDATES,
    }
    return render(request, "learning/exams.html", context, status=status)


def _tell(request: TenantRequest, changed: int) -> None:
    if changed:
        sentence = ngettext("C’est noté pour une personne.", "C’est noté pour %(n)s personnes.", changed) % {"n": changed}
        messages.success(request, sentence)
    else:
        messages.info(request, _("Rien n’a changé."))


@requires(C.VIEW_SESSIONS, writes=True)
def rates(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Rates of a course over a period, computed here; POST publishes them as they are."""
    course = Course.objects.for_organisation(request.organisation).filter(pk=pk).first()
    if course is None:
        raise Http404
    today = timezone.localdate()
    can_publish = request.access.allows(C.EDIT_SESSIONS)
    given = request.POST if request.method == "POST" else request.GET
    usual = {"from_day": today.replace(day=1) - timedelta(days=365), "to_day": today.replace(day=1) - timedelta(days=1)}
    usual["from_day"] = usual["from_day"].replace(day=1)
    form = PeriodForm(given if given.get("from_day") or given.get("to_day") else usual)
    found = None
    if form.is_valid():
        period = form.cleaned_data
        if request.method == "POST":
            if not can_publish:
                raise Http404
            try:
                with transaction.atomic():
                    publish_rates(course=course, actor=request.user, **period)
            except ValidationError as error:
                take_errors(form, error)
            else:
                messages.success(request, _("Les taux sont publiés : ils ne changent plus, et la page publique les montre."))
                return redirect("learning:rates", organisation=request.organisation.slug, pk=course.pk)
        if not form.errors and period["to_day"] < period["from_day"]:
            form.add_error("to_day", _("La période finit après avoir commencé."))
        elif not form.errors:
            found = rates_of(course, **period)
    published = page_of(request, published_rates(course))
    context = {
        "course": course,
        "form": form,
        "rates": found,
        "published": published,
        "changed_since": bool(published.object_list) and changed_since(published.object_list[0]),
        "next_exam": first_exam_to_come(course, today=today),
        "can_publish": can_publish,
    }
    return render(request, "learning/rates.html", context, status=422 if form.errors else 200)
