"""What a course still lacks to be shown: public sheet, programme, right to prepare for the certification. Pure: no clock, no query.

Which headings are asked, by which indicator and in which grid, is read from the standard (indicators 1, 3, 5, 6 and 7); this
module only knows in which column each is kept. Everything takes plain values, so that one course and ten thousand cost no query.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

from qualiopi.standard.book import expectations
from qualiopi.text import comparison_key

GRIDS = ("2019", "2026")
# Skills assessments have no prerequisites to announce (standard, indicator 1).
NO_PREREQUISITES = "BC"
# Always lead to a certification, whatever the course says.
ALWAYS_CERTIFYING = frozenset({"VAE", "CFA"})

# Expectation: the lines of its checklist, and the column that holds each.
SHEET: dict[str, dict[str, str]] = {
    "public_sheet_complete": {
        "prerequisites": "prerequisites",
        "objectives": "objectives",
        "duration": "duration",
        "access_time": "access_time",
        "access_terms_2019": "access_terms",
        "price": "price",
        "contact": "contact",
        "methods": "methods",
        "assessment": "assessment",
        "disability_access": "disability_access",
    },
    "public_sheet_additions_2026": {
        "recognition": "recognition",
        "teaching_arrangements": "teaching_arrangements",
        "funding_arrangements": "funding",
    },
    "certifying_sheet_complete": {
        "exact_title": "certification_title",
        "rncp_rs_code": "certification_code",
        "certifier": "certifier",
        "registration_date": "registered_on",
    },
    "certification_prospects_described": {
        "blocks": "blocks",
        "equivalences": "equivalences",
        "gateways": "gateways",
        "next_steps": "next_steps",
        "further_studies_2026": "further_studies",
        "outlets": "outlets",
    },
}
# Columns of the course itself; the others are those of its public sheet.
COURSE_COLUMNS = tuple(SHEET["certifying_sheet_complete"].values())
SHEET_COLUMNS = (
    *(column for key, lines in SHEET.items() if key != "certifying_sheet_complete" for column in lines.values()),
    "eligibility",
)
# What one may write besides: the audience is welcome, and no text asks for it.
SHEET_TEXTS = ("audience", *SHEET_COLUMNS)
# Asked of VAE beside the checklist: how eligibility and feasibility are examined (standard, indicator 1).
ELIGIBILITY = "examen de la recevabilité et de la faisabilité"


@dataclass(frozen=True, slots=True)
class Heading:
    """One heading of the public information: where it is kept, who asks for it and in which grids."""

    key: str
    column: str
    label: str
    indicator: int
    expectation: str
    grids: frozenset[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Something else than a heading that is missing: `count` of them when they are counted."""

    key: str
    indicator: int
    expectation: str
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgrammeState:
    """What a version of a programme holds, in counts."""

    objectives: int = 0
    without_evaluation: int = 0
    sequences: int = 0
    without_hours: int = 0
    contents: bool = False
    modality: bool = False
    remote: bool = False  # its modality says so
    remote_work: bool = False
    at_work: bool = False  # its modality says so
    work_based: bool = False
    skills: int = 0
    uncovered: int = 0  # skills that no sequence covers
    without_test: int = 0


class Right(NamedTuple):
    """One right to prepare for the certification, with its validity."""

    valid_from: date
    valid_until: date | None


def leads_to_certification(category: str | None, certifying: bool | None) -> bool | None:
    """Whether the course prepares for a registered certification; None when nobody said."""
    return True if category in ALWAYS_CERTIFYING else certifying


@cache
def every_heading() -> tuple[Heading, ...]:
    """Every heading that the standard may ask for, in its order."""
    book = expectations()
    found = []
    for key, lines in SHEET.items():
        expectation = book.by_key[key]
        for line, column in lines.items():
            own = next((grid for grid in GRIDS if line.endswith(f"_{grid}")), None)
            grids = expectation.grids & {own} if own else expectation.grids
            found.append(Heading(line, column, book.contents[line], expectation.indicator, key, frozenset(grids)))
    sheet = book.by_key["public_sheet_complete"]
    found.insert(
        len(SHEET["public_sheet_complete"]),
        Heading("eligibility", "eligibility", ELIGIBILITY, sheet.indicator, sheet.key, sheet.grids),
    )
    return tuple(found)


@cache
def concerned_headings(*, category: str | None, certifying: bool | None) -> tuple[Heading, ...]:
    """The headings that concern such a course in one grid or another. What nobody said is not asked."""
    certified = leads_to_certification(category, certifying) is True
    return tuple(
        heading
        for heading in every_heading()
        if (certified or heading.expectation not in ("certifying_sheet_complete", "certification_prospects_described"))
        and (heading.key != "eligibility" or category == "VAE")
        and (heading.key != "prerequisites" or category != NO_PREREQUISITES)
    )


