"""Reading needs and positioning: one session, one person, what a link opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Prefetch, QuerySet
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.optouts.queries import as_compared, refusing
from qualiopi.organisations.models import Organisation
from trainings.adaptations.queries import asked_of
from trainings.learning.asking import questionnaire_for
from trainings.learning.models import Intake, IntakeKind, SessionNeed
from trainings.sessions.models import Enrolment, EnrolmentLink, EnrolmentState, LinkPurpose, Session, SessionState, SessionTrainer
from trainings.states import NOT_HELD
from trainings.surveys.questionnaire import Question, Questionnaire

KINDS = (IntakeKind.NEEDS, IntakeKind.POSITIONING)
NOTHING_TO_ASK = NOT_HELD | {SessionState.CLOSED}


@dataclass(frozen=True, slots=True)
class Before:
    """One person enrolled, and what is known of them before the start. `asked`: the adaptation question has an answer."""

    enrolment: Enrolment
    needs: Intake | None
    positioning: Intake | None
    asked: bool
    link: EnrolmentLink | None
    # They want no reminder by e-mail any more.
    declined: bool

    @property
    def intakes(self) -> list[Intake]:
        """What they answered."""
        return [intake for intake in (self.needs, self.positioning) if intake is not None]

    @property
    def to_conclude(self) -> list[Intake]:
        """Answers from which nobody has drawn anything yet."""
        return [intake for intake in self.intakes if intake.concluded_on is None]

    @property
    def missing(self) -> list[str]:
        """What they have not answered yet."""
        return [kind for kind, intake in ((KINDS[0], self.needs), (KINDS[1], self.positioning)) if intake is None]

    @property
    def last_message(self) -> datetime | None:
        """When they were last written to."""
        return (self.link.reminded_at or self.link.sent_at) if self.link else None

    @property
    def written_on(self) -> date | None:
        """The day of that message."""
        return timezone.localdate(self.last_message) if self.last_message else None


def before_of(session: Session) -> list[Before]:
    """People of a session, by name, with what each said. Five queries. Those who withdrew before the first day are left out."""
    enrolments = list(
        _with_answers(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)).order_by(
            "trainee__last_name", "trainee__first_name", "pk"
        )
    )
    asked, refused = asked_of(enrolment.pk for enrolment in enrolments), refusing(session.organisation)
    return [_before(enrolment, enrolment.pk in asked, refused) for enrolment in enrolments]


def before_of_one(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Before:
    """One person's; Enrolment.DoesNotExist when it is not theirs to see. Five queries."""
    enrolments = Enrolment.objects.for_organisation(organisation).select_related("session__course", "session__programme")
    if led_by is not None:
        enrolments = enrolments.filter(session__in=SessionTrainer.objects.filter(trainer__user=led_by).values("session"))
    enrolment = _with_answers(enrolments).get(pk=pk)
    return _before(enrolment, enrolment.pk in asked_of([enrolment.pk]), refusing(organisation))


def _with_answers(enrolments: QuerySet[Enrolment]) -> QuerySet[Enrolment]:
    links = EnrolmentLink.objects.filter(purpose=LinkPurpose.INTAKE)
    read: QuerySet[Enrolment] = enrolments.select_related("trainee", "company").prefetch_related(
        Prefetch("intakes", queryset=Intake.objects.select_related("concluded_by")),
        Prefetch("links", queryset=links, to_attr="intake_links"),
    )
    return read


def _before(enrolment: Enrolment, asked: bool, refused: frozenset[str]) -> Before:
    by_kind = {intake.kind: intake for intake in enrolment.intakes.all()}
    links: list[EnrolmentLink] = enrolment.intake_links  # type: ignore[attr-defined]
    return Before(
        enrolment=enrolment,
        needs=by_kind.get(IntakeKind.NEEDS),
        positioning=by_kind.get(IntakeKind.POSITIONING),
        asked=asked,
        link=links[0] if links else None,
        declined=as_compared(enrolment.trainee.email) in refused,
    )


@dataclass(frozen=True, slots=True)
class BeforeCounts:
    """How a session stands before its start. `waiting`: who still owes an answer and can be written to."""

    people: int
    needs: int
    positioned: int
    asked: int
    to_conclude: int
    waiting: int
    never_written: int
    without_address: int


def counts_of(lines: list[Before]) -> BeforeCounts:
    """The counts of the lines already read; no query."""
    waiting = [line for line in lines if line.missing and line.enrolment.state == EnrolmentState.ENROLLED]
    return BeforeCounts(
        people=len(lines),
        needs=sum(line.needs is not None for line in lines),
        positioned=sum(line.positioning is not None for line in lines),
        asked=sum(line.asked for line in lines),
        to_conclude=sum(len(line.to_conclude) for line in lines),
        waiting=sum(bool(line.enrolment.trainee.email) for line in waiting),
        never_written=sum(line.last_message is None and bool(line.enrolment.trainee.email) for line in waiting),
        without_address=sum(not line.enrolment.trainee.email for line in waiting),
    )


def intake_of(organisation: Organisation, pk: UUID, *, led_by: User | None = None) -> Intake:
    """One answer with its person and session; Intake.DoesNotExist when it is not theirs to see."""
    intakes = Intake.objects.for_organisation(organisation).select_related("enrolment__trainee", "enrolment__session__course")
    if led_by is not None:
        own = SessionTrainer.objects.filter(trainer__user=led_by).values("session")
        intakes = intakes.filter(enrolment__session__in=own)
    found: Intake = intakes.get(pk=pk)
    return found


def session_needs(session: Session) -> QuerySet[SessionNeed]:
    """What companies, or the group, asked for this session, first said first."""
    needs: QuerySet[SessionNeed] = session.needs.select_related("company", "recorded_by")
    return needs


def readable(questionnaire: Questionnaire, answers: Mapping[str, object]) -> list[tuple[str, str]]:
    """Question and answer in words, in the order asked; what was left empty is left out."""
    return [
        (str(question.label), _words(question, answers[question.key]))
        for question in questionnaire.questions
        if question.key in answers
    ]


def answers_in_words(intake: Intake, session: Session) -> list[tuple[str, str]]:
    """What one person answered, in words. No query for needs, two for a positioning."""
    return readable(questionnaire_for(intake.kind, session), intake.answers)


def _words(question: Question, value: object) -> str:
    return dict(question.options).get(str(value), str(value))


def kinds_left(enrolment: Enrolment) -> list[str]:
    """What a person has not answered yet, in the order asked. One query."""
    answered = set(Intake.objects.filter(enrolment=enrolment).values_list("kind", flat=True))
    return [kind for kind in KINDS if kind not in answered]
