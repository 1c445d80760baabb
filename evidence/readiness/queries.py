"""Where an organisation stands, for whoever shows it: pages, command, report, pack and network read the same answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from uuid import UUID

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from evidence.engine.dates import months_before
from evidence.engine.evaluate import asked_of, concerned, denied, surroundings
from evidence.engine.evaluate import status as status_of
from evidence.engine.evaluate import statuses as statuses_of
from evidence.engine.facts import Facts
from evidence.engine.recorded.catalogue import lines_of_course
from evidence.engine.result import ExpectationResult, IndicatorStatus, Status, Subject
from evidence.library.models import CoveredLine, Document, ReviewState, SubjectLink, Version
from evidence.readiness.covers import LACKS, lines_of_session
from evidence.readiness.gathering import gather, gather_denied
from evidence.readiness.models import Conclusion, RuleSetting, SetAside, TightenedThreshold
from evidence.readiness.outline import Outline, outline_of
from evidence.readiness.remembering import Recalled
from qualiopi.organisations.models import CertifierAudit, Organisation
from qualiopi.organisations.queries import next_audit, profile_of
from qualiopi.standard.applicability import Answer
from qualiopi.standard.book import expectations
from qualiopi.standard.expectations import Expectation, Setting
from qualiopi.standard.grids import grid_for
from qualiopi.standard.model import Grid, Indicator
from qualiopi.standard.profile import Profile
from qualiopi.zones import on_days_of, today_of
from trainings.sessions.models import Session

# The order in which statuses ask for attention.
WORST_FIRST = (Status.INSUFFICIENT, Status.AT_RISK, Status.CANNOT_BE_JUDGED, Status.DEMONSTRABLE, Status.NOT_APPLICABLE)


@dataclass(frozen=True, slots=True)
class Concern:
    """Whom the indicators of the grid of an audit date concern. `without_object`: those that do not concern the organisation, and why."""

    audit_date: date
    grid: Grid
    without_object: Mapping[int, str]


@dataclass(frozen=True)
class Board:
    """Every indicator of the grid on an audit date, as the facts stand on `observed_on`."""

    organisation: Organisation
    audit_date: date
    observed_on: date
    grid: Grid
    profile: Profile
    read_outline: Callable[[], Outline]
    statuses: tuple[IndicatorStatus, ...]

    @cached_property
    def outline(self) -> Outline:
        """What pages show of the facts that the engine looked at."""
        return self.read_outline()

    @cached_property
    def counts(self) -> Mapping[Status, int]:
        """How many indicators have each status; zeros included."""
        found = Counter(status.status for status in self.statuses)
        return {status: found[status] for status in Status}

    @property
    def concerned(self) -> int:
        """How many indicators are asked of this organisation."""
        return len(self.statuses) - self.counts[Status.NOT_APPLICABLE]

    @property
    def results(self) -> tuple[ExpectationResult, ...]:
        """Every expectation judged, by indicator."""
        return tuple(result for status in self.statuses for result in status.expectations)

    @property
    def concern(self) -> Concern:
        """Which indicators do not concern this organisation, whatever is recorded of the others."""
        without = {status.number: status.reasons[0] for status in self.statuses if status.applicable is Answer.NO}
        return Concern(self.audit_date, self.grid, without)

    @property
    def asking_for(self) -> tuple[IndicatorStatus, ...]:
        """Those that still ask for something, in order."""
        return tuple(each for each in self.statuses if each.status not in (Status.DEMONSTRABLE, Status.NOT_APPLICABLE))

    @property
    def unsure(self) -> int:
        """How many of these depend on an answer of the profile."""
        return sum(1 for status in self.statuses if status.applicable is Answer.UNKNOWN)

    @property
    def asking(self) -> int:
        """How many still ask for something."""
        return len(self.asking_for)

    @cached_property
    def courses(self) -> Mapping[str, str]:
        """Session -> its course."""
        return {session.id: session.course_id for session in self.outline.sessions}

    @property
    def course_titles(self) -> Mapping[str, str]:
        """Course -> its title."""
        return self.outline.titles

    def indicator(self, number: int) -> Indicator:
        """The text of an indicator in the grid of that date. Raises KeyError."""
        return self.grid.indicator(number)

    def status(self, number: int) -> IndicatorStatus:
        """Where one indicator stands. Raises KeyError for a number the grid does not have."""
        for status in self.statuses:
            if status.number == number:
                return status
        raise KeyError(number)

    def of_criterion(self, number: int) -> tuple[IndicatorStatus, ...]:
        """The indicators of one criterion, in order."""
        return tuple(status for status in self.statuses if self.grid.indicator(status.number).criterion == number)


@dataclass(frozen=True)
class FreshBoard(Board):
    """One that was judged just now, with all that the engine looked at: what is frozen, signed or handed over is read from."""

    facts: Facts


def board(
    *,
    organisation: Organisation,
    audit_date: date | None = None,
    observed_on: date | None = None,
    recalled: Recalled | None = None,
) -> FreshBoard:
    """Judge every indicator. A constant number of queries, whatever the number of sessions; writes nothing.

    `audit_date`: the next audit when not given, today when none is planned; it chooses the grid. `observed_on`: its today when
    not given. Without a visit nor a date, nothing is due. `recalled`: what is kept of it (`evidence.readiness.remembering`).
    """
    observed = observed_on or today_of(organisation)
    day, dated = _day(organisation, audit_date, observed)
    grid, profile, facts = _read(organisation, day, observed, recalled)
    days = {"as_of": day, "observed_on": observed}
    memory = recalled.memory(surroundings(grid, profile, facts, **days), facts.sessions) if recalled else None
    found = statuses_of(grid, profile, facts, **days, memory=memory)
    return FreshBoard(
        organisation=organisation,
        audit_date=day,
        observed_on=observed,
        grid=grid,
        profile=profile,
        read_outline=lambda: outline_of(facts),
        facts=facts,
        statuses=found if dated else tuple(replace(status, due_on=None) for status in found),
    )


def board_of_one(session: Session, *, observed_on: date) -> FreshBoard:
    """The same board with a period that begins no later than this session, read on a day when it is over: what closing asks of it.

    Only what it says of this session is to be read. As many queries as `board`.
    """
    organisation = session.organisation
    day, _dated = _day(organisation, None, observed_on)
    grid, profile, facts = _read(organisation, day, observed_on)
    found = statuses_of(grid, profile, facts, as_of=day, observed_on=observed_on, since=session.starts_on)
    return FreshBoard(
        organisation=organisation,
        audit_date=day,
        observed_on=observed_on,
        grid=grid,
        profile=profile,
        read_outline=lambda: outline_of(facts),
        facts=facts,
        statuses=found,
    )


def indicator(
    *, organisation: Organisation, number: int, audit_date: date | None = None, observed_on: date | None = None
) -> IndicatorStatus:
    """Judge one indicator, as `board` would. Raises KeyError for a number the grid of that date does not have."""
    observed = observed_on or today_of(organisation)
    day, dated = _day(organisation, audit_date, observed)
    grid, profile, facts = _read(organisation, day, observed)
    found = status_of(grid, profile, facts, number, as_of=day, observed_on=observed)
    return found if dated else replace(found, due_on=None)


def concern_of(organisation: Organisation, *, observed_on: date) -> Concern:
    """What `board` says of whom an indicator concerns, without judging anything: one query, seven more where the profile denies a
    condition that facts may show; nothing kept is read."""
    day, _dated = _day(organisation, None, observed_on)
    grid, profile = grid_for(day), profile_of(organisation.profile)
    with on_days_of(organisation):
        facts = gather_denied(
            organisation=organisation, audit_date=day, observed_on=observed_on, conditions=denied(grid, profile)
        )
    return _concern(grid, profile, facts, day, observed_on)


@dataclass(frozen=True, slots=True)
class IndicatorRead:
    """One indicator, what the engine looked at, and whom the others concern."""

    status: IndicatorStatus
    facts: Facts
    concern: Concern


@dataclass(frozen=True, slots=True)
class SessionRead:
    """What is asked of one session, for the next audit, and whom the indicators concern."""

    organisation: Organisation
    audit_date: date
    results: tuple[ExpectationResult, ...]
    courses: Mapping[str, str]
    concern: Concern


def session_read(*, organisation: Organisation, session: UUID, observed_on: date) -> SessionRead:
    """As `board` would say it; nothing but this session is judged. As many queries as `board`."""
    day, _dated = _day(organisation, None, observed_on)
    grid, profile, facts = _read(organisation, day, observed_on)
    return SessionRead(
        organisation=organisation,
        audit_date=day,
        results=asked_of(grid, profile, facts, str(session), as_of=day, observed_on=observed_on),
        courses={row.id: row.course_id for row in facts.sessions},
        concern=_concern(grid, profile, facts, day, observed_on),
    )


def indicator_read(*, organisation: Organisation, number: int, observed_on: date) -> IndicatorRead:
    """As `board` would say it for the next audit. Raises KeyError for a number the grid of that date does not have."""
    day, dated = _day(organisation, None, observed_on)
    grid, profile, facts = _read(organisation, day, observed_on)
    found = status_of(grid, profile, facts, number, as_of=day, observed_on=observed_on)
    return IndicatorRead(
        status=found if dated else replace(found, due_on=None),
        facts=facts,
        concern=_concern(grid, profile, facts, day, observed_on),
    )


def _concern(grid: Grid, profile: Profile, facts: Facts, day: date, observed_on: date) -> Concern:
    answers = concerned(grid, profile, facts, as_of=day, observed_on=observed_on)
    return Concern(day, grid, {each.number: each.reason for each in answers if each.answer is Answer.NO})


def _day(organisation: Organisation, asked: date | None, today: date) -> tuple[date, bool]:
    """The day read, and whether it is one to be ready for: without a visit to come, today is read and nothing is due by then."""
    visit = None if asked else next_audit(organisation, today=today)
    return asked or (visit.held_on if visit else today), bool(asked or visit)


def _read(
    organisation: Organisation, audit_date: date, observed_on: date, recalled: Recalled | None = None
) -> tuple[Grid, Profile, Facts]:
    with on_days_of(organisation):
        facts = gather(organisation=organisation, audit_date=audit_date, observed_on=observed_on, recalled=recalled)
    return grid_for(audit_date), profile_of(organisation.profile), facts


def audit_on(organisation: Organisation, day: date) -> CertifierAudit | None:
    """The certifier's visit of that day, if one is recorded."""
    visit: CertifierAudit | None = CertifierAudit.objects.for_organisation(organisation).filter(held_on=day).first()
    return visit


