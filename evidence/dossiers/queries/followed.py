"""One session while it is being followed: half-days, people and what is recorded of each, counted. A constant number of queries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import CharField, Count, F, Q, QuerySet, UUIDField, Value
from django.db.models.functions import Cast

from trainings.attendance.queries import HalfDayCount, half_day_counts_of_each
from trainings.catalogue.models import Objective
from trainings.documents.models import DocumentKind, Issued
from trainings.learning.models import Acquired, Intake, Moment, ObjectiveResult
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.surveys.models import Campaign, Invitation, Response
from trainings.surveys.questionnaire import SATISFACTION

# What a person is given by name.
PERSONAL = (DocumentKind.CONVOCATION, DocumentKind.COMPLETION, DocumentKind.ATTESTATION)


@dataclass(slots=True)
class Followed:
    """What stands recorded. Counts of people leave out those who withdrew; ``results``: by enrolment, how many objectives are noted at
    the end, and how many of them acquired; ``invited``: enrolments whose link to the survey of the end left."""

    half_days: list[HalfDayCount]
    enrolments: list[Enrolment]
    objectives: int = 0
    intakes: dict[UUID, set[str]] = field(default_factory=dict)
    results: dict[UUID, tuple[int, int]] = field(default_factory=dict)
    papers: dict[UUID, set[str]] = field(default_factory=dict)
    signed: set[UUID] = field(default_factory=set)  # enrolments and companies whose agreement or contract came back signed
    invited: set[UUID] = field(default_factory=set)
    answers: Counter[str] = field(default_factory=Counter)  # by questionnaire
    closed: set[str] = field(default_factory=set)  # questionnaires that take no more answers

    @property
    def people(self) -> list[Enrolment]:
        """Everybody who came, or is to come."""
        return [each for each in self.enrolments if each.state != EnrolmentState.WITHDRAWN]

    @property
    def stayed(self) -> list[Enrolment]:
        """Those of whom a result is expected."""
        return [each for each in self.people if each.state == EnrolmentState.ENROLLED]

    @property
    def begun(self) -> list[HalfDayCount]:
        """The half-days that may be signed already."""
        return [count for count in self.half_days if count.open]

    def answered(self, kind: str) -> int:
        """How many answered one questionnaire of before the start."""
        return sum(kind in self.intakes.get(each.pk, ()) for each in self.people)

    def given(self, kind: str) -> int:
        """How many, of those it is for, were issued one personal document."""
        concerned = self.stayed if kind == DocumentKind.CONVOCATION else self.people
        return sum(kind in self.papers.get(each.pk, ()) for each in concerned)

    @property
    def noted(self) -> int:
        """How many of those who stayed have every result."""
        return sum(self.results.get(each.pk, (0, 0))[0] >= max(self.objectives, 1) for each in self.stayed)


def followed(session: Session, *, now: datetime) -> Followed:
    """Read a session in five queries, whatever the number of people and of half-days."""
    return followed_of_each([session], now=now)[session.pk]


def followed_of_each(sessions: Sequence[Session], *, now: datetime) -> dict[UUID, Followed]:
    """The same of several sessions, by session, in as many queries."""
    known = {session.pk: session for session in sessions}
    enrolments: dict[UUID, list[Enrolment]] = {key: [] for key in known}
    rows = Enrolment.objects.filter(session__in=known).select_related("trainee", "company")
    for each in rows.order_by("trainee__last_name", "trainee__first_name", "pk"):
        each.session = known[each.session_id]
        enrolments[each.session_id].append(each)
    came = {key: [each for each in people if each.state != EnrolmentState.WITHDRAWN] for key, people in enrolments.items()}
    counts = half_day_counts_of_each(came, now=now)
    found = {key: Followed(counts[key], people) for key, people in enrolments.items()}
    first, *others = _parts(list(known))
    for what, session, who, key, n, passed in first.union(*others, all=True):
        _READ[what](found[session], who, key, n, passed)
    return found


def _intake(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.intakes.setdefault(who, set()).add(key)


def _result(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.results[who] = (n, passed)


def _paper(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.papers.setdefault(who, set()).add(key)


def _signed(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.signed.add(who)


def _invited(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.invited.add(who)


def _answers(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.answers[key] = n


def _closed(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.closed.add(key)


def _objectives(found: Followed, who: UUID, key: str, n: int, passed: int) -> None:
    found.objectives = n


_READ = {
    "intake": _intake,
    "result": _result,
    "paper": _paper,
    "signed": _signed,
    "invited": _invited,
    "answers": _answers,
    "closed": _closed,
    "objectives": _objectives,
}


def _parts(sessions: Sequence[UUID]) -> Iterator[QuerySet[Any, Any]]:
    of_enrolment = "enrolment__session"
    yield _rows("intake", Intake.objects.filter(enrolment__session__in=sessions), of_enrolment, "enrolment_id", key="kind")
    results = ObjectiveResult.objects.filter(
        enrolment__session__in=sessions, moment=Moment.EXIT, objective__programme=F("enrolment__session__programme")
    )
    yield _counted("result", results, of_enrolment, "enrolment_id", passed=Count("pk", filter=Q(level=Acquired.YES)))
    issued = Issued.objects.filter(session__in=sessions, cancelled_at__isnull=True)
    yield _rows("paper", issued.filter(enrolment__isnull=False), "session", "enrolment_id", key="kind")
    signed = issued.filter(kind__in=(DocumentKind.AGREEMENT, DocumentKind.CONTRACT), signed_on__isnull=False)
    yield _rows("signed", signed.filter(enrolment__isnull=False), "session", "enrolment_id")
    yield _rows("signed", signed.filter(company__isnull=False), "session", "company_id")
    invited = Invitation.objects.filter(
        campaign__session__in=sessions, campaign__questionnaire=SATISFACTION, enrolment__isnull=False, sent_at__isnull=False
    )
    yield _rows("invited", invited, "campaign__session", "enrolment_id")
    answers = Response.objects.filter(campaign__session__in=sessions)
    yield _counted("answers", answers, "campaign__session", None, key="campaign__questionnaire")
    closed = Campaign.objects.filter(session__in=sessions, closed_on__isnull=False)
    yield _rows("closed", closed, "session", None, key="questionnaire")
    of_programmes = Objective.objects.filter(programme__sessions__in=sessions)
    yield _counted("objectives", of_programmes, "programme__sessions", None)


def _rows(what: str, rows: QuerySet[Any], session: str, who: str | None, *, key: str = "") -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = _named(what, rows, session, who, key).annotate(n=Value(1), passed=Value(0))
    return found


def _counted(
    what: str, rows: QuerySet[Any], session: str, who: str | None, *, key: str = "", passed: Any = None
) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = _named(what, rows, session, who, key).annotate(
        n=Count("pk"), passed=Value(0) if passed is None else passed
    )
    return found


def _named(what: str, rows: QuerySet[Any], session: str, who: str | None, key: str) -> QuerySet[Any, Any]:
    found: QuerySet[Any, Any] = rows.order_by().values_list(
        Value(what, CharField()),
        F(session),
        Cast(Value(None), UUIDField()) if who is None else F(who),
        Cast(F(key), CharField()) if key else Value("", CharField()),
    )
    return found
