"""Writing a programme, then putting it in force. A draft changes as often as one likes; an adopted version never does."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from collections.abc import Sequence as Rows
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, ProtectedError
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.journal.changes import set_fields
from qualiopi.journal.verbs import record
from qualiopi.web.dates import long_date
from trainings.catalogue.models import Course, Objective, Programme, Sequence, Skill
from trainings.catalogue.queries import programme_in_force

# What a version says besides its objectives, skills and sequences.
TEXTS = ("duration_hours", "modality", "contents", "methods", "remote_work", "work_based")


@dataclass(frozen=True, slots=True)
class ObjectiveLine:
    """An objective and how one sees that it is reached ("" when nobody said)."""

    text: str
    evaluation: str = ""


@dataclass(frozen=True, slots=True)
class SkillLine:
    """A skill or block of the certification and the test that checks it."""

    text: str
    test: str = ""


@dataclass(frozen=True, slots=True)
class SequenceLine:
    """A step; `objectives` and `skills` are places in the lists given with it, from 0."""

    title: str
    hours: Decimal | None = None
    modality: str = ""
    objectives: tuple[int, ...] = ()
    skills: tuple[int, ...] = ()


def start_draft(*, course: Course, on: date, actor: User | None) -> Programme:
    """Prepare the next version, copied from the one in force on this day (the last adopted one when none is yet).

    Raises ValidationError when a version is already being prepared. Writes the journal.
    """
    with transaction.atomic():
        locked = Course.objects.for_organisation(course.organisation).select_for_update().get(pk=course.pk)
        _refuse_second_draft(locked)
        source = programme_in_force(locked, on=on) or locked.programmes.order_by("-number").first()
        draft = copy_programme(source, course=locked) if source else _empty(locked)
        record(
            verb="programme.draft_started",
            actor=actor,
            organisation_id=draft.organisation_id,
            target=draft,
            details={"copied_from": source.number if source else None},
        )
    return draft


def copy_programme(source: Programme, *, course: Course) -> Programme:
    """A draft of `course` with everything `source` holds. The caller's verb locks the course and writes the journal."""
    draft = _empty(course)
    for name in TEXTS:
        setattr(draft, name, getattr(source, name))
    draft.save()
    objectives = list(source.objectives.order_by("position"))
    skills = list(source.skills.order_by("position"))
    sequences = source.sequences.order_by("position").prefetch_related("objectives", "skills")
    _write_parts(
        draft,
        [ObjectiveLine(row.text, row.evaluation) for row in objectives],
        [SkillLine(row.text, row.test) for row in skills],
        [
            SequenceLine(
                row.title,
                row.hours,
                row.modality,
                tuple(place for place, objective in enumerate(objectives) if objective in row.objectives.all()),
                tuple(place for place, skill in enumerate(skills) if skill in row.skills.all()),
            )
            for row in sequences
        ],
    )
    return draft


def save_draft(
    *,
    programme: Programme,
    fields: Mapping[str, Any],
    objectives: Rows[ObjectiveLine],
    skills: Rows[SkillLine],
    sequences: Rows[SequenceLine],
    actor: User | None,
) -> Programme:
    """Replace what a draft says: `fields` among TEXTS, and its three lists in their order. Writes the journal.

    Raises ValidationError when the version was adopted or withdrawn meanwhile, on a broken rule, when a sequence serves an
    objective or a skill that is not in the lists, or when results were already noted on its objectives.
    """
    with transaction.atomic():
        draft = _locked_draft(programme)
        changed = set_fields(draft, {name: fields[name] for name in TEXTS if name in fields})
        draft.full_clean()
        draft.save()
        _check_places(objectives, skills, sequences)
        with _nothing_else_uses(draft):
            _write_parts(draft, objectives, skills, sequences)
        details = {
            "fields": changed,
            "objectives": len(objectives),
            "skills": len(skills),
            "sequences": len(sequences),
        }
        record(verb="programme.draft_changed", actor=actor, organisation_id=draft.organisation_id, target=draft, details=details)
    return draft


