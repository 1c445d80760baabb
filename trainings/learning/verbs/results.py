"""Noting results and the evaluations they come from."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django.utils.translation import gettext as _

from qualiopi.accounts.models import User
from qualiopi.files.verbs import all_or_nothing, discard, receive
from qualiopi.journal.verbs import record
from trainings.learning.models import Acquired, Evaluation, Moment, ObjectiveResult
from trainings.learning.queries import objectives_of
from trainings.sessions.models import EnrolmentState, Session
from trainings.states import NOT_HELD


@transaction.atomic
def record_results(
    *,
    session: Session,
    moment: str,
    levels: Mapping[tuple[UUID, int], str],
    evaluation: Evaluation | None,
    dated_on: date,
    actor: User | None,
) -> int:
    """Note what people knew at one moment; returns how many results changed.

    `levels`: by enrolment and objective, a level of Acquired, or "" to take a result away. `dated_on`: the day of what
    is new; a result that stays the same keeps its day. Raises ValidationError when the session is not held, the day is to come or
    precedes the session (but for levels at entry), somebody is not in the session or withdrew, or an objective is not of the
    programme followed.
    Writes the journal, with what each correction replaced.
    """
    _refuse_moment(session, moment, dated_on)
    if evaluation is not None and (evaluation.session_id != session.pk or evaluation.moment != moment):
        raise ValidationError({"evaluation": _("Cette évaluation n’est pas de cette session et de ce moment.")})
    _refuse_strangers(session, levels)
    known = {
        (result.enrolment_id, result.objective_id): result
        for result in ObjectiveResult.objects.select_for_update().filter(enrolment__session=session, moment=moment)
    }
    fresh: list[ObjectiveResult] = []
    corrections: list[dict[str, Any]] = []
    removed: list[UUID] = []
    for (person, objective), level in levels.items():
        before = known.get((person, objective))
        if not level:
            if before is not None:
                removed.append(before.pk)
                corrections.append(_correction(before, ""))
            continue
        same_source = evaluation is None or (before is not None and before.evaluation_id == evaluation.pk)
        if before is not None and before.level == level and same_source:
            continue
        if before is not None and before.level != level:
            corrections.append(_correction(before, level))
        fresh.append(
            ObjectiveResult(
                organisation_id=session.organisation_id,
                enrolment_id=person,
                objective_id=objective,
                moment=moment,
                level=level,
                evaluation=evaluation or (before.evaluation if before is not None and before.level == level else None),
                dated_on=dated_on,
                recorded_by=actor,
            )
        )
    ObjectiveResult.objects.filter(pk__in=removed).delete()
    ObjectiveResult.objects.bulk_create(
        fresh,
        update_conflicts=True,
        unique_fields=["enrolment", "objective", "moment"],
        update_fields=["level", "evaluation", "dated_on", "recorded_by"],
    )
    if fresh or removed:
        record(
            verb="result.recorded",
            actor=actor,
            organisation_id=session.organisation_id,
            target=session,
            details={"moment": moment, "noted": len(fresh), "removed": len(removed), "corrections": corrections},
        )
    return len(fresh) + len(removed)


def _correction(before: ObjectiveResult, level: str) -> dict[str, Any]:
    return {
        "enrolment": str(before.enrolment_id),
        "objective": before.objective_id,
        "from": before.level,
        "to": level,
    }


def _refuse_moment(session: Session, moment: str, dated_on: date) -> None:
    if moment not in Moment.values:
        raise ValidationError(_("Choisissez un moment : à l’entrée, en cours ou à la sortie."))
    if session.state in NOT_HELD:
        raise ValidationError(
            _("La session est au stade « %(state)s » : il n’y a pas de résultat à noter.")
            % {"state": session.get_state_display()}
        )
    if dated_on > timezone.localdate():
        raise ValidationError({"dated_on": _("Ce jour est à venir : un résultat se note une fois constaté.")})
    if moment != Moment.ENTRY and session.starts_on is not None and dated_on < session.starts_on:
        raise ValidationError({"dated_on": _("La session n’avait pas commencé ce jour-là : vérifiez la date.")})


def _refuse_strangers(session: Session, levels: Mapping[tuple[UUID, int], str]) -> None:
    """A posted identifier proves nothing."""
    people = set(session.enrolments.exclude(state=EnrolmentState.WITHDRAWN).values_list("pk", flat=True))
    objectives = {objective.pk for objective in objectives_of(session)}
    for (person, objective), level in levels.items():
        if person not in people:
            raise ValidationError(_("Cette personne n’est pas inscrite à cette session, ou s’est désistée."))
        if objective not in objectives:
            raise ValidationError(_("Cet objectif n’est pas dans le programme que suit la session."))
        if level and level not in Acquired.values:
            raise ValidationError(_("Choisissez l’un des résultats proposés."))


def add_evaluation(
    *, session: Session, title: str, moment: str, held_on: date, upload: File[Any] | None, actor: User | None
) -> Evaluation:
    """Note how the people of a session were evaluated, with its file when there is one.

    Raises ValidationError (French sentences by field) and RefusedFile. Side effect: the file is kept; writes the journal.
    """
    if held_on > timezone.localdate():
        raise ValidationError({"held_on": _("Ce jour est à venir : notez l’évaluation une fois faite.")})
    evaluation = Evaluation(
        organisation_id=session.organisation_id, session=session, title=title.strip(), moment=moment, held_on=held_on
    )
    evaluation.full_clean(exclude=["organisation", "file"])
    with all_or_nothing():
        stored = receive(organisation=session.organisation, upload=upload, actor=actor) if upload is not None else None
        with transaction.atomic():
            if stored is not None:
                stored.save()
                evaluation.file = stored
            evaluation.save()
            record(
                verb="evaluation.added",
                actor=actor,
                organisation_id=session.organisation_id,
                target=evaluation,
                details={"session": session.reference, "file": stored.sha256 if stored is not None else ""},
            )
    return evaluation


@transaction.atomic
def remove_evaluation(*, evaluation: Evaluation, actor: User | None) -> None:
    """Take away an evaluation noted by mistake, with its file. Raises ValidationError when results rest on it. Writes the journal."""
    if evaluation.results.exists():
        raise ValidationError(_("Des résultats viennent de cette évaluation : elle reste au dossier."))
    stored = evaluation.file
    record(
        verb="evaluation.removed",
        actor=actor,
        organisation_id=evaluation.organisation_id,
        target=evaluation,
        details={"session": evaluation.session.reference, "file": stored.sha256 if stored is not None else ""},
    )
    try:
        evaluation.delete()
        if stored is not None:
            discard(stored=stored)
    except ProtectedError as error:
        raise ValidationError(_("Ce fichier sert ailleurs : cette évaluation reste au dossier.")) from error
