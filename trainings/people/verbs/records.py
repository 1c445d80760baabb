"""What can be done with the lines of a trainer's file."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.verbs import all_or_nothing, receive
from qualiopi.journal.verbs import record as note_down
from qualiopi.text import comparison_key
from trainings.people.models import RecordKind, Trainer, TrainerRecord
from trainings.people.queries import requirements_of
from trainings.people.rules import QUALIFYING, counts


def add_record(
    *,
    trainer: Trainer,
    kind: str,
    title: str,
    actor: User | None,
    dated_on: date | None = None,
    valid_until: date | None = None,
    note: str = "",
    upload: File[Any] | None = None,
) -> TrainerRecord:
    """Add a line to a trainer's file, with its file if there is one; writes the journal.

    Raises RefusedFile for the file, ValidationError (French) for the rest: a qualification says since when it is valid, an
    interview has a date and a conclusion.
    """
    line = TrainerRecord(
        organisation_id=trainer.organisation_id,
        trainer=trainer,
        kind=kind,
        title=title,
        dated_on=dated_on,
        valid_until=valid_until,
        note=note,
    )
    with all_or_nothing():
        stored = receive(organisation=trainer.organisation, upload=upload, actor=actor) if upload else None
        with transaction.atomic():
            if stored is not None:
                stored.save()
                line.file = stored
            _as_said_of_the_title(line)
            line.full_clean()
            line.save()
            _tell("trainer_record.add", line, actor)
    return line


def accept_record(
    *,
    record: TrainerRecord,
    kind: str,
    title: str,
    actor: User,
    dated_on: date | None = None,
    valid_until: date | None = None,
    note: str = "",
) -> TrainerRecord:
    """Keep what a trainer sent, once somebody looked at it and said what it is; it counts from now on. Writes the journal.

    Raises ValidationError when it was kept or refused meanwhile, or for a broken rule.
    """
    with transaction.atomic():
        line = _waiting(record)
        line.kind, line.title, line.note = kind, title, note
        line.dated_on, line.valid_until = dated_on, valid_until
        line.checked_at, line.checked_by = timezone.now(), actor
        _as_said_of_the_title(line)
        line.full_clean()
        line.save()
        _tell("trainer_record.accept", line, actor)
    return line


def refuse_record(*, record: TrainerRecord, reason: str, actor: User) -> TrainerRecord:
    """Put aside what a trainer sent, with the reason, which they read on their page. Writes the journal. Raises ValidationError."""
    with transaction.atomic():
        line = _waiting(record)
        _withdraw(line, reason)
        _tell("trainer_record.refuse", line, actor)
    return line


def withdraw_record(*, record: TrainerRecord, reason: str, actor: User) -> TrainerRecord:
    """Take a line out of the file; it stays readable with its reason, and proves nothing any more. Writes the journal.

    Raises ValidationError without a reason, or when it is already out.
    """
    with transaction.atomic():
        line: TrainerRecord = TrainerRecord.objects.select_for_update().get(pk=record.pk)
        if line.withdrawn_at is not None:
            raise ValidationError(_("Cette pièce est déjà retirée."))
        _withdraw(line, reason)
        _tell("trainer_record.withdraw", line, actor)
    return line


def say_covers(*, record: TrainerRecord, requirements: Iterable[str], actor: User) -> int:
    """Say under one's name which required qualifications the title of a line covers: once, for every line of that title here, those to
    come included. How many lines it is said of. An empty list says that it covers none but its own words. Writes the journal.

    `requirements`: as courses word them. Raises ValidationError for a line that is neither a qualification nor a diploma or proves
    nothing, and for a requirement of no course of the organisation.
    """
    with transaction.atomic():
        line: TrainerRecord = TrainerRecord.objects.select_for_update().get(pk=record.pk)
        if line.kind not in QUALIFYING or not counts(line):
            raise ValidationError(_("Seuls une qualification ou un diplôme qui comptent couvrent ce qu’une formation exige."))
        chosen = sorted(set(requirements))
        known = {comparison_key(each) for each in requirements_of(line.organisation)}
        if not {comparison_key(each) for each in chosen} <= known:
            raise ValidationError({"covers": _("Aucune formation n’exige cette qualification : rouvrez la page.")})
        same = TrainerRecord.objects.select_for_update().filter(
            organisation=line.organisation_id, title_key=line.title_key, kind__in=QUALIFYING
        )
        said = same.update(covers=chosen, covers_said_at=timezone.now(), covers_said_by=actor)
        line.refresh_from_db()
        details = {"trainer": str(line.trainer), "kind": line.kind, "subjects": chosen, "lines": said}
        note_down(verb="trainer_record.covers", actor=actor, organisation_id=line.organisation_id, target=line, details=details)
    return said


def _as_said_of_the_title(line: TrainerRecord) -> None:
    """What somebody said once of a title holds for the next line that has it."""
    if line.kind not in QUALIFYING:
        line.covers, line.covers_said_at, line.covers_said_by = [], None, None
        return
    said = TrainerRecord.objects.filter(
        organisation=line.organisation_id, title_key=comparison_key(line.title), covers_said_at__isnull=False
    )
    last = said.exclude(pk=line.pk).order_by("-covers_said_at", "id").first()
    if last is not None:
        line.covers, line.covers_said_at, line.covers_said_by = last.covers, last.covers_said_at, last.covers_said_by


def _waiting(record: TrainerRecord) -> TrainerRecord:
    line: TrainerRecord = TrainerRecord.objects.select_for_update().get(pk=record.pk)
    if not line.dropped or line.checked_at is not None or line.withdrawn_at is not None:
        raise ValidationError(_("Quelqu’un a déjà vérifié cette pièce : rouvrez la liste."))
    return line


def _withdraw(line: TrainerRecord, reason: str) -> None:
    if not reason.strip():
        raise ValidationError({"reason": _("Dites pourquoi : le motif reste au dossier.")})
    line.withdrawn_at, line.withdrawal_reason = timezone.now(), reason.strip()
    line.full_clean()
    line.save()


def _tell(verb: str, line: TrainerRecord, actor: User | None) -> None:
    details = {"trainer": str(line.trainer), "kind": str(RecordKind(line.kind).value)}
    if line.file is not None:
        details |= {"file": line.file.name, "sha256": line.file.sha256}
    note_down(verb=verb, actor=actor, organisation_id=line.organisation_id, target=line, details=details)
