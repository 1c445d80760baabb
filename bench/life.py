"""What the work leaves around the sessions of a large organisation: half-days signed by everybody, needs, agreements,
adaptations, results, examinations, certificates."""

import random
import uuid
from collections.abc import Iterator
from datetime import datetime, time, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from bench.rows import create, digest
from qualiopi.files.models import StoredFile
from qualiopi.organisations.models import Organisation
from trainings.adaptations.models import AdaptationRequest, Measure, MeasureKind, MeasureState, Wish
from trainings.attendance.models import Mark, MarkKind, MarkMethod
from trainings.catalogue.models import Course, Objective, Programme
from trainings.documents.models import DocumentKind, Issued, Sending
from trainings.learning.models import Acquired, ExamResult, Intake, IntakeDecision, IntakeKind, Moment, ObjectiveResult
from trainings.people.models import Trainer, TrainerRecord
from trainings.sessions.models import DayPart, Enrolment, HalfDay, Modality, Session, SessionTrainer

OBJECTIVES = 4
TIMES = {DayPart.MORNING: (time(9), time(12, 30)), DayPart.AFTERNOON: (time(13, 30), time(17))}


def lay_life(organisation: Organisation, held: list[Session], chance: random.Random, *, until: Any) -> None:
    """Everything that finished sessions leave; sessions to come have their half-days. One person in thirty is absent."""
    enrolments: dict[uuid.UUID, list[Enrolment]] = {}
    for enrolment in Enrolment.objects.for_organisation(organisation).order_by("pk"):
        enrolments.setdefault(enrolment.session_id, []).append(enrolment)
    finished = [session for session in held if session.ends_on is not None and session.ends_on < until]
    objectives = lay_programmes(organisation, held)
    lay_register(organisation, held, finished, enrolments, chance)
    people = [enrolment for session in finished for enrolment in enrolments[session.pk]]
    starts = {session.pk: session.starts_on for session in held}
    ends = {session.pk: session.ends_on for session in held}
    courses = {session.pk: session.course_id for session in held}
    own = {"organisation": organisation}
    create(
        Intake,
        (
            Intake(
                **own, enrolment=person, kind=kind, answered_on=starts[person.session_id] - timedelta(days=5),
                decision=IntakeDecision.ACCEPT, conclusion="Rien à adapter.",
                concluded_on=starts[person.session_id] - timedelta(days=3),
            )
            for person in people
            for kind in IntakeKind
        ),
    )  # fmt: skip
    lay_adaptations(organisation, people, starts)
    create(
        ObjectiveResult,
        (
            ObjectiveResult(
                **own, enrolment=person, objective=objective, moment=Moment.EXIT, level=Acquired.YES,
                dated_on=ends[person.session_id],
            )
            for person in people
            for objective in objectives[courses[person.session_id]]
        ),
    )  # fmt: skip
    for kind, days in ((DocumentKind.CONVOCATION, starts), (DocumentKind.COMPLETION, ends)):
        lay_documents_issued(organisation, people, kind, days)
    lay_agreements(organisation, people, starts)
    lay_exams(organisation, people, ends)
    for_trainers = Trainer.objects.for_organisation(organisation)
    create(
        TrainerRecord,
        (
            TrainerRecord(**own, trainer=trainer, kind=kind, title=kind, title_key=kind, dated_on=held[0].starts_on, note="Vu.")
            for trainer in for_trainers
            for kind in ("cv", "diploma", "training", "interview")
        ),
    )


def lay_adaptations(organisation: Organisation, people: list[Enrolment], starts: dict[uuid.UUID, Any]) -> None:
    """Everybody is asked; one in forty says yes, and two adaptations are decided, of which one was carried out."""
    own = {"organisation": organisation}
    asked = []
    for n, person in enumerate(people):
        day = starts[person.session_id] - timedelta(days=5)
        request = AdaptationRequest(**own, enrolment=person, wish=Wish.NO, answered_on=day)
        if n % 40 == 0:
            request.wish, request.need, request.decision, request.decided_on = Wish.YES, "Du temps.", "Pauses plus longues.", day
        asked.append(request)
    create(AdaptationRequest, asked)
    create(
        Measure,
        (
            Measure(**own, request=request, kind=MeasureKind.PACE, text="Pauses plus longues.", state=state, state_on=request.answered_on)
            for request in asked
            if request.wish == Wish.YES
            for state in (MeasureState.DONE, MeasureState.PLANNED)
        ),
    )  # fmt: skip


def lay_agreements(organisation: Organisation, people: list[Enrolment], starts: dict[uuid.UUID, Any]) -> None:
    """One agreement per session and company, signed by nine companies in ten."""
    own = {"organisation": organisation}
    parties = list(dict.fromkeys((person.session_id, person.company_id) for person in people))
    kind = DocumentKind.AGREEMENT
    files = lay_files(organisation, kind, len(parties))
    create(
        Issued,
        (
            Issued(
                **own, kind=kind, number=f"{kind}-{n}", session_id=session, company_id=company, file=file,
                issued_on=starts[session] - timedelta(days=20),
                signed_on=starts[session] - timedelta(days=15) if n % 10 else None,
            )
            for n, ((session, company), file) in enumerate(zip(parties, files, strict=True))
        ),
    )  # fmt: skip


