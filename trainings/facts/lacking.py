"""Who, or which half-days, lack what others of a session have: the names behind the counts of these facts, for a few sessions."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection
from datetime import date
from enum import StrEnum
from uuid import UUID

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery

from trainings.attendance.models import Mark, MarkKind
from trainings.catalogue.models import Objective
from trainings.documents.models import DocumentKind, Issued, Sending
from trainings.facts.enrolments import CANDIDATE, ENROLLED, presented_by
from trainings.facts.moments import end_of
from trainings.learning.models import Intake, IntakeKind, Moment, ObjectiveResult, SessionNeed
from trainings.people.models import FunderKind
from trainings.sessions.models import NEVER_BEGAN, Enrolment, EnrolmentState, Funding, HalfDay

Lines = dict[str, frozenset[str]]
_ABSENT = (MarkKind.ABSENT, MarkKind.EXCUSED)
_SIGNED = (DocumentKind.AGREEMENT, DocumentKind.CONTRACT)
_AT_THE_END = (DocumentKind.COMPLETION, DocumentKind.ATTESTATION)


class Lack(StrEnum):
    """What may be lacking: of people, or, for the last two, of half-days that were held."""

    NEEDS = "needs"
    POSITIONED = "positioned"
    AGREED = "agreed"
    TOLD = "told"
    EVALUATED = "evaluated"
    BY_OBJECTIVE = "by_objective"
    CERTIFIED = "certified"
    PRESENTED = "presented"
    REGISTER = "register"
    REMOTE = "remote"


OF_HALF_DAYS = frozenset({Lack.REGISTER, Lack.REMOTE})


def lacking(kind: Lack, sessions: Collection[UUID], *, until: date, today: date) -> Lines:
    """Session -> the identifiers of the enrolments, or of the half-days, that lack it. Three queries at most.

    ``until`` closes the reading, ``today``: half-days before it were held. A session where nothing lacks is absent.
    """
    if kind in OF_HALF_DAYS:
        return _half_days(kind, sessions, until=until, today=today)
    found: defaultdict[str, set[str]] = defaultdict(set)
    rows = _began(sessions)
    lack = _presented(rows, until, today) if kind is Lack.PRESENTED else _PEOPLE[kind](rows, until)
    for session, enrolment in lack.order_by().values_list("session_id", "pk"):
        found[str(session)].add(str(enrolment))
    return {session: frozenset(people) for session, people in found.items()}


def _began(sessions: Collection[UUID]) -> QuerySet[Enrolment]:
    """Everybody enrolled in these sessions, less those who withdrew, or left before the first day."""
    rows = Enrolment.objects.filter(session__in=sessions)
    return rows.exclude(pk__in=rows.exclude(state=EnrolmentState.ENROLLED).filter(NEVER_BEGAN).order_by().values("pk"))


def _needs(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    own = Intake.objects.filter(enrolment=OuterRef("pk"), kind=IntakeKind.NEEDS, concluded_on__lte=until)
    of_company = SessionNeed.objects.filter(
        session=OuterRef("session"), company=OuterRef("company"), recorded_on__lte=until
    ).exclude(conclusion="")
    return rows.exclude(Exists(own)).exclude(Exists(of_company))


def _positioned(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    return rows.exclude(
        Exists(Intake.objects.filter(enrolment=OuterRef("pk"), kind=IntakeKind.POSITIONING, answered_on__lte=until))
    )


def _agreed(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    """Those paid by the CPF alone have its general terms."""
    paid = Funding.objects.filter(enrolment=OuterRef("pk"))
    by_cpf = Exists(paid.filter(funder__kind=FunderKind.CPF)) & ~Exists(paid.exclude(funder__kind=FunderKind.CPF))
    signed = Issued.objects.filter(
        kind__in=_SIGNED, issued_on__lte=until, signed_on__lte=until, cancelled_at__isnull=True, session=OuterRef("session")
    )
    own, whole = signed.filter(enrolment=OuterRef("pk")), signed.filter(enrolment__isnull=True, company__isnull=True)
    of_company = signed.filter(enrolment__isnull=True, company=OuterRef("company"))
    return rows.exclude(by_cpf).exclude(Exists(own)).exclude(Exists(whole)).exclude(Exists(of_company))


def _told(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    sent = Sending.objects.filter(
        document__enrolment=OuterRef("pk"),
        document__kind=DocumentKind.CONVOCATION,
        document__cancelled_at__isnull=True,
        sent_at__lt=end_of(until),
    )
    return rows.exclude(Exists(sent))


def _results(until: date) -> QuerySet[ObjectiveResult]:
    return ObjectiveResult.objects.filter(enrolment=OuterRef("pk"), dated_on__lte=until).exclude(moment=Moment.ENTRY)


def _evaluated(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    return rows.filter(ENROLLED).exclude(Exists(_results(until)))


def _by_objective(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    """A session that follows no programme has no such result."""
    objectives = Objective.objects.filter(programme=OuterRef("session__programme")).order_by().values("programme")
    seen = _results(until).order_by().values("enrolment").annotate(number=Count("objective", distinct=True)).values("number")
    counted = rows.filter(ENROLLED).annotate(
        wanted=Subquery(objectives.annotate(number=Count("pk")).values("number")), seen=Subquery(seen)
    )
    return counted.filter(Q(wanted__isnull=True) | Q(seen__isnull=True) | Q(seen__lt=F("wanted")))


def _certified(rows: QuerySet[Enrolment], until: date) -> QuerySet[Enrolment]:
    issued = Issued.objects.filter(
        enrolment=OuterRef("pk"), kind__in=_AT_THE_END, issued_on__lte=until, cancelled_at__isnull=True
    )
    return rows.filter(ENROLLED).exclude(Exists(issued))


def _presented(rows: QuerySet[Enrolment], until: date, today: date) -> QuerySet[Enrolment]:
    followed = rows.filter(presented_by(until, today)).order_by().values("pk")
    return rows.filter(CANDIDATE).exclude(pk__in=followed)


_PEOPLE: dict[Lack, Callable[[QuerySet[Enrolment], date], QuerySet[Enrolment]]] = {
    Lack.NEEDS: _needs,
    Lack.POSITIONED: _positioned,
    Lack.AGREED: _agreed,
    Lack.TOLD: _told,
    Lack.EVALUATED: _evaluated,
    Lack.BY_OBJECTIVE: _by_objective,
    Lack.CERTIFIED: _certified,
}


def _half_days(kind: Lack, sessions: Collection[UUID], *, until: date, today: date) -> Lines:
    """Half-days held of which somebody's line, or the trainer's signature, lacks; at a distance, somebody's minutes."""
    held = HalfDay.objects.filter(session__in=sessions, day__lt=today)
    marks = Mark.objects.filter(session__in=sessions, created_at__lt=end_of(until))
    if kind is Lack.REMOTE:
        held = held.filter(remote=True)
        timed = Q(kind=MarkKind.PRESENT, minutes__isnull=False) | Q(kind__in=_ABSENT)
        marks = marks.filter(timed, superseded_by__isnull=True)
    else:
        marks = marks.filter(supersedes__isnull=True)
    told: defaultdict[UUID, set[UUID | None]] = defaultdict(set)
    signed: set[UUID] = set()
    for half_day, enrolment, mark in marks.order_by().values_list("half_day_id", "enrolment_id", "kind"):
        if mark == MarkKind.COUNTERSIGNED:
            signed.add(half_day)
        else:
            told[half_day].add(enrolment)
    people: defaultdict[UUID, list[tuple[UUID, date, date]]] = defaultdict(list)
    rows = _began(sessions).order_by().values_list("session_id", "pk", "state", "joined_on", "ended_on")
    for session, enrolment, state, joined_on, ended_on in rows:
        gone_on = None if state == EnrolmentState.ENROLLED or ended_on is None or ended_on > until else ended_on
        people[session].append((enrolment, joined_on or date.min, gone_on or date.max))
    found: defaultdict[str, set[str]] = defaultdict(set)
    for pk, session, day in held.order_by().values_list("pk", "session_id", "day"):
        owed = {enrolment for enrolment, joined_on, gone_on in people[session] if joined_on <= day <= gone_on}
        if not owed <= told[pk] or (kind is Lack.REGISTER and pk not in signed):
            found[str(session)].add(str(pk))
    return {session: frozenset(half_days) for session, half_days in found.items()}
