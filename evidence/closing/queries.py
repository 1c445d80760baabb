"""What still holds a session open, read from the engine, and what goes on after it is closed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from evidence.engine.result import ExpectationResult, Mark
from evidence.readiness.expected import session_results
from evidence.readiness.links import Way, way_to_file, way_to_mend
from evidence.readiness.queries import Board, board_of_one
from evidence.readiness.wording import without_subject
from qualiopi.standard.expectations import Closing, Timing
from trainings.sessions.models import Session, Step
from trainings.sessions.queries import steps_of
from trainings.ticking.queries import people_of, steps_told_by_facts, steps_without_object, surveys_over

# A survey: whoever answers does so in their own time.
SURVEY = "survey:"


@dataclass(frozen=True, slots=True)
class StillMissing:
    """One thing missing from a session, and the button that mends it. `key`: of the expectation; empty when nobody is enrolled."""

    key: str
    sentence: str
    way: Way


@dataclass(frozen=True, slots=True)
class ClosingState:
    """Where a session stands before it is closed.

    `holding`: holes that keep it open. `lost`: holes that no work mends any more, told and holding nothing. `awaited`: the surveys
    whose answers are still to come, by the key of their step. `open_steps`: neither done nor set aside; `told` are those whose work is
    recorded, `without_object` those that nobody calls for, with the reason.
    """

    holding: tuple[StillMissing, ...]
    lost: tuple[StillMissing, ...]
    awaited: frozenset[str]
    open_steps: tuple[Step, ...]
    told: frozenset[str]
    without_object: Mapping[str, str]

    @property
    def left_open(self) -> tuple[Step, ...]:
        """Steps of one's own that closing leaves as they are: surveys go on by themselves, and are counted apart."""
        settled = self.told | set(self.without_object) | self.awaited
        return tuple(step for step in self.open_steps if step.key not in settled)


def closing_of(session: Session, *, now: datetime) -> ClosingState:
    """Read a session as the engine does once it is over, for every expectation asked of it or of the people in it.

    A hole holds it open; what is not due yet does not, save where the data of the expectation says so. A constant number of queries.
    """
    people = people_of(session)
    slug = session.organisation.slug
    if not people:
        sentence = _("Personne n’est inscrit. Inscrivez les stagiaires, ou annulez la session si elle n’a pas eu lieu.")
        way = Way(_("Inscrire"), reverse("dossiers:session", args=[slug, session.pk]), "user-plus")
        return ClosingState((StillMissing("", sentence, way),), (), frozenset(), (), frozenset(), {})
    identifier = str(session.pk)
    read = read_at_closing(session, now=now)
    results = [result for result in session_results(read) if identifier in result.mark_by_subject]
    open_steps = tuple(step for step in steps_of(session) if not step.settled)
    without = steps_without_object(people)
    told = steps_told_by_facts(session, people) | _proved(results, identifier, open_steps)
    late = {
        step
        for result in results
        if result.expectation.closing is Closing.AWAITED and _lacks(result, identifier)
        for step in result.expectation.closes
    }
    to_come = {step.key for step in open_steps if step.key.startswith(SURVEY)} - told - set(without)
    return ClosingState(
        holding=tuple(_lacking(slug, (each for each in results if holds(each, identifier) and not beyond(each)), identifier)),
        lost=tuple(_lacking(slug, (each for each in results if holds(each, identifier) and beyond(each)), identifier)),
        awaited=frozenset((late | to_come) - surveys_over(session)),
        open_steps=open_steps,
        told=frozenset(told),
        without_object=without,
    )


def read_at_closing(session: Session, *, now: datetime) -> Board:
    """The organisation's board as it reads this session once it is over: on the day after its last one, if that is still to come."""
    last = session.ends_on or session.starts_on
    today = timezone.localdate(now)
    return board_of_one(session, observed_on=max(today, last + timedelta(days=1)) if last else today)


def holds(result: ExpectationResult, session_id: str) -> bool:
    """Whether this expectation keeps the session open: it is missing; or its delay still runs, where its data asks for it at closing."""
    mark, closing = result.mark_by_subject.get(session_id), result.expectation.closing
    if closing is Closing.AWAITED:
        return False
    return mark is Mark.MISSING or (mark is Mark.TO_COME and closing is Closing.BEFORE_DUE)


def beyond(result: ExpectationResult) -> bool:
    """Whether the work can mend it no more, now that the session is over: only a file of that time would."""
    timing = result.expectation.timing
    return timing.rule is Timing.ON_SESSION_DAYS or (
        timing.rule in (Timing.BEFORE_START, Timing.BY_FIRST_DAY) and not timing.late_counts
    )


def _lacks(result: ExpectationResult, session_id: str) -> bool:
    return result.mark_by_subject.get(session_id) in (Mark.MISSING, Mark.TO_COME)


def _proved(results: Iterable[ExpectationResult], session_id: str, steps: Iterable[Step]) -> set[str]:
    """The steps done by hand of which every expectation that they settle is proved. What is sent is told by what left."""
    by_hand = {step.key for step in steps if not step.automatic}
    seen: dict[str, bool] = {}
    for result in results:
        for key in result.expectation.closes:
            seen[key] = seen.get(key, True) and session_id in result.proved
    return {key for key, proved in seen.items() if proved and key in by_hand}


def _lacking(slug: str, results: Iterable[ExpectationResult], session_id: str) -> Iterable[StillMissing]:
    for result in results:
        [subject] = [subject for subject in result.subjects if subject.id == session_id]
        expectation = result.expectation
        filed = way_to_file(slug, expectation, subject.kind, session_id) if beyond(result) else None
        yield StillMissing(
            key=expectation.key,
            sentence=without_subject(result.sentence(subject), subject.label),
            way=filed or way_to_mend(slug, expectation, subject.kind, session_id),
        )
