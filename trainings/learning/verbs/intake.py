"""Needs and positioning: what people answer, what is drawn from it (indicators 4 and 8)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.adaptations.models import AdaptationRequest
from trainings.adaptations.verbs import record_answer
from trainings.learning.asking import ADAPTATION, ADAPTATION_NEED, APART, questionnaire_for
from trainings.learning.models import Intake, IntakeDecision, IntakeDraft, IntakeKind, IntakeSource, SessionNeed
from trainings.learning.queries.intake import kinds_left
from trainings.people.models import Company
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.sessions.verbs import tick_step
from trainings.sessions.verbs.dates import refuse_when_closed
from trainings.surveys.answers import read_all
from trainings.surveys.questionnaire import Questionnaire

_UNSAID = {
    IntakeDecision.ADAPT: gettext_lazy("Dites ce que vous adaptez : contenu, rythme, exemples, groupe…"),
    IntakeDecision.REDIRECT: gettext_lazy("Dites vers quoi vous orientez la personne, et pourquoi."),
}


class MissingAnswer(ValidationError):
    """A required question has no answer; `question` is its key."""

    def __init__(self, message: str, question: str) -> None:
        super().__init__(message)
        self.question = question


def keep_draft(*, enrolment: Enrolment, values: Mapping[str, str], today: date) -> None:
    """Keep what somebody typed by their link, not sent yet, for when they come back; empty values forget.

    The answer about an adaptation goes at once to the restricted room and is never in the draft; raises ValidationError when that
    room refuses it. No line in the journal for a draft.
    """
    with transaction.atomic():
        wish = values.get(ADAPTATION, "")
        if wish:
            need = values.get(ADAPTATION_NEED, "")
            record_answer(enrolment=enrolment, wish=wish, need=need, answered_on=today, actor=None)
        draft, _made = IntakeDraft.objects.select_for_update().get_or_create(
            enrolment=enrolment, defaults={"organisation_id": enrolment.organisation_id}
        )
        kept = {**draft.answers, **{key: value for key, value in values.items() if key not in APART}}
        draft.answers = {key: value for key, value in kept.items() if value.strip()}
        draft.save()


def send_intake(*, enrolment: Enrolment, today: date) -> list[Intake]:
    """Send what a person answered by their link: one row for each kind that had none; the draft goes.

    Twice the same sending keeps one answer. Raises MissingAnswer (a French sentence and the key of the question) when a required
    question has no answer, ValidationError when a value is wrong. Writes the journal.
    """
    with transaction.atomic():
        draft = IntakeDraft.objects.select_for_update().filter(enrolment=enrolment).first()
        typed = draft.answers if draft else {}
        made = []
        for kind in kinds_left(enrolment):
            questionnaire = questionnaire_for(kind, enrolment.session)
            _check_required(questionnaire, typed, enrolment)
            values = _read(questionnaire, typed)
            intake, is_new = Intake.objects.get_or_create(
                enrolment=enrolment,
                kind=kind,
                defaults={"organisation_id": enrolment.organisation_id, "answers": values, "answered_on": today},
            )
            if is_new:
                made.append(intake)
        if draft:
            draft.delete()
        if made:
            record(verb="intake.answered", actor=None, organisation_id=enrolment.organisation_id, target=enrolment)
    return made


def type_intake(
    *,
    enrolment: Enrolment,
    kind: str,
    source: str,
    answered_on: date,
    values: Mapping[str, object],
    actor: User | None,
) -> Intake:
    """Keep what a person said in an interview or on paper, or correct it; blanks are allowed, one answer is needed.

    Raises ValidationError for an unknown kind or way, a closed session, a day to come, values that the questionnaire does not offer, or
    answers from which something was already drawn. The adaptation question has its own form in the restricted room. Writes the journal.
    """
    if kind not in IntakeKind.values or source not in (IntakeSource.INTERVIEW, IntakeSource.PAPER):
        raise ValidationError(_("Choisissez un entretien ou un questionnaire papier."))
    refuse_when_closed(enrolment.session)
    _check_day(answered_on, "answered_on")
    given = _read(questionnaire_for(kind, enrolment.session), values)
    with transaction.atomic():
        known = Intake.objects.select_for_update().filter(enrolment=enrolment, kind=kind).first()
        if known is not None and known.concluded_on is not None:
            raise ValidationError(_("Une conclusion a déjà été tirée de ces réponses : elles ne changent plus."))
        intake = known or Intake(organisation_id=enrolment.organisation_id, enrolment=enrolment, kind=IntakeKind(kind))
        intake.answers, intake.source, intake.answered_on = given, IntakeSource(source), answered_on
        intake.full_clean()
        intake.save()
        record(
            verb="intake.typed",
            actor=actor,
            organisation_id=enrolment.organisation_id,
            target=enrolment,
            details={"kind": kind, "source": source},
        )
    return intake


def conclude_intake(
    *,
    intake: Intake,
    decision: str,
    conclusion: str,
    concluded_on: date,
    actor: User | None,
    prerequisites_met: bool | None = None,
) -> Intake:
    """Keep what is decided from an answer, in which words, and whether the prerequisites were checked (indicators 4 and 8).

    Nothing to change needs no words: « Rien à adapter. » is written. Raises ValidationError for an unknown decision, for a closed
    session, without saying what is adapted or where the person is sent, or on a day before the answer or to come. Writes the journal.
    """
    if decision not in IntakeDecision.values:
        raise ValidationError({"decision": _("Choisissez : accueillir, adapter, ou orienter autrement.")})
    if not conclusion.strip() and decision != IntakeDecision.ACCEPT:
        raise ValidationError({"conclusion": _UNSAID[IntakeDecision(decision)]})
    _check_day(concluded_on, "concluded_on")
    with transaction.atomic():
        fresh: Intake = Intake.objects.select_for_update().get(pk=intake.pk)
        refuse_when_closed(fresh.enrolment.session)
        if concluded_on < fresh.answered_on:
            raise ValidationError({"concluded_on": _("On ne conclut pas avant d’avoir la réponse : vérifiez la date.")})
        fresh.decision, fresh.conclusion = IntakeDecision(decision), conclusion.strip() or _("Rien à adapter.")
        fresh.concluded_on, fresh.concluded_by = concluded_on, actor
        if fresh.kind == IntakeKind.POSITIONING:
            fresh.prerequisites_met = prerequisites_met
        fresh.full_clean()
        fresh.save()
        record(
            verb="intake.concluded",
            actor=actor,
            organisation_id=fresh.organisation_id,
            target=fresh.enrolment,
            details={"kind": fresh.kind, "decision": fresh.decision},
        )
        _tick_once_all_are_concluded(fresh.enrolment.session, actor)
    return fresh


def conclude_many(*, session: Session, intakes: Iterable[UUID], actor: User | None, today: date) -> int:
    """Conclude « rien à adapter » on several answers of one session at once; how many it was. Answers already concluded stay as they are.

    Raises ValidationError when none is chosen or the session is closed. Writes one line in the journal. A few queries, however many.
    """
    chosen = list(intakes)
    if not chosen:
        raise ValidationError(_("Cochez au moins une réponse."))
    refuse_when_closed(session)
    with transaction.atomic():
        concluded: int = Intake.objects.filter(
            organisation_id=session.organisation_id,
            enrolment__session=session,
            pk__in=chosen,
            concluded_on__isnull=True,
            answered_on__lte=today,
        ).update(decision=IntakeDecision.ACCEPT, conclusion=_("Rien à adapter."), concluded_on=today, concluded_by=actor)
        if concluded:
            record(
                verb="intake.concluded_many",
                actor=actor,
                organisation_id=session.organisation_id,
                target=session,
                details={"answers": concluded},
            )
            _tick_once_all_are_concluded(session, actor)
    return concluded


def _tick_once_all_are_concluded(session: Session, actor: User | None) -> None:
    """The step that asks for conclusions is done when everybody expected has both: nobody has to say it a second time."""
    concluded = Count("intakes", filter=Q(intakes__concluded_on__isnull=False))
    people = session.enrolments.exclude(state=EnrolmentState.WITHDRAWN)
    if people.annotate(concluded=concluded).filter(concluded__lt=len(IntakeKind)).exists():
        return
    for step in session.steps.filter(key="conclude", done_at__isnull=True, skipped_reason=""):
        tick_step(step=step, actor=actor)


def record_session_need(
    *, session: Session, company: Company | None, recorded_on: date, need: str, conclusion: str, actor: User | None
) -> SessionNeed:
    """Keep the need of a company, or of the group when `company` is None, with what it changes. Writes the journal.

    Raises ValidationError when one of the texts is empty, the session is closed, the day is to come, or the company is of another
    organisation.
    """
    refuse_when_closed(session)
    _check_day(recorded_on, "recorded_on")
    if company is not None and company.organisation_id != session.organisation_id:
        raise ValidationError(_("Cet élément n’existe pas dans votre organisme."))
    row = SessionNeed(
        organisation_id=session.organisation_id,
        session=session,
        company=company,
        recorded_on=recorded_on,
        need=need.strip(),
        conclusion=conclusion.strip(),
        recorded_by=actor,
    )
    row.full_clean()
    with transaction.atomic():
        row.save()
        record(verb="intake.session_need", actor=actor, organisation_id=session.organisation_id, target=session)
    return row


def _check_required(questionnaire: Questionnaire, typed: Mapping[str, str], enrolment: Enrolment) -> None:
    for question in questionnaire.questions:
        if not question.required:
            continue
        if question.key == ADAPTATION:
            given = AdaptationRequest.objects.filter(enrolment=enrolment).exists()
        else:
            given = bool(typed.get(question.key, "").strip())
        if not given:
            raise MissingAnswer(_("Il manque la réponse à « %(question)s »") % {"question": question.text}, question.key)


def _read(questionnaire: Questionnaire, values: Mapping[str, object]) -> dict[str, int | str]:
    """The answers of this questionnaire among these values, checked; what is kept apart is never among them."""
    keys = {question.key for question in questionnaire.questions} - APART
    return read_all(questionnaire, {key: value for key, value in values.items() if key in keys}, complete=False)


def _check_day(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("Ce jour n’est pas encore venu : vérifiez la date.")})
