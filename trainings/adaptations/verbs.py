"""What can be done with needs of adaptation: ask, decide with the person, follow each measure to its end.

Needs and measures only, never a diagnosis (regulation §10: a special category of data). The lines of the journal name the session and
never the person: the journal is read and exported by more people than these rows.
"""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record, record_reading
from trainings.adaptations.models import AdaptationRequest, Measure, MeasureState, Wish
from trainings.sessions.models import Enrolment, Session


def record_answer(*, enrolment: Enrolment, wish: str, answered_on: date, actor: User | None, need: str = "") -> AdaptationRequest:
    """Keep what a person answered to the question (indicators 4 and 26); `actor` is None when they answered by their link.

    `wish`: yes, no, not_said. `need`: what would help, in their words; kept only with a yes, and a yes without words keeps what was
    said before. Writes the journal without name nor answer. Raises ValidationError for another answer, a day to come, or a
    different answer once a decision was taken with the person.
    """
    if wish not in Wish.values:
        raise ValidationError({"adaptation": _("Choisissez l’une des réponses proposées.")})
    _check_day(answered_on, "answered_on")
    said = need.strip() if wish == Wish.YES else ""
    with transaction.atomic():
        known = AdaptationRequest.objects.select_for_update().filter(enrolment=enrolment).first()
        if known is not None and known.decided_on is not None:
            if wish == known.wish and said in ("", known.need):
                return known
            raise ValidationError(
                {"adaptation": _("Une décision a déjà été prise avec vous : dites ce qui change à la personne qui vous suit.")}
            )
        request = known or AdaptationRequest(organisation_id=enrolment.organisation_id, enrolment=enrolment)
        if known is not None and wish == Wish.YES and not said:
            said = known.need
        request.wish, request.need, request.answered_on = Wish(wish), said, answered_on
        request.full_clean()
        request.save()
        _record("adaptation.answered", enrolment.session, actor)
    return request


def decide(*, request: AdaptationRequest, decision: str, decided_on: date, actor: User | None) -> AdaptationRequest:
    """Keep what was decided with the person: measures, a partner called, another way, or nothing needed (indicator 26).

    Raises ValidationError when no need was declared, without words, or on a day before the answer or to come. Writes the journal.
    """
    if not decision.strip():
        raise ValidationError({"decision": _("Dites ce qui a été décidé, même si rien n’est à changer.")})
    _check_day(decided_on, "decided_on")
    with transaction.atomic():
        fresh: AdaptationRequest = AdaptationRequest.objects.select_for_update().get(pk=request.pk)
        if fresh.wish != Wish.YES:
            raise ValidationError(_("Cette personne n’a pas déclaré de besoin : il n’y a rien à décider."))
        if decided_on < fresh.answered_on:
            raise ValidationError({"decided_on": _("Une décision suit la réponse de la personne : vérifiez la date.")})
        fresh.decision, fresh.decided_on, fresh.decided_by = decision.strip(), decided_on, actor
        fresh.full_clean()
        fresh.save()
        _record("adaptation.decided", fresh.enrolment.session, actor)
    return fresh


def add_measure(*, request: AdaptationRequest, kind: str, text: str, planned_on: date, actor: User | None) -> Measure:
    """Plan one measure that follows from a decision. Raises ValidationError before any decision. Writes the journal."""
    _check_day(planned_on, "planned_on")
    with transaction.atomic():
        fresh: AdaptationRequest = AdaptationRequest.objects.select_for_update().get(pk=request.pk)
        if fresh.decided_on is None:
            raise ValidationError(_("Notez d’abord ce qui a été décidé avec la personne ; les mesures en découlent."))
        measure = Measure(
            organisation_id=fresh.organisation_id,
            request=fresh,
            kind=kind,
            text=text.strip(),
            state_on=planned_on,
            updated_by=actor,
        )
        measure.full_clean()
        measure.save()
        _record("adaptation.measure_added", fresh.enrolment.session, actor)
    return measure


def follow_measure(*, measure: Measure, state: str, state_on: date, actor: User | None, reason: str = "") -> Measure:
    """Say where a measure stands since a day (indicator 10: under way, done, or given up with its reason). Writes the journal.

    Raises ValidationError for an unknown state, a day to come, or a measure given up without a reason.
    """
    if state not in MeasureState.values:
        raise ValidationError({"state": _("Choisissez l’un des états proposés.")})
    if state == MeasureState.GIVEN_UP and not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi cette mesure est abandonnée : le motif reste.")})
    _check_day(state_on, "state_on")
    with transaction.atomic():
        fresh: Measure = Measure.objects.select_for_update().get(pk=measure.pk)
        fresh.state, fresh.state_on, fresh.updated_by = MeasureState(state), state_on, actor
        fresh.reason = reason.strip() if state == MeasureState.GIVEN_UP else ""
        fresh.full_clean()
        fresh.save()
        _record("adaptation.measure_followed", fresh.request.enrolment.session, actor)
    return fresh


def note_reading(*, session: Session, actor: User, measures_only: bool = False) -> None:
    """Write in the journal that somebody opened the needs of adaptation of a session, or the measures alone."""
    record_reading(
        verb="adaptation.measures_read" if measures_only else "adaptation.read",
        actor=actor,
        organisation_id=session.organisation_id,
        target=session,
    )


def _record(verb: str, session: Session, actor: User | None) -> None:
    record(verb=verb, actor=actor, organisation_id=session.organisation_id, target=session)


def _check_day(day: date, field: str) -> None:
    if day > timezone.localdate():
        raise ValidationError({field: _("Ce jour n’est pas encore venu : vérifiez la date.")})
