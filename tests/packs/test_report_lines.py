"""What the report counts of an expectation, and what the page of a pack says of one that is held up."""

from __future__ import annotations

from uuid import UUID

import pytest

from evidence.engine.result import ExpectationResult, Outcome
from evidence.packs.models import Pack, PackState
from evidence.packs.report import ResultLine, line_of, seen_of
from evidence.packs.views import held_up
from tests.engine.test_combination import BLOCKING

HERE, GONE = UUID(int=1), UUID(int=2)


def result(n, d, needed=None):
    return ExpectationResult(BLOCKING, Outcome.AT_RISK, n=n, d=d, needed=needed)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (None, ""),
        (result(0, 0), ""),
        (result(0, 3), "0 sur 3"),
        (result(2, 3), "2 sur 3"),
        (result(1, 0, needed=2), "1 sur 2"),
        (result(1, 5, needed=2), "1 sur 2"),
        (result(0, 0, needed=0), "0 sur 0"),
    ],
)
def test_what_was_seen_is_counted_of_what_is_needed_else_of_all(found, told):
    assert seen_of(found) == told


@pytest.mark.parametrize(
    ("found", "drawn"), [(result(2, 2), False), (result(2, 3), True), (result(0, 0), False), (result(2, 3, needed=3), False)]
)
def test_a_share_of_more_than_two_is_drawn(found, drawn):
    holes = tuple(place for place, there in enumerate(found.tally) if not there)
    assert line_of(found) == ResultLine(found, seen_of(found), drawn, holes, "")


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        (Outcome.DEMONSTRABLE, ""),
        (Outcome.CANNOT_BE_JUDGED, ""),
        (Outcome.WITHOUT_OBJECT, "sans objet"),
        (Outcome.TO_COME, "à venir"),
        (Outcome.PUT_OFF, "à l’audit de surveillance"),
        (Outcome.NOT_TRACKED, "à vérifier par une personne"),
    ],
)
def test_what_has_no_status_says_why_in_the_words_of_its_page(outcome, told):
    assert line_of(ExpectationResult(BLOCKING, outcome)).neutral == told


INTERRUPTED = "La préparation s’est interrompue ; elle reprend d’elle-même là où elle en était. Vos pièces sont intactes."
UNATTENDED = "Rien ne prépare les dossiers en ce moment : celui-ci attend, et se préparera dès que le serveur s’y remettra."


@pytest.mark.parametrize(
    ("state", "held_by", "alive", "told"),
    [
        (PackState.QUEUED, None, {HERE}, ""),
        (PackState.QUEUED, None, set(), UNATTENDED),
        (PackState.BUILDING, HERE, {HERE}, ""),
        (PackState.BUILDING, GONE, {HERE}, INTERRUPTED),
        (PackState.BUILDING, HERE, set(), INTERRUPTED),
        (PackState.READY, HERE, set(), ""),
        (PackState.FAILED, HERE, set(), ""),
    ],
)
def test_a_pack_that_is_held_up_says_why(state, held_by, alive, told):
    assert " ".join(held_up(Pack(state=state, held_by=held_by), alive=alive).split()) == told
