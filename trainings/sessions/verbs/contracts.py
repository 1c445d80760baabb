"""A session run for another organisation, or given to a subcontractor: the contract, and the missions it leaves to whom."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import record
from trainings.people.models import Subcontract, Subcontractor
from trainings.sessions.models import Session, SessionKind
from trainings.sessions.verbs.dates import locked, refuse_when_closed
from trainings.sessions.verbs.tenancy import same_organisation


def run_for_another(
    *,
    session: Session,
    run_for: str,
    contract_reference: str,
    contract_signed_on: date | None,
    missions: Iterable[str],
    actor: User | None,
    upload: File[Any] | None = None,
) -> Session:
    """Say for which organisation the session is run, by which contract, with which missions (reading guide V9, subcontracting).

    Without missions none are said: every indicator is then looked at. A new file takes the place of the one before. Writes the
    journal. Raises ValidationError without a name, and RefusedFile (a French sentence) for a file that cannot be kept.
    """
    if not run_for.strip():
        raise ValidationError({"run_for": _("Donnez le nom de l’organisme qui vous confie la session.")})
    with all_or_nothing():
        stored = receive(organisation=session.organisation, upload=upload, actor=actor) if upload is not None else None
        with transaction.atomic():
            session = locked(session)
            refuse_when_closed(session)
            session.run_for, session.kind = run_for.strip(), SessionKind.SUBCONTRACTED
            session.contract_reference, session.contract_signed_on = contract_reference.strip(), contract_signed_on
            session.missions = list(missions) or None
            session.given_to = session.subcontract = None
            if stored is not None:
                stored.save()
                session.contract_file = stored
            session.full_clean()
            session.save()
            _note(session, actor, run_for=session.run_for, contract=session.contract_reference, missions=session.missions or [])
    return session


def give_to_subcontractor(
    *, session: Session, subcontractor: Subcontractor, subcontract: Subcontract | None, actor: User | None
) -> Session:
    """Give the session to a subcontractor, under a contract when there is one; its missions are those of the contract.

    Writes the journal. Raises ValidationError when the contract binds somebody else, does not hold on the first day (it is
    signed before, and not over), or when one of them belongs to another organisation.
    """
    same_organisation(session.organisation, subcontractor, subcontract)
    with transaction.atomic():
        session = locked(session)
        refuse_when_closed(session)
        if subcontract is not None:
            _check_contract(session, subcontractor, subcontract)
        session.given_to, session.subcontract = subcontractor, subcontract
        session.run_for, session.contract_reference = "", ""
        session.contract_signed_on = session.missions = session.contract_file = None
        session.full_clean()
        session.save()
        _note(session, actor, given_to=str(subcontractor), contract=str(subcontract or ""))
    return session


def run_for_ourselves(*, session: Session, actor: User | None) -> Session:
    """Say that the session is our own and that we run it; what was said of a contract goes. Writes the journal."""
    with transaction.atomic():
        session = locked(session)
        refuse_when_closed(session)
        session.run_for, session.contract_reference = "", ""
        session.contract_signed_on = session.missions = session.contract_file = None
        session.given_to = session.subcontract = None
        if session.kind == SessionKind.SUBCONTRACTED:
            session.kind = ""
        session.full_clean()
        session.save()
        _note(session, actor)
    return session


def _check_contract(session: Session, subcontractor: Subcontractor, subcontract: Subcontract) -> None:
    if subcontract.subcontractor_id != subcontractor.pk:
        raise ValidationError({"subcontract": _("Ce contrat lie un autre sous-traitant.")})
    day = session.starts_on
    if day is None:
        return
    if day < subcontract.valid_from or (subcontract.valid_until is not None and subcontract.valid_until < day):
        raise ValidationError({"subcontract": _("Ce contrat ne couvre pas le premier jour de la session.")})


def _note(session: Session, actor: User | None, **details: Any) -> None:
    record(verb="session.contract", actor=actor, organisation_id=session.organisation_id, target=session, details=details)