def last_conclusions(organisation: Organisation) -> dict[int, Conclusion]:
    """The last conclusion a person wrote on each indicator, whatever the grid; one query."""
    rows = Conclusion.objects.for_organisation(organisation).select_related("concluded_by").order_by("created_at", "id")
    return {row.indicator: row for row in rows}


def conclusions_on(organisation: Organisation, number: int) -> list[Conclusion]:
    """Every conclusion on an indicator, last first; one query."""
    rows = Conclusion.objects.for_organisation(organisation).filter(indicator=number).select_related("concluded_by")
    return list(rows.order_by("-created_at", "id"))


def standing_thresholds(organisation: Organisation, keys: list[str]) -> dict[str, TightenedThreshold]:
    """The limits this organisation raised among these expectations, by key; one query."""
    rows = TightenedThreshold.objects.for_organisation(organisation).filter(lifted_at__isnull=True, expectation__in=keys)
    return {row.expectation: row for row in rows.select_related("decided_by")}


@dataclass(frozen=True, slots=True)
class OpenHole:
    """A recorded hole that a document may complete, line by line. ``lines``: each line that lacks and that nothing covers yet, with its
    words."""

    expectation: Expectation
    subject: Subject
    sentence: str
    lines: Mapping[str, str]


def open_hole(*, organisation: Organisation, number: int, key: str, subject_id: UUID) -> OpenHole | None:
    """What recorded facts say lacks of one course or session for one expectation; None where nothing does, or nothing can be covered."""
    day, _dated = _day(organisation, None, timezone.localdate())
    try:
        found = indicator(organisation=organisation, number=number)
    except KeyError:
        return None
    result = next((each for each in found.expectations if each.expectation.key == key), None)
    if result is None or str(subject_id) not in result.lacking:
        return None
    subject = next(each for each in result.missing if each.id == str(subject_id))
    lines = lines_of_course(result.lacking[subject.id], expectations().contents)
    if key in LACKS:
        lines = lines_of_session(key, subject_id, until=min(day, timezone.localdate()))
    newer = Version.objects.filter(document=OuterRef("version__document"), number__gt=OuterRef("version__number"))
    said = CoveredLine.objects.for_organisation(organisation).filter(Q(course=subject_id) | Q(session=subject_id), ~Exists(newer))
    said = said.filter(expectation=key, version__document__withdrawn_at__isnull=True)
    already = set(said.exclude(version__document__review_state=ReviewState.REFUSED).values_list("line", flat=True))
    lines = {line: words for line, words in lines.items() if line not in already}
    return OpenHole(result.expectation, subject, result.sentence(subject), lines) if lines else None


