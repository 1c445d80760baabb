"""What is owed, by whom, since when: read from the board, the register and the steps. A constant number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from evidence.debts.models import Reminder
from evidence.readiness.engine.result import ExpectationResult, Outcome, Subject, SubjectKind
from evidence.readiness.links import way_to_mend
from evidence.readiness.queries import Board, board
from qualiopi.accounts.models import User
from qualiopi.organisations.models import Organisation
from trainings.attendance.models import Mark, MarkKind
from trainings.people.models import Trainer
from trainings.people.queries import unqualified_sessions
from trainings.sessions.models import EnrolmentState, HalfDay, SessionState, Step

# One reminder a week at most: own practice.
BETWEEN_REMINDERS = timedelta(days=7)
NOT_HELD = (SessionState.DRAFT, SessionState.CANCELLED, SessionState.POSTPONED)
# What whoever leads the session can mend; the rest of a session is the managers'.
BY_THE_TRAINER = frozenset(
    {
        "attendance_and_follow_up_traced",
        "remote_following_verified_2026",
        "session_learning_evaluated",
        "trainee_results_by_objective",
        "trainees_asked",
        "session_has_answers",
    }
)
OF_THE_FILE = frozenset({"trainer_profile_on_file", "staff_development_done"})


@dataclass(frozen=True, slots=True)
class Owed:
    """One thing owed. `trainers` or `user` can mend it; with neither, the team does. `session` is "" for what is of nobody's session."""

    what: str
    since: date
    indicator: int | None
    session: str
    label: str
    url: str
    action: str
    trainers: tuple[str, ...] = ()
    user: str = ""
    of_file: bool = False


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who owes something, the oldest first. `reminded_on`: their last reminder, if there is one."""

    key: str
    name: str
    email: str
    owed: tuple[Owed, ...]
    reminded_on: date | None
    trainer: Trainer | None = None
    user: User | None = None

    def may_be_reminded(self, today: date) -> bool:
        """Whether a message can leave today: an address, and nothing this week."""
        return bool(self.email) and (self.reminded_on is None or today - self.reminded_on >= BETWEEN_REMINDERS)


def owed_in(organisation: Organisation, *, today: date) -> list[Owed]:
    """Everything owed in an organisation, the oldest first. Reads only."""
    found = board(organisation=organisation, observed_on=today)
    owed = [
        *_of_board(found, today),
        *_of_register(organisation, today),
        *_of_steps(organisation, today),
        *_unqualified(organisation, today),
    ]
    return sorted(owed, key=lambda each: (each.since, each.label, each.what))


def _of_board(found: Board, today: date) -> Iterable[Owed]:
    sessions = {session.id: session for session in found.facts.sessions}
    first = {trainer.id: trainer.first_session_on for trainer in found.facts.trainers}
    slug = found.organisation.slug
    for status in found.statuses:
        for result in status.expectations:
            if result.outcome in (Outcome.NOT_TRACKED, Outcome.NOT_RELEVANT):
                continue
            expectation = result.expectation
            for subject in result.missing:
                if subject.kind is SubjectKind.SESSION:
                    session = sessions[subject.id]
                    trainers = session.trainer_ids if expectation.key in BY_THE_TRAINER else ()
                    since, of = session.last_day or session.first_day, session.id
                elif subject.kind is SubjectKind.TRAINER:
                    trainers = (subject.id,) if expectation.key in OF_THE_FILE else ()
                    since, of = first.get(subject.id) or today, ""
                else:
                    continue
                way = way_to_mend(slug, expectation, subject.kind, subject.id)
                yield Owed(
                    what=_without_label(result, subject),
                    since=min(since, today),
                    indicator=expectation.indicator,
                    session=of,
                    label=subject.label,
                    url=way.url,
                    action=str(way.label),
                    trainers=trainers,
                    of_file=subject.kind is SubjectKind.TRAINER,
                )


def _without_label(result: ExpectationResult, subject: Subject) -> str:
    said = result.sentence(subject)
    for separator in (" : ", "\u00a0: ", ": "):
        if said.startswith(subject.label + separator):
            rest = said[len(subject.label + separator) :]
            return rest[:1].upper() + rest[1:]
    return said


def _of_register(organisation: Organisation, today: date) -> Iterable[Owed]:
    """Half-days that are over, whose people did not all sign, or that nobody countersigned; one query for them, one for who leads."""
    countersigned = Mark.objects.filter(half_day=OuterRef("pk"), kind=MarkKind.COUNTERSIGNED)
    people = Q(session__enrolments__state=EnrolmentState.ENROLLED)
    first_lines = Q(marks__enrolment__isnull=False, marks__supersedes__isnull=True)
    rows = (
        HalfDay.objects.for_organisation(organisation)
        .filter(day__lt=today)
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .select_related("session")
        .prefetch_related("session__trainers")
        .annotate(
            countersigned=Exists(countersigned),
            people=Count("session__enrolments", filter=people, distinct=True),
            signed=Count("marks__enrolment", filter=first_lines, distinct=True),
        )
        .order_by("day", "starts_at")
    )
    for row in rows:
        if row.trainer_id:
            trainers: tuple[str, ...] = (str(row.trainer_id),)
        else:
            trainers = tuple(str(trainer.pk) for trainer in row.session.trainers.all())
        missing = []
        if row.people > row.signed:
            unsigned = {"half_day": row, "n": row.people - row.signed, "total": row.people}
            missing.append(_("%(half_day)s : signatures manquantes, %(n)s sur %(total)s.") % unsigned)
        if row.people and not row.countersigned:
            missing.append(_("%(half_day)s : à contresigner.") % {"half_day": row})
        for what in missing:
            yield Owed(
                what=what,
                since=row.day,
                indicator=12,
                session=str(row.session_id),
                label=row.session.reference,
                url=reverse("attendance:half_day", args=[organisation.slug, row.pk]),
                action=_("Compléter l’émargement"),
                trainers=trainers,
            )


def _of_steps(organisation: Organisation, today: date) -> Iterable[Owed]:
    steps: QuerySet[Step] = (
        Step.objects.for_organisation(organisation)
        .filter(due_on__lt=today, done_at__isnull=True, skipped_reason="")
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .select_related("session")
        .order_by("due_on", "created_at")
    )
    for step in steps:
        yield Owed(
            what=f"{step.label}. {step.problem}".strip(),
            since=step.due_on,
            indicator=None,
            session=str(step.session_id),
            label=step.session.reference,
            url=reverse("sessions:detail", args=[organisation.slug, step.session_id]),
            action=_("Voir la session"),
            trainers=(str(step.trainer_id),) if step.trainer_id else (),
            user=str(step.owner_id) if step.owner_id else "",
        )


def _unqualified(organisation: Organisation, today: date) -> Iterable[Owed]:
    for each in unqualified_sessions(organisation, from_day=today - timedelta(days=365), to_day=today):
        yield Owed(
            what=_("%(trainer)s : qualification exigée non valable ces jours-là (%(required)s).")
            % {"trainer": each.trainer, "required": each.required},
            since=each.first_day,
            indicator=21,
            session=str(each.session_id),
            label=each.reference,
            url=reverse("people:trainer", args=[organisation.slug, each.trainer_id]),
            action=_("Compléter le dossier"),
            trainers=(str(each.trainer_id),),
            of_file=True,
        )


def people_owing(organisation: Organisation, owed: list[Owed]) -> list[Person]:
    """Who owes what, the one who has owed longest first; three queries."""
    by_trainer: defaultdict[str, list[Owed]] = defaultdict(list)
    by_user: defaultdict[str, list[Owed]] = defaultdict(list)
    for each in owed:
        for identifier in each.trainers:
            by_trainer[identifier].append(each)
        if each.user:
            by_user[each.user].append(each)
    last: dict[tuple[UUID | None, object], date] = {}
    for trainer_id, user_id, sent in (
        Reminder.objects.for_organisation(organisation).order_by("sent_on").values_list("trainer_id", "user_id", "sent_on")
    ):
        last[(trainer_id, user_id)] = sent
    trainers = Trainer.objects.for_organisation(organisation).filter(pk__in=by_trainer).select_related("user", "link")
    found = []
    for trainer in trainers:
        email = trainer.email or (trainer.user.email if trainer.user else "")
        mine = tuple(by_trainer[str(trainer.pk)])
        found.append(Person(f"t-{trainer.pk}", str(trainer), email, mine, last.get((trainer.pk, None)), trainer=trainer))
    for user in User.objects.filter(pk__in=by_user, is_active=True):
        mine = tuple(by_user[str(user.pk)])
        found.append(Person(f"u-{user.pk}", str(user), user.email, mine, last.get((None, user.pk)), user=user))
    return sorted(found, key=lambda person: (person.owed[0].since, person.name))


def half_days_of(organisation: Organisation, user: User, *, day: date) -> list[HalfDay]:
    """The half-days of a day that this account leads; two queries."""
    rows = (
        HalfDay.objects.for_organisation(organisation)
        .filter(Q(trainer__user=user) | Q(trainer__isnull=True, session__trainers__user=user), day=day)
        .exclude(session__state__in=NOT_HELD)
        .select_related("session__course")
        .distinct()
        .order_by("starts_at", "pk")
    )
    return list(rows)
