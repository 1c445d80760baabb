"""Reading versions of programmes."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from qualiopi.organisations.models import Organisation
from trainings.catalogue.completeness import ProgrammeState, says_at_work, says_remote
from trainings.catalogue.models import Course, Objective, Programme, Sequence, Skill


def programme_in_force(course: Course, *, on: date) -> Programme | None:
    """The version of the programme in force on this day; None when none is yet. What a session made that day is given."""
    return course.programmes.filter(in_force_from__lte=on).order_by("-in_force_from", "-number").first()


def in_force_by_course(courses: Collection[UUID], *, on: date) -> dict[UUID, UUID]:
    """The version in force on this day of each of these courses that has one, by identifiers, in one query."""
    rows = Programme.objects.filter(course__in=courses, in_force_from__lte=on).order_by("in_force_from", "number")
    return dict(rows.values_list("course_id", "pk"))


def programme_of(organisation: Organisation, pk: UUID) -> Programme:
    """A version with its course, objectives, skills and sequences. Raises Programme.DoesNotExist."""
    programme: Programme = with_contents(Programme.objects.for_organisation(organisation)).get(pk=pk)
    return programme


def with_contents(programmes: QuerySet[Programme]) -> QuerySet[Programme]:
    """Versions with their course and everything in them, in six queries whatever their number."""
    return programmes.select_related("course", "adopted_by").prefetch_related(
        "objectives", "skills", "sequences__objectives", "sequences__skills"
    )


def programme_states(programmes: Collection[UUID]) -> dict[UUID, ProgrammeState]:
    """What each of these versions holds, in counts, in four queries."""
    texts = Programme.objects.filter(pk__in=programmes).values_list("pk", "contents", "modality", "remote_work", "work_based")
    of_these = Q(programme__in=programmes)
    objectives = {
        key: (count, bare)
        for key, count, bare in Objective.objects.filter(of_these)
        .values("programme")
        .annotate(count=Count("pk"), bare=Count("pk", filter=Q(evaluation="")))
        .values_list("programme", "count", "bare")
    }
    sequences = {
        key: (count, bare)
        for key, count, bare in Sequence.objects.filter(of_these)
        .values("programme")
        .annotate(count=Count("pk"), bare=Count("pk", filter=Q(hours__isnull=True)))
        .values_list("programme", "count", "bare")
    }
    skills = {
        key: (count, uncovered, bare)
        for key, count, uncovered, bare in Skill.objects.filter(of_these)
        .values("programme")
        .annotate(
            count=Count("pk", distinct=True),
            uncovered=Count("pk", filter=Q(sequences__isnull=True), distinct=True),
            bare=Count("pk", filter=Q(test=""), distinct=True),
        )
        .values_list("programme", "count", "uncovered", "bare")
    }
    return {
        key: ProgrammeState(
            objectives=objectives.get(key, (0, 0))[0],
            without_evaluation=objectives.get(key, (0, 0))[1],
            sequences=sequences.get(key, (0, 0))[0],
            without_hours=sequences.get(key, (0, 0))[1],
            contents=bool(contents.strip()),
            modality=bool(modality.strip()),
            remote=says_remote(modality),
            remote_work=bool(remote.strip()),
            at_work=says_at_work(modality),
            work_based=bool(work.strip()),
            skills=skills.get(key, (0, 0, 0))[0],
            uncovered=skills.get(key, (0, 0, 0))[1],
            without_test=skills.get(key, (0, 0, 0))[2],
        )
        for key, contents, modality, remote, work in texts
    }
