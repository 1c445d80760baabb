"""Each timing rule as a table: when the document dates from, and what it is worth."""

from datetime import date

import pytest

from evidence.engine.dates import Period
from evidence.engine.facts import NetworkFacts
from evidence.engine.timing import Clock, Days, Verdict, last_day
from qualiopi.standard.expectations import Inherited, Timing, TimingRule
from tests.engine.builders import document

AS_OF = date(2026, 12, 15)
TODAY = date(2026, 11, 23)
COURSE_DAYS = Days(date(2026, 10, 1), date(2026, 10, 2))
NONE, UNDATED, OLD, LATE, GOOD = Verdict.NONE, Verdict.UNDATED, Verdict.OLD, Verdict.LATE, Verdict.GOOD


def worth(
    rule: TimingRule, on: date | None, days: Days = COURSE_DAYS, inherited: Inherited = Inherited.NEVER, **fields: object
) -> Verdict:
    clock = Clock(rule, inherited=inherited, as_of=AS_OF, today=TODAY, period=Period(date(2025, 6, 2), AS_OF), grace_days=60)
    return clock.document(document("cv", on, **fields), days)


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        (TimingRule(Timing.ON_AUDIT_DATE), date(2020, 1, 1), GOOD),
        (TimingRule(Timing.ON_AUDIT_DATE), TODAY, GOOD),
        (TimingRule(Timing.ON_AUDIT_DATE), date(2026, 11, 24), NONE),  # dated after the day of reading
        (TimingRule(Timing.ON_AUDIT_DATE), AS_OF, NONE),
        (TimingRule(Timing.ON_AUDIT_DATE), date(2026, 12, 16), NONE),  # dated after the audit
        (TimingRule(Timing.ON_AUDIT_DATE), None, OLD),
        (TimingRule(Timing.ON_AUDIT_DATE, review_months=24), date(2024, 12, 16), GOOD),
        (TimingRule(Timing.ON_AUDIT_DATE, review_months=24), date(2024, 12, 15), OLD),
        (TimingRule(Timing.IN_PERIOD), date(2026, 10, 1), GOOD),
        (TimingRule(Timing.IN_PERIOD), date(2026, 9, 30), NONE),  # of a session, before its first day
        (TimingRule(Timing.IN_PERIOD), date(2025, 6, 1), NONE),
        (TimingRule(Timing.IN_PERIOD), None, UNDATED),
        (TimingRule(Timing.IN_LAST_MONTHS, months=12), None, UNDATED),
        (TimingRule(Timing.BEFORE_START, late_counts=False), date(2026, 9, 30), GOOD),
        (TimingRule(Timing.BEFORE_START, late_counts=False), date(2026, 10, 1), NONE),
        (TimingRule(Timing.BEFORE_START, late_counts=True), date(2026, 10, 1), LATE),
        (TimingRule(Timing.BEFORE_START, late_counts=False), None, UNDATED),
        (TimingRule(Timing.BY_FIRST_DAY, late_counts=False), date(2026, 10, 1), GOOD),
        (TimingRule(Timing.BY_FIRST_DAY, late_counts=False), date(2026, 10, 2), NONE),
        (TimingRule(Timing.BY_FIRST_DAY, late_counts=True), date(2026, 10, 2), LATE),
        (TimingRule(Timing.AFTER_START, days=30), date(2026, 10, 31), GOOD),
        (TimingRule(Timing.AFTER_START, days=30), date(2026, 11, 1), LATE),
        (TimingRule(Timing.AFTER_END, days=15), date(2026, 10, 17), GOOD),
        (TimingRule(Timing.AFTER_END, days=15), date(2026, 10, 18), LATE),
        (TimingRule(Timing.AFTER_END, days=15), None, OLD),
        (TimingRule(Timing.AFTER_END, days=15), date(2026, 9, 30), NONE),  # dated before what it proves
        (TimingRule(Timing.AFTER_END, days=15), date(2026, 10, 1), GOOD),
        (TimingRule(Timing.AFTER_EVENT, days=7), date(2026, 9, 30), NONE),
        (TimingRule(Timing.AFTER_START, days=30), date(2025, 1, 1), GOOD),  # handbooks and agreements are free
        (TimingRule(Timing.AFTER_END, days=0), date(2026, 11, 20), GOOD),  # no day was given: no deadline to miss
        (TimingRule(Timing.AFTER_EVENT, days=60), date(2026, 11, 1), GOOD),
        (TimingRule(Timing.ON_SESSION_DAYS, old_counts=False), date(2026, 10, 1), GOOD),
        (TimingRule(Timing.ON_SESSION_DAYS, old_counts=False), date(2026, 10, 2), NONE),  # renewed later
        (TimingRule(Timing.ON_SESSION_DAYS, old_counts=False), None, NONE),
    ],
)
def test_what_a_document_is_worth(rule: TimingRule, on: date | None, expected: Verdict) -> None:
    assert worth(rule, on) is expected


