"""Reading courses."""

from __future__ import annotations

from uuid import UUID

from django.db.models import Count, Max, QuerySet

from qualiopi.accounts.models import User
from qualiopi.folding import sought
from qualiopi.organisations.models import Organisation
from trainings.catalogue.models import Course


def courses_of(organisation: Organisation, *, search: str = "") -> QuerySet[Course]:
    """Courses by title, with `session_count` and `last_session_on`."""
    courses: QuerySet[Course] = (
        Course.objects.for_organisation(organisation)
        .annotate(session_count=Count("sessions"), last_session_on=Max("sessions__starts_on"))
        .order_by("title", "pk")
    )
    return sought(courses, search, "found_by")


def course_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Course:
    """A course with its public sheet; for `led_by`, one of which they lead a session. Raises Course.DoesNotExist."""
    courses: QuerySet[Course] = Course.objects.for_organisation(organisation).select_related("sheet", "organisation")
    if led_by is not None:
        courses = courses.filter(sessions__trainers__user=led_by).distinct()
    return courses.get(pk=pk)
