"""Making and changing a session."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.organisations.models import Organisation
from trainings.catalogue.models import Course
from trainings.catalogue.queries import programme_in_force
from trainings.people.models import Trainer
from trainings.sessions.calendar import Slot
from trainings.sessions.models import Session
from trainings.sessions.queries.coverage import said_by
from trainings.sessions.queries.schedule import free_half_days
from trainings.sessions.verbs.dates import follow_dates, follow_half_days, locked, refuse_when_closed
from trainings.sessions.verbs.half_days import lay_half_days
from trainings.sessions.verbs.steps import give_checklist, pass_on_steps
from trainings.sessions.verbs.tenancy import same_organisation


def save_session(
    *,
    organisation: Organisation,
    fields: Mapping[str, Any],
    trainers: Iterable[Trainer],
    actor: User | None,
    session: Session | None = None,
) -> Session:
    """Create a session, or change one. `fields` are model fields by name; the state of a session that exists has verbs of its own.

    A trainer who is taken off no longer leads the half-days nobody signed yet, and hands over their steps; steps and links follow
    the dates. Writes the journal with the names of the fields that changed; of dates, hours, place and modality, with both values. Raises
    ValidationError (French sentences by field) on a broken rule, for a closed session, and for a course, trainer or subcontractor of
    another organisation.
    """
    trainers = list(trainers)
    with transaction.atomic():
        if session is None:
            session, verb = Session(organisation=organisation), "session.create"
        else:
            if "state" in fields:
                raise ValueError("The state of a session changes by change_state.")
            session, verb = locked(session), "session.change"
            refuse_when_closed(session)
        before = said_by(session) if verb == "session.change" else None
        led = verb == "session.change" and session.assignments.exists()
        changed = set_fields(session, fields)
        if session.programme is not None and session.programme.course_id != session.course_id:
            # Another course: the version of the first one says nothing of it.
            session.programme = programme_in_force(session.course, on=session.starts_on or timezone.localdate())
        same_organisation(organisation, session.course, session.given_to, *trainers)
        session.full_clean()
        session.save()
        session.trainers.set(trainers)
        values: dict[str, Any] = {}
        if before is not None:
            free_half_days(session).exclude(trainer__in=trainers).update(trainer=None)
            pass_on_steps(session=session, trainers=trainers, first_ones=not led)
            values = follow_dates(session, before=before, actor=actor)
        record(verb=verb, actor=actor, organisation_id=organisation.pk, target=session, details={"fields": changed, **values})
    return session


def make_session(
    *,
    organisation: Organisation,
    course: Course,
    slots: Iterable[Slot],
    trainers: Iterable[Trainer],
    actor: User | None,
    fields: Mapping[str, Any] | None = None,
    remote: bool = False,
) -> Session:
    """A session from a course and half-days, that give the dates and duration `fields` don't; the programme is the version then in force.

    It gets the next reference of its year unless `fields` give one, and the checklist of steps, theirs to `actor` or to the first
    trainer. `remote`: the half-days are at a distance. Without a slot its dates are those of `fields`, if any. Writes the journal. Raises
    ValidationError on a broken rule, and for what belongs to another organisation.
    """
    planned = sorted(slots, key=lambda slot: (slot.day, slot.starts_at))
    given = dict(fields or {})
    if planned and given.get("starts_on") is None:
        given.update(starts_on=planned[0].day, ends_on=planned[-1].day)
    reference_day = given.get("starts_on") or timezone.localdate()
    with transaction.atomic():
        # Two sessions made at the same moment take two references.
        Organisation.objects.select_for_update().get(pk=organisation.pk)
        given["reference"] = given.get("reference") or next_reference(organisation, day=reference_day)
        given.update(course=course, programme=programme_in_force(course, on=reference_day))
        session = save_session(organisation=organisation, fields=given, trainers=trainers, actor=actor)
        lay_half_days(session, planned, remote=remote)
        follow_half_days(session, before=said_by(session), actor=actor)
        give_checklist(session=session, actor=actor)
    return session


def next_reference(organisation: Organisation, *, day: date) -> str:
    """The reference after the highest of its year: S27-014 follows S27-013."""
    prefix = f"S{day:%y}-"
    taken = (
        Session.objects.for_organisation(organisation).filter(reference__startswith=prefix).values_list("reference", flat=True)
    )
    numbers = [int(rest) for rest in (reference.removeprefix(prefix) for reference in taken) if rest.isdecimal()]
    return f"{prefix}{max(numbers, default=0) + 1:03d}"