def pieces_that_may_cover(organisation: Organisation, hole: OpenHole) -> list[Document]:
    """Pieces of the kinds expected there, linked to that course or session, filed and not refused; by title. One query."""
    way = hole.expectation.document
    newest = Version.objects.filter(document=OuterRef("pk"))
    about_it = Q(course=hole.subject.id) | Q(session=hole.subject.id) | Q(session__course=hole.subject.id)
    linked = SubjectLink.objects.filter(about_it, document=OuterRef("pk"))
    rows = Document.objects.for_organisation(organisation).filter(
        Exists(newest), Exists(linked), type__in=way.types if way else (), withdrawn_at__isnull=True
    )
    return list(rows.exclude(review_state=ReviewState.REFUSED).order_by("title", "id"))


def standing_declarations(organisation: Organisation, number: int) -> list[SetAside]:
    """Who set this indicator aside, nobody having lifted it since; one query."""
    rows = SetAside.objects.for_organisation(organisation).filter(lifted_at__isnull=True, indicator=number)
    return list(rows.select_related("decided_by").order_by("created_at", "id"))


def set_aside_until(today: date) -> date:
    """The last day until which an indicator may be set aside from today on."""
    months = next(rule.value for rule in rules_on(today) if rule.setting.key == "set_aside_months")
    return months_before(today, -(months or 0))


@dataclass(frozen=True, slots=True)
class Rule:
    """A figure of the rules as it holds on a day. `since` and `source` are those of the row that set it, if one did."""

    setting: Setting
    value: int | None
    since: date | None
    source: str


def rules_on(day: date) -> list[Rule]:
    """Every figure of the rules in force that day; one query."""
    rows = {row.key: row for row in RuleSetting.objects.filter(effective_from__lte=day).order_by("effective_from")}
    found = []
    for key, setting in expectations().settings.items():
        row = rows.get(key)
        if row is None:
            found.append(Rule(setting, setting.value_on(day), None, ""))
        else:
            found.append(Rule(setting, None if row.value is None else int(row.value), row.effective_from, row.source))
    return found
