"""What the pages of one course show: plain values worked out of its rows, in a constant number of queries."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.organisations.enums import Category
from qualiopi.standard.grids import grid_for
from qualiopi.web.dates import as_date, long_date
from qualiopi.web.parts import Point
from qualiopi.web.typography import listed
from trainings.catalogue.completeness import (
    COURSE_COLUMNS,
    Heading,
    concerned_headings,
    is_empty,
    leads_to_certification,
    programme_gaps,
)
from trainings.catalogue.looks import alike_words, asked_by, registration_look, right_of
from trainings.catalogue.models import Course, Programme, PublicSheet
from trainings.catalogue.queries import course_states, programme_in_force, programme_states, with_contents
from trainings.catalogue.sentences import answer, gap_words
from trainings.catalogue.steps import next_step

GROUPS = {
    "public_sheet_complete": gettext_lazy("Ce que le public doit toujours trouver"),
    "public_sheet_additions_2026": gettext_lazy("Ce qui s’ajoute depuis le 1er novembre 2026"),
    "certifying_sheet_complete": gettext_lazy("Les mentions de la certification"),
    "certification_prospects_described": gettext_lazy("Les suites et débouchés de la certification"),
}
# Sessions shown on the page of a course; the list of sessions shows them all.
LATEST = 8


@dataclass(frozen=True, slots=True)
class HeadingLine:
    """One heading as the page shows it. `asked`: by the grid of today."""

    heading: Heading
    label: str
    value: str
    asked: bool
    of_course: bool

    @property
    def asked_by(self) -> str:
        """The texts that ask for it, in words."""
        return asked_by(self.heading.grids)


@dataclass(frozen=True, slots=True)
class Group:
    """The headings that one expectation asks for."""

    title: str
    indicator: int
    lines: tuple[HeadingLine, ...]

    @property
    def asked(self) -> int:
        """How many headings the grid of today asks for."""
        return sum(line.asked for line in self.lines)

    @property
    def missing(self) -> list[HeadingLine]:
        """The asked headings that say nothing."""
        return [line for line in self.lines if line.asked and not line.value]

    @property
    def written(self) -> int:
        """How many of the asked headings say something."""
        return self.asked - len(self.missing)

    @property
    def places(self) -> list[int]:
        """Where the missing ones stand among the asked, from 0."""
        return [place for place, line in enumerate(line for line in self.lines if line.asked) if not line.value]


def page_of_course(course: Course, *, today: date) -> dict[str, Any]:
    """Everything the page of a course shows but what the person may do. `course` comes with its sheet."""
    grid = grid_for(today).id
    state = course_states([course], grid=grid, as_of=today)[course.pk]
    sheet = sheet_of(course)
    in_force = programme_in_force(course, on=today)
    versions = list(course.programmes.select_related("adopted_by").order_by("-number"))
    draft = next((row for row in versions if row.in_force_from is None), None)
    sessions = list(course.sessions.select_related("programme").order_by("-starts_on", "reference")[: LATEST + 1])
    return {
        "course": course,
        "state": state,
        "answer": answer(state),
        "sheet": sheet,
        "alike": alike_words(sheet.said_alike) if sheet else "",
        "groups": groups_of(course, sheet, grid=grid),
        "proofreading": listed([gap_words(gap) for gap in state.proofreading]),
        "changed_since": bool(sheet and sheet.proofread_on and as_date(sheet.updated_at) > sheet.proofread_on),
        "programme": with_contents(course.programmes.filter(pk=in_force.pk)).get() if in_force else None,
        "programme_lacks": [gap_words(gap) for gap in state.programme if gap.key != "programme"],
        "draft": draft,
        "versions": [_point(row, in_force, course.organisation.slug) for row in versions],
        "accreditations": [right_of(row, today=today) for row in course.accreditations.select_related("file")],
        "registration_look": registration_look(course.registered_until, today=today),
        "right_lacks": listed([gap_words(gap) for gap in state.right]),
        "sessions": sessions[:LATEST],
        "more_sessions": len(sessions) > LATEST,
        "step": next_step(state, course=course, draft=draft),
    }


def sheet_of(course: Course) -> PublicSheet | None:
    """The public sheet of a course, None when nobody began it."""
    sheet: PublicSheet | None = getattr(course, "sheet", None)
    return sheet


def groups_of(course: Course, sheet: PublicSheet | None, *, grid: str) -> list[Group]:
    """Every heading that concerns the course in one grid or another, with what it says."""
    found: dict[str, list[HeadingLine]] = {}
    for heading in concerned_headings(category=course.category, certifying=course.certifying):
        of_course = heading.column in COURSE_COLUMNS
        row: Course | PublicSheet | None = course if of_course else sheet
        line = HeadingLine(heading, capfirst(heading.label), _shown(row, heading.column), grid in heading.grids, of_course)
        found.setdefault(heading.expectation, []).append(line)
    return [Group(str(GROUPS[key]), lines[0].heading.indicator, tuple(lines)) for key, lines in found.items()]


def programme_lacks(programme: Programme) -> list[str]:
    """What a version lacks, in words, whether it is in force or not."""
    course = programme.course
    certifying = leads_to_certification(course.category, course.certifying) is True and course.category != "VAE"
    state = programme_states([programme.pk])[programme.pk]
    return [gap_words(gap) for gap in programme_gaps(state, certifying=certifying)]


def public_sections(course: Course, sheet: PublicSheet) -> list[tuple[str, list[tuple[str, str]]]]:
    """What the public page says, heading by heading; what nobody wrote is not shown."""
    sections: list[tuple[str, tuple[str, ...]]] = [
        (_("Pour qui, pour quoi"), ("audience", "prerequisites", "objectives", "recognition")),
        (_("Comment"), ("duration", "teaching_arrangements", "methods", "assessment", "disability_access")),
        (_("S’inscrire"), ("access_time", "access_terms", "price", "funding", "contact")),
    ]
    if course.category == Category.VAE:
        sections.append((_("Votre demande"), ("eligibility",)))
    if leads_to_certification(course.category, course.certifying) is True:
        prospects = ("blocks", "equivalences", "gateways", "next_steps", "further_studies", "outlets")
        sections.append((_("Suites et débouchés"), prospects))
    shown = []
    for title, columns in sections:
        entries = [(_label(column), _shown(sheet, column)) for column in columns if _shown(sheet, column)]
        if entries:
            shown.append((title, entries))
    return shown


def address_of(request: HttpRequest, course: Course) -> str:
    """The address of the public page of a course, as one gives it."""
    return request.build_absolute_uri(reverse("course:public", args=[course.pk]))


def _label(column: str) -> str:
    return capfirst(str(PublicSheet._meta.get_field(column).verbose_name))  # type: ignore[union-attr]


def _shown(row: Course | PublicSheet | None, column: str) -> str:
    value = getattr(row, column, None)
    if is_empty(value):
        return ""
    if column == "recognition" and isinstance(row, PublicSheet):
        return capfirst(row.get_recognition_display())
    return long_date(value) if isinstance(value, date) else str(value).strip()


def _point(programme: Programme, in_force: Programme | None, slug: str) -> Point:
    """A version on the thread: dashed while it is prepared or to come, lit when it is in force."""
    url = reverse("catalogue:programme", args=[slug, programme.pk])
    name = _("Version %(number)s") % {"number": programme.number}
    if programme.in_force_from is None:
        return Point(_("en préparation"), name, "to_come", "", url)
    when = long_date(programme.in_force_from)
    if in_force is not None and programme.pk == in_force.pk:
        return Point(_("en vigueur depuis le %(day)s") % {"day": when}, name, "now", programme.change_note, url)
    state = "done" if in_force is not None and programme.in_force_from <= (in_force.in_force_from or date.min) else "to_come"
    return Point(_("à partir du %(day)s") % {"day": when}, name, state, programme.change_note, url)