@pytest.mark.parametrize(
    ("rule", "on", "expected"),
    [
        (TimingRule(Timing.IN_PERIOD), date(2025, 6, 2), GOOD),
        (TimingRule(Timing.IN_LAST_MONTHS, months=12), date(2025, 12, 16), GOOD),
        (TimingRule(Timing.IN_LAST_MONTHS, months=12), date(2025, 12, 15), NONE),
        (TimingRule(Timing.IN_LAST_MONTHS, months=12, old_until_months=24), date(2025, 12, 15), OLD),
        (TimingRule(Timing.IN_LAST_MONTHS, months=12, old_until_months=24), date(2024, 12, 15), NONE),
    ],
)
def test_what_a_document_of_the_organisation_is_worth(rule: TimingRule, on: date, expected: Verdict) -> None:
    assert worth(rule, on, Days()) is expected


@pytest.mark.parametrize(
    ("on", "expected"),
    [(date(2025, 10, 1), GOOD), (date(2025, 9, 30), NONE), (date(2019, 9, 30), NONE), (date(2026, 9, 30), GOOD)],
)
def test_an_analysis_of_needs_ages(on: date, expected: Verdict) -> None:
    rule = TimingRule(Timing.BEFORE_START, late_counts=False, no_older_than="need_analysis_months")
    period = Period(date(2025, 6, 2), AS_OF)
    clock = Clock(rule, inherited=Inherited.NEVER, as_of=AS_OF, today=TODAY, period=period, grace_days=60, oldest_months=12)
    assert (clock.document(document("need_analysis", on), COURSE_DAYS), clock.fact(on, COURSE_DAYS)) == (expected, expected)


@pytest.mark.parametrize(
    ("rule", "until", "expected"),
    [
        (TimingRule(Timing.ON_AUDIT_DATE), date(2026, 12, 15), GOOD),
        (TimingRule(Timing.ON_AUDIT_DATE), date(2026, 12, 14), NONE),
        (TimingRule(Timing.IN_PERIOD), date(2026, 12, 14), GOOD),
        (TimingRule(Timing.BEFORE_START), date(2026, 12, 14), GOOD),
        (TimingRule(Timing.BEFORE_START), date(2026, 9, 30), NONE),  # no longer valid on the first day
        (TimingRule(Timing.BEFORE_START), date(2026, 10, 1), GOOD),
        (TimingRule(Timing.ON_SESSION_DAYS), date(2026, 10, 1), GOOD),  # what expired later does not spoil the past
        (TimingRule(Timing.ON_SESSION_DAYS), date(2026, 9, 30), NONE),
        (TimingRule(Timing.ON_SESSION_DAYS, every_day=True), date(2026, 10, 1), NONE),
        (TimingRule(Timing.ON_SESSION_DAYS, every_day=True), date(2026, 10, 2), GOOD),
    ],
)
def test_the_end_of_validity(rule: TimingRule, until: date, expected: Verdict) -> None:
    assert (
        worth(rule, date(2026, 9, 1), COURSE_DAYS if rule.rule is not Timing.IN_PERIOD else Days(), valid_until=until) is expected
    )


