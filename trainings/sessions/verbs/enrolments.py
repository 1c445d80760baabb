"""Who is enrolled, and who leaves."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from trainings.people.models import Company, Funder, Trainee
from trainings.sessions.models import Enrolment, EnrolmentState, Session
from trainings.sessions.verbs.tenancy import same_organisation


def enrol(
    *,
    session: Session,
    trainee: Trainee,
    actor: User | None,
    company: Company | None = None,
    funder: Funder | None = None,
    has_company: bool | None = None,
    has_funder: bool | None = None,
    funder_file_number: str = "",
) -> Enrolment:
    """Enrol a trainee; writes the journal. Raises ValidationError when already enrolled or when something belongs elsewhere."""
    same_organisation(session.organisation, trainee, company, funder)
    enrolment = Enrolment(
        organisation=session.organisation,
        session=session,
        trainee=trainee,
        company=company,
        funder=funder,
        has_company=True if company else has_company,
        has_funder=True if funder else has_funder,
        funder_file_number=funder_file_number,
    )
    enrolment.full_clean()
    with transaction.atomic():
        enrolment.save()
        record(verb="enrolment.create", actor=actor, organisation_id=session.organisation_id, target=enrolment)
    return enrolment


def end_enrolment(*, enrolment: Enrolment, state: str, ended_on: date, actor: User | None) -> Enrolment:
    """Note that somebody withdrew, interrupted or abandoned on a day; writes the journal.

    Raises ValidationError when the state is not an ending, or when a withdrawal is dated after the first day.
    """
    if state not in (EnrolmentState.WITHDRAWN, EnrolmentState.INTERRUPTED, EnrolmentState.ABANDONED):
        raise ValidationError({"state": _("Choisissez un désistement, une interruption ou un abandon.")})
    starts_on = enrolment.session.starts_on
    if state == EnrolmentState.WITHDRAWN and starts_on and ended_on > starts_on:
        raise ValidationError(
            {"ended_on": _("Un désistement précède le premier jour ; après, c’est une interruption ou un abandon.")}
        )
    with transaction.atomic():
        locked: Enrolment = Enrolment.objects.for_organisation(enrolment.organisation).select_for_update().get(pk=enrolment.pk)
        locked.state, locked.ended_on = state, ended_on
        locked.save(update_fields=["state", "ended_on"])
        record(verb="enrolment.end", actor=actor, organisation_id=locked.organisation_id, target=locked, details={"state": state})
    return locked
