"""Noting examinations, and publishing the rates of a certifying course."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.catalogue.models import Course
from trainings.learning.models import ExamResult, PublishedRates
from trainings.learning.queries import NOT_CANDIDATES, candidates_of, rates_of
from trainings.sessions.models import Session
from trainings.states import NOT_HELD


class ExamOutcome(models.TextChoices):
    """What came of an examination."""

    PENDING = "", gettext_lazy("pas encore")
    WAITING = "waiting", gettext_lazy("présenté, résultat attendu")
    PASSED = "passed", gettext_lazy("certification obtenue")
    FAILED = "failed", gettext_lazy("présenté, non obtenue")
    ABSENT = "absent", gettext_lazy("ne s’est pas présenté")
    DIRECTED = "directed", gettext_lazy("orienté vers le certificateur")


# What is said with a reason, and what supposes that the examination was held.
WITH_REASON = (ExamOutcome.ABSENT, ExamOutcome.DIRECTED)
SAT = (ExamOutcome.WAITING, ExamOutcome.PASSED, ExamOutcome.FAILED)


@dataclass(frozen=True, slots=True)
class ExamLine:
    """What is known of one candidate."""

    informed_on: date | None = None
    registered_on: date | None = None
    exam_on: date | None = None
    outcome: str = ""
    reason: str = ""

    @property
    def empty(self) -> bool:
        """Whether nothing is said."""
        return self == ExamLine()


def line_of(exam: ExamResult | None) -> ExamLine:
    """The line that a row stands for."""
    if exam is None:
        return ExamLine()
    if exam.sat:
        outcome = {True: ExamOutcome.PASSED, False: ExamOutcome.FAILED, None: ExamOutcome.WAITING}[exam.passed]
    elif exam.sat is False:
        outcome = ExamOutcome.ABSENT
    else:
        outcome = ExamOutcome.DIRECTED if exam.not_sat_reason else ExamOutcome.PENDING
    return ExamLine(exam.informed_on, exam.registered_on, exam.exam_on, outcome.value, exam.not_sat_reason)


def check_line(line: ExamLine, *, today: date) -> None:
    """Raise ValidationError, by field, when days and outcome contradict each other or are to come."""
    errors: dict[str, str] = {}
    for field in ("informed_on", "registered_on"):
        day = getattr(line, field)
        if day is not None and day > today:
            errors[field] = _("Ce jour est à venir : notez-le une fois fait.")
        elif day is not None and line.exam_on is not None and day > line.exam_on:
            errors[field] = _("Cela se fait avant l’examen : vérifiez les dates.")
    if line.outcome not in ExamOutcome.values:
        errors["outcome"] = _("Choisissez l’une des suites proposées.")
    if line.outcome in SAT:
        if line.exam_on is None:
            errors["exam_on"] = _("Dites le jour de l’examen.")
        elif line.exam_on > today:
            errors["outcome"] = _("Cet examen est à venir : personne ne s’y est encore présenté.")
    if line.outcome in WITH_REASON and not line.reason:
        errors["reason"] = _("Dites pourquoi, ou vers qui la personne est orientée.")
    elif line.outcome not in WITH_REASON and line.reason:
        errors["reason"] = _("Ce motif vaut pour qui ne se présente pas : effacez-le, ou changez la suite.")
    if errors:
        raise ValidationError(errors)


@transaction.atomic
def record_exams(*, session: Session, lines: Mapping[UUID, ExamLine], actor: User | None) -> int:
    """Note what is known of candidates, by enrolment; returns how many changed. An empty line takes away what was noted.

    Raises ValidationError when somebody is not in the session or withdrew, when they sat an examination by a session that is not held,
    and for what `check_line` refuses. Writes the journal.
    """
    today = timezone.localdate()
    known = {enrolment.pk: enrolment for enrolment in candidates_of(session)}
    changed: list[dict[str, Any]] = []
    rows: list[ExamResult] = []
    removed: list[UUID] = []
    for person, line in lines.items():
        enrolment = known.get(person)
        if enrolment is None:
            raise ValidationError(_("Cette personne n’est pas inscrite à cette session, ou s’est désistée."))
        check_line(line, today=today)
        before = line_of(getattr(enrolment, "exam", None))
        if before == line:
            continue
        if line.outcome in SAT and session.state in NOT_HELD:
            raise ValidationError(
                _("La session est au stade « %(state)s » : personne ne s’est présenté à un examen par elle.")
                % {"state": session.get_state_display()}
            )
        changed.append({"enrolment": str(person), "from": before.outcome, "to": line.outcome})
        if line.empty:
            removed.append(person)
        else:
            rows.append(_row(session, person, line))
    ExamResult.objects.filter(enrolment__in=removed).delete()
    ExamResult.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["enrolment"],
        update_fields=["informed_on", "registered_on", "exam_on", "sat", "passed", "not_sat_reason"],
    )
    if changed:
        record(
            verb="exam.recorded",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"changes": changed},
        )
    return len(changed)


def _row(session: Session, person: UUID, line: ExamLine) -> ExamResult:
    sat = True if line.outcome in SAT else False if line.outcome == ExamOutcome.ABSENT else None
    return ExamResult(
        organisation_id=session.organisation_id,
        enrolment_id=person,
        informed_on=line.informed_on,
        registered_on=line.registered_on,
        exam_on=line.exam_on,
        sat=sat,
        passed={ExamOutcome.PASSED: True, ExamOutcome.FAILED: False}.get(ExamOutcome(line.outcome)),
        not_sat_reason=line.reason,
    )


def set_exam_dates(
    *, session: Session, informed_on: date | None, registered_on: date | None, exam_on: date | None, actor: User | None
) -> int:
    """Give these days to every candidate of a session who has none; returns how many changed. Same rules as `record_exams`."""
    lines = {}
    for enrolment in candidates_of(session):
        line = line_of(getattr(enrolment, "exam", None))
        if enrolment.aim in NOT_CANDIDATES or line.outcome:
            continue
        lines[enrolment.pk] = ExamLine(
            line.informed_on or informed_on,
            line.registered_on or registered_on,
            line.exam_on or exam_on,
            line.outcome,
            line.reason,
        )
    return record_exams(session=session, lines=lines, actor=actor)


@transaction.atomic
def publish_rates(*, course: Course, from_day: date, to_day: date, actor: User | None) -> PublishedRates:
    """Compute the rates of a course over a period and publish them today, frozen: number of people, period and formula stay with them.

    Raises ValidationError when the period is upside down or not over, when nobody was enrolled in it, or when nothing is known yet of
    any examination: a rate of zero would be false. Writes the journal.
    """
    if to_day < from_day:
        raise ValidationError({"to_day": _("La période finit après avoir commencé.")})
    if to_day > timezone.localdate():
        raise ValidationError({"to_day": _("Cette période n’est pas finie : choisissez un jour passé.")})
    rates = rates_of(course, from_day=from_day, to_day=to_day)
    if not rates.enrolled:
        raise ValidationError(_("Personne n’a terminé cette formation sur la période : il n’y a pas de taux à publier."))
    if rates.waiting == rates.enrolled:
        raise ValidationError(_("Aucun résultat d’examen n’est noté sur la période : notez-les, puis publiez."))
    published: PublishedRates = PublishedRates.objects.create(
        organisation_id=course.organisation_id,
        course=course,
        from_day=from_day,
        to_day=to_day,
        enrolled=rates.enrolled,
        presented=rates.presented,
        passed=rates.passed,
        published_on=timezone.localdate(),
        published_by=actor,
    )
    record(
        verb="rates.published",
        actor=actor,
        organisation_id=course.organisation_id,
        target=course,
        details={
            "from": f"{from_day}",
            "to": f"{to_day}",
            "n": rates.enrolled,
            "presented": rates.presented,
            "passed": rates.passed,
        },
    )
    return published
