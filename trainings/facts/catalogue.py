"""Courses: what the public is told, the programme in force, the right to prepare for a certification, published rates."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery

from qualiopi.identifiers import Names, as_day, raw
from qualiopi.organisations.models import Organisation
from qualiopi.text import comparison_key
from qualiopi.web.dates import as_date
from trainings.catalogue.completeness import (
    COURSE_COLUMNS,
    SHEET,
    ProgrammeState,
    is_empty,
    programme_gaps,
    says_at_work,
    says_remote,
)
from trainings.catalogue.models import Accreditation, Course, Objective, Programme, Sequence, Skill
from trainings.facts.rows import CourseRow, Right, Sheet, Version
from trainings.learning.models import PublishedRates

_CERTIFICATION = {column: line for line, column in SHEET["certifying_sheet_complete"].items()}
_HEADINGS = {
    **{column: line for key, lines in SHEET.items() if key != "certifying_sheet_complete" for line, column in lines.items()},
    "eligibility": "eligibility",
}
_OF_SHEET = (*_HEADINGS, "created_at", "updated_at", "found_at", "proofread_on", "said_alike")


class Programmes:
    """The versions in force by course, and how many objectives each version has. One query."""

    def __init__(self, organisation: Organisation, names: Names, *, until: date) -> None:
        self.in_force: dict[str, Version] = {}
        self.objectives: dict[str, int] = {}
        of_this = {"programme": OuterRef("pk")}
        counted = Objective.objects.filter(**of_this).order_by().values("programme").annotate(number=Count("pk")).values("number")
        sequences, skills = Sequence.objects.filter(**of_this), Skill.objects.filter(**of_this)
        rows = (
            Programme.objects.for_organisation(organisation)
            .order_by("in_force_from", "number")
            .annotate(
                objectives_number=Subquery(counted),
                unevaluated=Exists(Objective.objects.filter(**of_this, evaluation="")),
                has_sequence=Exists(sequences),
                unmeasured=Exists(sequences.filter(hours__isnull=True)),
                has_skill=Exists(skills),
                uncovered=Exists(skills.filter(sequences__isnull=True)),
                untested=Exists(skills.filter(test="")),
            )
            .values_list(
                raw("id"), raw("course_id"), raw("in_force_from"), "contents", "modality", "remote_work", "work_based",
                "objectives_number", "unevaluated", "has_sequence", "unmeasured", "has_skill", "uncovered", "untested",
            )
        )  # fmt: skip
        for key, course, since, contents, modality, remote_work, work_based, objectives, *exist in rows:
            self.objectives[names[key]] = objectives or 0
            day = as_day(since)
            if day is not None and day <= until:
                state = _state(contents, modality, remote_work, work_based, objectives or 0, exist)
                gaps = programme_gaps(state, certifying=True, remote=True)
                self.in_force[names[course]] = Version(day, frozenset(gap.key for gap in gaps), state.remote)


def _state(contents: str, modality: str, remote_work: str, work_based: str, objectives: int, exist: list[bool]) -> ProgrammeState:
    unevaluated, has_sequence, unmeasured, has_skill, uncovered, untested = (int(answer) for answer in exist)
    return ProgrammeState(
        objectives=objectives,
        without_evaluation=unevaluated,
        sequences=has_sequence,
        without_hours=unmeasured,
        contents=not is_empty(contents),
        modality=not is_empty(modality),
        remote=says_remote(modality),
        remote_work=not is_empty(remote_work),
        at_work=says_at_work(modality),
        work_based=not is_empty(work_based),
        skills=has_skill,
        uncovered=uncovered,
        without_test=untested,
    )


_OUTLINE = ("id", "title", "code", "category", "certifying", "archived_on", "import_run_id")


def outline_of_courses(organisation: Organisation) -> list[CourseRow]:
    """Courses by title, without what is written of them. One query."""
    return [_outline(row) for row in _courses(organisation).values(*_OUTLINE)]


def _courses(organisation: Organisation) -> QuerySet[Course]:
    found: QuerySet[Course] = Course.objects.for_organisation(organisation).order_by("title", "id")
    return found


def _outline(row: dict[str, Any]) -> CourseRow:
    return CourseRow(
        id=str(row["id"]),
        title=row["title"],
        reference=row["code"],
        category=row["category"] or None,
        certifying=row["certifying"],
        archived_on=row["archived_on"],
        known_by_sessions_only=row["import_run_id"] is not None,
    )


def read_courses(
    organisation: Organisation, names: Names, programmes: Programmes, exams: dict[str, date], *, until: date
) -> list[CourseRow]:
    """Courses by title, in three queries. ``exams``: course -> its first examination."""
    rights: defaultdict[str, list[Right]] = defaultdict(list)
    held = Accreditation.objects.for_organisation(organisation).order_by("valid_from", "id")
    for course, start, end in held.values_list(raw("course_id"), "valid_from", "valid_until"):
        rights[names[course]].append(Right(start, end))
    rates: defaultdict[str, list[date]] = defaultdict(list)
    published = PublishedRates.objects.for_organisation(organisation).filter(published_on__lte=until).order_by("published_on")
    for course, day in published.values_list(raw("course_id"), "published_on"):
        rates[names[course]].append(day)
    columns = (*_OUTLINE, "registered_until", "required_qualification", "pedagogical_referent", *COURSE_COLUMNS)
    told = tuple(f"sheet__{column}" for column in _OF_SHEET)
    found = []
    for row in _courses(organisation).values(*columns, "sheet__id", *told):
        course = _outline(row)
        found.append(
            course._replace(
                certification=frozenset(line for column, line in _CERTIFICATION.items() if not is_empty(row[column])),
                registered_on=row["registered_on"],
                registered_until=row["registered_until"],
                required=frozenset(comparison_key(row["required_qualification"]).split()),
                has_referent=not is_empty(row["pedagogical_referent"]),
                sheet=_sheet(row) if row["sheet__id"] else None,
                programme=programmes.in_force.get(course.id),
                rights=tuple(rights.get(course.id, ())),
                rates_on=tuple(rates.get(course.id, ())),
                first_exam_on=exams.get(course.id),
            )
        )
    return found


def _sheet(row: dict[str, Any]) -> Sheet:
    return Sheet(
        answered=frozenset(line for column, line in _HEADINGS.items() if not is_empty(row[f"sheet__{column}"])),
        since=as_date(row["sheet__created_at"]),
        written_on=as_date(row["sheet__updated_at"]),
        found=not is_empty(row["sheet__found_at"]),
        proofread_on=row["sheet__proofread_on"],
        said_alike=row["sheet__said_alike"],
    )
