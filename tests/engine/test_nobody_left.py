"""Sessions without anybody, and what the decree of 2026 adds: what can no longer be done, or not yet, is not asked."""

from datetime import date
from decimal import Decimal

import pytest

from evidence.engine.facts import Modality
from evidence.engine.result import Outcome
from tests.engine.builders import course, facts, indicator, judged, piece, plain, profile, references, session, work
from trainings.facts.rows import NOBODY_ASKED, Departure

FIRST, LAST = date(2026, 10, 1), date(2026, 10, 2)
SEVEN = (4, 5, 8, 9, 10, 11, 30)


def deserted(identifier="gone"):
    """Eight people, who all withdrew before the first day."""
    return session(identifier, enrolled=0, asked=NOBODY_ASKED, work=work(people=0, withdrawn=8))


def left(identifier="left", *, followed):
    """Eight people began, and all left on the way; they were called, or not."""
    day = date(2026, 10, 3) if followed else None
    return session(
        identifier, hours=Decimal(21), asked=NOBODY_ASKED,
        work=work(people=0, departures=(Departure(FIRST, day),) * 8),
    )  # fmt: skip


@pytest.mark.parametrize("number", SEVEN)
def test_a_session_from_which_everybody_withdrew_makes_no_hole(number):
    found = indicator(number, facts(sessions=(session(), deserted())))
    assert "GONE" not in [hole.reference for hole in found.missing]


def test_it_is_told():
    found = judged("session_need_analysed", facts(sessions=(session(), deserted("a"), deserted("b"))))
    assert plain(found.reasons[-1]) == "2 sessions ne sont pas comptées : tous s'y sont désistés avant le premier jour."


@pytest.mark.parametrize(
    "key",
    [
        "session_learning_evaluated",
        "trainees_asked",
        "session_has_answers",
        "trainee_results_by_objective",
        "end_certificates_issued",
    ],
)
def test_where_everybody_left_neither_results_nor_opinions_are_asked(key):
    assert references(judged(key, facts(sessions=(session(), left(followed=True))))) in ([], ["S1"])


def test_what_was_done_instead_is_where_departures_are_followed():
    found = judged("session_learning_evaluated", facts(sessions=(session(), left(followed=True))))
    assert plain(found.reasons[-1]) == (
        "Une session n'est pas comptée : tous l'ont quittée en route, et ce qui a été fait pour eux se lit à l'indicateur 12."
    )


@pytest.mark.parametrize(("followed", "status"), [(True, Outcome.DEMONSTRABLE), (False, Outcome.INSUFFICIENT)])
def test_everybody_left_and_was_called_or_not(followed, status):
    known = facts(sessions=(left(followed=followed),))
    assert judged("absences_and_dropouts_followed", known).outcome is status
    procedures = (piece("dropout_procedure", 12), piece("violence_procedure", 12))
    with_procedures = facts(sessions=(left(followed=followed),), documents=procedures)
    assert indicator(12, with_procedures).status.value == status.value


# -- additions of 2026 ----------------------------------------------------------------------------------------------------------------

SINCE = {"first_day": date(2026, 11, 1), "ended": date(2026, 11, 3)}
BEFORE = {"first_day": date(2026, 10, 31), "ended": date(2026, 11, 3)}
AS_OF = {"as_of": date(2027, 1, 20), "today": date(2027, 1, 20)}


@pytest.mark.parametrize(
    ("key", "who", "of_course", "of_session"),
    [
        ("certification_right_2026", {"certifying": True}, {"certifying": True}, {}),
        ("remote_following_verified_2026", {"remote": True}, {}, {"modality": Modality.REMOTE}),
    ],
)
@pytest.mark.parametrize(("days", "asked"), [(SINCE, True), (BEFORE, False)])
def test_an_addition_is_asked_of_sessions_that_begin_from_its_day_on(key, who, of_course, of_session, days, asked):
    known = facts(courses=(course(**of_course),), sessions=(session(**days, **of_session),))
    found = judged(key, known, profile(**who), **AS_OF)
    assert references(found) == (["S1"] if asked else [])
    said = "Une session a commencé avant le 1er nov. 2026 : cet ajout du décret n'y est pas demandé."
    assert (said in [plain(reason) for reason in found.reasons]) is not asked


@pytest.mark.parametrize(
    ("first", "ended", "asked"),
    [
        (date(2025, 9, 1), date(2027, 6, 30), True),  # a class that goes on
        (date(2025, 9, 1), date(2026, 11, 1), True),
        (date(2025, 9, 1), date(2026, 10, 31), False),
    ],
)
def test_a_class_under_way_is_asked_whatever_its_start(first, ended, asked):
    known = facts(courses=(course(category="CFA"),), sessions=(session(first_day=first, ended=ended),))
    assert (references(judged("teaching_evaluated_by_class_2026", known, profile("CFA"), **AS_OF)) == ["S1"]) is asked


@pytest.mark.parametrize(("days", "asked"), [(SINCE, True), (BEFORE, False)])
def test_a_course_is_asked_when_one_of_its_sessions_is(days, asked):
    known = facts(sessions=(session(**days),), settings={"pedagogical_referent_threshold": 0})
    found = judged("pedagogical_referent_named_2026", known, **AS_OF)
    assert (references(found) == ["Cours c1"]) is asked


def test_an_addition_lowers_nothing_on_earlier_sessions():
    known = facts(courses=(course(certifying=True),), sessions=(session(**BEFORE),))
    found = judged("certification_right_2026", known, profile(certifying=True), **AS_OF)
    assert found.outcome in (Outcome.WITHOUT_OBJECT, Outcome.CANNOT_BE_JUDGED)