def adopt(*, programme: Programme, on: date, change_note: str, actor: User | None) -> Programme:
    """Put a draft in force from this day: nothing of it changes any more, and sessions made from that day on follow it.

    Raises ValidationError (by field): an empty programme, a day that is not after that of the version before, a later version
    without saying what changes, a version adopted meanwhile. Writes the journal.
    """
    with transaction.atomic():
        draft = _locked_draft(programme)
        errors = {}
        if not draft.objectives.exists():
            errors["in_force_from"] = _("Écrivez au moins un objectif avant d’adopter cette version.")
        before = draft.course.programmes.filter(in_force_from__isnull=False).order_by("-in_force_from").first()
        if before is not None and before.in_force_from is not None and on <= before.in_force_from:
            errors["in_force_from"] = _(
                "La version %(number)s est en vigueur depuis le %(day)s : choisissez une date qui vient après."
            ) % {"number": before.number, "day": long_date(before.in_force_from)}
        if before is not None and not change_note.strip():
            errors["change_note"] = _("Dites en une phrase ce qui change depuis la version %(number)s.") % {
                "number": before.number
            }
        if errors:
            raise ValidationError(errors)
        draft.in_force_from, draft.adopted_by, draft.change_note = on, actor, change_note.strip()
        draft.full_clean()
        draft.save()
        record(
            verb="programme.adopted",
            actor=actor,
            organisation_id=draft.organisation_id,
            target=draft,
            details={"in_force_from": on.isoformat(), "change_note": draft.change_note},
        )
    return draft


def discard_draft(*, programme: Programme, actor: User | None) -> None:
    """Give up a version that was never adopted. Writes the journal.

    Raises ValidationError when it was adopted meanwhile, or when a session already follows it.
    """
    with transaction.atomic():
        draft = _locked_draft(programme)
        record(verb="programme.draft_discarded", actor=actor, organisation_id=draft.organisation_id, target=draft)
        with _nothing_else_uses(draft):
            draft.delete()


@contextmanager
def _nothing_else_uses(draft: Programme) -> Iterator[None]:
    """Tell in a sentence that a session, or results noted on its objectives, already rest on this draft."""
    try:
        yield
    except ProtectedError as error:
        raise ValidationError(
            _("Une session suit déjà la version %(number)s : adoptez-la, puis préparez la suivante.") % {"number": draft.number}
        ) from error


def _refuse_second_draft(course: Course) -> None:
    if course.programmes.filter(in_force_from__isnull=True).exists():
        raise ValidationError(_("Une version de ce programme est déjà en préparation : terminez-la d’abord."))


def _empty(course: Course) -> Programme:
    number = (course.programmes.aggregate(last=Max("number"))["last"] or 0) + 1
    draft = Programme(organisation=course.organisation, course=course, number=number, duration_hours=course.duration_hours)
    draft.full_clean()
    draft.save()
    return draft


def _locked_draft(programme: Programme) -> Programme:
    """The draft as it is stored, locked. Raises ValidationError when it is no draft any more."""
    locked: Programme | None = (
        Programme.objects.for_organisation(programme.organisation)
        .select_related("course")
        .select_for_update(of=("self",))
        .filter(pk=programme.pk)
        .first()
    )
    if locked is None:
        raise ValidationError(_("Cette version a été retirée entre-temps. Rien n’a été enregistré."))
    if locked.in_force_from is not None:
        raise ValidationError(
            _("La version %(number)s a été adoptée entre-temps : elle ne change plus. Préparez une nouvelle version.")
            % {"number": locked.number}
        )
    return locked


def _check_places(objectives: Rows[ObjectiveLine], skills: Rows[SkillLine], sequences: Rows[SequenceLine]) -> None:
    for sequence in sequences:
        wrong = [place for place in sequence.objectives if not 0 <= place < len(objectives)]
        wrong += [place for place in sequence.skills if not 0 <= place < len(skills)]
        if wrong:
            raise ValidationError(
                _("La séquence « %(sequence)s » sert un objectif ou une compétence qui n’est pas dans la liste.")
                % {"sequence": sequence.title}
            )


def _write_parts(
    draft: Programme, objectives: Rows[ObjectiveLine], skills: Rows[SkillLine], sequences: Rows[SequenceLine]
) -> None:
    """Replace the lists of a draft: no session and no result names a part of a version that is not in force."""
    draft.sequences.all().delete()
    draft.objectives.all().delete()
    draft.skills.all().delete()
    objective_rows = _created(Objective, [Objective(programme=draft, text=o.text, evaluation=o.evaluation) for o in objectives])
    skill_rows = _created(Skill, [Skill(programme=draft, text=s.text, test=s.test) for s in skills])
    sequence_rows = _created(
        Sequence, [Sequence(programme=draft, title=s.title, hours=s.hours, modality=s.modality) for s in sequences]
    )
    for row, line in zip(sequence_rows, sequences, strict=True):
        row.objectives.set([objective_rows[place] for place in line.objectives])
        row.skills.set([skill_rows[place] for place in line.skills])


def _created(model: Any, rows: list[Any]) -> list[Any]:
    """Check and store the rows at their places, from 1."""
    for position, row in enumerate(rows, start=1):
        row.position = position
        row.clean_fields(exclude={"programme"})
        row.validate_constraints(exclude={"programme"})
    return list(model.objects.bulk_create(rows))
