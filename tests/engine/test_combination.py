"""From results to a status: every pair of a blocking and a contributing result, and each step that overrides."""

from itertools import product

import pytest

from evidence.engine.combination import combine, leading
from evidence.engine.result import ExpectationResult, Mark, Outcome, Status, Subject, SubjectKind
from qualiopi.standard.book import expectations
from tests.engine.builders import plain

BLOCKING = expectations().by_key["trainees_asked"]
CONTRIBUTING = expectations().by_key["session_has_answers"]
GOOD, RISK, BAD, CANNOT = Outcome.DEMONSTRABLE, Outcome.AT_RISK, Outcome.INSUFFICIENT, Outcome.CANNOT_BE_JUDGED
NEUTRAL = (Outcome.WITHOUT_OBJECT, Outcome.PUT_OFF, Outcome.NOT_TRACKED)


def blocking(outcome, *, found=True):
    return ExpectationResult(BLOCKING, outcome, found_something=found)


def contributing(outcome, *, found=True):
    return ExpectationResult(CONTRIBUTING, outcome, found_something=found)


TABLE = {
    # blocking: contributing -> status
    GOOD: {None: GOOD, GOOD: GOOD, RISK: RISK, BAD: RISK, CANNOT: GOOD},
    RISK: {None: RISK, GOOD: RISK, RISK: RISK, BAD: RISK, CANNOT: RISK},
    BAD: {None: BAD, GOOD: BAD, RISK: BAD, BAD: BAD, CANNOT: BAD},
    CANNOT: {None: CANNOT, GOOD: CANNOT, RISK: CANNOT, BAD: CANNOT, CANNOT: CANNOT},
    None: {GOOD: GOOD, RISK: RISK, BAD: RISK, CANNOT: CANNOT},
}


@pytest.mark.parametrize(("first", "second"), [(first, second) for first in TABLE for second in TABLE[first]])
def test_a_blocking_and_a_contributing_result(first, second):
    given = ([blocking(first)] if first else []) + ([contributing(second)] if second else [])
    assert combine(tuple(given))[0] == TABLE[first][second].value


@pytest.mark.parametrize(("first", "second"), list(product((BAD, RISK, CANNOT, GOOD), repeat=2)))
def test_the_worst_of_two_blocking_results_wins(first, second):
    order = [BAD, RISK, CANNOT, GOOD]
    assert combine((blocking(first), blocking(second)))[0] == min(first, second, key=order.index).value


@pytest.mark.parametrize("neutral", NEUTRAL)
def test_a_neutral_result_takes_no_part(neutral):
    assert combine((blocking(GOOD), blocking(neutral), contributing(neutral)))[0] is Status.DEMONSTRABLE


@pytest.mark.parametrize(
    "results", [(), (blocking(Outcome.WITHOUT_OBJECT),), (contributing(Outcome.PUT_OFF),), (contributing(CANNOT),)]
)
def test_nothing_left_to_judge(results):
    value, reasons = combine(results)
    assert (value, plain(reasons[0])) == (
        Status.CANNOT_BE_JUDGED,
        "Rien ne s'est encore produit qui permette de juger cet indicateur.",
    )


@pytest.mark.parametrize(
    ("results", "expected"),
    [
        ((blocking(BAD, found=False), contributing(BAD, found=False)), Status.INSUFFICIENT),
        ((contributing(BAD, found=False),), Status.INSUFFICIENT),
        ((contributing(BAD, found=False), blocking(Outcome.WITHOUT_OBJECT)), Status.INSUFFICIENT),
        ((contributing(BAD, found=True),), Status.AT_RISK),
        ((contributing(BAD, found=False), blocking(CANNOT)), Status.CANNOT_BE_JUDGED),
        ((contributing(BAD, found=False), contributing(CANNOT)), Status.INSUFFICIENT),
        ((contributing(BAD, found=False), blocking(GOOD)), Status.AT_RISK),
    ],
)
def test_nothing_recorded_at_all_is_insufficient(results, expected):
    assert combine(results)[0] is expected


@pytest.mark.parametrize(
    ("n", "d", "expected"),
    [(0, 0, Status.DEMONSTRABLE), (0, 3, Status.INSUFFICIENT), (1, 3, Status.AT_RISK), (3, 3, Status.DEMONSTRABLE)],
)
def test_nothing_done_for_anybody_is_insufficient_where_the_expectation_says_so(n, d, expected):
    """Nobody of those who left was called, although the procedure is there."""
    followed = expectations().by_key["absences_and_dropouts_followed"]
    outcome = GOOD if n == d else BAD
    result = ExpectationResult(followed, outcome if d else Outcome.WITHOUT_OBJECT, n=n, d=d, found_something=n > 0)
    assert combine((blocking(GOOD), result))[0] is expected


def with_holes(expectation, outcome, holes):
    subjects = tuple(Subject(SubjectKind.SESSION, str(n), str(n), str(n)) for n in range(holes))
    return ExpectationResult(expectation, outcome, subjects=subjects, marks=(Mark.MISSING,) * holes)


def test_the_next_action_is_that_of_the_worst_then_blocking_then_most_holes_then_the_key():
    keys = expectations().by_key
    a, b = keys["session_learning_evaluated"], keys["trainees_asked"]
    worst = with_holes(CONTRIBUTING, BAD, 1)
    assert leading((with_holes(b, RISK, 9), worst)) is worst
    assert leading((with_holes(CONTRIBUTING, RISK, 9), with_holes(b, RISK, 1))).expectation is b
    assert leading((with_holes(a, RISK, 2), with_holes(b, RISK, 3))).expectation is b
    assert leading((with_holes(b, RISK, 2), with_holes(a, RISK, 2))).expectation is a
    assert leading((blocking(Outcome.PUT_OFF),)) is None
