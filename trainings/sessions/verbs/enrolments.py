"""Who is enrolled, who pays, and who leaves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from trainings.people.models import Company, Funder, Trainee
from trainings.sessions.guards import check_leaving
from trainings.sessions.models import Enrolment, EnrolmentState, Funding, PastDeparture, Session
from trainings.sessions.verbs.dates import locked as locked_session
from trainings.sessions.verbs.dates import refuse_when_closed
from trainings.sessions.verbs.tenancy import same_organisation

ENDINGS = (EnrolmentState.WITHDRAWN, EnrolmentState.INTERRUPTED, EnrolmentState.ABANDONED)


@dataclass(frozen=True, slots=True)
class FundingLine:
    """What one funder pays for one enrolment: `amount` in euros without tax, None when not known."""

    funder: Funder
    amount: Decimal | None = None
    file_number: str = ""


def enrol(
    *,
    session: Session,
    trainee: Trainee,
    actor: User | None,
    company: Company | None = None,
    fundings: Iterable[FundingLine] = (),
    has_company: bool | None = None,
    has_funder: bool | None = None,
    trainee_type: str = "",
    aim: str = "",
    price: Decimal | None = None,
    joined_on: date | None = None,
) -> Enrolment:
    """Enrol a trainee with who pays; writes the journal.

    `has_company` and `has_funder`: None when nobody said; a company or a funding named says yes. `trainee_type` and `aim` as the yearly
    report counts them (Cerfa 10443*17, frames F-1 and F-3). `price` in euros without tax. `joined_on`: the day they came, when the
    session had begun; nothing is owed before it. Raises ValidationError when already
    enrolled, when the session is closed, when a funder comes twice, when something belongs elsewhere, or when the session or the
    person's page has just been deleted.
    """
    lines = list(fundings)
    same_organisation(session.organisation, trainee, company, *(line.funder for line in lines))
    with transaction.atomic():
        # Neither the session nor the person is deleted, or merged with another, while somebody is enrolled.
        session = locked_session(session)
        refuse_when_closed(session)
        if not Trainee.objects.select_for_update().filter(pk=trainee.pk).exists():
            raise ValidationError(_("Quelqu’un vient de supprimer la fiche de cette personne, ou de la fusionner : recommencez."))
        enrolment = Enrolment(
            organisation=session.organisation,
            session=session,
            trainee=trainee,
            company=company,
            has_company=True if company else has_company,
            has_funder=True if lines else has_funder,
            trainee_type=trainee_type,
            aim=aim,
            price=price,
            joined_on=_since(session, joined_on),
        )
        enrolment.full_clean()
        enrolment.save()
        _pay(enrolment, lines)
        record(verb="enrolment.create", actor=actor, organisation_id=session.organisation_id, target=enrolment)
    return enrolment


def change_enrolment(
    *, enrolment: Enrolment, fields: Mapping[str, Any], fundings: Iterable[FundingLine], actor: User | None
) -> Enrolment:
    """Change what is known of an enrolment and who pays for it; `fundings` replaces the former lines.

    `fields`: `company`, `has_company`, `has_funder`, `trainee_type`, `aim`, `price`, `joined_on`. Writes the journal with the names of
    what changed, and nothing when nothing did. Raises ValidationError as `enrol` does.
    """
    lines = list(fundings)
    with transaction.atomic():
        locked = _locked(enrolment)
        same_organisation(locked.organisation, fields.get("company"), *(line.funder for line in lines))
        if "joined_on" in fields:
            fields = {**fields, "joined_on": _since(locked.session, fields["joined_on"])}
        changed = set_fields(locked, fields)
        for said, known in (("has_company", locked.company_id is not None), ("has_funder", bool(lines))):
            if known and getattr(locked, said) is not True:
                setattr(locked, said, True)
                changed = [*changed, said] if said not in changed else changed
        locked.full_clean()
        locked.save()
        before = {FundingLine(paid.funder, paid.amount, paid.file_number) for paid in locked.fundings.select_related("funder")}
        if before != set(lines) or len(before) != len(lines):
            locked.fundings.all().delete()
            _pay(locked, lines)
            changed = [*changed, "fundings"]
        if changed:
            record(
                verb="enrolment.change",
                actor=actor,
                organisation_id=locked.organisation_id,
                target=locked,
                details={"fields": changed},
            )
    return locked


def end_enrolment(
    *, enrolment: Enrolment, state: str, ended_on: date, reason: str, actor: User | None, action: str = ""
) -> Enrolment:
    """Note that somebody withdrew, interrupted or abandoned on a day, why, and what was done; writes the journal.

    The same verb completes or corrects what was noted (indicator 12 asks for the reason and what followed). Raises ValidationError
    when the state is not an ending, when the day contradicts the dates of the session or is to come, without a reason, when the
    session is closed, and when a guard objects (a certificate of completion in force has to be cancelled first).
    """
    if state not in ENDINGS:
        raise ValidationError({"state": _("Choisissez un désistement, une interruption ou un abandon.")})
    if not reason.strip():
        raise ValidationError({"end_reason": _("Dites pourquoi : le motif reste avec la date.")})
    _check_day(enrolment.session, state, ended_on)
    with transaction.atomic():
        locked = _locked(enrolment)
        refuse_when_closed(locked.session)
        check_leaving(locked)
        locked.state, locked.ended_on = EnrolmentState(state), ended_on
        locked.end_reason, locked.end_action = reason.strip(), action.strip()
        locked.full_clean()
        locked.save(update_fields=["state", "ended_on", "end_reason", "end_action"])
        record(verb="enrolment.end", actor=actor, organisation_id=locked.organisation_id, target=locked, details={"state": state})
    return locked


def resume_enrolment(*, enrolment: Enrolment, actor: User | None, came_back_on: date | None = None) -> Enrolment:
    """Have somebody who left follow the session again; the journal keeps what had been noted, and when.

    `came_back_on`: the day they came back; the departure then stays as a past one, with its reason and what was done. None: the
    departure had been noted by mistake, and goes. Raises ValidationError when the person never left, when the session is closed, or
    when the day of the return precedes the departure or is to come.
    """
    with transaction.atomic():
        locked = _locked(enrolment)
        refuse_when_closed(locked.session)
        if locked.state == EnrolmentState.ENROLLED:
            raise ValidationError(_("Cette personne est déjà inscrite."))
        former = {"state": locked.state, "ended_on": str(locked.ended_on or "")}
        if came_back_on is not None:
            _keep_departure(locked, came_back_on, actor)
            former["came_back_on"] = str(came_back_on)
        locked.state, locked.ended_on, locked.end_reason, locked.end_action = EnrolmentState.ENROLLED, None, "", ""
        locked.save(update_fields=["state", "ended_on", "end_reason", "end_action"])
        record(verb="enrolment.resume", actor=actor, organisation_id=locked.organisation_id, target=locked, details=former)
    return locked


def _keep_departure(enrolment: Enrolment, came_back_on: date, actor: User | None) -> None:
    """Keep the departure from which somebody comes back."""
    if enrolment.ended_on is None:
        raise ValidationError(_("Dites d’abord depuis quand la personne était partie : complétez le départ."))
    if came_back_on > timezone.localdate():
        raise ValidationError({"came_back_on": _("Ce jour n’est pas encore venu : notez un retour quand il a eu lieu.")})
    if came_back_on < enrolment.ended_on:
        raise ValidationError({"came_back_on": _("On ne revient pas avant d’être parti : vérifiez la date.")})
    past = PastDeparture(
        organisation_id=enrolment.organisation_id,
        enrolment=enrolment,
        state=enrolment.state,
        left_on=enrolment.ended_on,
        reason=enrolment.end_reason,
        action=enrolment.end_action,
        came_back_on=came_back_on,
        noted_by=actor,
    )
    past.full_clean()
    past.save()


def _check_day(session: Session, state: str, ended_on: date) -> None:
    """Raise ValidationError when a departure on this day makes no sense for this session."""
    first, last = session.starts_on, session.ends_on or session.starts_on
    fault = ""
    if ended_on > timezone.localdate():
        fault = _("Ce jour n’est pas encore venu : notez un départ quand il a eu lieu.")
    elif state == EnrolmentState.WITHDRAWN:
        if first and ended_on > first:
            fault = _("Un désistement précède le premier jour ; après, c’est une interruption ou un abandon.")
    elif first and ended_on < first:
        fault = _("La session n’avait pas commencé ce jour-là : c’est un désistement.")
    elif last and ended_on > last:
        fault = _("La session était finie ce jour-là : choisissez le dernier jour suivi.")
    if fault:
        raise ValidationError({"ended_on": fault})


def _since(session: Session, joined_on: date | None) -> date | None:
    """The day somebody came; None from the first day on. Raises ValidationError when the session was over by then."""
    first, last = session.starts_on, session.ends_on or session.starts_on
    if joined_on is None or first is None or joined_on <= first:
        return None
    if last is not None and joined_on > last:
        raise ValidationError({"joined_on": _("La session était finie ce jour-là : choisissez le premier jour suivi.")})
    return joined_on


def _locked(enrolment: Enrolment) -> Enrolment:
    locked: Enrolment = Enrolment.objects.for_organisation(enrolment.organisation).select_for_update().get(pk=enrolment.pk)
    return locked


def _pay(enrolment: Enrolment, lines: list[FundingLine]) -> None:
    """Write who pays, in the order given."""
    for line in lines:
        funding = Funding(
            organisation_id=enrolment.organisation_id,
            enrolment=enrolment,
            funder=line.funder,
            amount=line.amount,
            file_number=line.file_number.strip(),
        )
        funding.full_clean()
        funding.save()