def lay_exams(organisation: Organisation, people: list[Enrolment], ends: dict[uuid.UUID, Any]) -> None:
    """Who aims at a certification is told, registered, and sits the examination; one in ten fails."""
    certifying = set(Session.objects.for_organisation(organisation).filter(course__certifying=True).values_list("pk", flat=True))
    create(
        ExamResult,
        (
            ExamResult(
                organisation=organisation, enrolment=person, informed_on=day - timedelta(days=30),
                registered_on=day - timedelta(days=20), exam_on=day, sat=True, passed=n % 10 != 0,
            )
            for n, person in enumerate(person for person in people if person.session_id in certifying)
            for day in [ends[person.session_id]]
        ),
    )  # fmt: skip


def lay_programmes(organisation: Organisation, held: list[Session]) -> dict[uuid.UUID, list[Objective]]:
    """One version in force per course, which its sessions follow; course -> its objectives."""
    courses = list(Course.objects.for_organisation(organisation))
    programmes = create(
        Programme,
        (Programme(organisation=organisation, course=course, number=1, in_force_from=held[0].starts_on) for course in courses),
    )
    objectives = create(
        Objective,
        (
            Objective(programme=programme, position=n, text=f"Objectif {n}", evaluation="mise en situation")
            for programme in programmes
            for n in range(OBJECTIVES)
        ),
    )
    found: dict[uuid.UUID, list[Objective]] = {}
    for objective in objectives:
        found.setdefault(objective.programme.course_id, []).append(objective)
    by_course = {programme.course_id: programme for programme in programmes}
    for session in held:
        session.programme = by_course[session.course_id]
    Session.objects.bulk_update(held, ["programme"], batch_size=500)
    return found


def lay_register(
    organisation: Organisation,
    held: list[Session],
    finished: list[Session],
    enrolments: dict[uuid.UUID, list[Enrolment]],
    chance: random.Random,
) -> None:
    """Two half-days a day, each signed by everybody and countersigned by who leads."""
    leading = dict(SessionTrainer.objects.filter(session__organisation=organisation).values_list("session", "trainer"))
    half_days = create(
        HalfDay,
        (
            HalfDay(
                organisation=organisation, session=session, day=session.starts_on + timedelta(days=day), part=part,
                starts_at=TIMES[part][0], ends_at=TIMES[part][1], remote=session.modality == Modality.REMOTE,
                trainer_id=leading[session.pk],
            )
            for session in held
            for day in range((session.ends_on - session.starts_on).days + 1)
            for part in TIMES
        ),
    )  # fmt: skip
    over = {session.pk for session in finished}
    create(Mark, marks(organisation, [half_day for half_day in half_days if half_day.session_id in over], enrolments, chance))


def marks(
    organisation: Organisation, half_days: list[HalfDay], enrolments: dict[uuid.UUID, list[Enrolment]], chance: random.Random
) -> Iterator[Mark]:
    """A line per person, then that of the trainer."""
    numbers: dict[uuid.UUID, count[int]] = {}
    for half_day in half_days:
        following = numbers.setdefault(half_day.session_id, count(1))
        signed_at = timezone.make_aware(datetime.combine(half_day.day, half_day.ends_at))
        line = {"organisation": organisation, "session_id": half_day.session_id, "half_day": half_day, "signed_at": signed_at}
        for person in enrolments[half_day.session_id]:
            absent = chance.random() < 1 / 30
            yield Mark(
                **line, number=next(following), enrolment=person, kind=MarkKind.ABSENT if absent else MarkKind.PRESENT,
                method=MarkMethod.CONNECTION if half_day.remote else MarkMethod.DRAWN,
                minutes=210 if half_day.remote and not absent else None, once=uuid.uuid4(), fingerprint="0" * 64,
                drawing="" if half_day.remote else "M10 20L30 40L50 60L70 80L90 100",
            )  # fmt: skip
        yield Mark(
            **line, number=next(following), trainer_id=half_day.trainer_id, kind=MarkKind.COUNTERSIGNED,
            method=MarkMethod.CONFIRMED, once=uuid.uuid4(), fingerprint="0" * 64,
        )  # fmt: skip


def lay_files(organisation: Organisation, kind: str, number: int) -> list[StoredFile]:
    """That many rows of files of one kind of document."""
    return create(
        StoredFile,
        (
            StoredFile(
                organisation=organisation, name=f"{kind}-{n}.pdf", path=f"{organisation.pk}/{kind}/{n}", size=40_000,
                sha256=digest(f"{organisation.slug} {kind} {n}"), crc32=n, media_type="application/pdf",
            )
            for n in range(number)
        ),
    )  # fmt: skip


def lay_documents_issued(organisation: Organisation, people: list[Enrolment], kind: str, days: dict[uuid.UUID, Any]) -> None:
    """One document per person, with its file; those sent before the start leave ten days before it."""
    own = {"organisation": organisation}
    files = lay_files(organisation, kind, len(people))
    issued = create(
        Issued,
        (
            Issued(
                **own, kind=kind, number=f"{kind}-{n}", session_id=person.session_id, enrolment=person, file=file,
                issued_on=days[person.session_id] - timedelta(days=10 if kind == DocumentKind.CONVOCATION else -1),
            )
            for n, (person, file) in enumerate(zip(people, files, strict=True))
        ),
    )  # fmt: skip
    if kind == DocumentKind.CONVOCATION:
        create(
            Sending,
            (
                Sending(
                    **own, document=document, email="stagiaire@exemple.fr", expires_on=document.issued_on + timedelta(days=365),
                    token_hash=digest(f"{organisation.slug} {document.number}"),
                    sent_at=timezone.make_aware(datetime.combine(document.issued_on, time(9))),
                )
                for document in issued
            ),
        )  # fmt: skip
