"""The checklist of a session: given, handed to somebody, done, set aside."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from uuid import uuid4

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.verbs import record
from qualiopi.organisations.enums import Capability
from qualiopi.organisations.models import Member
from qualiopi.organisations.queries import members_who
from trainings.people.models import Trainer
from trainings.sessions.checklist import checklist
from trainings.sessions.models import Session, Step
from trainings.sessions.verbs.tenancy import same_organisation


class NotSendable(Exception):
    """A step that the clock cannot do now: `sentence` says in French what is missing; it will be tried again."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def give_checklist(*, session: Session, actor: User | None) -> list[Step]:
    """Give a session with dates the steps of the checklist that it has not; what a trainer does goes to its first trainer.

    Returns the new steps, none when it has no dates or has them all. What was due before today and leaves by itself is not made:
    nobody wants the convocations of last month. Writes the journal.
    """
    if session.starts_on is None:
        return []
    last, today = session.ends_on or session.starts_on, timezone.localdate()
    assignment = session.assignments.select_related("trainer").order_by("pk").first()
    trainer = assignment.trainer if assignment else None
    present = set(session.steps.values_list("key", flat=True))
    steps = [
        Step(
            organisation_id=session.organisation_id,
            session=session,
            key=planned.key,
            label=planned.label,
            due_on=due_on,
            automatic=planned.automatic,
            owner=None if planned.for_trainer and trainer else actor,
            trainer=trainer if planned.for_trainer else None,
        )
        for planned in checklist().values()
        if planned.key not in present
        for due_on in [planned.due_on(session.starts_on, last)]
        if not (planned.automatic and last < today and due_on < today)
    ]
    if steps:
        with transaction.atomic():
            Step.objects.bulk_create(steps)
            record(
                verb="session.prepared",
                actor=actor,
                organisation_id=session.organisation_id,
                target=session,
                details={"steps": len(steps)},
            )
    return steps


def pass_on_steps(*, session: Session, trainers: Sequence[Trainer], first_ones: bool) -> None:
    """Give what waits for somebody who no longer leads the session to the first of its trainers, to nobody when there is none.

    `first_ones`: nobody led it before, so that what trainers do waits for somebody else and goes to the first one too. No journal: the
    change of trainers is written.
    """
    waiting = session.steps.filter(done_at__isnull=True, skipped_reason="")
    first = trainers[0] if trainers else None
    waiting.filter(trainer__isnull=False).exclude(trainer__in=trainers).update(trainer=first)
    if first_ones and first is not None:
        theirs = [planned.key for planned in checklist().values() if planned.for_trainer]
        waiting.filter(key__in=theirs, trainer__isnull=True).update(trainer=first, owner=None)


def add_step(
    *, session: Session, label: str, due_on: date, actor: User | None, owner: User | None = None, trainer: Trainer | None = None
) -> Step:
    """One more thing to do, by hand; writes the journal. Raises ValidationError on a broken rule or somebody from elsewhere."""
    step = Step(
        organisation_id=session.organisation_id,
        session=session,
        key=f"own:{uuid4().hex[:12]}",
        label=label,
        due_on=due_on,
        owner=owner,
        trainer=trainer,
    )
    _check_owner(session, owner, trainer)
    step.full_clean()
    with transaction.atomic():
        step.save()
        _note("step.added", step, actor)
    return step


def hand_step(*, step: Step, due_on: date, owner: User | None, trainer: Trainer | None, actor: User | None) -> Step:
    """Give a step to somebody, for a day; writes the journal. Raises ValidationError for two owners or one from elsewhere."""
    _check_owner(step.session, owner, trainer)
    with transaction.atomic():
        step = _locked(step)
        step.due_on, step.owner, step.trainer = due_on, owner, trainer
        step.full_clean()
        step.save(update_fields=["due_on", "owner", "trainer"])
        _note("step.handed", step, actor)
    return step


def tick_step(*, step: Step, actor: User | None, now: datetime | None = None) -> Step:
    """Say that a step is done; twice changes nothing. Writes the journal."""
    with transaction.atomic():
        step = _locked(step)
        if step.done_at is None:
            step.done_at, step.done_by, step.skipped_reason, step.problem = now or timezone.now(), actor, "", ""
            step.save(update_fields=["done_at", "done_by", "skipped_reason", "problem"])
            _note("step.done", step, actor)
    return step


def skip_step(*, step: Step, reason: str, actor: User | None) -> Step:
    """Say that a step does not apply, and why; writes the journal. Raises ValidationError without a reason, or once done."""
    if not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi cette étape est sans objet.")})
    with transaction.atomic():
        step = _locked(step)
        if step.done_at is not None:
            raise ValidationError(_("Cette étape est déjà faite."))
        step.skipped_reason, step.problem = reason.strip(), ""
        step.full_clean()
        step.save(update_fields=["skipped_reason", "problem"])
        _note("step.skipped", step, actor)
    return step


def reopen_step(*, step: Step, actor: User | None) -> Step:
    """Put a step back among what is to be done; writes the journal.

    Raises ValidationError for what left by itself: it would leave a second time.
    """
    with transaction.atomic():
        step = _locked(step)
        if step.automatic and step.done_at is not None and step.done_by_id is None:
            raise ValidationError(_("Cette étape est partie toute seule : elle ne se défait pas."))
        step.done_at, step.done_by, step.skipped_reason = None, None, ""
        step.save(update_fields=["done_at", "done_by", "skipped_reason"])
        _note("step.reopened", step, actor)
    return step


def _locked(step: Step) -> Step:
    found: Step = Step.objects.for_organisation(step.organisation).select_for_update().get(pk=step.pk)
    return found


def _check_owner(session: Session, owner: User | None, trainer: Trainer | None) -> None:
    same_organisation(session.organisation, trainer)
    if owner is None:
        return
    if not Member.objects.filter(organisation=session.organisation, user=owner).exists():
        raise ValidationError({"owner": _("Cette personne n’a pas accès à votre organisme.")})
    able = members_who(session.organisation, Capability.EDIT_SESSIONS, today=timezone.localdate())
    if not able.filter(user=owner).exists():
        raise ValidationError(
            {"owner": _("Cette personne ne peut pas s’en charger : son accès ne permet pas de modifier les sessions.")}
        )


def _note(verb: str, step: Step, actor: User | None) -> None:
    record(verb=verb, actor=actor, organisation_id=step.organisation_id, target=step.session, details={"step": step.label[:200]})
