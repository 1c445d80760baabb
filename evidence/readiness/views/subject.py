"""What one course, or one trainer, shows and lacks: a panel of its page, and a page of its own without JavaScript."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.readiness import wording
from evidence.readiness.expected import lines_about
from evidence.readiness.keeping import board_of_today
from qualiopi.organisations.enums import Capability as C
from qualiopi.organisations.policy import TenantRequest, requires
from trainings.catalogue.models import Course
from trainings.people.models import Trainer


@requires(C.VIEW_READINESS)
def of_course(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What the audit expects of a course: a file that carries a proof is told here as everywhere else."""
    course = Course.objects.for_organisation(request.organisation).filter(pk=pk).first()
    if course is None:
        raise Http404
    return _show(request, pk, str(course), _("Formations"), "catalogue:list", "catalogue:detail")


@requires(C.VIEW_READINESS)
def of_trainer(request: TenantRequest, pk: UUID) -> HttpResponse:
    """What the audit expects of a trainer."""
    trainer = Trainer.objects.for_organisation(request.organisation).filter(pk=pk).first()
    if trainer is None:
        raise Http404
    return _show(request, pk, str(trainer), _("Formateurs"), "people:trainers", "people:trainer")


def _show(request: TenantRequest, pk: UUID, name: str, listed: str, all_of_them: str, page: str) -> HttpResponse:
    """The page, or its panel alone when htmx asks for it. `all_of_them`, `page`: names of the addresses that it comes from."""
    found = board_of_today(request.organisation)
    lines = lines_about(found, str(pk))
    slug = request.organisation.slug
    context = {
        "name": name,
        "list_label": listed,
        "list_url": reverse(all_of_them, args=[slug]),
        "subject_url": reverse(page, args=[slug, pk]),
        "lines": lines,
        "answer": wording.missing_here(sum(1 for line in lines if line.status == "insufficient")) if lines else "",
        "date_shown": found.audit_date,
    }
    template = "readiness/subject.html"
    return render(request, f"{template}#attendu" if request.headers.get("HX-Request") == "true" else template, context)
