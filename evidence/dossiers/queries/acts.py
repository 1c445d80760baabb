"""What was done around a session, each act or each count of acts as one row of one statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

from django.db.models import Case, CharField, Count, DateField, DateTimeField, F, Q, QuerySet, TextField, Value, When
from django.db.models.functions import Cast, Coalesce, NullIf, TruncDate

from trainings.attendance.models import ConnectionReport, FollowUp
from trainings.documents.models import Issued, Sending
from trainings.learning.models import Evaluation, ExamResult, Intake, ObjectiveResult, SessionNeed
from trainings.sessions.models import Enrolment, PastDeparture, Session, SessionChange, Step
from trainings.surveys.models import Campaign, Invitation, Response

MOVED = "moved"
_NO_DAY = Cast(Value(None), DateField())
_NO_MOMENT = Cast(Value(None), DateTimeField())


class Act(NamedTuple):
    """One row. ``day``, or ``at`` when the hour is known; ``again_on``: the day of a return. ``key``: a state, a kind, a subject;
    ``name``: how it is called; ``n`` of them were done that day, of which ``passed``."""

    day: date | None
    at: datetime | None
    again_on: date | None
    key: str
    name: str
    who: str
    words: str
    n: int
    passed: int

    @property
    def order(self) -> tuple[str, ...]:
        """In the order of time, then of names."""
        return (str(self.at or self.day), str(self.again_on), self.key, self.name, self.who, self.words)


def acts_of(session: Session) -> dict[str, list[Act]]:
    """By what was done, in the order of time. One query."""
    first, *others = _parts(session)
    found: defaultdict[str, list[Act]] = defaultdict(list)
    for what, *row in first.union(*others, all=True):
        found[what].append(Act(*row))
    for acts in found.values():
        acts.sort(key=lambda act: act.order)
    return found


def _parts(session: Session) -> Iterator[QuerySet[Any, Any]]:
    yield from _of_the_session(session)
    yield from _of_people(session)
    yield from _of_papers(session)


def _of_the_session(session: Session) -> Iterator[QuerySet[Any, Any]]:
    stayed = _same("starts_on") & _same("ends_on")
    state = Case(When(stayed, then=F("to_state")), default=Value(MOVED), output_field=CharField())
    changes = SessionChange.objects.filter(session=session)
    yield _one("changed", changes, at="created_at", key=state, who="made_by", words="reason")
    steps = Step.objects.filter(session=session, done_at__isnull=False, automatic=False)
    yield _one("done", steps, at="done_at", name="label", who="done_by", words="skipped_reason")
    needs = SessionNeed.objects.filter(session=session)
    yield _one("need", needs, day="recorded_on", name="company__name", who="recorded_by", words="conclusion")
    reports = ConnectionReport.objects.filter(half_day__session=session)
    yield _one("reported", reports, at="created_at", name="tool", who="created_by")
    yield _one("evaluated", Evaluation.objects.filter(session=session), day="held_on", name="title")
    yield _one("surveyed", Campaign.objects.filter(session=session), day="opened_on", key="questionnaire", who="created_by")
    reminded = Invitation.objects.filter(campaign__session=session, reminded_at__isnull=False)
    yield _counted("reminded", reminded, TruncDate("reminded_at"))
    answers = Response.objects.filter(campaign__session=session, answered_on__isnull=False)
    yield _counted("opinions", answers, F("answered_on"), key="campaign__questionnaire")


def _of_people(session: Session) -> Iterator[QuerySet[Any, Any]]:
    intakes = Intake.objects.filter(enrolment__session=session)
    yield _counted("answered", intakes, F("answered_on"), key="kind")
    concluded = intakes.filter(concluded_on__isnull=False)
    yield _counted("concluded", concluded, F("concluded_on"), key="decision", of="enrolment")
    gone = Enrolment.objects.filter(session=session, ended_on__isnull=False)
    yield _counted("left", gone, F("ended_on"), key="state")
    back = PastDeparture.objects.filter(enrolment__session=session)
    yield _one("came_back", back, day="left_on", again_on="came_back_on", key="state")
    followed = FollowUp.objects.filter(enrolment__session=session)
    yield _counted("followed", followed, F("contacted_on"), key="subject")
    results = ObjectiveResult.objects.filter(enrolment__session=session)
    yield _counted("noted", results, F("dated_on"), who="recorded_by", of="enrolment")
    sat = ExamResult.objects.filter(enrolment__session=session, exam_on__isnull=False, sat=True)
    yield _counted("sat", sat, F("exam_on"), passed=Count("pk", filter=Q(passed=True)))


def _of_papers(session: Session) -> Iterator[QuerySet[Any, Any]]:
    issued = Issued.objects.filter(session=session)
    yield _counted("issued", issued, F("issued_on"), key="kind", who="issued_by")
    cancelled = issued.filter(cancelled_at__isnull=False)
    yield _one(
        "cancelled", cancelled, at="cancelled_at", key="kind", name="number", who="cancelled_by", words="cancellation_reason"
    )
    signed = issued.filter(signed_on__isnull=False, cancelled_at__isnull=True)
    yield _counted("signed", signed, F("signed_on"), key="kind")
    sendings = Sending.objects.filter(document__session=session)
    yield _counted("sent", sendings.filter(sent_at__isnull=False), TruncDate("sent_at"), key="document__kind")
    yield _counted("opened", sendings.filter(opened_at__isnull=False), TruncDate("opened_at"), key="document__kind")


def _same(day: str) -> Q:
    """A change that left this day as it was."""
    return Q(**{f"from_{day}": F(f"to_{day}")}) | Q(**{f"from_{day}__isnull": True, f"to_{day}__isnull": True})


def _one(
    what: str,
    rows: QuerySet[Any],
    *,
    day: str = "",
    at: str = "",
    again_on: str = "",
    key: Any = "",
    name: str = "",
    who: str = "",
    words: str = "",
) -> QuerySet[Any, Any]:
    """An act for each row. ``who``: the account that did it, by its name, or else its address."""
    person = Coalesce(NullIf(F(f"{who}__full_name"), Value("")), F(f"{who}__email"), Value(""), output_field=TextField())
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .values_list(
            Value(what, TextField()),
            F(day) if day else _NO_DAY,
            F(at) if at else _NO_MOMENT,
            F(again_on) if again_on else _NO_DAY,
            _text(key),
            _text(name),
            person if who else _text(""),
            _text(words),
        )
        .annotate(n=Value(1), passed=Value(0))
    )
    return found


def _counted(
    what: str, rows: QuerySet[Any], day: Any, *, key: str = "", who: str = "", of: str = "pk", passed: Any = None
) -> QuerySet[Any, Any]:
    """An act for each day, key and account: ``n`` counts what is different in the column ``of``."""
    found: QuerySet[Any, Any] = (
        rows.order_by()
        .values_list(
            Value(what, TextField()),
            day,
            _NO_MOMENT,
            _NO_DAY,
            _text(key),
            _text(""),
            _text(f"{who}__full_name" if who else ""),
            _text(""),
        )
        .annotate(n=Count(of, distinct=of != "pk"), passed=Value(0) if passed is None else passed)
    )
    return found


def _text(column: Any) -> Any:
    """A column as text, empty where it says nothing."""
    if column == "":
        return Value("", TextField())
    return Coalesce(F(column) if isinstance(column, str) else column, Value(""), output_field=TextField())
