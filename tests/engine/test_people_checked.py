"""Checks of people: what a title covers, what has expired, what a low mark is worth, a line of a file and a file alike."""

from datetime import date
from decimal import Decimal

import pytest

from evidence.engine.result import Mark
from qualiopi.standard.book import expectations
from tests.engine.builders import (
    AUDIT,
    answered,
    course,
    document,
    facts,
    judged,
    plain,
    profile,
    references,
    session,
    trainer,
)
from tests.engine.lived import FIRST, LAST, mark
from trainings.facts.rows import Record

REQUIRED, OTHER = frozenset({"habilitation", "b2v"}), frozenset({"titre", "electricien"})
QUALIFIED, MASTERY, CARRIED = "trainer_qualified_on_session_days", "trainer_mastery_checked", "carried_trainer_checked"


def title(words, since=FIRST, until=None, *, covers=(), name="Titre d’électricien"):
    return Record("qualification", words, since, until, title=name, covers=covers)


def filed(words, since=FIRST, until=None, **fields):
    said = {"id": "file", "title": "Titre d’électricien", "words": words, "valid_until": until, "trainer_ids": ("t1",), **fields}
    return document("qualification", since, **said)


def teaching(*, records=(), documents=(), others=(), required=REQUIRED):
    people = (trainer("t1", records=records), trainer("t2", records=others))
    return facts(courses=(course(required=required),), trainers=people, documents=documents)


@pytest.mark.parametrize(
    ("records", "others", "expected"),
    [
        ((title(REQUIRED),), (), Mark.SATISFIED),
        ((title(OTHER),), (), Mark.MISSING),
        # somebody said once that this title covers it: of this line, or of somebody else's
        ((title(OTHER, covers=(REQUIRED,)),), (), Mark.SATISFIED),
        ((title(OTHER),), (title(OTHER, covers=(REQUIRED,)),), Mark.SATISFIED),
        ((title(OTHER, covers=(frozenset({"permis", "c"}),)),), (), Mark.MISSING),
        # it covers what it covers while it is valid
        ((title(OTHER, until=FIRST, covers=(REQUIRED,)),), (), Mark.MISSING),
        # two titles covered do not make a third one
        ((title(OTHER, covers=(frozenset({"habilitation", "c"}), frozenset({"permis", "b2v"}))),), (), Mark.MISSING),
    ],
)
def test_what_a_title_covers(records, others, expected):
    assert mark(judged(QUALIFIED, teaching(records=records, others=others))) is expected


@pytest.mark.parametrize(
    ("words", "since", "until", "accepted", "others", "expected"),
    [
        (REQUIRED, FIRST, None, True, (), Mark.SATISFIED),
        (REQUIRED, FIRST, FIRST, True, (), Mark.MISSING),  # it ended on the way
        (REQUIRED, LAST, None, True, (), Mark.MISSING),  # made too late
        (REQUIRED, None, None, True, (), Mark.MISSING),  # nobody dated it
        (REQUIRED, FIRST, None, False, (), Mark.TO_READ),
        (OTHER, FIRST, None, True, (), Mark.MISSING),
        (OTHER, FIRST, None, True, (title(OTHER, covers=(REQUIRED,)),), Mark.SATISFIED),
    ],
)
def test_a_file_counts_as_a_line_does(words, since, until, accepted, others, expected):
    known = teaching(documents=(filed(words, since, until, accepted=accepted),), others=others)
    assert mark(judged(QUALIFIED, known)) is expected


@pytest.mark.parametrize(
    ("mean", "expected"),
    [(None, []), (Decimal(1), ["Nom t1", "Nom t2"]), (Decimal("2.9"), ["Nom t1", "Nom t2"]), (Decimal(3), []), (Decimal(5), [])],
)
def test_a_low_mark_checks_nobody(mean, expected):
    """One answer of one in five used to check both people of the session."""
    known = facts(
        sessions=(session(trainer_ids=("t1", "t2"), asked=answered(answers=1, mean=mean)),),
        trainers=(trainer("t1"), trainer("t2")),
    )
    assert references(judged(MASTERY, known)) == expected


