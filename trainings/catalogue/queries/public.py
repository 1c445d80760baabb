"""What the public may read of a course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q

from trainings.catalogue.models import Course, PublicSheet


@dataclass(frozen=True, slots=True)
class PublicPage:
    """An open page: the course with its organisation, its sheet, and the rates last published for it, if there are any."""

    course: Course
    sheet: PublicSheet
    rates: Any


def public_page(course: UUID, *, today: date) -> PublicPage | None:
    """The public page of a course, None when it is closed, withdrawn from sale or unknown: who asks learns nothing more."""
    sheet = (
        PublicSheet.objects.select_related("course", "organisation")
        .filter(Q(course__archived_on__isnull=True) | Q(course__archived_on__gt=today), published_at__isnull=False)
        .filter(course=course)
        .first()
    )
    if sheet is None:
        return None
    # Frozen rows of the learning room, read through the course: a name, never an import.
    return PublicPage(sheet.course, sheet, sheet.course.published_rates.filter(published_on__lte=today).first())
