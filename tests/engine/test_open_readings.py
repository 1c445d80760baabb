"""Readings that the law leaves open, as decided and printed: who aims at a certification, who has just begun."""

from datetime import date

import pytest

from evidence.engine.result import Mark, Outcome, Status
from tests.engine.builders import (
    AUDIT,
    course,
    document,
    facts,
    indicator,
    judged,
    piece,
    plain,
    profile,
    references,
    session,
    trainer,
    work,
)
from trainings.facts.rows import People, Record

FIRST, LAST = date(2026, 7, 1), date(2026, 7, 3)  # more than ninety days before the audit
WHO = profile(certifying=True)


def certifying(identifier="s1", **fields):
    return session(identifier, LAST, first_day=FIRST, work=work(FIRST, LAST, **fields))


@pytest.mark.parametrize(
    ("fields", "outcome", "missing"),
    [
        ({"candidates": 0}, Outcome.WITHOUT_OBJECT, []),
        ({"candidates": 1}, Outcome.INSUFFICIENT, ["S1"]),
        ({"candidates": 8, "presented": People(7, FIRST)}, Outcome.INSUFFICIENT, ["S1"]),
        ({"candidates": 8, "presented": People(8, FIRST)}, Outcome.DEMONSTRABLE, []),
    ],
)
def test_who_aims_at_the_certification(fields, outcome, missing):
    known = facts(courses=(course(certifying=True),), sessions=(certifying(**fields),))
    found = judged("candidates_presented_properly", known, WHO, today=AUDIT)
    assert (found.outcome, references(found)) == (outcome, missing)


def test_a_certifying_session_that_nobody_aims_to_certify_is_told():
    known = facts(courses=(course(certifying=True),), sessions=(certifying("a"), certifying("b")))
    found = judged("candidates_presented_properly", known, WHO, today=AUDIT)
    assert plain(found.reasons[-1]) == "2 sessions certifiantes ne sont pas comptées : personne n'y vise la certification."


def test_an_ordinary_session_is_not_told():
    found = judged("candidates_presented_properly", facts(sessions=(certifying(),)), WHO, today=AUDIT)
    assert "personne n'y vise" not in " ".join(plain(reason) for reason in found.reasons)


# -- a trainer who has just begun -------------------------------------------------------------------------------------

BEGAN = date(2026, 9, 1)
PLAN = piece("development_plan", 22)


@pytest.mark.parametrize(
    ("began", "outcome", "marks", "due"),
    [
        (BEGAN, Outcome.TO_COME, (Mark.TO_COME,), {"t1": date(2027, 3, 1)}),
        (date(2026, 6, 16), Outcome.TO_COME, (Mark.TO_COME,), {"t1": date(2026, 12, 16)}),
        (date(2026, 6, 15), Outcome.INSUFFICIENT, (Mark.MISSING,), {}),
        (date(2026, 8, 31), Outcome.TO_COME, (Mark.TO_COME,), {"t1": date(2027, 2, 28)}),
        (None, Outcome.INSUFFICIENT, (Mark.MISSING,), {}),
    ],
)
def test_a_sole_trainer_who_has_just_begun(began, outcome, marks, due):
    found = judged("staff_development_done", facts(trainers=(trainer(first_session_on=began),)), today=AUDIT)
    assert (found.outcome, found.marks, found.due_dates) == (outcome, marks, due)


def test_what_they_have_done_already_counts():
    began = trainer(first_session_on=BEGAN, records=(Record("training", frozenset(), date(2026, 10, 5)),))
    assert judged("staff_development_done", facts(trainers=(began,)), today=AUDIT).outcome is Outcome.DEMONSTRABLE


@pytest.mark.parametrize(
    ("documents", "status"),
    [((PLAN,), Status.DEMONSTRABLE), ((), Status.INSUFFICIENT), ((document("development_plan"),), Status.INSUFFICIENT)],
)
def test_the_indicator_is_judged_by_what_is_left(documents, status):
    """Nothing is unknown of who is known to have begun: the plan alone is left to judge."""
    found = indicator(22, facts(trainers=(trainer(first_session_on=BEGAN),), documents=documents), today=AUDIT)
    assert found.status is status
    assert [(one.subject.label, one.due_on) for one in found.to_come] == [("Nom t1", date(2027, 3, 1))]


def test_a_newcomer_beside_another_changes_nothing_for_them():
    known = facts(
        sessions=(session(trainer_ids=("t1", "t2")),),
        trainers=(trainer("t1", first_session_on=date(2020, 1, 1)), trainer("t2", first_session_on=BEGAN)),
    )
    found = judged("staff_development_done", known, today=AUDIT)
    assert (references(found), [one.label for one in found.having(Mark.TO_COME)]) == (["Nom t1"], ["Nom t2"])
