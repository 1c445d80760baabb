"""What pieces cover of recorded holes, for the engine: who said so, and which lines lack behind the counts."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from datetime import date
from typing import Final
from uuid import UUID

from evidence.engine.facts import Cover
from evidence.library.models import CoveredLine
from qualiopi.web.dates import long_date
from trainings.facts.lacking import OF_HALF_DAYS, Lack, lacking
from trainings.sessions.models import Enrolment, HalfDay

# Expectation about people or half-days of a session -> what lacks. The others name their lines themselves: headings of a course.
LACKS: Final[Mapping[str, Lack]] = {
    "session_need_analysed": Lack.NEEDS,
    "session_positioning_done": Lack.POSITIONED,
    "agreement_states_objectives": Lack.AGREED,
    "session_joining_instructions": Lack.TOLD,
    "session_learning_evaluated": Lack.EVALUATED,
    "trainee_results_by_objective": Lack.BY_OBJECTIVE,
    "end_certificates_issued": Lack.CERTIFIED,
    "candidates_presented_properly": Lack.PRESENTED,
    "attendance_and_follow_up_traced": Lack.REGISTER,
    "remote_following_verified_2026": Lack.REMOTE,
}


def read_covers(versions: Collection[UUID]) -> tuple[Cover, ...]:
    """What somebody said that these versions cover. One query."""
    rows = CoveredLine.objects.filter(version__in=versions).order_by("created_at", "id")
    return tuple(
        Cover(expectation_key=key, subject_id=str(course or session), document_id=str(document), line=line, person=person)
        for key, course, session, document, line, person in rows.values_list(
            "expectation", "course_id", "session_id", "version__document_id", "line", "said_by__full_name"
        )
    )


def lacking_lines(covers: tuple[Cover, ...], *, until: date) -> dict[tuple[str, str], frozenset[str]]:
    """Expectation and session -> the people or half-days that lack it, for the sessions of these covers alone; three queries at most
    for each kind of lack."""
    wanted: defaultdict[str, set[UUID]] = defaultdict(set)
    for cover in covers:
        if cover.expectation_key in LACKS:
            wanted[cover.expectation_key].add(UUID(cover.subject_id))
    return {
        (key, session): lines
        for key, sessions in wanted.items()
        for session, lines in lacking(LACKS[key], sessions, until=until, today=until).items()
    }


def lines_of_session(expectation_key: str, session: UUID, *, until: date) -> dict[str, str]:
    """People, or half-days, that lack it -> their name, or their day; two queries more than ``lacking``."""
    kind = LACKS[expectation_key]
    wanted = lacking(kind, [session], until=until, today=until).get(str(session), frozenset())
    if kind in OF_HALF_DAYS:
        half_days = HalfDay.objects.filter(pk__in=wanted).order_by("day", "starts_at")
        return {str(one.pk): f"{long_date(one.day)}, {one.get_part_display()}" for one in half_days}
    people = Enrolment.objects.filter(pk__in=wanted).select_related("trainee")
    named = sorted((str(one.trainee), str(one.pk)) for one in people)
    return {pk: name for name, pk in named}
