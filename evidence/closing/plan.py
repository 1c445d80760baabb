"""What the page that closes a session lets one do at once: now, by gesture; what will not have happened; later, without anybody."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from django.utils import timezone

from evidence.closing.queries import ClosingState, StillMissing
from evidence.readiness.links import Way
from trainings.adaptations.queries import asked_of
from trainings.attendance.queries import unsaid
from trainings.catalogue.models import Objective
from trainings.documents.models import DocumentKind
from trainings.documents.verbs import to_issue
from trainings.learning.models import Moment
from trainings.learning.queries import people_of, sheet_of
from trainings.learning.queries.results import STAYED
from trainings.sessions.models import Enrolment, HalfDay, Session, Step

# Beyond so many lines of one kind, it is work for a page of its own.
MOST = 12
# What attests to somebody's training, issued together.
ATTESTING: Final = (DocumentKind.COMPLETION, DocumentKind.ATTESTATION)


class Doing(StrEnum):
    """What is done from the page itself; the first ones first."""

    SIGNATURES = "signatures"
    RESULTS = "results"
    ADAPTATIONS = "adaptations"
    OPINIONS = "opinions"
    DOCUMENTS = "documents"


# Which hole each mends.
MENDS: Final = {
    "attendance_and_follow_up_traced": Doing.SIGNATURES,
    "session_learning_evaluated": Doing.RESULTS,
    "trainee_results_by_objective": Doing.RESULTS,
    "adaptation_question_asked": Doing.ADAPTATIONS,
    "trainees_asked": Doing.OPINIONS,
    "end_certificates_issued": Doing.DOCUMENTS,
}


@dataclass(frozen=True, slots=True)
class Plan:
    """What can be done from the page. ``doing``: offered, in order; ``elsewhere``: holes that another page mends.

    ``unsaid``: half-days of which nothing is said of somebody. ``results``: who lacks a result, on what. ``to_ask``: who was not asked
    whether something had to be adapted. ``documents``: how many attest and are not issued. ``steps``: of one's own, left open.
    ``later``: what leaves by itself, in order of day.
    """

    doing: tuple[Doing, ...]
    elsewhere: tuple[StillMissing, ...]
    ways: Mapping[Doing, tuple[Way, ...]]  # the pages where each is done as well
    unsaid: tuple[tuple[HalfDay, Enrolment], ...]
    results: tuple[tuple[Enrolment, Objective], ...]
    to_ask: tuple[Enrolment, ...]
    documents: int
    steps: tuple[Step, ...]
    later: tuple[Step, ...]
    people: int

    @property
    def waits(self) -> bool:
        """Whether somebody still has to sign."""
        return bool(self.unsaid)


@dataclass(frozen=True, slots=True)
class Choices:
    """What is to be done. ``levels``: by enrolment and objective; ``absent``: by half-day and enrolment, the kind and the reason;
    ``skipped``: by step, the reason."""

    doing: frozenset[Doing] = frozenset()
    levels: Mapping[tuple[UUID, int], str] = field(default_factory=dict)
    wishes: Mapping[UUID, str] = field(default_factory=dict)
    absent: Mapping[tuple[UUID, UUID], tuple[str, str]] = field(default_factory=dict)
    skipped: Mapping[UUID, str] = field(default_factory=dict)


def plan_of(session: Session, found: ClosingState, *, now: datetime, may: Collection[Doing]) -> Plan:
    """Read what the page offers for what holds a session open. ``may``: what the reader may do."""
    wanted = {MENDS[each.key] for each in found.holding if each.key in MENDS} & set(may)
    left = tuple(unsaid(session, now=now)) if Doing.SIGNATURES in wanted else ()
    results = _without_result(session) if Doing.RESULTS in wanted else ()
    to_ask = _not_asked(session) if Doing.ADAPTATIONS in wanted else ()
    documents = sum(len(to_issue(session, kind)) for kind in ATTESTING) if Doing.DOCUMENTS in wanted else 0
    able = {
        Doing.SIGNATURES: bool(left),
        Doing.RESULTS: 0 < len(results) <= MOST,
        Doing.ADAPTATIONS: 0 < len(to_ask) <= MOST,
        Doing.OPINIONS: Doing.OPINIONS in wanted,
        Doing.DOCUMENTS: bool(documents),
    }
    doing = tuple(each for each in Doing if each in wanted and able[each])
    return Plan(
        doing=doing,
        elsewhere=tuple(each for each in found.holding if MENDS.get(each.key) not in doing),
        ways={each: tuple(dict.fromkeys(hole.way for hole in found.holding if MENDS.get(hole.key) is each)) for each in doing},
        unsaid=left,
        results=results if Doing.RESULTS in doing else (),
        to_ask=to_ask if Doing.ADAPTATIONS in doing else (),
        documents=documents,
        steps=_left_open(found, doing),
        later=tuple(step for step in found.open_steps if _leaves(step, found, on=timezone.localdate(now))),
        people=len(stayed(session)),
    )


def stayed(session: Session) -> list[Enrolment]:
    """Who followed it to its end, by name."""
    return list(people_of(session).filter(state__in=STAYED))


def _without_result(session: Session) -> tuple[tuple[Enrolment, Objective], ...]:
    sheet = sheet_of(session, Moment.EXIT)
    if sheet.done == sheet.expected:
        return ()
    return tuple(
        (each, objective) for each in stayed(session) for objective in sheet.objectives if not sheet.level(each.pk, objective.pk)
    )


def _not_asked(session: Session) -> tuple[Enrolment, ...]:
    people = list(people_of(session))
    asked = asked_of([each.pk for each in people])
    return tuple(each for each in people if each.pk not in asked)


def _leaves(step: Step, found: ClosingState, *, on: date) -> bool:
    """Whether it leaves by itself from that day on."""
    return step.automatic and step.due_on >= on and step.key not in found.told | set(found.without_object)


# The step of one's own that each settles.
_STEPS: Final = {
    Doing.SIGNATURES: ("attendance",),
    Doing.RESULTS: ("results",),
    Doing.DOCUMENTS: tuple(f"document:{kind.value}" for kind in ATTESTING),
}


def _left_open(found: ClosingState, doing: Sequence[Doing]) -> tuple[Step, ...]:
    """Steps of one's own that nothing of the page settles and that do not leave by themselves."""
    settled = {key for each in doing for key in _STEPS.get(each, ())}
    return tuple(step for step in found.left_open if not step.automatic and step.key not in settled)
