"""Everything owed in an organisation: the holes of the board, half-days one by one, and the steps past their day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, partial

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from evidence.debts.queries.line import Owed, oldest_first
from evidence.debts.queries.register import About, of_register
from evidence.engine.result import ExpectationResult, Mark, Subject, SubjectKind
from evidence.readiness.keeping import board_read_on
from evidence.readiness.links import Way, way_to_mend
from evidence.readiness.queries import Board, SessionRead
from evidence.readiness.wording import without_subject
from qualiopi.organisations.models import Organisation
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Person, Work
from trainings.sessions.models import Session, SessionState, Step
from trainings.sessions.queries import forgotten
from trainings.sessions.rules import is_forgotten
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
_SEE: tuple[str | Promise, str] = gettext_lazy("Voir la session"), "dossiers:session"


def owed_in(organisation: Organisation, *, today: date, read: Board | None = None) -> list[Owed]:
    """Everything owed in an organisation, the oldest first, each thing once. Reads what is kept of the day; ``read``: its board, for who
    has it already."""
    found = board_read_on(organisation, today) if read is None else read
    about = _sessions_of(found)
    register = _register(found)
    half_days = list(of_register(register, organisation, today, about)) if register else []
    holes = _detailed(_of_board(found, today, about), half_days)
    every = Session.objects.for_organisation(organisation).select_related("course").order_by("starts_on", "reference")
    owed = [
        *_said_once(holes, list(_of_steps(found, _overdue(organisation, today)))),
        *(_of_forgotten(organisation, session, today) for session in forgotten(every, today=today)),
    ]
    return sorted(owed, key=oldest_first)


def owed_of(session: Session, steps: Iterable[Step], found: Board | SessionRead, *, today: date) -> list[Owed]:
    """What `owed_in` says of one session, the oldest first; two queries. `steps`: its own; `found`: the board of that day."""
    identifier, organisation = str(session.pk), session.organisation
    last = session.ends_on or session.starts_on or today
    about = About(_label(session), tuple(str(trainer.pk) for trainer in session.trainers.all()), last)
    register = _register(found)
    asked = replace(register, asked=register.asked & {identifier}) if register else None
    half_days = list(of_register(asked, organisation, today, lambda _id: about)) if asked else []
    holes = _detailed(_of_session(found, session, today, about), half_days)
    live = session.state not in (*NOT_HELD, SessionState.CLOSED)
    late = [step for step in steps if live and not step.settled and step.due_on < today]
    for step in late:
        step.session = session
    owed = _said_once(holes, list(_of_steps(found, late)))
    if is_forgotten(session.state, session.starts_on, session.ends_on, today=today):
        owed.append(_of_forgotten(organisation, session, today))
    return sorted(owed, key=oldest_first)


def _register(found: Board | SessionRead) -> ExpectationResult | None:
    return next((result for result in _counting(found) if _is_register(result)), None)


def _results(found: Board | SessionRead) -> Iterable[ExpectationResult]:
    """Every expectation that was judged, of everybody or of one session."""
    if isinstance(found, SessionRead):
        return found.results
    return [result for status in found.statuses for result in status.expectations]


def _counting(found: Board | SessionRead) -> Iterable[ExpectationResult]:
    """Those that take part."""
    return (result for result in _results(found) if not result.neutral)


def _detailed(holes: Iterable[Owed], half_days: list[Owed]) -> list[Owed]:
    """Half-days one by one instead of the hole that they make together."""
    said = {(each.session, each.key) for each in half_days}
    return [*(each for each in holes if (each.session, each.key) not in said), *half_days]


def _said_once(owed: list[Owed], steps: list[Owed]) -> list[Owed]:
    """Without the steps that a hole of the same session says; whoever had to do such a step has to mend the hole."""
    if not steps:
        return owed
    kept, book = list(owed), expectations().by_key
    places: dict[tuple[str, str], list[int]] = {(each.session, each.key): [] for each in steps}
    for place, each in enumerate(kept):
        for step in book[each.key].closes:
            if (said := (each.session, f"{STEP}{step}")) in places:
                places[said].append(place)
    for each in steps:
        found = places[(each.session, each.key)]
        for place in found:
            kept[place] = _also(kept[place], each)
        if not found:
            kept.append(each)
    return kept


def _also(kept: Owed, gone: Owed) -> Owed:
    """The line that stays, owed since the first of both; by whom the other one named, when it names nobody."""
    since = min(kept.since, gone.since)
    if kept.trainers or kept.user:
        return kept._replace(since=since)
    return kept._replace(since=since, trainers=gone.trainers, user=gone.user)


def _label(session: Session) -> str:
    return f"{session.reference} · {session.course.title}"


def _sessions_of(found: Board) -> Callable[[str], About]:
    """What to say of a session that the engine names."""
    sessions, titles = {session.id: session for session in found.outline.sessions}, found.course_titles

    @cache
    def about(identifier: str) -> About:
        session = sessions[identifier]
        label = f"{session.reference} · {titles[session.course_id]}"
        return About(label, session.trainer_ids, session.last_day or session.first_day)

    return about


def _of_board(found: Board, today: date, about: Callable[[str], About]) -> Iterable[Owed]:
    first = {trainer.id: trainer.first_session_on for trainer in found.outline.trainers}
    for status in found.statuses:
        for result in status.counting:
            by_trainer = result.expectation.mended_by is Person.TRAINER
            for subject in result.missing:
                if subject.kind is SubjectKind.SESSION:
                    yield _of_hole(found, result, subject, about(subject.id), today)
                elif subject.kind is SubjectKind.TRAINER:
                    since = min(first.get(subject.id) or today, today)
                    yield _owed(found, result, subject, since, subject.label, (subject.id,) if by_trainer else (), of_file=True)


def _of_session(found: Board | SessionRead, session: Session, today: date, about: About) -> Iterable[Owed]:
    """The holes of one session alone."""
    identifier = str(session.pk)
    for result in _counting(found):
        if result.mark_by_subject.get(identifier) is Mark.MISSING:
            subject = next(each for each in result.missing if each.id == identifier)
            yield _of_hole(found, result, subject, about, today)


def _of_hole(found: Board | SessionRead, result: ExpectationResult, subject: Subject, said: About, today: date) -> Owed:
    """What a session lacks."""
    expectation = result.expectation
    by_trainer = expectation.mended_by is Person.TRAINER
    trainers = said.trainers if by_trainer else ()
    of_card = by_trainer and expectation.work is Work.CARD
    return _owed(found, result, subject, min(said.last_day, today), said.label, trainers, session=subject.id, of_file=of_card)


def _owed(
    found: Board | SessionRead,
    result: ExpectationResult,
    subject: Subject,
    since: date,
    label: str,
    trainers: tuple[str, ...],
    *,
    session: str = "",
    of_file: bool,
) -> Owed:
    expectation = result.expectation
    return Owed(
        expectation.key,
        since,
        expectation.indicator,
        session,
        label,
        partial(_words, result, subject),
        partial(way_to_mend, found.organisation.slug, expectation, subject.kind, subject.id),
        trainers,
        of_file=of_file,
    )


def _words(result: ExpectationResult, subject: Subject) -> str:
    return without_subject(result.sentence(subject), subject.label)


def _is_register(result: ExpectationResult) -> bool:
    """What is expected of the register itself: half-days say it in detail."""
    return "attendance" in result.expectation.closes


def _overdue(organisation: Organisation, today: date) -> QuerySet[Step]:
    """The steps past their day of sessions that are held and not closed."""
    steps: QuerySet[Step] = (
        Step.objects.for_organisation(organisation)
        .filter(due_on__lt=today, done_at__isnull=True, skipped_reason="")
        .exclude(session__state__in=[*NOT_HELD, SessionState.CLOSED])
        .select_related("session__course")
        .order_by("due_on", "created_at")
    )
    return steps


def _of_steps(found: Board | SessionRead, overdue: Iterable[Step]) -> Iterable[Owed]:
    """Steps past their day. One that an expectation covers is owed where that expectation is asked of the session."""
    asking: defaultdict[str, list[frozenset[str]]] = defaultdict(list)
    for result in _results(found):
        for key in result.expectation.closes:
            asking[key].append(result.asked)
    covered = {key for expectation in expectations().expectations if expectation.of_a_session for key in expectation.closes}
    organisation = found.organisation
    for step in overdue:
        session = str(step.session_id)
        if step.key in covered and not any(session in asked for asked in asking[step.key]):
            continue
        yield Owed(
            key=f"{STEP}{step.key}",
            since=step.due_on,
            indicator=None,
            session=session,
            label=_label(step.session),
            words=partial(_words_of_step, step),
            way=partial(way_of_step, organisation.slug, step),
            trainers=(str(step.trainer_id),) if step.trainer_id else (),
            user=str(step.owner_id) if step.owner_id else "",
        )


def _words_of_step(step: Step) -> str:
    return f"{step.label}. {step.problem}".strip()


def way_of_step(organisation: str, step: Step) -> Way:
    """Where a step is done."""
    action, page = _WAY_OF_STEP.get(step.key.partition(":")[0], _SEE)
    return Way(str(action), reverse(page, args=[organisation, step.session_id]))


def _of_forgotten(organisation: Organisation, session: Session, today: date) -> Owed:
    """A session whose dates have passed and that nobody started or cancelled: whoever manages says what became of it."""
    return Owed(
        key="forgotten",
        since=session.ends_on or session.starts_on or today,
        indicator=None,
        session=str(session.pk),
        label=_label(session),
        words=_words_of_forgotten,
        way=partial(_way_of_forgotten, organisation.slug, session),
    )


def _words_of_forgotten() -> str:
    return _("Ses dates sont passées, et personne ne l’a commencée ni annulée.")


def _way_of_forgotten(organisation: str, session: Session) -> Way:
    return Way(_("Dire ce qu’elle est devenue"), reverse("dossiers:session", args=[organisation, session.pk]))
