"""What can be done with sessions and enrolments. Each verb checks that everything belongs to the same organisation."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from trainings.people.models import Company, Funder, Trainee, Trainer
from trainings.sessions.models import Enrolment, EnrolmentState, Session


def save_session(
    *,
    organisation: Organisation,
    fields: Mapping[str, Any],
    trainers: Iterable[Trainer],
    actor: User | None,
    session: Session | None = None,
) -> Session:
    """Create a session, or change one. `fields` are model fields by name.

    Writes the journal with the names of the fields that changed. Raises ValidationError (French sentences by field) on a broken
    rule, and for a course, trainer or subcontractor of another organisation.
    """
    trainers = list(trainers)
    with transaction.atomic():
        if session is None:
            session, verb = Session(organisation=organisation), "session.create"
        else:
            session, verb = (
                Session.objects.for_organisation(organisation).select_for_update().get(pk=session.pk),
                "session.change",
            )
        changed = set_fields(session, fields)
        _same_organisation(organisation, session.course, session.given_to, *trainers)
        session.full_clean()
        session.save()
        session.trainers.set(trainers)
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=session, details={"fields": changed})
    return session


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
    _same_organisation(session.organisation, trainee, company, funder)
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


def _same_organisation(organisation: Organisation, *rows: Any) -> None:
    """Raise ValidationError when a row belongs to another organisation: a posted identifier proves nothing."""
    if any(row is not None and row.organisation_id != organisation.pk for row in rows):
        raise ValidationError(_("Cet élément n’existe pas dans votre organisme."))