def test_how_low_is_a_dated_figure():
    assert expectations().settings["low_mark"].value_on(AUDIT) == 3
    known = facts(sessions=(session(asked=answered(mean=Decimal(2))),), settings={"low_mark": 2})
    assert references(judged(MASTERY, known)) == []


@pytest.mark.parametrize(
    ("records", "documents", "told"),
    [
        ((), (), ()),
        ((title(OTHER, until=AUDIT),), (), ()),
        ((title(OTHER, until=date(2026, 10, 1)),), (), ("Un titre a expiré, exigé ou non : Nom t1 : Titre d'électricien",)),
        # renewed since: by a line, by a file
        ((title(OTHER, until=date(2026, 10, 1)), title(OTHER, since=LAST)), (), ()),
        ((title(OTHER, until=date(2026, 10, 1)),), (filed(OTHER, LAST),), ()),
        # a file that expired is told as a line is
        ((), (filed(OTHER, until=date(2026, 10, 1)),), ("Un titre a expiré, exigé ou non : Nom t1 : Titre d'électricien",)),
    ],
)
def test_what_expired_is_told_even_where_nothing_requires_it(records, documents, told):
    """Told on the expectation about files, and it lowers nothing: the person has another proof."""
    cv = Record("cv", frozenset(), date(2026, 1, 1))
    found = judged("trainer_profile_on_file", facts(trainers=(trainer(records=(cv, *records)),), documents=documents))
    said = tuple(plain(reason) for reason in found.reasons)
    assert (found.outcome.value, tuple(reason.split(", échu")[0] for reason in said)) == ("demonstrable", told)


CHARTER, CHECK = Record("charter", frozenset(), date(2026, 1, 1)), Record("interview", frozenset(), date(2026, 1, 1))


@pytest.mark.parametrize(
    ("records", "kinds", "accepted", "expected"),
    [
        ((CHARTER, CHECK), (), True, Mark.SATISFIED),
        ((), ("compliance_charter", "trainer_review"), True, Mark.SATISFIED),
        ((CHARTER,), ("trainer_review",), True, Mark.SATISFIED),
        ((CHECK,), ("compliance_charter",), True, Mark.SATISFIED),
        # one of both is not both, whichever way it is kept
        ((CHARTER,), (), True, Mark.MISSING),
        ((), ("compliance_charter",), True, Mark.MISSING),
        ((CHECK,), (), True, Mark.MISSING),
        ((), ("trainer_review",), True, Mark.MISSING),
        ((CHARTER,), ("trainer_review",), False, Mark.TO_READ),
        ((), (), True, Mark.MISSING),
    ],
)
def test_a_carried_trainer_needs_both_kept_in_either_way(records, kinds, accepted, expected):
    known = facts(
        trainers=(trainer(carried=True, records=records),),
        documents=tuple(document(kind, date(2026, 1, 1), trainer_ids=("t1",), accepted=accepted) for kind in kinds),
    )
    assert mark(judged(CARRIED, known, profile(salary_portage=True))) is expected


@pytest.mark.parametrize(("kind", "line"), [("training_certificate", "training"), ("trainer_review", "interview")])
def test_what_one_learnt_counts_the_same_both_ways(kind, line):
    on, who = date(2026, 3, 1), {"first_session_on": date(2020, 1, 1)}
    by_line = facts(trainers=(trainer(records=(Record(line, frozenset(), on),), **who),))
    by_file = facts(trainers=(trainer(**who),), documents=(document(kind, on, trainer_ids=("t1",)),))
    assert [mark(judged("staff_development_done", known)) for known in (by_line, by_file)] == [Mark.SATISFIED] * 2
