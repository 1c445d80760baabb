"""What can be done with courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.catalogue.completeness import SHEET_TEXTS
from trainings.catalogue.models import Course, PublicSheet
from trainings.catalogue.verbs.programmes import copy_programme

# What a copy of a course takes over: not its identity (code), not its history.
COPIED = (
    "category",
    "certifying",
    "certification_code",
    "certification_title",
    "certification_level",
    "certifier",
    "registered_on",
    "registered_until",
    "speciality",
    "required_qualification",
    "pedagogical_referent",
    "duration_hours",
)


def save_course(
    *, organisation: Organisation, fields: Mapping[str, Any], actor: User | None, course: Course | None = None
) -> Course:
    """Create a course, or change one; writes the journal. Raises ValidationError on a broken rule (a title is used once)."""
    with transaction.atomic():
        verb = "course.change" if course else "course.create"
        if course is None:
            course = Course(organisation=organisation)
        else:
            course = Course.objects.for_organisation(organisation).select_for_update().get(pk=course.pk)
        changed = set_fields(course, fields)
        course.title_key = comparison_key(course.title)[:250]
        course.full_clean()
        course.save()
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=course, details={"fields": changed})
    return course


def duplicate_course(*, course: Course, title: str, actor: User | None) -> Course:
    """A new course like this one: its programme as a draft, its public sheet to be proofread, its page closed. Writes the journal.

    Sessions, accreditations and the code stay with the first. Raises ValidationError when the title is taken or the same.
    """
    if comparison_key(title) == comparison_key(course.title):
        raise ValidationError({"title": _("Donnez à la copie un intitulé qui la distingue.")})
    with transaction.atomic():
        fields = {name: getattr(course, name) for name in COPIED}
        copy = save_course(organisation=course.organisation, fields={**fields, "title": title}, actor=actor)
        source = course.programmes.order_by("-number").first()
        if source is not None:
            copy_programme(source, course=copy)
        sheet = PublicSheet.objects.for_organisation(course.organisation).filter(course=course).first()
        if sheet is not None:
            written = {column: getattr(sheet, column) for column in SHEET_TEXTS}
            PublicSheet.objects.create(organisation=course.organisation, course=copy, **written)
        record(
            verb="course.duplicated",
            actor=actor,
            organisation_id=copy.organisation_id,
            target=copy,
            details={"from": str(course)},
        )
    return copy
