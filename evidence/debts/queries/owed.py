"""Everything owed in an organisation: the holes of the board, half-days one by one, and the steps past their day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.debts.queries.line import Owed
from evidence.debts.queries.register import of_register
from evidence.engine.result import ExpectationResult, SubjectKind
from evidence.readiness.links import way_to_mend
from evidence.readiness.queries import Board, board
from evidence.readiness.wording import without_subject
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Person, Work
from trainings.sessions.models import Session, SessionState, Step
from trainings.sessions.queries import forgotten
from trainings.states import NOT_HELD

# What a step is called among the things owed.
STEP = "step:"
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
    holes = list(_of_board(found, today))
    register = next((result for status in found.statuses for result in status.counting if _is_register(result)), None)
    half_days = list(of_register(register, organisation, today)) if register else []
    detailed = {(each.session, each.key) for each in half_days}
    holes = [each for each in holes if (each.session, each.key) not in detailed]
    owed = [*holes, *half_days]
    steps = _of_steps(found, today)
    owed = [*_said_once(owed, steps), *_forgotten(organisation, today)]
    return sorted(owed, key=lambda each: (each.since, each.label, each.what))


def _said_once(owed: list[Owed], steps: Iterable[Owed]) -> list[Owed]:
    """Without the steps that a hole of the same session says; whoever had to do such a step has to mend the hole."""
    kept, book = list(owed), expectations().by_key
    places: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
    for place, each in enumerate(kept):
        for step in book[each.key].closes:
            places[(each.session, f"{STEP}{step}")].append(place)
    for each in steps:
        said = places.get((each.session, each.key), ())
        for place in said:
            kept[place] = _also(kept[place], each)
        if not said:
            kept.append(each)
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
        for result in status.counting:
            expectation = result.expectation
            for subject in result.missing:
                label = subject.label
                by_trainer = expectation.mended_by is Person.TRAINER
                if subject.kind is SubjectKind.SESSION:
                    session = sessions[subject.id]
                    trainers = session.trainer_ids if by_trainer else ()
                    since, of = session.last_day or session.first_day, session.id
                    label = f"{session.reference} · {found.course_titles[session.course_id]}"
                elif subject.kind is SubjectKind.TRAINER:
                    trainers = (subject.id,) if by_trainer else ()
                    since, of = first.get(subject.id) or today, ""
                else:
                    continue
                way = way_to_mend(slug, expectation, subject.kind, subject.id)
                yield Owed(
                    key=expectation.key,
                    what=without_subject(result.sentence(subject), subject.label),
                    since=min(since, today),
                    indicator=expectation.indicator,
                    session=of,
                    label=label,
                    url=way.url,
                    action=str(way.label),
                    trainers=trainers,
                    of_file=subject.kind is SubjectKind.TRAINER or (by_trainer and expectation.work is Work.CARD),
                )


def _is_register(result: ExpectationResult) -> bool:
    """What is expected of the register itself: half-days say it in detail."""
    return "attendance" in result.expectation.closes


def _of_steps(found: Board, today: date) -> Iterable[Owed]:
    """Steps past their day. One that an expectation covers is owed where that expectation is asked of the session."""
    asked: defaultdict[str, set[str]] = defaultdict(set)
    for status in found.statuses:
        for result in status.expectations:
            for key in result.expectation.closes:
                asked[key] |= result.asked
    covered = {key for expectation in expectations().expectations if expectation.of_a_session for key in expectation.closes}
    organisation = found.organisation
    steps: QuerySet[Step] = (
        Step.objects.for_organisation(organisation)
        .filter(due_on__lt=today, done_at__isnull=True, skipped_reason="")
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .select_related("session__course")
        .order_by("due_on", "created_at")
    )
    for step in steps:
        if step.key in covered and str(step.session_id) not in asked[step.key]:
            continue
        action, page = _WAY_OF_STEP.get(step.key.partition(":")[0], _SEE)
        yield Owed(
            key=f"{STEP}{step.key}",
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


def _forgotten(organisation: Organisation, today: date) -> Iterable[Owed]:
    """Sessions whose dates have passed and that nobody started or cancelled: whoever manages says what became of them."""
    every = Session.objects.for_organisation(organisation).select_related("course").order_by("starts_on", "reference")
    for session in forgotten(every, today=today):
        yield Owed(
            key="forgotten",
            what=_("Ses dates sont passées, et personne ne l’a commencée ni annulée."),
            since=session.ends_on or session.starts_on or today,
            indicator=None,
            session=str(session.pk),
            label=f"{session.reference} · {session.course.title}",
            url=reverse("sessions:detail", args=[organisation.slug, session.pk]),
            action=_("Dire ce qu’elle est devenue"),
        )
