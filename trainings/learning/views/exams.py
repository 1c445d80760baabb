"""Examinations of a session, and the rates of a certifying course."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Page
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from qualiopi.editing import Editing, carry_out, done, editing
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from qualiopi.web.lists import page_of
from trainings.catalogue.models import Course
from trainings.learning.forms import ExamDatesForm, ExamLineForm, PeriodForm
from trainings.learning.queries import (
    candidates_of,
    changed_since,
    exam_counts,
    first_exam_to_come,
    published_rates,
    rates_of,
)
from trainings.learning.sentences import exam_notes, next_exam_words, rates_words, why_no_exam
from trainings.learning.verbs import line_of, publish_rates, record_exams, set_exam_dates
from trainings.sessions.access import find_session
from trainings.sessions.models import Enrolment, Session

Lines = list[tuple[Enrolment, ExamLineForm]]

# Under this number a rate says little, and somebody may be recognised: own practice.
FEW = 5


@requires(C.TEACH, writes=True)
def exams(request: TenantRequest, pk: UUID) -> HttpResponse:
    """Every candidate: informed, registered, presented, passed."""
    session = find_session(request, pk)
    with editing(request, session) as edit:
        page = page_of(request, candidates_of(session))
        lines = _lines(page, request.POST or None)
        changed = _record(session, lines, edit) if request.method == "POST" else None
    if changed is not None:
        _tell(request, changed)
        return redirect(f"{request.path}?page={page.number}")
    return _show(request, session, ExamDatesForm(), page=page, lines=lines, status=422 if request.method == "POST" else 200)


def _lines(page: Page[Enrolment], sent: QueryDict | None = None) -> Lines:
    return [
        (
            enrolment,
            ExamLineForm(sent, prefix=enrolment.pk.hex, initial=asdict(line_of(getattr(enrolment, "exam", None)))),
        )
        for enrolment in page.object_list
    ]


def _record(session: Session, lines: Lines, edit: Editing) -> int | None:
    """Record the lines that were changed here, and give how many; None when one of them is wrong."""
    for _enrolment, form in lines:
        form.settle()
    touched = {enrolment.pk: form for enrolment, form in lines if form.has_changed()}
    if not touched:
        return 0
    first, *rest = touched.values()

    def record() -> int:
        known = {person: form.line() for person, form in touched.items()}
        return record_exams(session=session, lines=known, actor=edit.actor)

    return edit.carry_out(first, record, *rest)


@requires(C.TEACH, writes=True)
@require_POST
def exam_dates(request: TenantRequest, pk: UUID) -> HttpResponse:
    """The same days for everybody who has none."""
    session = find_session(request, pk)
    form = ExamDatesForm(request.POST)
    changed = carry_out(form, lambda: set_exam_dates(session=session, actor=request.user, **form.cleaned_data))
    if changed is not None:
        _tell(request, changed)
        return redirect("learning:exams", organisation=request.organisation.slug, pk=session.pk)
    page = page_of(request, candidates_of(session))
    return _show(request, session, form, page=page, lines=_lines(page), status=422)


def _show(
    request: TenantRequest, session: Session, dates: ExamDatesForm, *, page: object, lines: Lines, status: int
) -> HttpResponse:
    counts = exam_counts(session)
    context = {
        "session": session,
        "here": "results",
        "dates": dates,
        "page": page,
        "lines": [(enrolment, exam_notes(enrolment), form) for enrolment, form in lines],
        "counts": counts,
        "why_nothing": why_no_exam(session.course.certifying, candidates=counts.candidates),
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
            if carry_out(form, lambda: publish_rates(course=course, actor=request.user, **period)):
                sentence = _("Les taux sont publiés : ils ne changent plus, et la page publique les montre.")
                return done(request, sentence, "learning:rates", pk=course.pk)
        if not form.errors and period["to_day"] < period["from_day"]:
            form.add_error("to_day", _("La période finit après avoir commencé."))
        elif not form.errors:
            found = rates_of(course, **period)
    published = page_of(request, published_rates(course))
    last, next_exam = next(iter(published.object_list), None), first_exam_to_come(course, today=today)
    context = {
        "course": course,
        "answer": rates_words(course.certifying, published_on=last and last.published_on, next_exam=next_exam),
        "form": form,
        "rates": found,
        "few": found is not None and 0 < found.enrolled < FEW,
        "unmarked": found is not None and 0 < found.enrolled == found.waiting,
        "published": published,
        "changed_since": last is not None and changed_since(last),
        "next_exam": next_exam_words(next_exam),
        "can_publish": can_publish,
    }
    return render(request, "learning/rates.html", context, status=422 if form.errors else 200)
