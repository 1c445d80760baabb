"""Everything owed in an organisation: from the board, the register, the steps past their day, and qualifications."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.debts.queries.line import REGISTER, Owed
from evidence.debts.queries.register import of_register
from evidence.engine.result import ExpectationResult, Outcome, Subject, SubjectKind
from evidence.readiness.links import way_to_mend
from evidence.readiness.queries import Board, board
from qualiopi.organisations.models import Organisation
from trainings.people.queries import unqualified_sessions
from trainings.sessions.models import Session, SessionState, Step
from trainings.states import NOT_HELD

# What whoever leads the session can mend; the rest of a session is the managers'.
BY_THE_TRAINER = frozenset(
    {
        "attendance_and_follow_up_traced",
        "remote_following_verified_2026",
        "session_learning_evaluated",
        "trainee_results_by_objective",
        "trainees_asked",
        "session_has_answers",
    }
)
OF_THE_FILE = frozenset({"trainer_profile_on_file", "staff_development_done"})
# What is said once: a line on the left is dropped when one on the right is owed for the same session.
SAID_BY: Mapping[str, frozenset[str]] = {
    "attendance_and_follow_up_traced": frozenset({REGISTER}),
    "session_has_answers": frozenset({"trainees_asked"}),
    "step:attendance": frozenset({REGISTER, "attendance_and_follow_up_traced"}),
    "step:results": frozenset({"trainee_results_by_objective", "session_learning_evaluated"}),
    "step:survey:end_of_session": frozenset({"trainees_asked", "session_has_answers"}),
    "step:conclude": frozenset({"session_positioning_done", "session_need_analysed"}),
    "step:agreement": frozenset({"agreement_states_objectives"}),
    "step:document:convocation": frozenset({"session_joining_instructions"}),
    "step:document:welcome_booklet": frozenset({"session_joining_instructions"}),
    "step:document:internal_rules": frozenset({"session_joining_instructions"}),
    "step:document:completion_certificate": frozenset({"end_certificates_issued"}),
    "step:document:end_attestation": frozenset({"end_certificates_issued"}),
}
_DOCUMENTS = gettext_lazy("Émettre le document"), "documents:session"
_SURVEYS = gettext_lazy("Recueillir les avis"), "surveys:session"
_BEFORE = gettext_lazy("Besoins et positionnement"), "learning:before"
# Step, or the room that sends it -> where it is done.
_WAY_OF_STEP: Mapping[str, tuple[str | Promise, str]] = {
    "intake": _BEFORE,
    "conclude": _BEFORE,
    "agreement": _DOCUMENTS,
    "document": _DOCUMENTS,
    "survey": _SURVEYS,
    "attendance": (gettext_lazy("Compléter l’émargement"), "attendance:session"),
    "results": (gettext_lazy("Saisir les acquis"), "learning:results"),
}
_SEE: tuple[str | Promise, str] = gettext_lazy("Voir la session"), "sessions:detail"


def owed_in(organisation: Organisation, *, today: date) -> list[Owed]:
    """Everything owed in an organisation, the oldest first, each thing once. Reads only."""
    found = board(organisation=organisation, observed_on=today)
    owed = [
        *_of_board(found, today),
        *of_register(organisation, today),
        *_of_steps(organisation, today),
        *_unqualified(organisation, today),
    ]
    return sorted(_each_once(owed), key=lambda each: (each.since, each.label, each.what))


def _each_once(owed: list[Owed]) -> list[Owed]:
    """Without what another line of the same session says; whoever had to do the one that goes has to do the one that stays."""
    present: defaultdict[str, set[str]] = defaultdict(set)
    for each in owed:
        present[each.session].add(each.key)
    kept: list[Owed] = []
    gone: list[Owed] = []
    for each in owed:
        said = each.session and SAID_BY.get(each.key, frozenset()) & present[each.session]
        (gone if said else kept).append(each)
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(kept):
        places[(each.session, each.key)].append(place)
    for each in gone:
        for key in SAID_BY[each.key]:
            for place in places[(each.session, key)]:
                kept[place] = _also(kept[place], each)
    return kept


def _also(kept: Owed, gone: Owed) -> Owed:
    """The line that stays, owed since the first of both; by whom the other one named, when it names nobody."""
    since = min(kept.since, gone.since)
    if kept.trainers or kept.user:
        return replace(kept, since=since)
    return replace(kept, since=since, trainers=gone.trainers, user=gone.user)


def _label(session: Session) -> str:
    return f"{session.reference} · {session.course.title}"


def _of_board(found: Board, today: date) -> Iterable[Owed]:
    sessions = {session.id: session for session in found.facts.sessions}
    first = {trainer.id: trainer.first_session_on for trainer in found.facts.trainers}
    slug = found.organisation.slug
    for status in found.statuses:
        for result in status.expectations:
            if result.outcome in (Outcome.NOT_TRACKED, Outcome.NOT_RELEVANT):
                continue
            expectation = result.expectation
            for subject in result.missing:
                label = subject.label
                if subject.kind is SubjectKind.SESSION:
                    session = sessions[subject.id]
                    trainers = session.trainer_ids if expectation.key in BY_THE_TRAINER else ()
                    since, of = session.last_day or session.first_day, session.id
                    label = f"{session.reference} · {session.title}"
                elif subject.kind is SubjectKind.TRAINER:
                    trainers = (subject.id,) if expectation.key in OF_THE_FILE else ()
                    since, of = first.get(subject.id) or today, ""
                else:
                    continue
                way = way_to_mend(slug, expectation, subject.kind, subject.id)
                yield Owed(
                    key=expectation.key,
                    what=_without_label(result, subject),
                    since=min(since, today),
                    indicator=expectation.indicator,
                    session=of,
                    label=label,
                    url=way.url,
                    action=str(way.label),
                    trainers=trainers,
                    of_file=subject.kind is SubjectKind.TRAINER,
                )


def _without_label(result: ExpectationResult, subject: Subject) -> str:
    said = result.sentence(subject)
    for separator in (" : ", "\u00a0: ", ": "):
        if said.startswith(subject.label + separator):
            rest = said[len(subject.label + separator) :]
            return rest[:1].upper() + rest[1:]
    return said


def _of_steps(organisation: Organisation, today: date) -> Iterable[Owed]:
    steps: QuerySet[Step] = (
        Step.objects.for_organisation(organisation)
        .filter(due_on__lt=today, done_at__isnull=True, skipped_reason="")
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .select_related("session__course")
        .order_by("due_on", "created_at")
    )
    for step in steps:
        action, page = _WAY_OF_STEP.get(step.key.partition(":")[0], _SEE)
        yield Owed(
            key=f"step:{step.key}",
            what=f"{step.label}. {step.problem}".strip(),
            since=step.due_on,
            indicator=None,
            session=str(step.session_id),
            label=_label(step.session),
            url=reverse(page, args=[organisation.slug, step.session_id]),
            action=str(action),
            trainers=(str(step.trainer_id),) if step.trainer_id else (),
            user=str(step.owner_id) if step.owner_id else "",
        )


def _unqualified(organisation: Organisation, today: date) -> Iterable[Owed]:
    """Nobody can mend the past: the team is told, and the trainer sends what they may have."""
    for each in unqualified_sessions(organisation, from_day=today - timedelta(days=365), to_day=today):
        yield Owed(
            key="unqualified",
            what=_("%(trainer)s : qualification exigée non valable ces jours-là (%(required)s).")
            % {"trainer": each.trainer, "required": each.required},
            since=each.first_day,
            indicator=21,
            session=str(each.session_id),
            label=f"{each.reference} · {each.course}" if each.course else each.reference,
            url=reverse("people:trainer", args=[organisation.slug, each.trainer_id]),
            action=_("Compléter le dossier"),
            trainers=(str(each.trainer_id),),
            of_file=True,
        )
