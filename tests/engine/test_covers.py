"""A recorded hole that a document completes: only line by line, where a named person said so; and who read what proves it."""

from datetime import date

import pytest

from evidence.engine.facts import Cover
from evidence.engine.result import Mark
from tests.engine.builders import course, document, facts, indicator, judged, piece, plain, session, work
from tests.engine.lived import FIRST, LAST
from tests.engine.test_recorded import REGISTER, sheet
from trainings.facts.rows import People

BEGUN = {**REGISTER, "lines": 3, "lines_expected": 12, "countersigned": 0}
REGISTERED, ANALYSED, CERTIFIED = "attendance_and_follow_up_traced", "session_need_analysed", "end_certificates_issued"
PUBLIC = "public_sheet_complete"
BEFORE, AFTER = date(2026, 9, 20), LAST


def covers(key, *lines, subject="s1", by="file", person="Maëlle Kerdraon"):
    return tuple(Cover(expectation_key=key, subject_id=subject, document_id=by, line=line, person=person) for line in lines)


def of_session(key, kind, lacking, said, *, on=AFTER, accepted=False, **recorded):
    """The result of a session of eight people whose register, needs or certificates are recorded in part."""
    known = facts(
        sessions=(session(work=work(FIRST, LAST, **recorded)),),
        documents=(document(kind, on, id="file", session_ids=("s1",), accepted=accepted),),
        covers=said,
        lacking={(key, "s1"): frozenset(lacking)},
    )
    return judged(key, known)


NEEDS = {"needs": People(6, BEFORE)}


@pytest.mark.parametrize(
    ("key", "kind", "on", "recorded", "lacking", "said", "expected"),
    [
        # the register: each half-day that lacks something, or none
        (REGISTERED, "attendance_sheet", AFTER, BEGUN, {"h1", "h2"}, (), Mark.MISSING),
        (REGISTERED, "attendance_sheet", AFTER, BEGUN, {"h1", "h2"}, ("h1",), Mark.MISSING),
        (REGISTERED, "attendance_sheet", AFTER, BEGUN, {"h1", "h2"}, ("h1", "h2"), Mark.SATISFIED),
        (REGISTERED, "attendance_sheet", AFTER, BEGUN, {"h1", "h2"}, ("h1", "h3"), Mark.MISSING),  # another half-day
        (REGISTERED, "attendance_sheet", BEFORE, BEGUN, {"h1", "h2"}, ("h1", "h2"), Mark.MISSING),  # made before the session
        (REGISTERED, "attendance_sheet", AFTER, BEGUN, set(), ("h1", "h2"), Mark.MISSING),  # nothing names what lacks
        # people: the two who lack it
        (ANALYSED, "need_analysis", BEFORE, NEEDS, {"e7", "e8"}, ("e7", "e8"), Mark.SATISFIED),
        (ANALYSED, "need_analysis", BEFORE, NEEDS, {"e7", "e8"}, ("e7",), Mark.MISSING),
        (ANALYSED, "need_analysis", BEFORE, NEEDS, {"e7", "e8"}, ("e1", "e2"), Mark.MISSING),
        (ANALYSED, "need_analysis", AFTER, NEEDS, {"e7", "e8"}, ("e7", "e8"), Mark.MISSING),  # made afterwards
        # those that are recorded came too late: what a file adds does not mend them
        (ANALYSED, "need_analysis", BEFORE, {"needs": People(6, LAST)}, {"e7", "e8"}, ("e7", "e8"), Mark.MISSING),
        # a piece of another kind covers what somebody says: they read it
        (ANALYSED, "client_brief", BEFORE, NEEDS, {"e7", "e8"}, ("e7", "e8"), Mark.SATISFIED),
    ],
)
def test_a_file_completes_a_recorded_hole_line_by_line_where_somebody_said_so(key, kind, on, recorded, lacking, said, expected):
    found = of_session(key, kind, lacking, covers(key, *said), on=on, **recorded)
    assert found.marks == (expected,)
    assert plain(found.proved_by("s1")) == (
        "Prouvé par une pièce relue par Maëlle Kerdraon." if expected is Mark.SATISFIED else ""
    )


@pytest.mark.parametrize(
    ("said", "n", "missing"), [((), 6, 2), (("e7",), 7, 1), (("e7", "e8"), 8, 0), (("e1", "e2"), 6, 2), (("e7", "e7"), 7, 1)]
)
def test_people_are_counted_one_by_one(said, n, missing):
    """Six of eight have a certificate here; a file covers those of whom somebody says so."""
    found = of_session(
        CERTIFIED, "completion_certificate", {"e7", "e8"}, covers(CERTIFIED, *said), accepted=True, certified=People(6, LAST)
    )
    assert (found.n, found.d - found.n) == (n, missing)


def test_an_acceptance_alone_does_not_complete_what_facts_contradict():
    found = of_session(REGISTERED, "attendance_sheet", {"h1"}, (), accepted=True, **BEGUN)
    assert (found.marks, dict(found.lacking)) == ((Mark.MISSING,), {"s1": ()})


@pytest.mark.parametrize(
    ("lines", "filed", "expected"),
    [
        ((), True, Mark.MISSING),
        (("price",), True, Mark.MISSING),
        (("price", "contact"), True, Mark.SATISFIED),
        (("price", "contact"), False, Mark.MISSING),  # the file went, or was refused
    ],
)
def test_the_headings_of_a_public_sheet(lines, filed, expected):
    full = sheet()
    known = facts(
        courses=(course(sheet=full._replace(answered=full.answered - {"price", "contact"})),),
        documents=(document("programme_sheet", id="file", course_ids=("c1",), accepted=True),) if filed else (),
        covers=covers(PUBLIC, *lines, subject="c1"),
    )
    found = judged(PUBLIC, known)
    assert found.marks == (expected,)
    assert found.lacking == ({} if expected is Mark.SATISFIED else {"c1": ("price", "contact")})


def test_what_an_accepted_file_proves_says_who_read_it():
    known = facts(
        documents=(
            document("need_analysis", BEFORE, session_ids=("s1",), read_by="Nolwenn Trividic"),
            piece("internal_rules", 9, read_by="Maëlle Kerdraon"),
        )
    )
    assert plain(judged(ANALYSED, known).proved_by("s1")) == "Prouvé par une pièce relue par Nolwenn Trividic."
    assert plain(judged("internal_rules_in_force", known).proved_by("o1")) == "Prouvé par une pièce relue par Maëlle Kerdraon."


def test_a_register_hardly_begun_and_wholly_covered_is_demonstrable():
    found = of_session(REGISTERED, "attendance_sheet", {"h1", "h2"}, covers(REGISTERED, "h1", "h2"), **BEGUN)
    assert found.outcome.value == "demonstrable"
    assert indicator(10, facts(sessions=(session(work=work(**BEGUN)),))).status.value == "insufficient"
