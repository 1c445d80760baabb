"""What each of some courses lacks, in a constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Q

from trainings.catalogue.completeness import (
    COURSE_COLUMNS,
    SHEET_COLUMNS,
    Gap,
    Heading,
    Right,
    asked_headings,
    leads_to_certification,
    missing_headings,
    programme_gaps,
    proofreading_gaps,
    right_gaps,
)
from trainings.catalogue.models import Accreditation, Course, PublicSheet
from trainings.catalogue.queries.programmes import in_force_by_course, programme_states

# As the sessions room names what is held at a distance, even in part.
REMOTE = ("remote", "mixed")
READ = (*SHEET_COLUMNS, "found_at", "proofread_on", "said_alike")


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseState:
    """What one course lacks on a day, under a grid. `certifying` is None when nobody said."""

    certifying: bool | None
    asked: tuple[Heading, ...]
    missing: tuple[Heading, ...]
    proofreading: tuple[Gap, ...]
    programme: tuple[Gap, ...]
    right: tuple[Gap, ...]


def course_states(courses: Sequence[Course], *, grid: str, as_of: date) -> dict[UUID, CourseState]:
    """What each of these courses lacks on this day for the grid called ``2019`` or ``2026``; eight queries, whatever their number."""
    keys = [course.pk for course in courses]
    sheets: dict[UUID, dict[str, Any]] = {
        row["course"]: row for row in PublicSheet.objects.filter(course__in=keys).values("course", *READ)
    }
    in_force = in_force_by_course(keys, on=as_of)
    programmes = programme_states(in_force.values())
    remote = dict(
        Course.objects.filter(pk__in=keys)
        .annotate(count=Count("sessions", filter=Q(sessions__modality__in=REMOTE)))
        .values_list("pk", "count")
    )
    rights: dict[UUID, list[Right]] = defaultdict(list)
    for key, start, end in Accreditation.objects.filter(course__in=keys).values_list("course", "valid_from", "valid_until"):
        rights[key].append(Right(start, end))
    states = {}
    for course in courses:
        certifying = leads_to_certification(course.category, course.certifying)
        values = {**{column: getattr(course, column) for column in COURSE_COLUMNS}, **sheets.get(course.pk, {})}
        nature: dict[str, Any] = {"grid": grid, "category": course.category, "certifying": certifying}
        programme = in_force.get(course.pk)
        # VAE supports a person who already has the skills: the right to prepare is asked of AF and CFA (standard, indicator 7).
        must_have_right = certifying is True and course.category != "VAE" and grid != "2019"
        states[course.pk] = CourseState(
            certifying=certifying,
            asked=asked_headings(**nature),
            missing=missing_headings(values, **nature),
            proofreading=proofreading_gaps(values, grid=grid, as_of=as_of),
            programme=programme_gaps(
                programmes[programme] if programme else None,
                certifying=certifying is True and course.category != "VAE",
                remote=remote[course.pk] > 0,
            ),
            right=right_gaps(
                as_of, rights[course.pk], registered_on=course.registered_on, registered_until=course.registered_until
            )
            if must_have_right
            else (),
        )
    return states
