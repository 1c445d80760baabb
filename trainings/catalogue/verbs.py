"""What can be done with courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from trainings.catalogue.models import Course


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
