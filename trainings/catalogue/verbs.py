"""What can be done with courses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import transaction

from qualiopi.accounts.models import User
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
        course = course or Course(organisation=organisation)
        for name, value in fields.items():
            setattr(course, name, value)
        course.title_key = comparison_key(course.title)[:250]
        course.full_clean()
        course.save()
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=course, details={"fields": sorted(fields)})
    return course
