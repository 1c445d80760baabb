"""Making and changing a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from trainings.people.models import Trainer
from trainings.sessions.models import Session
from trainings.sessions.verbs.tenancy import same_organisation


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
        same_organisation(organisation, session.course, session.given_to, *trainers)
        session.full_clean()
        session.save()
        session.trainers.set(trainers)
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=session, details={"fields": changed})
    return session
