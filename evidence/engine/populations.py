"""Who counts, for each expectation. Lists are built once per population and period and shared."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import cached_property

from evidence.engine.dates import Period, months_after, months_before
from evidence.engine.result import SubjectKind
from evidence.engine.situation import CourseView, PersonView, SessionView, Situation
from qualiopi.standard.expectations import Expectation, NewEntrant, RunForAnother
from qualiopi.standard.model import CATEGORIES
from trainings.facts.rows import Contract

View = SessionView | CourseView | PersonView
_SESSION_POPULATIONS = ("sessions_started", "sessions_under_way")
# Enrolled people are counted by session.
_OF_ENROLMENTS = {"enrolments_started": "sessions_started", "enrolments_finished": "sessions_finished"}
FINISHED = ("sessions_finished", "sessions_finished_or_long")
OWN_TRAINERS = "own_trainers_active"


class Populations:
    """Answers with views in a stable order: sessions by time, everybody else by name."""

    def __init__(self, situation: Situation) -> None:
        self.situation = situation
        self._sessions: dict[tuple[str, str], tuple[SessionView, ...]] = {}
        self._selected: dict[object, tuple[SessionView, ...]] = {}
        self._trainers_of: dict[int, tuple[PersonView, ...]] = {}
        self._courses_in: dict[int, tuple[CourseView, ...]] = {}
        self._names_of: dict[int, frozenset[str]] = {}

    # -- sessions ---------------------------------------------------------------------------------------------------

    def sessions(self, population: str, period: str) -> tuple[SessionView, ...]:
        key = (population, period)
        if key not in self._sessions:
            belongs = self._session_test(population, self.situation.period(period))
            self._sessions[key] = tuple(view for view in self.situation.attended if belongs(view))
        return self._sessions[key]

    def deserted(self, population: str, period: str) -> int:
        """How many sessions would belong, of which everybody withdrew before the first day: nothing can be asked of them."""
        name = _OF_ENROLMENTS.get(population, population)
        belongs = self._session_test(name, self.situation.period(period))
        return sum(map(belongs, self.situation.deserted))

    def _session_test(self, population: str, period: Period) -> Callable[[SessionView], bool]:
        until, start = period.end, period.start
        before = self.situation.reference_day
        long_since = before - timedelta(days=self.situation.figure("long_session_days"))

        def started(view: SessionView) -> bool:
            return start <= view.facts.first_day <= until

        def under_way(view: SessionView) -> bool:
            last = view.facts.last_day
            return view.facts.first_day <= until and (last is None or last >= start)

        def finished(view: SessionView) -> bool:
            last = view.facts.last_day
            return last is not None and start <= last < before

        def finished_or_long(view: SessionView) -> bool:
            return finished(view) or (under_way(view) and view.facts.first_day <= long_since and not _over(view, before))

        def not_over(view: SessionView) -> bool:
            last = view.facts.last_day
            return last is None or last >= start

        def perhaps_over(view: SessionView) -> bool:
            return view.facts.last_day is None and start <= view.facts.first_day < before

        return {
            "sessions_started": started,
            "sessions_under_way": under_way,
            "sessions_finished": finished,
            "sessions_since": not_over,
            "sessions_finished_or_long": finished_or_long,
            "sessions_finished, perhaps": lambda view: finished(view) or perhaps_over(view),
            "sessions_finished_or_long, perhaps": lambda view: finished_or_long(view) or perhaps_over(view),
        }[population]

    def selected_sessions(self, expectation: Expectation, population: str | None = None) -> tuple[SessionView, ...]:
        """Sessions of a population, less those of other categories, put off, or run for another where that excludes them.

        A session whose category is not known is kept: whether it counts is decided with its other unknowns.
        """
        name = population or expectation.population
        # What makes no difference here is left out of the key, so that more expectations share one list.
        late = expectation.new_entrant is NewEntrant.LATER and bool(self.situation.put_off_categories)
        ours = (expectation.run_for_another, expectation.mission) if self.situation.works_for_others else None
        key = (name, expectation.period, expectation.categories, late, ours)
        if key not in self._selected:
            keep = self._keeper(expectation)
            self._selected[key] = tuple(view for view in self.sessions(name, expectation.period) if keep(view))
        return self._selected[key]

    def asked(self, expectation: Expectation) -> frozenset[str]:
        """Sessions of the period or to come of which this expectation is ours to meet, whether or not its day has come."""
        views = self.selected_sessions(expectation, "sessions_since")
        if id(views) not in self._names_of:
            self._names_of[id(views)] = frozenset(view.facts.id for view in views)
        return self._names_of[id(views)]

    def _keeper(self, expectation: Expectation) -> Callable[[SessionView], bool]:
        categories = set(expectation.categories)
        if expectation.new_entrant is NewEntrant.LATER:
            categories -= self.situation.put_off_categories
        every_category = categories >= set(CATEGORIES)

        def keep(view: SessionView) -> bool:
            if not every_category and view.category is not None and view.category not in categories:
                return False
            return not view.facts.run_for_another or counts_when_run_for_another(view, expectation)

        return keep

    # -- courses ----------------------------------------------------------------------------------------------------

    def courses(self, expectation: Expectation) -> tuple[CourseView, ...]:
        if expectation.population == "courses_on_sale":
            found = self.courses_on_sale()
        else:
            counted = self.selected_sessions(expectation, "sessions_under_way")
            found = self._courses_of(counted)
        categories = set(expectation.categories)
        if expectation.new_entrant is NewEntrant.LATER:
            categories -= self.situation.put_off_categories
        return tuple(view for view in found if view.category is None or view.category in categories)

    def courses_delivered(self, period: str) -> tuple[CourseView, ...]:
        return self._courses_of(self.sessions("sessions_under_way", period))

    def _courses_of(self, sessions: tuple[SessionView, ...]) -> tuple[CourseView, ...]:
        """Lists of sessions are kept for the life of this object, so that their identity tells them apart."""
        if id(sessions) not in self._courses_in:
            identifiers = {view.facts.course_id for view in sessions}
            self._courses_in[id(sessions)] = tuple(
                view for identifier, view in self.situation.courses.items() if identifier in identifiers
            )
        return self._courses_in[id(sessions)]

    def courses_on_sale(self) -> tuple[CourseView, ...]:
        """A course that exists only for sessions run for another organisation is not for sale."""
        return self._on_sale_now

    @cached_property
    def _on_sale_now(self) -> tuple[CourseView, ...]:
        return tuple(view for view in self.situation.courses.values() if self._on_sale(view))

    def _on_sale(self, view: CourseView) -> bool:
        archived_on = view.facts.archived_on
        if archived_on is not None and archived_on <= self.situation.reference_day:
            return False
        sessions = self.situation.sessions_by_course.get(view.facts.id, [])
        if sessions and all(session.facts.run_for_another for session in sessions):
            return False
        recent = self.situation.recent_since
        return not view.facts.known_by_sessions_only or any(session.facts.first_day > recent for session in sessions)

    # -- people and organisations -----------------------------------------------------------------------------------

    def trainers(self, expectation: Expectation) -> tuple[PersonView, ...]:
        return self._trainers(self.selected_sessions(expectation, "sessions_under_way"))

    def trainers_active(self, period: str) -> tuple[PersonView, ...]:
        return self._trainers(self.sessions("sessions_under_way", period))

    def perhaps_finished(self, view: View, expectation: Expectation) -> bool:
        """A session that may still run: it has no last day, and has not been running for long."""
        if not isinstance(view, SessionView) or view.facts.last_day is not None or expectation.population not in FINISHED:
            return False
        long_since = self.situation.reference_day - timedelta(days=self.situation.figure("long_session_days"))
        return expectation.population == "sessions_finished" or view.facts.first_day > long_since

    def _trainers(self, sessions: tuple[SessionView, ...]) -> tuple[PersonView, ...]:
        if id(sessions) not in self._trainers_of:
            known = self.situation.trainers
            identifiers = {identifier for view in sessions for identifier in view.facts.trainer_ids if identifier in known}
            self._trainers_of[id(sessions)] = _by_name(self.situation.trainer_view(identifier) for identifier in identifiers)
        return self._trainers_of[id(sessions)]

    def own_trainers(self, expectation: Expectation) -> tuple[PersonView, ...]:
        """Less subcontractors. Carried trainers count as own."""
        return tuple(view for view in self.trainers(expectation) if view.trainer and not view.trainer.subcontractor)

    def settles_in_until(self, view: View) -> date | None:
        """Until when nothing is owed by somebody who began less than six months ago: it is to come. None once they are settled in."""
        first = view.trainer.first_session_on if isinstance(view, PersonView) and view.trainer else None
        if first is None:
            return None
        months = self.situation.figure("settling_in_months")
        return months_after(first, months) if first > months_before(self.situation.reference_day, months) else None

    def carried_trainers(self, expectation: Expectation) -> tuple[PersonView, ...]:
        return tuple(view for view in self.trainers(expectation) if view.trainer and view.trainer.carried)

    def subcontractors(self, expectation: Expectation) -> tuple[PersonView, ...]:
        identifiers = self._given_to(self._subcontracted(expectation))
        if expectation.population == "subcontractors_in_force":
            # A framework contract in force binds, whether or not a session is planned.
            day = self.situation.reference_day
            known = self.situation.subcontractors.values()
            identifiers |= {one.id for one in known if any(in_force_on(contract, day) for contract in one.contracts)}
        return _by_name(self.situation.subcontractor_view(identifier) for identifier in identifiers)

    def _subcontracted(self, expectation: Expectation) -> Iterable[SessionView]:
        under_way = self.selected_sessions(expectation, "sessions_under_way")
        if expectation.population == "subcontractors_active":
            return under_way
        today = self.situation.reference_day
        keep = self._keeper(expectation)
        to_come = (view for view in self.situation.sessions if keep(view) and not _over(view, today))
        since = self.situation.book.days["additions_apply_from"]
        return [*(view for view in under_way if view.facts.first_day >= since), *to_come]

    def _given_to(self, sessions: Iterable[SessionView]) -> set[str]:
        known = self.situation.subcontractors.keys() | self.situation.trainers.keys()
        return {identifier for view in sessions for identifier in view.subcontractor_ids if identifier in known}

    def companies(self, expectation: Expectation) -> tuple[PersonView, ...]:
        """Named on enrolments, or clients for whom a session was run."""
        identifiers: set[str] = set()
        for view in self.selected_sessions(expectation, "sessions_finished"):
            identifiers.update(view.facts.company_ids)
            if view.facts.client_id:
                identifiers.add(view.facts.client_id)
        known = self.situation.companies
        return _by_name(
            self.situation.party_view(SubjectKind.COMPANY, identifier, known[identifier].name)
            for identifier in identifiers
            if identifier in known
        )

    def funders(self, expectation: Expectation) -> tuple[PersonView, ...]:
        known = self.situation.funders
        identifiers = {
            identifier
            for view in self.selected_sessions(expectation, "sessions_finished")
            for identifier in view.facts.funder_ids
            if identifier in known
        }
        return _by_name(
            self.situation.party_view(SubjectKind.FUNDER, identifier, known[identifier].name) for identifier in identifiers
        )

    def members(self, expectation: Expectation) -> tuple[View, ...]:
        """The views an expectation counts, before its own conditions."""
        population = expectation.population
        if population in FINISHED:
            # One can't tell whether a session without a last day is over: it is kept, to be clarified.
            return self.selected_sessions(expectation, f"{population}, perhaps")
        if population in _SESSION_POPULATIONS:
            return self.selected_sessions(expectation)
        if population in _OF_ENROLMENTS:
            return self.selected_sessions(expectation, _OF_ENROLMENTS[population])
        builders: dict[str, Callable[[Expectation], tuple[View, ...]]] = {
            "courses_on_sale": self.courses,
            "courses_delivered": self.courses,
            "trainers_active": self.trainers,
            "teaching_team": self.trainers,
            OWN_TRAINERS: self.own_trainers,
            "carried_trainers_active": self.carried_trainers,
            "subcontractors_active": self.subcontractors,
            "subcontractors_in_force": self.subcontractors,
            "companies_served": self.companies,
            "funders_served": self.funders,
        }
        return builders[population](expectation)


def in_force_on(contract: Contract, day: date) -> bool:
    """Whether a contract, signed by then, is valid on that day."""
    ended = contract.valid_until is not None and contract.valid_until < day
    return max(contract.signed_on, contract.valid_from) <= day and not ended


def counts_when_run_for_another(view: SessionView, expectation: Expectation) -> bool:
    """Whether a session run as a subcontractor counts. Without a contract that states missions, it counts for everything."""
    if expectation.run_for_another is RunForAnother.OUT:
        return False
    if expectation.run_for_another is RunForAnother.MISSIONS:
        return view.facts.missions is None or expectation.mission in view.facts.missions
    return True


def _over(view: SessionView, day: date) -> bool:
    return view.facts.last_day is not None and view.facts.last_day < day


def _by_name(views: Iterable[PersonView]) -> tuple[PersonView, ...]:
    return tuple(sorted(views, key=lambda view: (view.subject.label, view.id)))
