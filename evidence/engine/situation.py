"""The facts seen from one audit date: indexes, periods, settings, who holds which category. Built once for all indicators."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property

from evidence.engine.dates import Period, french_span, last_months, months_before
from evidence.engine.facts import (
    AuditKind,
    Cover,
    DocumentFacts,
    Facts,
    HandSet,
)
from evidence.engine.result import Subject, SubjectKind
from evidence.engine.timing import Days
from qualiopi.standard.expectations import ExpectationBook
from qualiopi.standard.model import Grid
from qualiopi.standard.profile import Profile
from trainings.facts.rows import CourseRow, Party, SessionRow, SubcontractorRow, TrainerRow

# Apprenticeship and VAE always lead to a certification.
ALWAYS_CERTIFYING = frozenset({"VAE", "CFA"})
# Documents that hold what trainees thought of a session.
OPINIONS = frozenset({"survey_answers", "survey_summary"})
_CYCLE_AUDITS = (AuditKind.INITIAL, AuditKind.SURVEILLANCE, AuditKind.RENEWAL)


@dataclass(frozen=True, slots=True)
class SessionView:
    """A session with what its course and its trainers add to it."""

    facts: SessionRow
    subject: Subject
    category: str | None
    certifying: bool | None
    days: Days
    given: bool | None  # to a subcontractor; None: nothing says who runs it
    subcontractor_ids: tuple[str, ...]

    @property
    def deserted(self) -> bool:
        """Everybody withdrew before the first day."""
        return not self.facts.enrolled and self.facts.work.withdrawn > 0


@dataclass(frozen=True, slots=True)
class CourseView:
    facts: CourseRow
    subject: Subject
    category: str | None
    certifying: bool | None


@dataclass(frozen=True, slots=True)
class PersonView:
    """A trainer, a subcontractor, a company or a funder."""

    id: str
    subject: Subject
    trainer: TrainerRow | None = None


class Situation:
    """Facts, profile and dates, indexed.

    ``reference_day``: the earlier of the audit date and the day the facts are read. Everything is judged as it stands on that day; the
    audit date chooses the grid, the figures and who is a new entrant.
    """

    def __init__(
        self,
        *,
        grid: Grid,
        profile: Profile,
        facts: Facts,
        book: ExpectationBook,
        as_of: date,
        observed_on: date,
        since: date | None = None,
    ) -> None:
        self.grid = grid
        self.profile = profile
        self.facts = facts
        self.book = book
        self.as_of = as_of
        self.observed_on = observed_on
        self.since = since
        self.reference_day = min(as_of, observed_on)
        self.held_categories = profile.categories
        self.only_category = next(iter(profile.categories)) if len(profile.categories) == 1 else None
        self.new_categories = frozenset(
            category for category in profile.new_entrant_categories - self._audited_categories() if self._in_first_year(category)
        )
        self._given_memo: dict[object, tuple[bool | None, tuple[str, ...]]] = {}
        self._answered: dict[Period, frozenset[str]] = {}
        self.all_new = bool(profile.categories) and self.new_categories == profile.categories

    @property
    def put_off_categories(self) -> frozenset[str]:
        """New categories beside established ones: their subjects are left out of what is put off. If all are new, nothing is
        left out, so that work already done is still shown."""
        return frozenset() if self.all_new else self.new_categories

    def setting(self, key: str) -> int | None:
        """The figure in force on the audit date; an override given with the facts wins."""
        return self.facts.settings.get(key, self.book.settings[key].value_on(self.as_of))

    def figure(self, key: str) -> int:
        """A figure of ours, which always has a value. Raises ``ValueError`` otherwise."""
        value = self.setting(key)
        if value is None:
            raise ValueError(f"setting {key} has no value")
        return value

    def checklist(self, key: str) -> tuple[str, ...]:
        """The lines of an expectation's checklist that belong to the grid of the audit."""
        document = self.book.by_key[key].document
        other = tuple(f"_{grid}" for grid in ("2019", "2026") if grid != self.grid.id)
        return tuple(line for line in document.contents if not line.endswith(other)) if document else ()

    def _audited_categories(self) -> frozenset[str]:
        """Categories the certifier has already seen; an audit that names none covered all those held then."""
        seen: set[str] = set()
        for audit in self.facts.organisation.past_audits:
            if audit.held_on < self.as_of:
                seen |= audit.categories or self.profile.categories
        return frozenset(seen)

    def _in_first_year(self, category: str) -> bool:
        """Whether a category began less than twelve months before the audit, and after any certificate: the flag of the profile alone
        no longer decides. It began with its first session, failing that with the activity."""
        organisation = self.facts.organisation
        courses = {course.id: course.category or self.only_category for course in self.facts.courses}
        firsts = (one.first_day for one in self.facts.sessions if one.held and courses.get(one.course_id) == category)
        known = [day for day in (min(firsts, default=None), organisation.activity_started_on) if day is not None]
        began = known[0] if known else None
        if began is None or (organisation.certified_on is not None and began <= organisation.certified_on <= self.as_of):
            return False
        return began > months_before(self.as_of, self.figure("new_entrant_months"))

    # -- periods ----------------------------------------------------------------------------------------------------

    @cached_property
    def previous_audit_on(self) -> date | None:
        held = [
            audit.held_on
            for audit in self.facts.organisation.past_audits
            if audit.kind in _CYCLE_AUDITS and audit.held_on < self.as_of
        ]
        return max(held, default=None)

    @property
    def certified_before(self) -> date | None:
        """The certificate in hand on the audit date."""
        certified_on = self.facts.organisation.certified_on
        return certified_on if certified_on is not None and certified_on <= self.as_of else None

    @property
    def history_unknown(self) -> bool:
        """Not known whether the certifier ever came: the period is a whole cycle, and the page says so."""
        return self.previous_audit_on is None and self.facts.organisation.never_audited is not True

    @cached_property
    def audit_period(self) -> Period:
        return self._audit_period(self.reference_day)

    def _audit_period(self, day: date) -> Period:
        if self.previous_audit_on is not None:
            start = self.previous_audit_on + timedelta(days=1)
        else:
            key = "history_months_unknown" if self.history_unknown else "history_months_initial"
            start = last_months(day, self.figure(key)).start
            if (certified_on := self.certified_before) is not None:
                # The visit that led to the certificate is not recorded: what it saw is not looked at again.
                start = max(start, certified_on)
        began = self.facts.organisation.activity_started_on
        start = max(start, began) if began and began <= day else start
        return Period(min(start, self.since or start), day)

    def period(self, key: str, day: date | None = None) -> Period:
        """Where the period is the audit date itself, facts are looked for over the audit period. ``day`` closes it: the day of reading,
        unless another one is given."""
        if key == "last_12_months":
            return last_months(day or self.reference_day, 12)
        if key == "last_24_months":
            return last_months(day or self.reference_day, 24)
        return self._audit_period(day) if day else self.audit_period

    # -- views ------------------------------------------------------------------------------------------------------

    @cached_property
    def trainers(self) -> dict[str, TrainerRow]:
        return {trainer.id: trainer for trainer in self.facts.trainers}

    @cached_property
    def subcontractors(self) -> dict[str, SubcontractorRow]:
        return {subcontractor.id: subcontractor for subcontractor in self.facts.subcontractors}

    @cached_property
    def companies(self) -> dict[str, Party]:
        return {party.id: party for party in self.facts.companies}

    @cached_property
    def funders(self) -> dict[str, Party]:
        return {party.id: party for party in self.facts.funders}

    @cached_property
    def courses(self) -> dict[str, CourseView]:
        """In alphabetical order."""
        return {
            course.id: CourseView(
                facts=course,
                subject=Subject(SubjectKind.COURSE, course.id, course.reference or course.title, course.title),
                category=course.category or self.only_category,
                certifying=True if (course.category or self.only_category) in ALWAYS_CERTIFYING else course.certifying,
            )
            for course in sorted(self.facts.courses, key=lambda course: (course.title, course.id))
        }

    @cached_property
    def sessions(self) -> tuple[SessionView, ...]:
        """Sessions that were not cancelled, postponed or left as drafts, in time order."""
        held = sorted(
            (session for session in self.facts.sessions if session.held),
            key=lambda session: (session.first_day, session.reference, session.id),
        )
        return tuple(self._view(session) for session in held)

    @cached_property
    def deserted(self) -> tuple[SessionView, ...]:
        """Those that everybody left before the first day."""
        return tuple(view for view in self.sessions if view.deserted)

    @cached_property
    def attended(self) -> tuple[SessionView, ...]:
        """The others."""
        return tuple(view for view in self.sessions if not view.deserted)

    def _view(self, session: SessionRow) -> SessionView:
        course = self.courses.get(session.course_id)
        said = (session.given_to_id, session.trainer_ids)
        if said not in self._given_memo:
            self._given_memo[said] = self._given(session)
        given, subcontractor_ids = self._given_memo[said]
        name = ", ".join(dict.fromkeys(each for each in (session.reference, course.facts.title if course else "") if each))
        label = f"{name}, {french_span(session.first_day, session.last_day)}"
        return SessionView(
            facts=session,
            subject=Subject(SubjectKind.SESSION, session.id, session.reference or label, label),
            category=course.category if course else self.only_category,
            certifying=course.certifying if course else None,
            days=Days(session.first_day, session.last_day),
            given=given,
            subcontractor_ids=subcontractor_ids,
        )

    def _given(self, session: SessionRow) -> tuple[bool | None, tuple[str, ...]]:
        """Whether somebody else runs it, as far as the session and its trainers say."""
        found = dict.fromkeys((session.given_to_id,) if session.given_to_id else ())
        marked: list[bool | None] = []
        for identifier in session.trainer_ids:
            trainer = self.trainers.get(identifier)
            if trainer is None:
                continue
            marked.append(trainer.subcontractor)
            if trainer.subcontractor:
                found[trainer.subcontractor_id or trainer.id] = None
        if found:
            return True, tuple(found)
        if marked and None not in marked:
            return False, ()
        # Without the profile saying that work is given out, silence means that it is not.
        return (None if self.profile.subcontracts_out else False), ()

    @cached_property
    def works_for_others(self) -> bool:
        """At least one session is run as somebody's subcontractor."""
        return any(view.facts.run_for_another for view in self.sessions)

    @cached_property
    def sessions_by_course(self) -> dict[str, list[SessionView]]:
        found: dict[str, list[SessionView]] = {}
        for view in self.sessions:
            found.setdefault(view.facts.course_id, []).append(view)
        return found

    def trainer_view(self, identifier: str) -> PersonView:
        trainer = self.trainers[identifier]
        return PersonView(identifier, Subject(SubjectKind.TRAINER, identifier, trainer.name, trainer.name), trainer)

    def subcontractor_view(self, identifier: str) -> PersonView:
        known = self.subcontractors.get(identifier)
        name = known.name if known else self.trainers[identifier].name
        return PersonView(identifier, Subject(SubjectKind.SUBCONTRACTOR, identifier, name, name))

    def party_view(self, kind: SubjectKind, identifier: str, name: str) -> PersonView:
        return PersonView(identifier, Subject(kind, identifier, name, name))

    def answered_trainers(self, period: Period) -> frozenset[str]:
        """Trainers of whom a session got an answer dated in the period (an answer without a date counts), and no low mark."""
        if period not in self._answered:
            self._answered[period] = frozenset(
                trainer
                for view in self.sessions
                if view.facts.asked.answers and self._answered_in(view.facts, period) and not self._badly_marked(view.facts)
                for trainer in view.facts.trainer_ids
            )
        return self._answered[period]

    def opinions_of(self, trainer: str) -> Sequence[tuple[DocumentFacts, Days]]:
        """Answers and syntheses of surveys filed with sessions that this person led, with the days of each session."""
        return self._opinions.get(trainer, ())

    @cached_property
    def _opinions(self) -> dict[str, list[tuple[DocumentFacts, Days]]]:
        by_session: dict[str, list[DocumentFacts]] = {}
        for document in self.facts.documents:
            if document.type in OPINIONS:
                for session in document.session_ids:
                    by_session.setdefault(session, []).append(document)
        found: dict[str, list[tuple[DocumentFacts, Days]]] = {}
        for view in self.sessions if by_session else ():
            for document in by_session.get(view.facts.id, ()):
                for trainer in view.facts.trainer_ids:
                    found.setdefault(trainer, []).append((document, view.days))
        return found

    def _badly_marked(self, session: SessionRow) -> bool:
        """Whether the marks given are low, on the whole: they ask for something, and check nobody."""
        return session.asked.mean is not None and session.asked.mean < self.figure("low_mark")

    @staticmethod
    def _answered_in(session: SessionRow, period: Period) -> bool:
        first, last = session.asked.first_on, session.asked.last_on or session.asked.first_on
        return (first is None or first <= period.end) and (last is None or last >= period.start)

    @cached_property
    def documents_of_trainers(self) -> dict[str, list[DocumentFacts]]:
        found: dict[str, list[DocumentFacts]] = {}
        for document in self.facts.documents:
            for trainer in document.trainer_ids:
                found.setdefault(trainer, []).append(document)
        return found

    @cached_property
    def covered_by_titles(self) -> dict[frozenset[str], frozenset[frozenset[str]]]:
        """Words of a title -> those of each requirement that somebody said it covers."""
        found: dict[frozenset[str], frozenset[frozenset[str]]] = {}
        for trainer in self.facts.trainers:
            for record in trainer.records:
                if record.covers:
                    found[record.words] = found.get(record.words, frozenset()) | frozenset(record.covers)
        return found

    @cached_property
    def covers(self) -> dict[tuple[str, str], list[Cover]]:
        """Expectation and subject -> the lines that somebody said a document covers."""
        found: dict[tuple[str, str], list[Cover]] = {}
        for cover in self.facts.covers:
            found.setdefault((cover.expectation_key, cover.subject_id), []).append(cover)
        return found

    # -- what a person declared ---------------------------------------------------------------------------------------

    def holds(self, entry: HandSet) -> bool:
        """A declaration lapses on its last day, when the profile changes, or after the next audit; made after the audit date, it
        isn't one."""
        audited_since = any(entry.decided_on < audit.held_on < self.as_of for audit in self.facts.organisation.past_audits)
        return entry.decided_on <= self.as_of <= entry.until and not entry.profile_changed_since and not audited_since

    # -- dates ------------------------------------------------------------------------------------------------------

    @property
    def mend_by(self) -> date:
        """When a hole is to be mended: a while before the audit, or at once when that is past."""
        return max(self.as_of - timedelta(days=self.figure("mend_before_audit_days")), self.observed_on)

    @property
    def recent_since(self) -> date:
        """A course known only by its sessions is on sale if one of them starts after this day."""
        return months_before(self.reference_day, self.figure("on_sale_months"))
