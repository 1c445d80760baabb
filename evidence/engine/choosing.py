"""Which expectations are asked of an organisation, and of whom: chosen here, measured elsewhere (``evidence.engine.measuring``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple

from evidence.engine import sentences
from evidence.engine.conditions import (
    ProfileConditions,
    SubjectConditions,
    Test,
    category_matters,
    category_unknown,
    everybody_left,
    somebody_aims,
    unknown_membership,
)
from evidence.engine.populations import FINISHED, Populations, View
from evidence.engine.recorded.people import PROFILES, expired
from evidence.engine.setting_aside import PROFILE_CONDITION, SettingAside
from evidence.engine.situation import PersonView, SessionView, Situation
from evidence.engine.unknowns import UnknownFacts
from qualiopi.standard.expectations import Expectation, NewEntrant, RunForAnother
from qualiopi.standard.model import CATEGORIES, Indicator
from qualiopi.standard.profile import Profile

LATEST_GRID = "2026"
NOTHING_UNKNOWN: tuple[str, ...] = ()


def deniable(indicator: Indicator, profile: Profile) -> str:
    """The condition of an indicator that facts may show although the profile denies it; "" where none can."""
    held = profile.categories & indicator.categories
    return PROFILE_CONDITION[indicator.condition.key] if indicator.condition is not None and held else ""


class Doubt(NamedTuple):
    """What one would have to know before anything can be chosen, in French sentences, and what to do about it."""

    reasons: tuple[str, ...]
    next_action: str


class Chooser:
    """Chooses for one situation; populations are shared between the expectations."""

    def __init__(self, situation: Situation, *, only: str = "") -> None:
        """``only``: the one subject that is looked at, among all those that the same facts tell of; everybody where it is empty."""
        self.situation = situation
        self.only = only
        self.populations = Populations(situation)
        self.profile_conditions = ProfileConditions(situation, self.populations)
        self.subject_conditions = SubjectConditions(situation, self.populations)
        self.unknown_facts = UnknownFacts(situation, self.populations)
        self.setting_aside = SettingAside(situation, self.populations, self.profile_conditions)

    # -- expectations -----------------------------------------------------------------------------------------------

    def contradictions(self, indicator: Indicator) -> list[str]:
        """Facts that show what the profile denies, for an indicator it sets aside."""
        key = deniable(indicator, self.situation.profile)
        return [self.profile_conditions.contradiction(key)] if key and self.profile_conditions.contradicted(key) else []

    def is_asked(self, expectation: Expectation) -> bool:
        """Whether it is asked of this organisation, as far as one knows."""
        held = self.situation.held_categories
        if held and not expectation.categories & held:
            return False
        return all(self.profile_conditions.holds(key) is not False for key in expectation.profile_conditions)

    def is_put_off(self, expectation: Expectation) -> bool:
        """Whether it is verified at the surveillance audit, everything being new."""
        return expectation.new_entrant is NewEntrant.LATER and self.situation.all_new

    def contradicted(self, expectation: Expectation) -> tuple[str, ...]:
        """The sentences of the facts for which it is asked although the profile does not say so."""
        conditions = self.profile_conditions
        return tuple(conditions.contradiction(key) for key in expectation.profile_conditions if conditions.contradicted(key))

    def doubt(self, expectation: Expectation) -> Doubt | None:
        """What is not known, without which it cannot be judged at all; None when nothing lacks."""
        book = self.situation.book
        facts = [book.unknown_facts[key] for key in self.unknown_facts.holding(expectation)]
        if self._categories_matter(expectation):
            facts.append(book.unknown_facts["categories_unknown"])
        if facts:
            return Doubt(tuple(dict.fromkeys(fact.sentence for fact in facts)), facts[0].next_action)
        silent = [
            book.profile_conditions[key].unknown
            for key in expectation.profile_conditions
            if self.profile_conditions.holds(key) is None
        ]
        return Doubt(tuple(dict.fromkeys(silent)), silent[0]) if silent else None

    def _categories_matter(self, expectation: Expectation) -> bool:
        """What is asked of the organisation for some categories only can't be judged without knowing those it holds."""
        if expectation.subject != "organisation" or self.situation.held_categories:
            return False
        return len(expectation.categories) < len(CATEGORIES) or expectation.items == "categories_held"

    # -- subjects ---------------------------------------------------------------------------------------------------

    def members(self, expectation: Expectation) -> Sequence[View]:
        """Whoever may be concerned, in a stable order: each is to be asked of (``concerned``)."""
        views = self.populations.members(expectation)
        return [view for view in views if view.subject.id == self.only] if self.only else views

    def concerned(self, expectation: Expectation) -> Callable[[View], tuple[str, ...] | None]:
        """What tells of one subject which unknown facts prevent one from telling whether it is concerned; None: it is not."""
        tests = self._tests(expectation)
        # People are counted by session, whether or not one knows the category of its course.
        doubtful = expectation.subject != "enrolment" and category_matters(expectation.categories, self.situation.held_categories)
        finished = expectation.population in FINISHED

        def unknown_of(view: View) -> tuple[str, ...] | None:
            unknown = unknown_membership(view, tests) if tests else NOTHING_UNKNOWN
            if unknown is None:
                return None
            if doubtful and category_unknown(view):
                unknown = (*unknown, "category_unknown")
            if finished and self.populations.perhaps_finished(view, expectation):
                unknown = (*unknown, "end_unknown")
            return unknown

        return unknown_of

    def _tests(self, expectation: Expectation) -> list[tuple[str, Test]]:
        """The tests that say whether a subject is concerned."""
        tests = self.subject_conditions.tests(expectation.subject_conditions, expectation.period)
        if _is_addition(expectation):
            tests.append(("additions", self.subject_conditions.of_additions(expectation.period)))
        return tests

    def categories(self, expectation: Expectation) -> list[str]:
        """The categories held of which it is asked, less those in which every session is run for another organisation."""
        concerned = self.situation.held_categories & expectation.categories
        return [code for code in CATEGORIES if code in concerned and not self._leaves_out(expectation, code)]

    def _leaves_out(self, expectation: Expectation, code: str) -> bool:
        if expectation.new_entrant is NewEntrant.LATER and code in self.situation.put_off_categories:
            return True
        if expectation.run_for_another is not RunForAnother.OUT:
            return False
        sessions = [view for view in self.populations.sessions("sessions_under_way", "audit_period") if view.category == code]
        return bool(sessions) and all(view.facts.run_for_another for view in sessions)

    def subcontracting_unknown(self, expectation: Expectation) -> bool:
        """No subcontractor is known, and some sessions don't say who runs them."""
        return (
            expectation.subject == "subcontract"
            and "subcontracting_unknown" in expectation.unknown_facts
            and any(view.given is None for view in self.populations.sessions("sessions_under_way", expectation.period))
        )

    def told(self, expectation: Expectation) -> tuple[str, ...]:
        """Sessions of which nothing more can be asked, or not this; titles that have expired: told, and lowers nothing."""
        if expectation.key == PROFILES:
            return sentences.expired(
                [
                    (view.subject.label, title)
                    for view in self.populations.members(expectation)
                    if isinstance(view, PersonView)
                    for title in expired(view, self.situation)
                ]
            )
        if not expectation.of_a_session:
            return ()
        told = []
        if gone := self.populations.deserted(expectation.population, expectation.period):
            told.append(sentences.deserted(gone))
        views = [view for view in self.populations.members(expectation) if isinstance(view, SessionView)]
        if "somebody_aims" in expectation.subject_conditions and (aimless := sum(not somebody_aims(view) for view in views)):
            told.append(sentences.nobody_aims(aimless))
        if "somebody_stayed" in expectation.subject_conditions and (left := sum(everybody_left(view) for view in views)):
            told.append(sentences.everybody_left(left))
        if _is_addition(expectation):
            asked = self.subject_conditions.of_additions(expectation.period)
            if before := sum(not asked(view) for view in views):
                told.append(sentences.before_additions(before, self.situation.book.days["additions_apply_from"]))
        return tuple(told)


def _is_addition(expectation: Expectation) -> bool:
    """What the decree of 2026 adds on sessions and on the courses they are of; what the organisation keeps is asked from its day."""
    on_sessions = expectation.of_a_session or expectation.population == "courses_delivered"
    return on_sessions and expectation.grids == frozenset({LATEST_GRID})
