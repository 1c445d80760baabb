"""Two dates: that of the audit, and the day the facts are read."""

from datetime import date

import pytest

from evidence.engine.dates import french_span, last_months, months_before
from evidence.engine.facts import AuditKind
from evidence.engine.result import Outcome
from tests.engine.builders import (
    AUDIT,
    FORMER_AUDIT,
    TODAY,
    answered,
    audit,
    facts,
    indicator,
    judged,
    plain,
    references,
    session,
    unanswered,
)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 23), 12, date(2025, 11, 23)),
        (date(2026, 3, 31), 1, date(2026, 2, 28)),
        (date(2028, 2, 29), 12, date(2027, 2, 28)),
        (date(2026, 1, 15), 1, date(2025, 12, 15)),
    ],
)
def test_months_before(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


def test_what_is_exactly_twelve_months_old_is_out() -> None:
    assert last_months(date(2026, 11, 23), 12).start == date(2025, 11, 24)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 10, 1), date(2026, 10, 1), "1er oct. 2026"),
        (date(2026, 10, 13), date(2026, 10, 15), "13 au 15 oct. 2026"),
        (date(2026, 10, 1), date(2026, 10, 3), "1er au 3 oct. 2026"),
        (date(2026, 9, 30), date(2026, 10, 2), "30 sept. au 2 oct. 2026"),
        (date(2025, 12, 30), date(2026, 1, 2), "30 déc. 2025 au 2 janv. 2026"),
        (date(2026, 10, 13), None, "13 oct. 2026"),
    ],
)
def test_the_dates_of_a_session_in_french(first: date, last: date | None, expected: str) -> None:
    assert french_span(first, last) == expected


@pytest.mark.parametrize(
    ("ended", "as_of", "today", "counted"),
    [
        (date(2026, 11, 22), AUDIT, TODAY, 1),
        (TODAY, AUDIT, TODAY, 0),  # still running on the day the facts are read
        (date(2026, 12, 1), AUDIT, TODAY, 0),  # before the audit, but not yet
        (FORMER_AUDIT, FORMER_AUDIT, TODAY, 0),  # ends on the day of the audit
        (date(2026, 10, 19), FORMER_AUDIT, TODAY, 1),
        (date(2026, 11, 2), FORMER_AUDIT, TODAY, 0),  # after an audit gone by
    ],
)
def test_a_session_is_finished_before_the_earlier_of_the_two_dates(ended: date, as_of: date, today: date, counted: int) -> None:
    assert judged("session_has_answers", facts(sessions=(session(ended=ended),)), as_of=as_of, today=today).d == counted


def test_an_answer_given_after_an_audit_gone_by_does_not_count() -> None:
    late = session(ended=date(2026, 10, 2), asked=answered(date(2026, 10, 21)))
    assert references(judged("session_has_answers", facts(sessions=(late,)), as_of=FORMER_AUDIT)) == ["S1"]
    assert references(judged("session_has_answers", facts(sessions=(late,)), as_of=date(2026, 10, 21))) == []


@pytest.mark.parametrize(
    ("audits", "never_audited", "started", "first_day"),
    [
        ((audit(date(2025, 6, 1)),), None, None, date(2025, 6, 2)),
        ((audit(date(2025, 6, 1)), audit(date(2026, 3, 1), AuditKind.SURVEILLANCE)), None, None, date(2026, 3, 2)),
        ((audit(date(2025, 6, 1)), audit(date(2026, 3, 1), AuditKind.EXTENSION)), None, None, date(2025, 6, 2)),
        ((audit(AUDIT),), None, None, date(2023, 12, 16)),  # the audit itself is not a previous one
        ((), True, None, date(2025, 12, 16)),
        ((), None, None, date(2023, 12, 16)),
        ((), None, date(2026, 2, 1), date(2026, 2, 1)),
    ],
)
def test_the_audit_period(audits: tuple, never_audited: bool | None, started: date | None, first_day: date) -> None:
    """From the day after the previous audit; otherwise twelve or thirty-six months, never before the activity began."""
    inside = session("in", ended=first_day, first_day=first_day)
    outside = session(
        "out", ended=date.fromordinal(first_day.toordinal() - 1), first_day=date.fromordinal(first_day.toordinal() - 1)
    )
    known = facts(
        sessions=(unanswered(inside), unanswered(outside)),
        audits=audits,
        never_audited=never_audited,
        activity_started_on=started,
    )
    assert references(judged("session_has_answers", known, today=AUDIT)) == ["IN"]


def test_the_page_says_when_the_history_is_not_known() -> None:
    sentence = "On ne sait pas si un audit a déjà eu lieu : la période regardée est d'un cycle entier."
    said = {
        known: sentence in [plain(reason) for reason in indicator(30, facts(audits=(), never_audited=known)).reasons]
        for known in (True, None)
    }
    assert said == {True: False, None: True}


def test_nothing_that_has_not_happened_yet_is_a_hole() -> None:
    to_come = unanswered(session(ended=date(2026, 12, 10)))
    known = facts(sessions=(session(), to_come))
    assert judged("session_has_answers", known).outcome is Outcome.DEMONSTRABLE
    assert judged("session_need_analysed", known).d == 1
