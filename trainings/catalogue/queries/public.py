"""What the public may read of a course."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.utils import timezone

from qualiopi.zones import follow
from trainings.catalogue.models import Course, PublicSheet


@dataclass(frozen=True, slots=True)
class PublicPage:
    """An open page: the course with its organisation, its sheet, and the rates last published for it, if there are any."""

    course: Course
    sheet: PublicSheet
    rates: Any


def public_page(course: UUID, *, now: datetime) -> PublicPage | None:
    """The public page of a course, None when it is closed, withdrawn from sale or unknown: who asks learns nothing more.

    The day is that of its organisation, which what follows in the request keeps. `now`: aware.
    """
    sheet = PublicSheet.objects.select_related("course", "organisation").filter(course=course, published_at__isnull=False).first()
    if sheet is None:
        return None
    follow(sheet.organisation)
    today, archived_on = timezone.localdate(now), sheet.course.archived_on
    if archived_on is not None and archived_on <= today:
        return None
    # Frozen rows of the learning room, read through the course: a name, never an import.
    return PublicPage(sheet.course, sheet, sheet.course.published_rates.filter(published_on__lte=today).first())
