"""Shares and counts, at and around their limits."""

import pytest

from evidence.engine.facts import TightenedThreshold
from evidence.engine.limits import Counted, judge_count, judge_counted, judge_share, tighten
from evidence.engine.result import Outcome
from qualiopi.standard.expectations import Measure
from tests.engine.builders import facts, judged, sessions, unanswered

GOOD, RISK, BAD, CANNOT, NEUTRAL = (
    Outcome.DEMONSTRABLE, Outcome.AT_RISK, Outcome.INSUFFICIENT, Outcome.CANNOT_BE_JUDGED, Outcome.WITHOUT_OBJECT,
)  # fmt: skip


@pytest.mark.parametrize(
    ("demonstrable", "at_risk", "n", "d", "expected"),
    [
        (1.0, 0.8, 25, 25, GOOD),
        (1.0, 0.8, 24, 25, RISK),
        (1.0, 0.8, 20, 25, RISK),
        (1.0, 0.8, 19, 25, BAD),
        (0.9, 0.5, 9, 10, GOOD),
        (0.9, 0.5, 27, 30, GOOD),
        (0.9, 0.5, 5, 10, RISK),
        (0.9, 0.5, 4, 10, BAD),
        (0.7, 0.3, 7, 10, GOOD),
        # one hole out of three or more is never insufficient by itself
        (1.0, 0.9, 5, 6, RISK),
        (1.0, 0.9, 2, 3, RISK),
        (1.0, 0.9, 1, 2, BAD),
        (1.0, 0.9, 0, 1, BAD),
        (1.0, 0.9, 4, 6, BAD),
        # where both limits are equal there is no middle
        (1.0, 1.0, 9, 10, BAD),
        (1.0, 1.0, 10, 10, GOOD),
    ],
)
def test_a_share(demonstrable: float, at_risk: float, n: int, d: int, expected: Outcome) -> None:
    assert judge_share(Measure(True, demonstrable, at_risk), n, d) is expected


@pytest.mark.parametrize(
    ("demonstrable", "at_risk", "n", "expected"),
    [
        (3, 1, 3, GOOD),
        (3, 1, 4, GOOD),
        (3, 1, 2, RISK),
        (3, 1, 1, RISK),
        (3, 1, 0, BAD),
        (1, 1, 1, GOOD),
        (1, 1, 0, BAD),
        (2, 2, 1, BAD),
    ],
)
def test_a_count(demonstrable: int, at_risk: int, n: int, expected: Outcome) -> None:
    assert judge_count(Measure(False, demonstrable, at_risk), n) is expected


@pytest.mark.parametrize(
    ("n", "d", "unknown", "empty", "expected"),
    [
        (10, 10, 0, CANNOT, GOOD),
        (10, 10, 1, CANNOT, CANNOT),  # 10 of 10, or 10 of 11
        (4, 10, 1, CANNOT, BAD),  # insufficient both ways
        (8, 10, 1, CANNOT, RISK),  # at risk both ways
        (8, 10, 9, CANNOT, CANNOT),
        (0, 0, 0, CANNOT, CANNOT),
        (0, 0, 0, NEUTRAL, NEUTRAL),
        (0, 0, 1, NEUTRAL, CANNOT),
    ],
)
def test_what_is_unknown_is_counted_twice(n: int, d: int, unknown: int, empty: Outcome, expected: Outcome) -> None:
    assert judge_counted(Measure(True, 0.95, 0.5), Counted(n, d, unknown), empty=empty) is expected


@pytest.mark.parametrize(
    ("counted", "expected"),
    [
        (Counted(10, 10, unknown=1, old=True), RISK),  # at risk because of its age, at risk because of the hole
        (Counted(10, 10, unknown=1, unread=5), RISK),
        (Counted(10, 10, unknown=20, old=True), CANNOT),  # 10 of 30 would be insufficient
        (Counted(10, 10, old=True), RISK),
        (Counted(4, 10, old=True), BAD),
        (Counted(10, 10, unread=10), RISK),
        (Counted(100, 100, unread=5), GOOD),  # ninety-five were read
        (Counted(6, 10, unread=6), RISK),
        (Counted(4, 10, unread=4), BAD),
    ],
)
def test_what_caps_a_result_belongs_to_each_possibility(counted: Counted, expected: Outcome) -> None:
    """If every possibility gives the same status, it is that status."""
    assert judge_counted(Measure(True, 0.95, 0.5), counted, empty=CANNOT) is expected


@pytest.mark.parametrize(
    ("own", "expected"),
    [
        (None, (0.9, 0.5)),
        ((1.0, 0.9), (1.0, 0.9)),
        ((0.5, 0.1), (0.9, 0.5)),
        ((0.95, 0.2), (0.95, 0.5)),
        ((0.9, 1.0), (0.9, 0.9)),
    ],
)
def test_an_organisation_may_only_be_stricter(own: tuple[float, float] | None, expected: tuple[float, float]) -> None:
    threshold = TightenedThreshold(demonstrable=own[0], at_risk=own[1], reason="notre engagement") if own else None
    found = tighten(Measure(True, 0.9, 0.5), threshold)
    assert (found.demonstrable, found.at_risk) == expected


def test_a_tightened_threshold_lowers_the_result_and_says_why() -> None:
    ten = sessions(10)
    known = facts(sessions=(unanswered(ten[0]), *ten[1:]))
    assert judged("session_has_answers", known).outcome is GOOD
    own = {"session_has_answers": TightenedThreshold(demonstrable=1.0, at_risk=0.9, reason="Engagement pris en comité.")}
    stricter = judged("session_has_answers", facts(sessions=known.sessions, tightened=own))
    assert (stricter.outcome, stricter.demonstrable_from, stricter.tightened_because) == (RISK, 1.0, "Engagement pris en comité.")