def test_an_undated_document_that_expired_is_no_proof() -> None:
    assert worth(TimingRule(Timing.ON_AUDIT_DATE), None, valid_until=date(2026, 12, 14)) is NONE


@pytest.mark.parametrize(
    ("reviewed_on", "expected"),
    [(None, OLD), (date(2024, 12, 15), OLD), (date(2025, 1, 10), GOOD), (date(2026, 12, 16), OLD)],
)
def test_a_recorded_review_renews_a_document(reviewed_on: date | None, expected: Verdict) -> None:
    rule = TimingRule(Timing.ON_AUDIT_DATE, review_months=24)
    assert worth(rule, date(2022, 1, 1), reviewed_on=reviewed_on) is expected


@pytest.mark.parametrize(
    ("on", "reviewed_on", "expected"),
    [
        (date(2026, 8, 3), None, NONE),
        (date(2026, 8, 4), None, GOOD),
        (date(2025, 1, 1), date(2026, 9, 1), GOOD),
        (date(2025, 1, 1), date(2026, 8, 1), NONE),
        (None, None, NONE),
        (None, date(2026, 9, 1), OLD),
    ],
)
def test_new_headings_need_a_document_written_or_read_again_since(
    on: date | None, reviewed_on: date | None, expected: Verdict
) -> None:
    assert worth(TimingRule(Timing.ON_AUDIT_DATE, since=date(2026, 8, 4)), on, reviewed_on=reviewed_on) is expected


def test_a_late_proof_of_a_running_session_has_no_deadline_yet() -> None:
    running = Days(date(2026, 4, 1), date(2027, 3, 31))
    assert worth(TimingRule(Timing.AFTER_END, days=15), date(2026, 11, 1), running) is GOOD


@pytest.mark.parametrize(
    ("inherited", "network", "expected"),
    [
        (Inherited.NEVER, NetworkFacts(adopted_on=date(2026, 1, 1)), NONE),
        (Inherited.ITEM_ONLY, NetworkFacts(), GOOD),
        (Inherited.ALLOWED, NetworkFacts(), Verdict.NOT_ADOPTED),
        (Inherited.ALLOWED, NetworkFacts(adopted_on=date(2026, 1, 1)), GOOD),
        (Inherited.ALLOWED, NetworkFacts(adopted_on=date(2026, 11, 24)), Verdict.NOT_ADOPTED),  # not yet
        (Inherited.ALLOWED, NetworkFacts(adopted_on=date(2026, 1, 1), newer_version_on=date(2026, 10, 16)), GOOD),
        (Inherited.ALLOWED, NetworkFacts(adopted_on=date(2026, 1, 1), newer_version_on=date(2026, 10, 15)), OLD),
    ],
)
def test_a_document_of_the_network(inherited: Inherited, network: NetworkFacts, expected: Verdict) -> None:
    assert worth(TimingRule(Timing.ON_AUDIT_DATE), date(2025, 12, 1), inherited=inherited, network=network) is expected


@pytest.mark.parametrize(
    ("rule", "expected", "without_days"),
    [
        (TimingRule(Timing.BEFORE_START), date(2026, 9, 30), None),
        (TimingRule(Timing.BY_FIRST_DAY), date(2026, 10, 1), None),
        (TimingRule(Timing.ON_SESSION_DAYS), date(2026, 10, 1), None),
        (TimingRule(Timing.AFTER_START, days=7), date(2026, 10, 8), None),
        (TimingRule(Timing.AFTER_END, days=30), date(2026, 11, 1), None),
        (TimingRule(Timing.AFTER_EVENT, days=30), date(2026, 11, 1), None),
        (TimingRule(Timing.ON_AUDIT_DATE), None, None),
    ],
)
def test_the_last_day_that_a_rule_counts_from_a_session(rule, expected, without_days):
    assert (last_day(rule, COURSE_DAYS), last_day(rule, Days())) == (expected, without_days)