@cache
def asked_headings(*, grid: str, category: str | None, certifying: bool | None) -> tuple[Heading, ...]:
    """The headings asked of such a course by the grid called ``2019`` or ``2026``."""
    return tuple(heading for heading in concerned_headings(category=category, certifying=certifying) if grid in heading.grids)


def missing_headings(
    values: Mapping[str, Any], *, grid: str, category: str | None, certifying: bool | None
) -> tuple[Heading, ...]:
    """Those of `asked_headings` whose column is empty in `values` (columns of the course and of its sheet; absent is empty)."""
    asked = asked_headings(grid=grid, category=category, certifying=certifying)
    return tuple(heading for heading in asked if is_empty(values.get(heading.column)))


def is_empty(value: Any) -> bool:
    """Nothing written: « aucun » is an answer, spaces are not."""
    return value is None or (isinstance(value, str) and not value.strip())


def proofreading_gaps(values: Mapping[str, Any], *, grid: str, as_of: date, months: int = 12) -> tuple[Gap, ...]:
    """What lacks for the public information to have been proofread in the last `months` before `as_of` (indicator 1).

    `values`: found_at, proofread_on, said_alike. The 2026 text also asks that every place says the same and misleads nobody.
    """
    name = "public_information_proofread"
    gaps = []
    if is_empty(values.get("found_at")):
        gaps.append(Gap("found_at", 1, name))
    day = values.get("proofread_on")
    if day is None or day > as_of:
        gaps.append(Gap("proofread", 1, name))
    elif day < _months_before(as_of, months):
        gaps.append(Gap("proofread_old", 1, name))
    elif grid != "2019" and values.get("said_alike") is not True:
        gaps.append(Gap("said_alike", 1, name))
    return tuple(gaps)


def says_remote(modality: str) -> bool:
    """Whether the words of a modality speak of a distance."""
    words = comparison_key(modality).split()
    return any(word.startswith(("distan", "visio", "hybrid", "mixte", "elearning", "foad", "remote")) for word in words)


def says_at_work(modality: str) -> bool:
    """Whether the words of a modality speak of training in a work situation (AFEST, Labour Code D. 6313-3-2)."""
    key = comparison_key(modality)
    return "afest" in key.split() or "situation de travail" in key


def programme_gaps(state: ProgrammeState | None, *, certifying: bool | None, remote: bool = False) -> tuple[Gap, ...]:
    """What a programme lacks for indicators 5, 6 and 7; None means that no version is in force.

    `remote`: whether sessions of the course are held, even in part, at a distance. `certifying` comes from
    `leads_to_certification`.
    """
    if state is None:
        return (Gap("programme", 6, "course_programme_designed"),)
    designed, mapping = "course_programme_designed", "certification_mapping"
    found = [
        (state.objectives == 0, Gap("objectives", 5, "course_objectives_evaluable")),
        (
            state.without_evaluation > 0,
            Gap("assessment_of_each", 5, "course_objectives_evaluable", state.without_evaluation),
        ),
        (not state.contents, Gap("contents", 6, designed)),
        (state.sequences == 0, Gap("sequences", 6, designed)),
        (state.without_hours > 0, Gap("sequence_lengths", 6, designed, state.without_hours)),
        (not state.modality, Gap("modality", 6, designed)),
        ((remote or state.remote) and not state.remote_work, Gap("remote_work_and_time", 6, designed)),
        (state.at_work and not state.work_based, Gap("work_based_phases", 6, designed)),
        (certifying is True and state.skills == 0, Gap("skills", 7, mapping)),
        (certifying is True and state.uncovered > 0, Gap("uncovered_skills", 7, mapping, state.uncovered)),
        (certifying is True and state.without_test > 0, Gap("skill_tests", 7, mapping, state.without_test)),
    ]
    return tuple(gap for lacks, gap in found if lacks)


def right_gaps(
    day: date, rights: Iterable[Right], *, registered_on: date | None, registered_until: date | None
) -> tuple[Gap, ...]:
    """What lacks, on this day, to prove the right to prepare for the certification (indicator 7, 2026 text).

    Its registration runs that day, and a right is valid that day. What is renewed later does not mend the past.
    """
    name = "certification_right_2026"
    gaps = []
    if registered_on is None:
        gaps.append(Gap("registration_unknown", 7, name))
    elif day < registered_on or (registered_until is not None and day > registered_until):
        gaps.append(Gap("registration_over", 7, name))
    every = list(rights)
    if not any(right.valid_from <= day and (right.valid_until is None or day <= right.valid_until) for right in every):
        gaps.append(Gap("right_over" if every else "right", 7, name))
    return tuple(gaps)


def _months_before(day: date, months: int) -> date:
    """The same day some months earlier, or the last day of that month when it has none."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    for number in range(day.day, 27, -1):
        try:
            return date(year, month + 1, number)
        except ValueError:
            continue
    return date(year, month + 1, day.day)
